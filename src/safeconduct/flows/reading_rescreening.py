"""What was looked at again, for which list, and how far it is."""

from __future__ import annotations

import msgspec
from django.db.models import Max

from safeconduct.access import Action, Actor
from safeconduct.flows.work import ask
from safeconduct.store.models import Rescreening


class RescreeningView(msgspec.Struct, frozen=True):
    """One pass over the live parties. ``source`` is a list's key, ``before`` and ``after`` the hashes of its editions
    (``""``: none); all three are empty where everybody was looked at on whole lists. ``state``: ``running``, ``done``
    or ``failed`` (``failure`` says why). ``looked`` of ``total`` parties were looked at, ``touched`` of them were
    screened anew, ``reopened`` counts licences. Times are UTC, ISO 8601; ``finished`` is ``""`` while it runs."""

    number: int
    source: str
    before: str
    after: str
    matcher: str
    state: str
    started: str
    finished: str
    total: int
    looked: int
    touched: int
    reopened: int
    by: str
    failure: str


class LastRescreening(msgspec.Struct, frozen=True):
    """``newest`` is the one begun last, None before the first; ``lists`` the newest of each list, by source."""

    newest: RescreeningView | None
    lists: tuple[RescreeningView, ...]


def last(actor: Actor) -> LastRescreening:
    """When live parties were last looked at again, in all and for each list."""
    ask(actor, Action.LOOK_UP, None)
    newest = Rescreening.objects.order_by("id").last()
    numbers = Rescreening.objects.exclude(source="").values("source").annotate(last=Max("id")).values("last")
    rows = Rescreening.objects.filter(pk__in=numbers).order_by("source")
    return LastRescreening(view(newest) if newest else None, tuple(view(row) for row in rows))


def rescreenings(actor: Actor, most: int = 50) -> tuple[RescreeningView, ...]:
    """The newest ones, the last first."""
    ask(actor, Action.LOOK_UP, None)
    return tuple(view(row) for row in Rescreening.objects.order_by("-id")[:most])


def view(row: Rescreening) -> RescreeningView:
    """A rescreening as it is shown."""
    names = (
        "source", "before", "after", "matcher", "started", "finished", "total", "looked", "touched", "reopened", "by",
        "failure",
    )  # fmt: skip
    state = "failed" if row.failure else "done" if row.finished else "running"
    return RescreeningView(number=row.pk, state=state, **{name: getattr(row, name) for name in names})
