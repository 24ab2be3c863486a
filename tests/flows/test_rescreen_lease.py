"""Who is at a rescreening: one process at a time, and never one that is gone."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys

import pytest

from safeconduct.flows.rescreen_lease import LASTS, hold, let_go
from safeconduct.store.models import Rescreening, RescreeningLease
from safeconduct.store.permit import permitted
from tests.flows.office import Office

HOST = socket.gethostname()
ME = f"{HOST}:{os.getpid()}"


@pytest.fixture
def run(empty_office: Office) -> Rescreening:
    with permitted():
        return Rescreening.objects.create(
            source="un-sc", lists="[]", matcher="m", upto=1, total=1, by="system", started="2026-11-02T09:00:00Z"
        )


def held_by(office: Office, run: Rescreening, worker: str, later: dt.timedelta = dt.timedelta()) -> bool:
    return hold(office.home, run, worker, office.at.clock() + later)


def test_whoever_has_it_keeps_it_and_others_wait(empty_office: Office, run: Rescreening) -> None:
    other = f"{HOST}:{os.getppid()}"  # it lives
    assert held_by(empty_office, run, other)
    assert held_by(empty_office, run, other)
    assert not held_by(empty_office, run, ME)
    let_go(run, ME)  # not ours to give up
    assert not held_by(empty_office, run, ME)
    let_go(run, other)
    assert held_by(empty_office, run, ME)


def test_a_process_that_is_gone_has_nothing(empty_office: Office, run: Rescreening) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert held_by(empty_office, run, f"{HOST}:{gone.pid}")
    assert held_by(empty_office, run, ME)
    assert RescreeningLease.objects.get().worker == ME


def test_of_another_host_nobody_here_can_tell_until_its_time_is_over(empty_office: Office, run: Rescreening) -> None:
    assert held_by(empty_office, run, "elsewhere:1")
    assert not held_by(empty_office, run, ME, LASTS - dt.timedelta(seconds=1))
    assert held_by(empty_office, run, ME, LASTS)


def test_somebody_elses_process_lives(empty_office: Office, run: Rescreening, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ours(_pid: int, _signal: int) -> None:
        raise PermissionError

    assert held_by(empty_office, run, f"{HOST}:1")
    monkeypatch.setattr(os, "kill", not_ours)
    assert not held_by(empty_office, run, ME)
