"""Confirm a match: a person says, with reasons, that a party is the listed one. A fact for the assessment."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.decide import Act
from safeconduct.flows.adjudicating import MatchDecided, MatchOrder, decision, keep, reasons, undecided
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Adjudication


class ConfirmMatch(MatchOrder, frozen=True, kw_only=True):
    """``reasons``: what shows that they are one."""

    reasons: str


@flow(Action.CLEAR_MATCH)
def confirm_match(work: Work, order: ConfirmMatch) -> MatchDecided:
    """Whatever screening said of it: a person may know better than *different*."""
    move(work, Act.CLEAR, reasons(order.reasons))
    found = undecided(work, order, any_answer=True)
    document = msgspec.structs.replace(decision(found, "same"), reasons=order.reasons)
    record = work.record("adjudication", document)
    keep(work, found, Adjudication.Answer.SAME, record.number)
    return MatchDecided(order.case, record.number)
