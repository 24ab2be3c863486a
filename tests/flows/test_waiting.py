"""Whoever waits for a screening is told when it cannot be made, and never waits for a worker that is not there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows import waiting, wake
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.screen_party import ScreenParty, screen_party
from safeconduct.store.models import Screening
from tests.flows.office import Office, starter

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; only a machine with much else to do needs them


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Workers that are started end at once, as they do where the name library is damaged; when each was started."""
    begun: list[float] = []

    def start(*, idle: float) -> subprocess.Popen[bytes]:
        begun.append(idle)
        process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
        process.wait()
        return process

    monkeypatch.setattr(waiting, "start_worker", start)
    monkeypatch.setattr(waiting, "LOOK_AT_WORKER_SECONDS", 0.05)
    monkeypatch.setattr(wake, "worker_is_alive", lambda _home: False)
    return begun


def test_a_party_that_cannot_be_screened_is_named_with_the_reason(office: Office, no_worker: list[float]) -> None:
    case = office.submit(starter("2c")).case
    for row in Screening.objects.all():
        order = ScreenParty(case=case, screening=row.pk, failure="the kept file is gone")
        screen_party(SYSTEM, order, key=office.key(), at=office.at)
    with pytest.raises(Refusal, match=r"could not be screened: .*kept file is gone") as refused:
        waiting.screened(case, 10)
    assert len(waiting.failures(case)) == Screening.objects.count() > 1
    assert refused.value.where == case


def test_a_worker_that_will_not_stay_alive_is_started_three_times_and_told(
    office: Office, no_worker: list[float]
) -> None:
    case = office.submit(starter("2c")).case
    with pytest.raises(Refusal, match="no screening worker stays alive") as refused:
        waiting.screened(case, 60)
    assert len(no_worker) == waiting.MOST_STARTS
    assert "worker.log" in refused.value.remedy


def test_waiting_has_an_end(office: Office, no_worker: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake, "worker_is_alive", lambda _home: True)  # it lives, and does nothing
    case = office.submit(starter("2c")).case
    with pytest.raises(Refusal, match="not finished"):
        waiting.screened(case, 0.2)


def test_nothing_is_waited_for_where_everybody_is_screened(office: Office, no_worker: list[float]) -> None:
    case = office.submit(starter("2c")).case
    office.worker.work_off()
    waiting.screened(case, 0)


def test_lists_that_cannot_be_opened_do_not_end_the_worker(office: Office) -> None:
    case = office.submit(starter("2c")).case
    for blob in (office.home / "blobs").glob("??/*"):
        blob.write_bytes(b"altered")
    shutil.rmtree(office.home / "index", ignore_errors=True)
    office.worker.sweep()
    office.worker.work_off()
    assert any("altered" in each for each in waiting.failures(case))


def run(place: dict[str, str], *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "safeconduct", *arguments]
    return subprocess.run(command, env=place, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, **more)


def test_the_command_ends_its_output_though_the_worker_it_started_lives_on(place: dict[str, str]) -> None:
    application = json.dumps(starter("2c"))
    done = run(place, "assess", "-", "--json", input=application)  # returns at the end of both pipes, as `| tail` does
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "no-objection"
    home = Path(place["SAFECONDUCT_HOME"])
    (pipe,) = (home / "wake").glob("*.pipe")
    pid = int(pipe.stem)
    try:
        assert os.getsid(pid) == pid
        files = {os.readlink(f"/proc/{pid}/fd/{number}") for number in (0, 1, 2)}
        assert files == {os.devnull, str(home / "worker.log")}
        assert "1 workers told to end" in run(place, "worker", "--end").stdout
        end = time.monotonic() + PATIENCE
        while pipe.exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert not pipe.exists()
    finally:
        if pipe.exists():
            os.kill(pid, signal.SIGKILL)
