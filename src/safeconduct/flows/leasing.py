"""Who works on which screening: a lease on the waiting row, taken over once it has run out or its worker has died."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet

from safeconduct.access.model import OPEN_STATES
from safeconduct.flows.holder import writing
from safeconduct.flows.wake import is_dead
from safeconduct.store.models import Lease, Screening

LASTS = dt.timedelta(seconds=120)
MOST_ATTEMPTS = 5


def claim(home: Path, worker: str, now: dt.datetime) -> Screening | None:
    """The oldest waiting screening of an open case that nobody holds, leased to ``worker``; None when there is none.

    Two workers that ask at once do not get the same row: each claim is one write transaction.
    """
    if not _free(now).exists():  # looked at without the write lock, so that an idle worker holds up nobody
        return None
    with writing(home):
        rows = _free(now)
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        row: Screening | None = rows.first()
        if row is None:
            return None
        lease = Lease.objects.filter(pk=row.pk).first() or Lease(screening=row, until=now)
        if lease.until > now:  # leased between the look and the lock
            return None
        lease.worker, lease.until, lease.attempts = worker, now + LASTS, lease.attempts + 1
        lease.save()
        return row


def _free(now: dt.datetime) -> QuerySet[Screening]:
    states = [state.value for state in OPEN_STATES]
    held = Lease.objects.filter(until__gt=now).values("pk")
    rows: QuerySet[Screening] = Screening.objects.filter(state=Screening.State.WAITING, case__state__in=states)
    return rows.exclude(pk__in=held).order_by("id")


def renew(worker: str, now: dt.datetime) -> None:
    """Keep what the worker holds for as long again."""
    Lease.objects.filter(worker=worker, until__gt=now).update(until=now + LASTS)


def attempts(screening: int) -> int:
    """How often the screening was begun."""
    return Lease.objects.filter(pk=screening).values_list("attempts", flat=True).first() or 0


def release(screening: int) -> None:
    """Forget the lease of a screening that is done."""
    Lease.objects.filter(pk=screening).delete()


def end_leases(home: Path, now: dt.datetime, worker: str = "") -> None:
    """End the leases of ``worker``, or of every worker of this host that is dead, so that others need not wait."""
    for name in set(Lease.objects.filter(until__gt=now).values_list("worker", flat=True)):
        if name == worker or (not worker and is_dead(home, name)):
            Lease.objects.filter(worker=name, until__gt=now).update(until=now)
