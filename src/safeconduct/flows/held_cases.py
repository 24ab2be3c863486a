"""Live cases one of whose parties is held by somebody listed, and was not known to be when they were last judged.

A list may name an owner who is in no application, or in another one; and somebody may state today who has owned a
party for years. What the register tells now is held against what the newest assessment of the case read of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Max

from safeconduct.access import State
from safeconduct.access.model import LIVE_STATES
from safeconduct.assess import Inputs
from safeconduct.assess.ownership import Around, ownership_facts
from safeconduct.core import canonical
from safeconduct.core.fact import Fact, Known
from safeconduct.flows.register_reach import around, below
from safeconduct.flows.review_case import ReviewCase
from safeconduct.store.models import Case, Merge, Record, Screening, Tie

MOST_SAID = 5


def register_mark() -> tuple[int, int]:
    """Changes whenever a tie or a merge is stated."""
    newest = [model.objects.aggregate(last=Max("id"))["last"] or 0 for model in (Tie, Merge)]
    return newest[0], newest[1]


def noted_wait() -> bool:
    """Whether parties noted in the register wait to be screened."""
    rows = Screening.objects.filter(case=None, asked_by__startswith="R-", state=Screening.State.WAITING)
    return rows.exists()


def newly_held(home: Path, today: dt.date) -> Iterator[ReviewCase]:
    """What is to be told cases held by somebody listed now and not at their newest assessment; open ones only while
    that is current."""
    held = set(Tie.objects.filter(withdrawn=False).values_list("held", flat=True))
    states = [state.value for state in LIVE_STATES]
    cases = Case.objects.filter(state__in=states, as_of="", appearances__entry__in=below(held), assessment__gt=0)
    for case in cases.distinct().order_by("pk"):
        if case.state != State.APPROVED and case.inputs != case.assessed_inputs:
            continue
        was, now = _facts(_read(case), today), _facts(around(case, home), today)
        fresh = [now[key] for key in sorted(now) if _is_met(now[key]) and not _is_met(was[key])]
        said = dict.fromkeys(str(one.value) for fact in fresh if isinstance(fact, Known) for one in fact.evidence)
        if fresh:
            yield ReviewCase(case=case.reference, assessment=case.assessment, holders=tuple(said)[:MOST_SAID])


def _facts(known: Around | None, today: dt.date) -> dict[str, Fact]:
    return ownership_facts(known, today.isoformat())


def _is_met(fact: Fact) -> bool:
    return isinstance(fact, Known) and fact.value is True


def _read(case: Case) -> Around | None:
    """What the newest assessment read of the register."""
    row = Record.objects.filter(case=case, number=case.assessment - 1, kind="inputs").first()
    return canonical.decode(row.body.encode(), Inputs).around if row else None
