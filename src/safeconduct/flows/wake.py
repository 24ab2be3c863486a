"""Waking the screening workers at once: a named pipe of each on this host, and PostgreSQL's NOTIFY between hosts.

A wake-up is only a hint. The waiting row is the job, and a worker looks for rows by itself too.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

CHANNEL = "safeconduct_screening"
WORKER_NAME = "safeconduct worker"


def _folder(home: Path) -> Path:
    return home / "wake"


def _made(home: Path) -> Path:
    folder = _folder(home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def announce() -> None:
    """Inside a transaction: workers on every host are told once it is committed (PostgreSQL; elsewhere nothing)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def wake_worker(home: Path) -> None:
    """Tell every worker on this host that something waits; call it after the commit."""
    for pipe in _listened(home):
        try:
            os.write(pipe, b"!")
        except (BlockingIOError, BrokenPipeError):  # full of wake-ups already, or just gone
            pass
        finally:
            os.close(pipe)


def worker_is_alive(home: Path) -> bool:
    """Whether some worker of this installation is running, on this host or (PostgreSQL) on another."""
    alive = False
    for pipe in _listened(home):
        alive = True
        os.close(pipe)
    if alive or connection.vendor != "postgresql":
        return alive
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s LIMIT 1",
            [WORKER_NAME],
        )
        return cursor.fetchone() is not None


def end_workers(home: Path) -> int:
    """Ask every worker of this host to end in order; how many there were."""
    count = 0
    for path in sorted(_folder(home).glob("*.pipe")) if _folder(home).is_dir() else []:
        if not is_dead(home, f"{socket.gethostname()}:{path.stem}"):
            os.kill(int(path.stem), signal.SIGTERM)
            count += 1
    return count


def _listened(home: Path) -> Iterator[int]:
    """Each pipe that some live worker reads, open for writing; pipes of the dead are removed."""
    for path in sorted(_folder(home).glob("*.pipe")) if _folder(home).is_dir() else []:
        try:
            yield os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno == errno.ENXIO:  # nobody reads it: its worker ended without tidying up
                path.unlink(missing_ok=True)
                path.with_suffix(".doing").unlink(missing_ok=True)
            elif error.errno != errno.ENOENT:
                raise


@contextmanager
def listening(home: Path) -> Iterator[int]:
    """A pipe of this process's own to wait on; other processes see by it that a worker is alive."""
    folder = _made(home)
    path, draft = folder / f"{os.getpid()}.pipe", folder / f"{os.getpid()}.draft"
    draft.unlink(missing_ok=True)
    os.mkfifo(draft, stat.S_IRUSR | stat.S_IWUSR)
    pipe = os.open(draft, os.O_RDWR | os.O_NONBLOCK)  # for writing too, so that it never reports its own end
    draft.rename(path)  # only now: a pipe nobody reads yet would be taken for a dead worker's
    try:
        yield pipe
    finally:
        path.unlink(missing_ok=True)
        path.with_suffix(".doing").unlink(missing_ok=True)
        os.close(pipe)


def drain(pipe: int) -> None:
    """Forget the wake-ups so far: one look serves them all."""
    try:
        while os.read(pipe, 4096):
            pass
    except BlockingIOError:
        return


def worker_name() -> str:
    """This process as a lease names it."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(home: Path, worker: str) -> bool:
    """Whether a worker of this host no longer listens; of another host nobody here can tell, so False."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname():
        return False
    try:
        os.close(os.open(_folder(home) / f"{pid}.pipe", os.O_WRONLY | os.O_NONBLOCK))
    except OSError as error:
        return error.errno in (errno.ENXIO, errno.ENOENT)
    return False


def say(home: Path, doing: str) -> None:
    """What this worker is doing just now, for whoever waits; empty: nothing worth saying."""
    (_made(home) / f"{os.getpid()}.doing").write_text(doing, encoding="utf-8")


def doing(home: Path) -> str:
    """What the workers of this host say they are doing."""
    if not _folder(home).is_dir():
        return ""
    said = [path.read_text(encoding="utf-8") for path in sorted(_folder(home).glob("*.doing"))]
    return "; ".join(text for text in said if text)
