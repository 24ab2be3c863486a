"""The case's clock: it stands while the authority waits for a decisive answer, and runs otherwise."""

from __future__ import annotations

import datetime as dt

from safeconduct.decide import Stop, days_run
from safeconduct.flows.work import Work
from safeconduct.store.models import Case, ClockStop


def stop_clock(work: Work) -> None:
    """Let the clock stand from now, if it runs."""
    if not ClockStop.objects.filter(case=work.case, ended="").exists():
        ClockStop.objects.create(case=work.case, began=work.now)


def run_clock(work: Work) -> None:
    """Let the clock run from now, if it stands."""
    for stop in ClockStop.objects.filter(case=work.case, ended=""):
        stop.ended = work.now
        stop.save()


def reopen_clock(work: Work) -> None:
    """Let the clock of a closed case run again from now; the days since it was closed do not count."""
    if work.case.closed:
        ClockStop.objects.create(case=work.case, began=work.case.closed, ended=work.now)
        work.case.closed = ""


def is_stopped(case: Case) -> bool:
    """Whether the clock stands."""
    return any(not stop.ended for stop in case.stops.all())


def days(case: Case, today: dt.date) -> int:
    """Days on which the clock ran, until today or until the case was closed."""
    stops = [Stop(_day(stop.began), _day(stop.ended) if stop.ended else None) for stop in case.stops.all()]
    return days_run(_day(case.opened), stops, _day(case.closed) if case.closed else today)


def _day(moment: str) -> dt.date:
    return dt.date.fromisoformat(moment[:10])
