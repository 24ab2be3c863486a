"""The server that the tests start is theirs alone and leaves nothing behind, however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
HOLD = """
import sys
from private_postgres import private_postgres
with private_postgres() as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=SCRIPTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def server_of(process: subprocess.Popen[str]) -> tuple[int, Path]:
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    with psycopg.connect(address) as connection:
        shown = connection.execute(
            "SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')"
        ).fetchone()
    assert shown is not None
    assert shown[0] == ""
    place = Path(shown[1])
    return int((place / "data" / "postmaster.pid").read_text().splitlines()[0]), place


def wait_until_gone(pid: int) -> None:
    for _ in range(300):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError(f"PostgreSQL {pid} is still there")


def test_it_ends_and_its_files_go_with_the_block(holder: subprocess.Popen[str]) -> None:
    pid, place = server_of(holder)
    assert place.stat().st_mode & 0o077 == 0
    holder.communicate("")
    wait_until_gone(pid)
    assert holder.returncode == 0
    assert not place.exists()


def test_it_ends_and_its_files_go_after_an_interrupt(holder: subprocess.Popen[str]) -> None:
    pid, place = server_of(holder)
    holder.send_signal(signal.SIGINT)
    holder.wait(30)
    wait_until_gone(pid)
    assert not place.exists()


def test_it_ends_when_the_program_that_started_it_is_killed(holder: subprocess.Popen[str]) -> None:
    pid, place = server_of(holder)
    holder.kill()
    wait_until_gone(pid)
    subprocess.run(["rm", "-rf", str(place)], check=True)


def test_it_does_not_run_as_root(holder: subprocess.Popen[str]) -> None:
    pid, _ = server_of(holder)
    assert os.stat(f"/proc/{pid}").st_uid != 0
