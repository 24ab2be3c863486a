"""The server that the tests start is theirs alone and leaves nothing behind, however they end."""

from __future__ import annotations

import shutil
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
import signal, sys
from private_postgres import private_postgres
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
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


def place_of(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    with psycopg.connect(address) as connection:
        shown = connection.execute(
            "SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')"
        ).fetchone()
    assert shown is not None
    assert shown[0] == ""
    return Path(shown[1])


def test_it_ends_and_its_files_go_with_the_block(holder: subprocess.Popen[str]) -> None:
    place = place_of(holder)
    assert place.stat().st_mode & 0o077 == 0
    holder.communicate("")
    assert holder.returncode == 0
    assert not place.exists()


def test_it_ends_and_its_files_go_after_an_interrupt(holder: subprocess.Popen[str]) -> None:
    place = place_of(holder)
    holder.send_signal(signal.SIGINT)
    holder.wait(30)
    assert not place.exists()


def test_it_ends_when_the_program_that_started_it_is_killed(holder: subprocess.Popen[str]) -> None:
    place = place_of(holder)
    holder.kill()
    for _ in range(300):
        if not (place / "data" / "postmaster.pid").exists():  # the last thing a server removes
            break
        time.sleep(0.1)
    else:
        pytest.fail("PostgreSQL is still there")
    shutil.rmtree(place)


def test_it_does_not_run_as_root(holder: subprocess.Popen[str]) -> None:
    assert (place_of(holder) / "data" / "postmaster.pid").stat().st_uid != 0
