"""The lawful time to answer has run out: refuse for insufficient information, or accept that it stays unknown."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.casefile import LapsedRecord
from safeconduct.flows.clock import run_clock
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Question


class Lapse(CaseOrder, frozen=True, kw_only=True):
    """``question`` names the one accepted as unknown; empty means every decisive one that is overdue."""

    ending: Literal["refuse", "accept"]
    question: str = ""
    reasons: str = ""


class Lapsed(msgspec.Struct, frozen=True):
    """``questions`` are those the ending was about."""

    case: str
    record: int
    state: str
    questions: tuple[str, ...]


@flow(Action.LAPSE)
def lapse_question(work: Work, order: Lapse) -> Lapsed:
    """End the waiting. An acceptance changes what an assessment knows, so the case is to be assessed again."""
    refuse_unsafe_text(order.reasons, "reasons")
    overdue = _overdue(work, order.question)
    act = Act.REFUSE_FOR_SILENCE if order.ending == "refuse" else Act.ACCEPT_UNKNOWN
    move(work, act, order.reasons)
    if not overdue:
        raise Refusal(
            "no such decisive question is overdue", f"{order.case} {order.question}".strip(), "name one that is"
        )
    names = tuple(row.name for row in overdue)
    record = work.record("lapse", LapsedRecord(order.ending, names, order.reasons))
    if order.ending == "refuse":
        work.case.closed, work.case.reopened = work.now, 0
        run_clock(work)
    else:
        for row in overdue:
            row.state, row.answer = Question.State.ACCEPTED, record.number
            row.save()
        work.case.inputs += 1
    work.case.save()
    return Lapsed(order.case, record.number, work.case.state, names)


def _overdue(work: Work, name: str) -> tuple[Question, ...]:
    rows = Question.objects.filter(
        case=work.case, state=Question.State.OPEN, decisive=True, due__lt=work.today.isoformat()
    ).order_by("id")
    return tuple(row for row in rows if name in ("", row.name))
