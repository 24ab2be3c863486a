"""Record what the worker saw when it compared one party with the lists."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.editions import written
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.work import Work, flow
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Screening


class ScreenParty(CaseOrder, frozen=True, kw_only=True):
    """The observation for one row, or why it could not be made."""

    screening: int
    observed: Observed | None = None
    failure: str = ""


class Screened(msgspec.Struct, frozen=True):
    """``record`` is 0 where nothing was recorded: the row was superseded, or had failed."""

    screening: int
    record: int


@flow(Action.SCREEN)
def screen_party(work: Work, order: ScreenParty) -> Screened:
    """Once for each row: a second worker that looked at the same party changes nothing."""
    row = Screening.objects.filter(case=work.case, pk=order.screening).first()
    if row is None:
        raise Refusal("no such screening", f"{order.case}, screening {order.screening}", "look again what waits")
    if row.state != Screening.State.WAITING:
        return Screened(row.pk, row.record)
    if order.observed is None:
        row.state, row.failure = Screening.State.FAILED, order.failure or "no reason was given"
        row.save()
        return Screened(row.pk, 0)
    if written(order.observed.editions) != row.editions:  # a rescreening passed it meanwhile: it waits on, for these
        raise Refusal("the lists changed while it was looked at", f"{order.case}, screening {row.pk}", "look again")
    party = canonical.decode(row.party.encode(), Party)
    row.record = work.record("screening", ScreeningRecord(party, order.observed)).number
    row.state, row.matcher = Screening.State.DONE, order.observed.matcher
    row.save()
    work.case.inputs += 1
    work.case.save()
    return Screened(row.pk, row.record)
