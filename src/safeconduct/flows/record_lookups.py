"""Record what the worker saw for screenings outside a case."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core import canonical
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Screening


class LookedUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was seen for one row, or why nothing could be."""

    screening: int
    observed: Observed | None = None
    failure: str = ""


class RecordLookups(Order, frozen=True, kw_only=True):
    """The look-ups of one turn of a worker."""

    results: tuple[LookedUp, ...]


class Recorded(msgspec.Struct, frozen=True):
    """The rows that were still waiting."""

    screenings: tuple[int, ...]


@flow(Action.RECORD_LOOKUP)
def record_lookups(_work: Work, order: RecordLookups) -> Recorded:
    """Once for each row: a second worker that looked at the same party changes nothing."""
    found = {one.screening: one for one in order.results}
    rows = Screening.objects.filter(pk__in=found, case=None, state=Screening.State.WAITING).order_by("id")
    recorded = []
    for row in rows:
        result = found[row.pk]
        if result.observed is None:
            row.state, row.failure = Screening.State.FAILED, result.failure or "no reason was given"
        else:
            row.state, row.body = Screening.State.DONE, canonical.encode(result.observed).decode()
        row.save()
        recorded.append(row.pk)
    return Recorded(tuple(recorded))
