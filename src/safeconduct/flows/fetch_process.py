"""``python -m safeconduct.flows.fetch_process``: fetch what is due, then end; and how a worker starts it.

A process of its own: reading a large list must neither hold up a screening nor leave its memory behind in a worker.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import django

from safeconduct.core.errors import Refusal

if TYPE_CHECKING:
    from safeconduct.flows.installation import Installation

LOOK_SECONDS = 20.0
START_SECONDS = 60.0
"""Between two starts at least, should the process end without a trace of what it did."""
END_SECONDS = 2.0
log = logging.getLogger(__name__)


class Fetcher:
    """Looks now and then whether a source is due, and has one process at a time fetch it."""

    def __init__(self, at: Installation) -> None:
        self.at, self._trouble = at, ""
        self._process: subprocess.Popen[bytes] | None = None
        self._looked = self._started = time.monotonic() - START_SECONDS

    def look(self) -> None:
        """Start the process where something is due; nothing, as long as the State has not switched fetching on."""
        now = time.monotonic()
        running = self._process is not None and self._process.poll() is None
        if running or now - self._looked < LOOK_SECONDS or now - self._started < START_SECONDS:
            return
        self._looked = now
        if self._is_due():
            self._started = now
            command = [sys.executable, "-m", "safeconduct.flows.fetch_process"]
            try:
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)
            except OSError as error:  # no memory, no process to spare: the screenings go on
                log.warning("no process to fetch lists with: %s", error)

    def _is_due(self) -> bool:
        from safeconduct.flows.fetches import catalogue
        from safeconduct.flows.fetching import overdue

        try:
            found = bool(overdue(catalogue(self.at), self.at.clock()))
        except Refusal as refusal:
            if str(refusal) != self._trouble:  # every look meets it again
                log.warning("the catalogue of publishers: %s", refusal)
            self._trouble = str(refusal)
            return False
        self._trouble = ""
        return found

    def end(self) -> None:
        """End the process, if one runs: what came so far is kept for the next."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def fetch_what_is_due(at: Installation) -> int:
    """Fetch every source that is due, each once; how many there were. What fails is recorded, and logged."""
    from safeconduct.flows.fetches import catalogue
    from safeconduct.flows.fetching import fetch, overdue
    from safeconduct.flows.people import SYSTEM

    found, count = catalogue(at), 0
    for publisher in overdue(found, at.clock()):
        try:
            done = fetch(SYSTEM, publisher, found.fetching, at, only_due=True)
        except Refusal as refusal:  # another process is at it
            log.warning("%s", refusal)
            continue
        count += done is not None
        if done and done.outcome in ("failed", "held"):
            log.warning("%s: %s: %s", publisher.key, done.outcome, done.reason)
    return count


def main() -> int:
    """Fetch what is due on the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.settings")
    django.setup()
    from safeconduct.flows.installation import here

    fetch_what_is_due(here())
    return 0


if __name__ == "__main__":
    sys.exit(main())
