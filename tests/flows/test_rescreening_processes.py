"""Rescreening by processes that are killed, and by several at once: it goes on, and nothing is done twice."""

from __future__ import annotations

import signal
import time
from typing import Any

import pytest

from tests.flows.test_processes import PATIENCE, Place, Workers, installation, started, step, told, workers

__all__ = ["installation", "workers"]
CASES = 12  # 36 parties, of which a process that is to be killed passes 10 at a time


@pytest.fixture
def licensed(installation: Place, workers: Workers) -> Place:
    """Cases with an officer who bears a listed name, screened and assessed; no worker is left."""
    step(installation, "submit", "2d", str(CASES), "a")
    process = workers.start()
    told(installation, "wait", str(PATIENCE))
    end = time.monotonic() + PATIENCE
    while told(installation, "rescreened")["older"]:
        assert time.monotonic() < end, "they were not assessed in time"
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=PATIENCE)
    step(installation, "touch")
    return installation


def holds(found: dict[str, Any]) -> None:
    """Every case was reopened once, and each party has one screening."""
    assert found["reopened"] == [1] * CASES
    assert found["twice"] == []
    (run,) = found["runs"]
    assert run[:2] == [3 * CASES, CASES]
    assert run[2]


def test_killed_at_any_place_it_goes_on_and_nothing_is_done_twice(licensed: Place, workers: Workers) -> None:
    """A command is killed twice, half through what it looked at; two workers that start at once end it."""
    for more, so_far in ((2, 2), (5, 7)):
        killed = started(licensed, "tests.flows.scene", "rescreen", str(more))
        killed.communicate(timeout=PATIENCE)
        assert killed.returncode == -signal.SIGKILL
        half = told(licensed, "rescreened")
        assert half["reopened"] == [1] * so_far
        assert half["runs"][0][2] == ""
    for process in (workers.begin(), workers.begin()):
        workers.wait_until_ready(process)
    end = time.monotonic() + PATIENCE
    while (found := told(licensed, "rescreened"))["alerts"] != [1] * CASES or found["older"]:
        assert time.monotonic() < end, "it was not done in time"
    holds(found)
    assert told(licensed, "count")["problems"] == []
