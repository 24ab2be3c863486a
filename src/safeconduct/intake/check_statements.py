"""Statements of an application: on a fact of the catalogue, of its type, by somebody who may state it."""

from __future__ import annotations

import re

from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.fact import By, FactType, Incident, Statement
from safeconduct.core.item import Item
from safeconduct.intake.facts import BY_KEY
from safeconduct.intake.model import CaseFile
from safeconduct.intake.refusing import refuse_bad_date
from safeconduct.policy.catalogue import NONE, fits, nearest

SOURCE_KINDS = (
    "application", "datasheet", "letter", "list", "indicator", "court", "un_body", "ngo", "media", "embassy",
    "other_state", "research", "inspection",
)  # fmt: skip
"""What somebody can cite: ``derived`` is not among them, being what the system itself works out."""
OFFICIALS: frozenset[By] = frozenset({"officer", "adviser"})
_LINE_PLACE = re.compile(r"lines? (\d{1,6})(?:[–-](\d{1,6}))?", re.ASCII)


def check_statements(case: CaseFile, where: str, speakers: frozenset[By]) -> None:
    """Refuse statements on unknown facts, with values of another type, or by somebody who may not make them."""
    lines = {f"line:{item.line}": item for item in case.lines}
    for number, statement in enumerate(case.statements, 1):
        place = f"{where} → statements [{number}]"
        fact = _fact(statement, place)
        _check_speaker(statement, fact, place, speakers)
        _check_subject(statement, fact, lines, place)
        _check_value(statement, fact, place)
        _check_source(statement, lines, place)


def _fact(statement: Statement, place: str) -> FactType:
    fact = BY_KEY.get(statement.fact)
    if fact is None:
        right = nearest(statement.fact, BY_KEY)
        remedy = f"did you mean {right}? " if right else ""
        raise Refusal(
            f"{statement.fact[:80]!r} is no fact that can be stated", f"{place} → fact", remedy + "see docs/facts.md"
        )
    return fact


def _check_speaker(statement: Statement, fact: FactType, place: str, speakers: frozenset[By]) -> None:
    if fact.may_state == ("system",):
        raise Refusal(f"{fact.key} is found by the system", place, "leave it out: nobody can state it")
    if statement.by not in fact.may_state:
        who = " or ".join(fact.may_state)
        raise Refusal(f"{statement.by} may not state {fact.key}", f"{place} → by", f"only {who} may")
    if statement.by not in speakers:
        raise Refusal(f"a statement by {statement.by} cannot come this way", f"{place} → by", "state it yourself")


def _check_subject(statement: Statement, fact: FactType, lines: dict[str, Item], place: str) -> None:
    at = f"{place} → subject"
    if fact.subject == "case" and statement.subject != "case":
        raise Refusal(f"{fact.key} is a fact of the case", at, "write case, or leave the field out")
    if fact.subject == "line" and statement.subject not in lines:
        raise Refusal(f"{statement.subject[:40]!r} names no line", at, f"one of {', '.join(lines) or 'no lines yet'}")


def _check_value(statement: Statement, fact: FactType, place: str) -> None:
    at = f"{place} → value"
    value = statement.value
    if fact.kind == "incident":
        _check_incident(value, at)
    elif isinstance(value, Incident) or not fits(fact, value):
        raise Refusal(f"not a value of {fact.key}", at, _allowed(fact))
    if fact.kind == "words" and isinstance(value, tuple):
        _check_words(value, statement.complete, at)
    elif not statement.complete and fact.kind not in ("incident", "text"):
        raise Refusal(f"{fact.key} is one value and cannot be incomplete", f"{place} → complete", "leave it out")


def _check_words(value: tuple[str, ...], complete: bool, at: str) -> None:
    if len(set(value)) != len(value):
        raise Refusal("a word stands twice", at, "name each word once")
    if not complete and (not value or NONE in value):
        raise Refusal("a part of a set without a word in it", at, "name the words found, or leave the statement out")


def _check_incident(value: object, at: str) -> None:
    if not isinstance(value, Incident):
        raise Refusal("not an incident", at, "give date, what, basis and of")
    if not value.date or not value.what.strip():
        raise Refusal(
            "an incident needs a date and words", at, "give the date, or at least the year, and what happened"
        )
    refuse_bad_date(value.date, f"{at} → date")


def _allowed(fact: FactType) -> str:
    match fact.kind:
        case "flag":
            return "true or false"
        case "word" | "level":
            return f"one of {', '.join(fact.words)}"
        case "words":
            return f"a list of any of {', '.join(fact.words)}"
        case _:
            return f"a {fact.kind}"


def _check_source(statement: Statement, lines: dict[str, Item], place: str) -> None:
    source, at = statement.source, f"{place} → source"
    if source.kind not in SOURCE_KINDS:
        raise Refusal(f"unknown kind {source.kind[:40]!r}", f"{at} → kind", f"one of {', '.join(SOURCE_KINDS)}")
    refuse_bad_date(source.date, f"{at} → date")
    _refuse_official_marks(source, statement.by, at)
    item = lines.get(statement.subject)
    if item:
        _check_sheet_line(source, item, f"{at} → place")


def _refuse_official_marks(source: Source, by: By, at: str) -> None:
    """What an official says of a source, nobody says of his own: how far it carries, and that it is closed."""
    if source.grade is not None and by not in OFFICIALS:
        raise Refusal(f"a grade is given by officials, not by the {by}", f"{at} → grade", "leave the grade out")
    if by != "exporter":
        return
    if source.sealed:
        raise Refusal("what an exporter states is not sealed", f"{at} → sealed", "leave the seal out")
    if source.disclosable:
        remedy = "leave it out: the authority says what may be told of a sealed source"
        raise Refusal("an exporter's source is told as it stands", f"{at} → disclosable", remedy)


def _check_sheet_line(source: Source, item: Item, at: str) -> None:
    """A cited line of the line's own datasheet must exist."""
    found = _LINE_PLACE.fullmatch(source.place)
    if source.kind != "datasheet" or not found or not item.datasheet:
        return
    if source.ref and source.ref != item.datasheet.title:
        return  # another document, which is not in the application
    last = int(found[2] or found[1])
    if not 1 <= int(found[1]) <= last <= len(item.datasheet.lines):
        raise Refusal(f"the datasheet has no {source.place}", at, f"it has {len(item.datasheet.lines)} lines")
