"""Answer a question: one statement more, or a field filled in; a party that changed is screened again."""

from __future__ import annotations

import datetime as dt

import msgspec

from safeconduct.access import Action, Actor, Role
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.fact import By, Statement
from safeconduct.decide import Act
from safeconduct.flows.casefile import Answered, applied, case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.line_answers import line_answer
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.party_answers import party_answer
from safeconduct.flows.registering import register
from safeconduct.flows.requesting import request, unscreened
from safeconduct.flows.situation import move
from safeconduct.flows.typed_value import Given, typed
from safeconduct.flows.work import Work, flow
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import check_case
from safeconduct.store.models import Question

SPEAKS_AS: dict[Role, tuple[By, ...]] = {
    Role.EXPORTER: ("exporter",),
    Role.OFFICER: ("officer", "exporter", "recipient"),
    Role.COUNTERSIGNER: ("officer", "exporter", "recipient"),
    Role.ADVISER: ("adviser",),
}
"""As whom a role may state facts, its own voice first: an officer also records what came by letter from others."""


class Answer(CaseOrder, frozen=True, kw_only=True):
    """``question`` is a question's id, or any fact the actor may state unasked (``item.audit_log@line:1``).

    ``value`` is text (read by the fact's type) or the value itself. ``by`` is empty for the actor's
    own voice. ``source`` names the document; without it, this answer itself. ``searched`` says
    what was looked through where a set or count is claimed to be complete.
    """

    question: str
    value: Given
    by: By | str = ""
    source: Source | None = None
    complete: bool = True
    searched: str = ""


class QuestionAnswered(msgspec.Struct, frozen=True):
    """``waiting``: how many parties are to be screened again."""

    case: str
    record: int
    waiting: int


@flow(Action.ANSWER)
def answer_question(work: Work, order: Answer) -> QuestionAnswered:
    """Keep the answer. The case is to be assessed again; nothing is concluded here."""
    where = f"{order.case}, {order.question[:120]}"
    value = msgspec.to_builtins(order.value)
    refuse_unsafe_text([value, order.searched, msgspec.to_builtins(order.source)], where)
    move(work, Act.ANSWER)
    file = case_file(work.case)
    said = _said(work, order, file, where)
    changed = applied(file, said)
    check_case(changed, where)
    record = work.record("answer", said)
    _close(work, order.question, record.number)
    if said.party:
        register(work, work.case, [said.party])
    asked = request(work, unscreened(work.case, changed.parties)) if said.party else 0
    work.case.inputs += 1
    work.case.save()
    return QuestionAnswered(order.case, record.number, asked)


def _said(work: Work, order: Answer, file: CaseFile, where: str) -> Answered:
    fact, _, subject = order.question.partition("@")
    if fact.startswith("party."):
        return Answered(order.question, party=party_answer(file, fact, subject, order.value, where))
    if fact.startswith("line."):
        return Answered(order.question, line=line_answer(file, fact, subject, order.value, where))
    kind = catalogue().get(fact)
    if kind is None:
        likely = catalogue().nearest(fact)
        raise Refusal("no such question", where, f"did you mean {likely}?" if likely else "see the case's questions")
    by = _voice(work.actor, order.by, where)
    if by not in kind.may_state:
        raise Refusal(f"this is not for {by} to state", where, f"to be stated by: {', '.join(kind.may_state)}")
    statement = Statement(
        fact=fact,
        value=typed(kind, order.value, where),
        by=by,
        source=order.source or _this_answer(work.actor, by, work.today),
        subject=subject or _only_line(kind.subject, file, where),
        complete=order.complete,
        searched=order.searched,
    )
    return Answered(order.question, statement=statement)


def _voice(actor: Actor, asked: str, where: str) -> By:
    voices = SPEAKS_AS.get(actor.role, ())
    if not voices or (asked and asked not in voices):
        raise Refusal(f"{actor.name} cannot speak as {asked or actor.role.value}", where, f"as: {', '.join(voices)}")
    return next(voice for voice in voices if not asked or voice == asked)


def _this_answer(actor: Actor, by: By, today: dt.date) -> Source:
    kind = "letter" if by in ("exporter", "recipient") else "research"
    return Source(kind, ref=f"answer given by {actor.name}", date=today.isoformat(), author=actor.name)


def _only_line(about: str, file: CaseFile, where: str) -> str:
    if about == "case":
        return "case"
    if len(file.lines) != 1:
        raise Refusal("this is asked for one line of goods", where, "name the line, such as @line:2")
    return f"line:{file.lines[0].line}"


def _close(work: Work, name: str, record: int) -> None:
    question = Question.objects.filter(case=work.case, name=name).first()
    if question is not None and question.state in (Question.State.OPEN, Question.State.ACCEPTED):
        question.state, question.answer = Question.State.ANSWERED, record
        question.save()
