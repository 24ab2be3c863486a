"""Withdraw what was decided, or proposed, about a match: it is open again, here and wherever it was remembered."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.adjudicating import MatchDecided, MatchOrder, decision, reasons, seen, settle, standing_of
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Adjudication
from safeconduct.store.visible import visible


class WithdrawDecision(MatchOrder, frozen=True, kw_only=True):
    """``reasons``: why it does not stand."""

    reasons: str


@flow(Action.CLEAR_MATCH)
def withdraw_decision(work: Work, order: WithdrawDecision) -> MatchDecided:
    """By whoever took it or anybody else who decides about matches, if the case it was taken in is his to read."""
    move(work, Act.CLEAR, reasons(order.reasons))
    found = seen(work, order)
    where = f"{order.case}, {found.party.name} / {found.match.name}"
    row = standing_of(found, work.actor)
    if row is None:
        raise Refusal("nothing was decided about this match", where, "decide about it yourself")
    if not visible(work.actor).filter(pk=row.case_id).exists():
        raise Refusal("it was decided in a case that is not yours to read", where, "ask somebody who may read it")
    number = row.record if row.case_id == work.case.pk else 0
    document = msgspec.structs.replace(decision(found, "withdrawn"), reasons=order.reasons, of=number)
    record = work.record("adjudication", document)
    settle(work, row, Adjudication.State.WITHDRAWN, record.number)
    return MatchDecided(order.case, record.number)
