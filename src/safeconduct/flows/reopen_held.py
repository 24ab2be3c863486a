"""Record that somebody listed holds a party of a case, which was not known before: a licence is reopened."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, State
from safeconduct.decide import Act
from safeconduct.flows.clock import reopen_clock
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.rescreened import Rescreened
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow


class ReopenHeld(CaseOrder, frozen=True, kw_only=True):
    """``holders`` say who holds whom, by which documents; ``assessment`` is the number of the one that did not know."""

    assessment: int
    holders: tuple[str, ...]


class HeldReopened(msgspec.Struct, frozen=True):
    """The number of the record, 0 where the case was assessed anew meanwhile; ``reopened``: a licence is reviewed."""

    case: str
    record: int
    reopened: bool


@flow(Action.REOPEN)
def reopen_held(work: Work, order: ReopenHeld) -> HeldReopened:
    """A case still to be decided is assessed anew; a licence is decided anew."""
    case = work.case
    if case.assessment != order.assessment:
        return HeldReopened(order.case, 0, reopened=False)
    licence = case.state == State.APPROVED
    record = work.record("rescreening", Rescreened(0, "", "", "", (), licence, holders=order.holders))
    case.reopened = record.number
    case.inputs += 1
    if licence:
        move(work, Act.REOPEN, listed_holder=True)
        reopen_clock(work)
    case.save()
    return HeldReopened(order.case, record.number, licence)
