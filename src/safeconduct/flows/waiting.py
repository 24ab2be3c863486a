"""Waiting for screenings from the side that asked for them, and seeing that a worker is there to do them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows import wake
from safeconduct.flows.requesting import live, waiting
from safeconduct.store.models import Case, Screening

LOOK_SECONDS = 0.02
LOOK_AT_WORKER_SECONDS = 3.0
IDLE_SECONDS = 900.0
MOST_STARTS = 3
MOST_LOG_BYTES = 1_000_000
Progress = Callable[[int, int, str], None]


def wait_for(reference: str, seconds: float, progress: Progress | None = None) -> bool:
    """Wait until no screening of the case is waiting, for so long at most; whether that is so.

    ``progress`` is called with how many of how many are done, and what the worker says it is doing.
    """
    case, home = Case.objects.get(reference=reference), Path(settings.HOME)
    total = Screening.objects.filter(case=case).exclude(state=Screening.State.SUPERSEDED).count()
    end = time.monotonic() + seconds
    while count := waiting(case):
        if progress:
            progress(total - count, total, wake.doing(home))
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_SECONDS)
    if progress:
        progress(total, total, "")
    return True


def screened(reference: str, seconds: float, progress: Progress | None = None) -> None:
    """Wait until every party of the case is screened, with a worker at hand: one is started where none runs, and
    again should it die.

    A ``Refusal`` says which parties could not be screened and why, that no worker stays alive, or that ``seconds``
    were not enough.
    """
    with_worker(lambda wait: wait_for(reference, wait, progress), reference, seconds)
    refuse_failed(reference)


def with_worker(wait: Callable[[float], bool], what: str, seconds: float) -> None:
    """Call ``wait`` (for so many seconds at most; whether all is done) until it is done, seeing that a worker lives.

    A ``Refusal``, naming ``what`` is waited for, where none stays alive or ``seconds`` were not enough.
    """
    end, ours, starts = time.monotonic() + seconds, ensure_worker(), 1
    while not wait(min(LOOK_AT_WORKER_SECONDS, end - time.monotonic())):
        if time.monotonic() > end:
            raise Refusal("the screening is not finished", what, f"see {log_of_worker()}, then ask for it again")
        if (ours is None or ours.poll() is not None) and not wake.worker_is_alive(Path(settings.HOME)):
            if starts == MOST_STARTS:
                raise Refusal("no screening worker stays alive", what, f"see {log_of_worker()} for the reason")
            ours, starts = start_worker(idle=IDLE_SECONDS), starts + 1


def refuse_failed(reference: str) -> None:
    """A ``Refusal`` that names what could not be screened, if there is anything."""
    if failed := failures(reference):
        raise Refusal(
            f"could not be screened: {'; '.join(failed)}", reference, "settle what is named, then assess it again"
        )


def failures(reference: str) -> tuple[str, ...]:
    """Each party of the case whose screening could not be made, by name, with the reason."""
    rows = live(Case.objects.get(reference=reference)).values()
    return tuple(
        f"{canonical.decode(row.party.encode(), Party).name} ({row.failure})"
        for row in rows
        if row.state == Screening.State.FAILED
    )


def log_of_worker() -> Path:
    """Where workers that a command started write what went wrong."""
    return Path(settings.HOME) / "worker.log"


def start_worker(*, idle: float) -> subprocess.Popen[bytes]:
    """A worker process on this process's settings that ends after ``idle`` seconds without work.

    It holds nothing of ours, neither terminal nor pipe: whoever reads our output sees its end when we end.
    """
    command = [sys.executable, "-m", "safeconduct.flows.worker_process", "--idle", str(idle)]
    path = log_of_worker()
    if path.exists() and path.stat().st_size > MOST_LOG_BYTES:
        path.unlink()
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    finally:
        os.close(log)


def ensure_worker(*, idle: float = IDLE_SECONDS) -> subprocess.Popen[bytes] | None:
    """Start a worker that ends by itself, unless one is running (None)."""
    return None if wake.worker_is_alive(Path(settings.HOME)) else start_worker(idle=idle)
