"""Screenings outside a case: waiting for the answer, and the rows a worker takes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet

from safeconduct.flows import wake
from safeconduct.flows.holder import writing
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.leasing import LASTS
from safeconduct.store.models import Lease, Screening

MOST_AT_ONCE = 100
LOOK_SECONDS = 0.01
Progress = Callable[[int, int, str], None]


def answered(
    screenings: Collection[int], seconds: float, progress: Progress | None = None, at: Installation | None = None
) -> bool:
    """Wait until none of these screenings is waiting any more, for so long at most; whether that is so."""
    at, end = at or here(), time.monotonic() + seconds
    rows = Screening.objects.filter(pk__in=screenings, state=Screening.State.WAITING)
    while count := rows.count():
        if progress:
            progress(len(screenings) - count, len(screenings), wake.doing(at.home))
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def claim_lookups(home: Path, worker: str, now: dt.datetime) -> list[Screening]:
    """The oldest waiting look-ups that nobody holds, leased to ``worker`` in one transaction.

    One that was begun before comes alone: should it be what killed a worker, it takes no other with it.
    """
    if not _free(now).exists():
        return []
    with writing(home):
        rows = _free(now)
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        taken = list(rows[:MOST_AT_ONCE])
        begun = dict(Lease.objects.filter(pk__in=[row.pk for row in taken]).values_list("pk", "attempts"))
        first_was_begun = bool(taken) and taken[0].pk in begun
        taken = taken[:1] if first_was_begun else [row for row in taken if row.pk not in begun]
        Lease.objects.bulk_create(
            [
                Lease(screening=row, worker=worker, until=now + LASTS, attempts=begun.get(row.pk, 0) + 1)
                for row in taken
            ],
            update_conflicts=True,
            unique_fields=["screening"],
            update_fields=["worker", "until", "attempts"],
        )
        return taken


def release_lookups(screenings: Iterable[int]) -> None:
    """Forget the leases of look-ups that are done."""
    Lease.objects.filter(pk__in=list(screenings)).delete()


def _free(now: dt.datetime) -> QuerySet[Screening]:
    held = Lease.objects.filter(until__gt=now).values("pk")
    rows: QuerySet[Screening] = Screening.objects.filter(state=Screening.State.WAITING, case=None)
    return rows.exclude(pk__in=held).order_by("id")
