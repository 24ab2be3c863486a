"""A PostgreSQL server of one's own for as long as a ``with`` block lasts: no network, no trace afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "safeconduct"
START_SECONDS = 60
STOP_SECONDS = 20
# Only for tests: what is lost in a power cut is thrown away anyway.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Unavailable(Exception):
    """PostgreSQL cannot be started here; the text says why and what to do."""


@contextmanager
def private_postgres() -> Iterator[str]:
    """Yield the address of a fresh server that listens on a Unix socket in its own directory and nowhere else.

    It runs as an unprivileged user when the caller is root, since PostgreSQL refuses root. It is stopped by
    its own process id on the way out, and the kernel stops it should this process be killed.
    """
    programs = _programs()
    # not under TMPDIR, whose path may be longer than the 107 bytes a socket's may have
    place = Path(tempfile.mkdtemp(prefix="safeconduct-pg-", dir="/tmp"))
    try:
        as_user = _as_unprivileged_user(place)
        _initialise(programs, place, as_user)
        server = _start(programs, place, as_user)
        try:
            _wait_until_ready(programs, place, server)
            yield f"postgresql://{USER}@/postgres?host={quote(str(place), safe='')}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise Unavailable("no PostgreSQL server is installed. On Debian run as root: apt-get install postgresql")
    return Path(on_path).parent


def _as_unprivileged_user(place: Path) -> list[str]:
    """The command prefix that drops root's rights; the directory is given to the user it drops to."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(place, user.pw_uid, user.pw_gid)
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    raise Unavailable("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")


def _initialise(programs: Path, place: Path, as_user: list[str]) -> None:
    command = [
        str(programs / "initdb"),
        "-D",
        str(place / "data"),
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    done = subprocess.run([*as_user, *command], capture_output=True, text=True, cwd=place)
    if done.returncode:
        raise Unavailable(f"initdb failed: {done.stderr.strip()}")


def _start(programs: Path, place: Path, as_user: list[str]) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=", f"unix_socket_directories={place}", *FAST)
    options = [part for setting in settings for part in ("-c", setting)]
    prefix = as_user or ["setpriv"]
    command = [*prefix, "--pdeathsig=INT", str(programs / "postgres"), "-D", str(place / "data"), *options]
    with open(place / "log", "wb") as log:
        # its own session: an interrupt at the keyboard must reach the tests first
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=place, start_new_session=True)


def _wait_until_ready(programs: Path, place: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run([programs / "pg_isready", "-q", "-h", place]).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL did not start: {(place / 'log').read_text(errors='replace').strip()}")
        time.sleep(0.1)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # disconnect everybody and end
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(STOP_SECONDS)
