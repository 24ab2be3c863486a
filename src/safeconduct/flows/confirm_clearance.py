"""Confirm, or decline, a clearance that another person proposed: four eyes where the policy says so."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.adjudicating import MatchDecided, MatchOrder, decision, reasons, seen, settle, standing_of, told
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Adjudication, Clearance


class ConfirmClearance(MatchOrder, frozen=True, kw_only=True):
    """``confirm`` is false to decline, which needs reasons."""

    confirm: bool
    reasons: str = ""


@flow(Action.CLEAR_MATCH)
def confirm_clearance(work: Work, order: ConfirmClearance) -> MatchDecided:
    """By somebody else than whoever proposed it; on the facts of both sides as they were then, which still hold."""
    move(work, Act.CLEAR, reasons(order.reasons) or ("confirmed" if order.confirm else ""))
    found = seen(work, order)
    where = f"{order.case}, {found.party.name} / {found.match.name}"
    row = standing_of(found, work.actor)
    if row is None:
        raise Refusal("nobody has proposed a clearance of this match", where, "decide about it yourself")
    if row.state != Adjudication.State.PROPOSED:
        raise Refusal(told(row, work.actor), where, "look at the match again")
    if row.author == work.actor.id:
        raise Refusal("whoever proposed a clearance cannot be the second person", where, "ask another; or withdraw it")
    answer, state = ("confirmed", Adjudication.State.STANDING) if order.confirm else (
        "declined", Adjudication.State.WITHDRAWN
    )  # fmt: skip
    document = msgspec.structs.replace(
        decision(found, "confirmed"),
        answer=answer,
        reasons=order.reasons,
        of=row.record if row.case_id == work.case.pk else 0,
    )
    record = work.record("adjudication", document)
    settle(work, row, state, record.number)
    if order.confirm:
        Clearance.objects.create(
            case=row.case,
            source=row.source,
            entry=row.entry,
            fingerprint=row.fingerprint,
            entry_facts=row.entry_facts,
            record=row.record,
        )
    return MatchDecided(order.case, record.number)
