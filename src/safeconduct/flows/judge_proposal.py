"""An officer or adviser confirms, corrects or rejects what the words of a datasheet suggest.

Confirmed or corrected, it becomes a finding of its own, with the place in the datasheet as its evidence; what the
seller claims stays beside it. Whoever, when and why stand in the record; a rejection states nothing.
"""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor, Role
from safeconduct.classify import Proposal
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.fact import By, Statement, Value
from safeconduct.core.item import Item
from safeconduct.decide import Act
from safeconduct.flows.casefile import Answered, Judged, Verdict, applied, case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.proposals import key_of, proposed
from safeconduct.flows.situation import move
from safeconduct.flows.typed_value import typed
from safeconduct.flows.work import Work, flow
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import check_case

_VOICES: dict[Role, By] = {Role.OFFICER: "officer", Role.COUNTERSIGNER: "officer", Role.ADVISER: "adviser"}


class JudgeProposal(CaseOrder, frozen=True, kw_only=True):
    """``proposal`` is the proposal's key in ``line``; ``value`` is what is found instead, where it is corrected."""

    line: int
    proposal: str
    verdict: Verdict
    why: str
    value: str = ""


class ProposalJudged(msgspec.Struct, frozen=True):
    """The number of the record."""

    case: str
    record: int


@flow(Action.ANSWER)
def judge_proposal(work: Work, order: JudgeProposal) -> ProposalJudged:
    """Keep the verdict. The case is to be assessed again where a fact was found."""
    where = f"{order.case}, line {order.line}"
    refuse_unsafe_text([order.why, order.value, order.proposal], where)
    by = _voice(work.actor, where)
    if not order.why.strip():
        raise Refusal("no reason is given", where, "say what you read, or what you know besides")
    file = case_file(work.case)
    item, one = _found(file, order, where)
    move(work, Act.ANSWER)
    question = f"{one.fact}@line:{order.line}"
    verdict = Judged(key=order.proposal, words=one.words, place=one.place, verdict=order.verdict, why=order.why.strip())
    said = Answered(question, statement=_statement(order, one, item, by, where), judged=verdict)
    check_case(applied(file, said), where)
    record = work.record("answer", said)
    if said.statement is not None:
        work.case.inputs += 1
        work.case.save()
    return ProposalJudged(order.case, record.number)


def _voice(actor: Actor, where: str) -> By:
    if actor.role not in _VOICES:
        raise Refusal(f"this is not for {actor.name} to judge", where, "ask an officer or an adviser")
    return _VOICES[actor.role]


def _found(file: CaseFile, order: JudgeProposal, where: str) -> tuple[Item, Proposal]:
    for item in (each for each in file.lines if each.line == order.line):
        for one in proposed(item):
            if key_of(one) == order.proposal:
                return item, one
    raise Refusal("no such proposal", where, "see the goods of the case")


def _statement(order: JudgeProposal, one: Proposal, item: Item, by: By, where: str) -> Statement | None:
    if order.verdict == "rejected":
        return None
    fact = catalogue().get(one.fact)
    if fact is None or by not in fact.may_state:
        raise Refusal(f"this is not for {by} to state", where, "ask whoever may state it (docs/facts.md)")
    value: object = order.value if order.verdict == "corrected" else _confirmed(one, where)
    if fact.kind == "words" and order.verdict == "confirmed":
        value = (value,)
    date = item.datasheet.date if item.datasheet else ""
    return Statement(
        fact=one.fact,
        value=typed(fact, value, where),  # type: ignore[arg-type]  # a value of the catalogue or what was typed
        by=by,
        source=Source("datasheet", ref=one.document, date=date, place=one.place),
        subject=f"line:{order.line}",
        complete=fact.kind != "words",
    )


def _confirmed(one: Proposal, where: str) -> Value:
    if one.says != "no":
        return one.value
    if one.value is not True:
        raise Refusal("what it is not says not what it is", where, "correct it, or reject it")
    return False
