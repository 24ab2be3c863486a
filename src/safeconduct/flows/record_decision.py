"""Record an official's decision. The system says what stands in the way; it never decides."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.decide import Act
from safeconduct.flows.casefile import Decision
from safeconduct.flows.clock import run_clock
from safeconduct.flows.likeness import keep_likeness
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Record

ACTS = {"approve": Act.APPROVE, "refuse": Act.REFUSE}


class Decide(CaseOrder, frozen=True, kw_only=True):
    """A refusal needs reasons; so does an approval that the outcome does not suggest. ``reasons`` are closed;
    ``disclosable`` is what the applicant reads."""

    decision: Literal["approve", "refuse"]
    reasons: str = ""
    disclosable: str = ""


class Decided(msgspec.Struct, frozen=True):
    """The number of the decision among the case's records, and where the case stands now."""

    case: str
    record: int
    state: str


@flow(Action.DECIDE)
def record_decision(work: Work, order: Decide) -> Decided:
    """Close the case with the decision and the assessment it was taken on; a licence under review is kept or ended."""
    refuse_unsafe_text([order.reasons, order.disclosable], "reasons")
    found = move(work, ACTS[order.decision], order.reasons)
    seen = Record.objects.filter(case=work.case, number=work.case.assessment).values_list("sha256", flat=True).first()
    made = Decision(order.decision, order.reasons, found.outcome, seen or "", order.disclosable)
    record = work.record("decision", made)
    keep_likeness(work, order.decision)
    run_clock(work)
    work.case.closed, work.case.reopened = work.now, 0
    work.case.save()
    return Decided(order.case, record.number, work.case.state)
