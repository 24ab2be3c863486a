"""Ask for a fact that a person wants to know, besides what the policy asks: one more question of the case."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.assess import Question as Asked
from safeconduct.assess.questions import DEFAULT_DAYS, identity_of
from safeconduct.core.errors import Refusal
from safeconduct.core.finding import Gap
from safeconduct.core.message import Message
from safeconduct.flows.asking import keep_question
from safeconduct.flows.casefile import case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.packs import in_force
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Question


class AskFact(CaseOrder, frozen=True, kw_only=True):
    """``fact`` is a key of the catalogue, ``subject`` is ``case`` or ``line:N``."""

    fact: str
    subject: str = "case"


class FactAsked(msgspec.Struct, frozen=True):
    """The question's id; ``new`` is no where it was open already, and nothing was done."""

    case: str
    question: str
    new: bool


class QuestionRaised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``question``: who wrote it asks for this fact."""

    fact: str
    subject: str


@flow(Action.ASSESS)
def ask_fact(work: Work, order: AskFact) -> FactAsked:
    """Open the question. It stays open through later assessments until the fact is known."""
    kind = catalogue().get(order.fact)
    if kind is None or kind.may_state == ("system",):
        raise Refusal("nobody can state this fact", order.fact[:120], "ask for a fact of docs/facts.md")
    subjects = [f"line:{item.line}" for item in case_file(work.case).lines] if kind.subject == "line" else ["case"]
    if order.subject not in subjects:
        raise Refusal("it is not asked of that", order.subject[:120], f"one of: {', '.join(subjects)}")
    name = identity_of(Gap(order.fact, "absent", order.subject))
    row = Question.objects.filter(case=work.case, name=name).first()
    if row is not None and row.state == Question.State.OPEN:
        return FactAsked(order.case, name, False)
    force = in_force()
    if force is None:
        raise Refusal("no policy is in force", order.case, "two people sign a pack: `safeconduct policy sign`")
    spec = pack_of(force.sha256).question(order.fact)
    text = Message("policy.text", {"id": order.fact})
    asked = Asked(
        id=name,
        fact=order.fact,
        subject=order.subject,
        text=text if spec else Message("question.fact", {"fact": order.fact, "means": kind.means}),
        decisive=row.decisive if row else False,
        to="exporter" if "exporter" in kind.may_state else "authority",
        days=spec.days if spec else DEFAULT_DAYS,
        why=("asked",),
        citation=spec.cites if spec else "",
    )
    work.record("question", QuestionRaised(order.fact, order.subject))
    keep_question(work, row, asked, force.sha256)
    work.case.save()
    return FactAsked(order.case, name, True)
