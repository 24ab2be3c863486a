"""Screening by several processes: the same bytes as by one, under every hash seed, and a killed one is said so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows import forked
from safeconduct.screen import build_index, building, bulk, delta
from tests.screen.listed import LISTED, SPYWARE, ZORAB, records
from tests.screen.test_bulk import DATA, EDITIONS, some
from tests.screen.test_delta import PARTIES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    build_index(DATA, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_says_the_same(where: Path, workers: int) -> None:
    parts = list(bulk.chunks(some(40), 3))
    alone = list(bulk.screened_all(where, EDITIONS, parts))
    assert list(bulk.screened_all(where, EDITIONS, parts, forked.by(workers))) == alone


def test_more_processes_find_the_same_parties_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "FEW", 0)
    monkeypatch.setattr(delta, "RUN", 2)
    data, parties = records(ZORAB, SPYWARE), PARTIES * 3
    alone = list(delta.touched(data, parties, tmp_path))
    assert len(alone) == 6
    assert list(delta.touched(data, parties, tmp_path, share=forked.by(2))) == alone


def test_what_was_done_before_a_kill_is_kept_and_the_rest_is_done(
    where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = list(bulk.chunks(some(30), 2))
    whole = list(bulk.screened_all(where, EDITIONS, parts))
    usual = bulk.screened

    def killed(where: Path, editions: bulk.Editions, part: bytes) -> bytes:
        if part == parts[9]:
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(where, editions, part)

    monkeypatch.setattr(bulk, "screened", killed)
    done: list[tuple[int, bytes]] = []
    with pytest.raises(Refusal, match="was killed") as refused:
        done.extend(bulk.kept(tmp_path / "out", where, EDITIONS, parts, forked.by(2)))
    assert "start again" in refused.value.remedy
    assert len(done) < 10
    monkeypatch.setattr(bulk, "screened", usual)
    assert [data for _, data in bulk.kept(tmp_path / "out", where, EDITIONS, parts, forked.by(2))] == whole


def test_an_index_made_by_several_is_the_same_bytes_and_names_the_same_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_BLOCK", 2)
    alone, together = (build_index(DATA, tmp_path / name, share=forked.by(n)) for name, n in (("one", 1), ("two", 2)))
    for file in alone.iterdir():
        assert (together / file.name).read_bytes() == file.read_bytes()
    with pytest.raises(Refusal, match="not a record") as refused:
        build_index(DATA + b"{broken\n", tmp_path / "three", share=forked.by(2))
    assert refused.value.where == f"line {len(LISTED) + 1}"


def test_a_process_with_threads_works_alone() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert forked.cores() == 1
    finally:
        done.set()
        thread.join()


SCRIPT = """
import hashlib, sys
from pathlib import Path
from safeconduct.flows import forked
from safeconduct.screen import bulk
from tests.screen.test_bulk import EDITIONS, some
if __name__ == "__main__":
    parts = bulk.chunks(some(30), 4)
    data = b"".join(bulk.screened_all(Path(sys.argv[1]), EDITIONS, parts, forked.by(int(sys.argv[2]))))
    print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_bytes_under_another_hash_seed_and_number_of_workers(where: Path) -> None:
    here = b"".join(bulk.screened_all(where, EDITIONS, bulk.chunks(some(30), 4)))
    environment = os.environ | {"PYTHONHASHSEED": "99", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", SCRIPT, str(where), "2"]
    there = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert there.decode().strip() == canonical.sha256(here)
