"""Several processes on one installation: workers that die, writers that meet, judgements that repeat."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Place = dict[str, str]
PATIENCE = 300  # seconds; only a machine with much else to do needs them


def started(place: Place, *arguments: str, **more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, env={**place, **more}, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def step(place: Place, *arguments: str, **more: str) -> str:
    process = started(place, "tests.flows.scene", *arguments, **more)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, out
    return out


def told(place: Place, *arguments: str, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(step(place, *arguments, **more))
    return found


class Workers:
    """Worker processes of one test."""

    def __init__(self, place: Place) -> None:
        self.place, self.running = place, []  # type: tuple[Place, list[subprocess.Popen[str]]]

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        process = started(self.place, "safeconduct.flows.worker_process", *arguments)
        self.running.append(process)
        return process

    def start(self) -> subprocess.Popen[str]:
        process = self.begin()
        self.wait_until_ready(process)
        return process

    def wait_until_ready(self, process: subprocess.Popen[str]) -> None:
        said = Path(self.place["SAFECONDUCT_HOME"]) / "wake" / f"{process.pid}.doing"
        end = time.monotonic() + PATIENCE
        while not said.is_file() or said.read_text():
            assert process.poll() is None
            assert time.monotonic() < end, "the worker was not ready in time"
            time.sleep(0.05)

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def installation(place: Place) -> Place:
    """An installation with people, a policy and a list."""
    step(place, "prepare")
    return place


@pytest.fixture
def workers(installation: Place) -> Iterator[Workers]:
    found = Workers(installation)
    yield found
    found.end()


def test_a_killed_worker_is_replaced_nothing_is_done_twice_and_the_idle_end_by_themselves(
    installation: Place, workers: Workers
) -> None:
    first = workers.start()
    submitting = started(installation, "tests.flows.scene", "submit", "5", "12", "a")
    time.sleep(0.4)
    first.send_signal(signal.SIGSTOP)  # in the middle of something, with a lease in its hand
    submitting.communicate(timeout=PATIENCE)
    before = told(installation, "count")
    assert before["done"] < before["screenings"], "it was too quick to be caught at work"
    first.kill()
    first.wait()
    second = workers.begin("--idle", "5")
    end = time.monotonic() + PATIENCE
    told(installation, "wait", str(PATIENCE))
    after = told(installation, "count")
    while after["assessed"] < 12 and time.monotonic() < end:
        after = told(installation, "count")
    assert after["done"] == after["screenings"] == after["screening_records"] > 30
    assert after["problems"] == []
    assert after["assessed"] == 12
    assert second.wait(timeout=PATIENCE) == 0


def test_a_server_replaces_a_worker_that_was_killed_and_ends_it_with_itself(installation: Place) -> None:
    serving = started(installation, "tests.flows.scene", "keep_worker")
    wake = Path(installation["SAFECONDUCT_HOME"]) / "wake"
    try:
        first = listening_worker(wake)
        os.kill(first, signal.SIGKILL)
        second = listening_worker(wake, besides=first)
        step(installation, "submit", "2c", "1", "d")
        told(installation, "wait", str(PATIENCE))
        assert told(installation, "count")["done"] > 0
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=PATIENCE)
    assert not Path(f"/proc/{second}").exists()
    assert serving.returncode == 0


def listening_worker(wake: Path, besides: int = 0) -> int:
    """The number of a worker's process that waits for work, other than ``besides``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for path in sorted(wake.glob("*.doing")):
            if path.stem != str(besides) and not path.read_text():
                return int(path.stem)
        time.sleep(0.05)
    raise AssertionError("no worker was ready in time")


def test_a_waiting_worker_is_woken_at_once_and_ends_in_order(installation: Place, workers: Workers) -> None:
    process = workers.start()
    time.sleep(1)  # asleep now, for three seconds unless woken
    step(installation, "submit", "2c", "1", "b")
    assert told(installation, "wait", str(PATIENCE))["seconds"] < 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0
    assert not list((Path(installation["SAFECONDUCT_HOME"]) / "wake").iterdir())


def test_an_orphan_does_not_even_begin(installation: Place, workers: Workers) -> None:
    assert workers.begin("--parent", str(os.getpid() + 1)).wait(timeout=PATIENCE) == 0


def test_writers_that_meet_lose_nothing(installation: Place) -> None:
    writers = [started(installation, "tests.flows.scene", "submit", "2c", "15", f"w{one}") for one in range(4)]
    references = [line for process in writers for line in process.communicate(timeout=PATIENCE)[0].split()]
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    assert len(set(references)) == len(references) == 60
    found = told(installation, "count")
    assert (
        found["cases"] == sorted(references) == [f"XX-{found['cases'][0][3:7]}-{number:04d}" for number in range(1, 61)]
    )
    assert found["unbroken"]
    assert found["problems"] == []


def test_the_same_bytes_after_newer_lists_and_policy_in_any_language_zone_and_seed(
    installation: Place, workers: Workers
) -> None:
    workers.start()
    reference = step(installation, "submit", "1", "1", "c").strip()
    told(installation, "wait", str(PATIENCE))
    first = told(installation, "assess", reference)
    assert first["same"]
    step(installation, "load_another")
    for seed, language, zone in (
        ("0", "C", "UTC"),
        ("1", "tr_TR.UTF-8", "Asia/Kathmandu"),
        ("4711", "C.UTF-8", "Pacific/Apia"),
    ):
        again = told(installation, "replayed", first["id"], PYTHONHASHSEED=seed, LC_ALL=language, TZ=zone)
        assert again == first
