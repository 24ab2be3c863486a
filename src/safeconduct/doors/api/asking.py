"""Asking a worker and waiting for it, without letting the waiting fill the server."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence

from safeconduct.core.party import Party
from safeconduct.flows.api_keys import Bearer
from safeconduct.flows.ask_screening import AskScreening, ask_screening
from safeconduct.flows.lookups import answered

MOST_WAITING = 4
"""Requests that wait at a time: half the server's threads, so that pages are answered whatever the workers do."""

_places = threading.BoundedSemaphore(MOST_WAITING)


def ask(bearer: Bearer, parties: Sequence[Party], sources: Sequence[str] = (), key: str = "") -> tuple[int, ...]:
    """Row numbers of the screenings, in the order of the parties. The same ``key`` asks for the same only once."""
    order = AskScreening(parties=tuple(parties), sources=tuple(sources), via=bearer.key)
    return ask_screening(bearer.actor, order, key=f"api/{bearer.key}/{key}" if key else uuid.uuid4().hex).screenings


def wait(screenings: Sequence[int], seconds: float) -> bool:
    """Whether all are answered, at the latest after so many seconds; at once where too many requests wait already."""
    if answered(screenings, 0):
        return True
    if not _places.acquire(blocking=False):
        return False
    try:
        return answered(screenings, seconds)
    finally:
        _places.release()
