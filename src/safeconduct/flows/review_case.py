"""Record what was found against a case outside its screenings: a licence is reopened, an open case assessed anew."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, State
from safeconduct.core.message import Message
from safeconduct.decide import Act
from safeconduct.flows.clock import reopen_clock
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.rescreened import Rescreened, TouchedParty
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow


class ReviewCase(CaseOrder, frozen=True, kw_only=True):
    """``assessment`` is the number of the one that did not know of it. ``holders`` say which listed party holds one of
    the case, by which documents; ``parties`` name matches that are settled no more, or were found to be the same.
    ``cause`` names what else touches the case, and ``reasons`` say it."""

    assessment: int
    holders: tuple[str, ...] = ()
    parties: tuple[TouchedParty, ...] = ()
    cause: str = ""
    reasons: tuple[Message, ...] = ()


class Reviewed(msgspec.Struct, frozen=True):
    """The number of the record, 0 where the case was assessed anew meanwhile; ``reopened``: a licence is reviewed."""

    case: str
    record: int
    reopened: bool


@flow(Action.REOPEN)
def review_case(work: Work, order: ReviewCase) -> Reviewed:
    """A case still to be decided is assessed anew; a licence is decided anew."""
    case = work.case
    if case.assessment != order.assessment:
        return Reviewed(order.case, 0, reopened=False)
    licence = case.state == State.APPROVED
    note = Rescreened(
        0, "", "", "", order.parties, licence, holders=order.holders, cause=order.cause, reasons=order.reasons
    )
    record = work.record("rescreening", note)
    case.reopened = record.number
    case.inputs += 1
    if licence:
        move(work, Act.REOPEN, listed_holder=bool(order.holders or order.reasons))
        reopen_clock(work)
    case.save()
    return Reviewed(order.case, record.number, licence)
