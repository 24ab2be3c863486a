"""Waiting for screenings from the side that asked for them, and seeing that a worker is there to do them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from safeconduct.flows import wake
from safeconduct.flows.requesting import waiting
from safeconduct.store.models import Case, Screening

LOOK_SECONDS = 0.02
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


def start_worker(*, idle: float | None = None, child: bool = False) -> subprocess.Popen[bytes]:
    """A worker process on this process's settings. ``child``: it ends when this process does; ``idle``: after so
    many seconds without work."""
    command = [sys.executable, "-m", "safeconduct.flows.worker_process"]
    command += ["--idle", str(idle)] if idle is not None else []
    command += ["--parent", str(os.getpid())] if child else []
    # its own session, so that an interrupt at the keyboard reaches it through its parent, in order
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def ensure_worker(*, idle: float = 900) -> subprocess.Popen[bytes] | None:
    """Start a worker that ends by itself, unless one is running (None)."""
    return None if wake.worker_is_alive(Path(settings.HOME)) else start_worker(idle=idle)
