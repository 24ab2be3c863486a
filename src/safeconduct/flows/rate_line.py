"""Rate a line of goods: an officer says, with reasons, what an entry does with it.

It is a finding of that person beside what the tests answer, and counts at the next assessment as
``safeconduct.classify.ratings`` says. Whoever rates like goods otherwise than before says what sets them apart.
"""

from __future__ import annotations

import re

import msgspec

from safeconduct.access import Action, Role
from safeconduct.classify.model import Said
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import case_file
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.precedents import Rated, against, name_of, open_facts, precedents
from safeconduct.flows.work import Work, flow
from safeconduct.intake.model import CaseFile
from safeconduct.store.models import Rating

LONGEST = 10_000
_LIST = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.()]{0,59}", re.ASCII)


class RateLine(CaseOrder, frozen=True, kw_only=True):
    """``list`` and ``code`` name the entry, such as ``eu-annex1`` and ``5A001.j``. ``why_different`` is needed where
    precedents of like goods were rated otherwise."""

    line: int
    list: str
    code: str
    rating: Said
    reasons: str
    why_different: str = ""


class LineRated(msgspec.Struct, frozen=True):
    """The record that holds the rating, and the precedents (``XX-2026-0001/7``) that it departs from."""

    case: str
    record: int
    against: tuple[str, ...] = ()


@flow(Action.ASSESS)
def rate_line(work: Work, order: RateLine) -> LineRated:
    """Keep the rating with its reasons; a ``Refusal`` that names the precedents where no reason is given to depart."""
    where = f"{order.case}, line {order.line}"
    _refuse_bad(work, order, where)
    file = case_file(work.case)
    item = next((one for one in file.lines if one.line == order.line), None)
    if item is None:
        raise Refusal("no such line of goods", where, _lines(file))
    departs = against(precedents(work.actor, file, item, work.case), order.list, order.code, order.rating)
    names = tuple(f"{one.case}/{one.record}" for one in departs)
    if departs and not order.why_different.strip():
        told = "; ".join(f"{one.case}/{one.record} of {one.day}: {one.rating}" for one in departs)
        raise Refusal(f"like goods were rated otherwise ({told})", where, "say what sets these goods apart")
    facts = open_facts(file, item.line)
    record = work.record(
        "rating",
        Rated(
            line=item.line,
            name=item.name,
            description=item.description,
            list=order.list,
            code=order.code,
            rating=order.rating,
            reasons=order.reasons.strip(),
            facts=facts,
            against=names,
            why_different=order.why_different.strip(),
        ),
    )
    Rating.objects.create(
        case=work.case,
        line=item.line,
        list=order.list,
        code=order.code,
        rating=order.rating,
        name=name_of(item),
        kind=facts.get("item.kind", "")[:60],
        record=record.number,
        author=work.actor.id,
        at=work.now,
    )
    work.case.inputs += 1
    work.case.save()
    return LineRated(order.case, record.number, names)


def _refuse_bad(work: Work, order: RateLine, where: str) -> None:
    if work.actor.role is Role.SYSTEM:
        raise Refusal("a rating is a person's", where, "sign in as an officer or adviser")
    refuse_unsafe_text([order.reasons, order.why_different], where)
    if not _LIST.fullmatch(order.list) or not _CODE.fullmatch(order.code):
        raise Refusal("no control entry", where, "a list and a code, such as eu-annex1 and 5A001.j")
    if not order.reasons.strip():
        raise Refusal("a rating without reasons", where, "give the facts it rests on, and what you made of them")
    if max(len(order.reasons), len(order.why_different)) > LONGEST:
        raise Refusal(f"reasons of more than {LONGEST} characters", where, "put the rest into a document")


def _lines(file: CaseFile) -> str:
    return f"one of {', '.join(str(one.line) for one in file.lines)}"
