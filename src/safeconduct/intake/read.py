"""Reading an application: strict, bounded, and every refusal names the place and the remedy."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from safeconduct.core.canonical import read_hostile
from safeconduct.core.errors import Refusal
from safeconduct.core.fact import By, Statement
from safeconduct.intake.check_lines import check_lines
from safeconduct.intake.check_parties import check_parties
from safeconduct.intake.check_statements import check_statements
from safeconduct.intake.limits import check_sizes
from safeconduct.intake.model import CaseFile
from safeconduct.intake.refusing import refuse_bad_day

EVERYBODY: frozenset[By] = frozenset({"exporter", "officer", "adviser", "recipient"})
T = TypeVar("T")
MOST_REFERENCE = 60
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(?P<name>.*?)`")
_PLACE = re.compile(r" - at `(?P<key>key in )?\$(?P<path>.*)`$")


def read_application(data: bytes, where: str, *, speakers: frozenset[By] = EVERYBODY) -> CaseFile:
    """The case file in ``data``; a ``Refusal`` for anything malformed, impossible or out of bounds.

    ``speakers`` are those whose statements the sender may bring: what comes through an
    exporter's door carries no officer's findings.
    """
    case = as_value(read_hostile(data, where), CaseFile, where)
    _refuse_empty(case, where)
    check_case(case, where, speakers=speakers)
    return case


def _refuse_empty(case: CaseFile, where: str) -> None:
    if not case.parties:
        raise Refusal("nobody takes part", f"{where} → parties", "name at least one party, such as the end user")
    if not case.lines:
        raise Refusal("nothing is to be exported", f"{where} → lines", "describe at least one line of goods")


def check_case(case: CaseFile, where: str, *, speakers: frozenset[By] = EVERYBODY) -> None:
    """Refuse a case file whose values contradict each other or stand outside the vocabulary."""
    check_sizes(case, where)
    if len(case.reference) > MOST_REFERENCE or not case.reference.isprintable():
        raise Refusal("not a reference", f"{where} → reference", f"one line of at most {MOST_REFERENCE} characters")
    refuse_bad_day(case.submitted, f"{where} → submitted")
    check_parties(case, where)
    check_lines(case, where)
    check_statements(case, where, speakers)


def read_statement(data: bytes, where: str, case: CaseFile, *, speakers: frozenset[By] = EVERYBODY) -> Statement:
    """One further statement on ``case``, held to the same rules."""
    statement = as_value(read_hostile(data, where), Statement, where)
    check_case(msgspec.structs.replace(case, statements=(*case.statements, statement)), where, speakers=speakers)
    return statement


def as_value(plain: Any, kind: type[T], where: str) -> T:
    """``plain`` as a value of ``kind``; msgspec's complaint as a ``Refusal`` with its place."""
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise _refusal(str(error), where) from error


def _refusal(complaint: str, where: str) -> Refusal:
    found = _PLACE.search(complaint)
    path = found["path"] if found else ""
    what = complaint[: found.start()] if found else complaint
    place = f"{where} → {_spoken(path)}" if path else where
    unknown = _UNKNOWN_FIELD.match(what)
    if unknown:
        remedy = "remove it, or use a field of docs/application.schema.json"
        return Refusal(f"unknown field {unknown['name']!r}", place, remedy)
    return Refusal(what, place, "see docs/application.schema.json")


def _spoken(path: str) -> str:
    """``.parties[0].name`` as ``parties [1] → name``: people count from one."""
    steps = re.sub(r"\[(\d+)\]", lambda found: f" [{int(found[1]) + 1}]", path)
    return steps.strip(".").replace(".", " → ")
