"""From the tables of one pack file to values: every table strict, every error with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.condition import Term
from safeconduct.policy.example_reading import read_examples
from safeconduct.policy.pack import (
    CaseExample,
    Definition,
    Exemption,
    Grid,
    Likelihood,
    Lowering,
    Pack,
    Question,
    Rule,
    RuleExample,
    Scenario,
    SecondPerson,
    Texts,
)
from safeconduct.policy.table import Place, Table, describe, read_toml
from safeconduct.policy.table_reading import (
    EXCEPTION,
    LIKELIHOOD,
    LOWERS,
    QUESTION,
    RULE,
    SCENARIO,
    SECOND_PERSON,
    Vocabulary,
    read_exception,
    read_grid,
    read_id,
    read_likelihood,
    read_lowering,
    read_question,
    read_rule,
    read_scenario,
    read_second_person,
)

LANGUAGE = 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MAX_TABLES = 1_000  # of each kind but examples
TOP = (
    "language", "name", "title", "threshold", "begins", "extends", "removes", "weakening", "term", "rule", "question",
    "scenario", "likelihood", "lowers", "grid", "exception", "second_person", "example",
)  # fmt: skip


class Draft(msgspec.Struct, frozen=True):
    """One pack file as it stands, before it is joined with what it extends."""

    name: str
    sha256: str
    meaning: str
    place: Place
    removes: tuple[str, ...]
    grounds: dict[str, str]
    title: Texts
    threshold: Texts | None
    terms: tuple[Definition, ...]
    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    scenarios: tuple[Scenario, ...]
    likelihoods: tuple[Likelihood, ...]
    lowers: tuple[Lowering, ...]
    grid: Grid | None
    exceptions: tuple[Exemption, ...]
    second_persons: tuple[SecondPerson, ...]
    rule_examples: tuple[RuleExample, ...]
    case_examples: tuple[CaseExample, ...]
    begins: str = ""


def open_pack(data: bytes, where: str) -> Table:
    """The file as one strict table of a language that this release reads."""
    document, place = read_toml(data, where)
    top = Table(document, place, TOP)
    language = top.need("language")
    if type(language) is not int or language != LANGUAGE:
        top.at("language").refuse(f"language {describe(language)}", f"write language = {LANGUAGE}, which this reads")
    return top


def read_draft(top: Table, data: bytes, catalogue: Catalogue, base: Pack | None) -> Draft:
    """One file; a ``Refusal`` with its line for whatever the policy language does not allow.

    Its conditions may use the terms of ``base``, the pack it extends, besides its own.
    """
    name = read_id(top, "name")
    terms = _terms(top, catalogue, base.terms if base else ())
    known = Vocabulary(catalogue, {each.id: Term(each.id, each.text["en"], each.when) for each in terms})
    rule_examples, case_examples = read_examples(top, catalogue)
    draft = Draft(
        name=name,
        sha256=canonical.sha256(data),
        meaning="",
        place=top.place,
        removes=top.words("removes"),
        grounds=_grounds(top),
        title=top.languages("title"),
        threshold=top.languages("threshold") if "threshold" in top else None,
        terms=terms,
        rules=tuple(read_rule(each, known) for each in _tables(top, "rule", RULE)),
        questions=tuple(read_question(each, known) for each in _tables(top, "question", QUESTION)),
        scenarios=tuple(read_scenario(each, known) for each in _tables(top, "scenario", SCENARIO)),
        likelihoods=tuple(
            read_likelihood(each, f"{name}/likelihood-{number}", known)
            for number, each in enumerate(_tables(top, "likelihood", LIKELIHOOD), 1)
        ),
        lowers=tuple(
            read_lowering(each, f"{name}/lowers-{number}", known)
            for number, each in enumerate(_tables(top, "lowers", LOWERS), 1)
        ),
        grid=read_grid(top) if "grid" in top else None,
        exceptions=tuple(read_exception(each, known) for each in _tables(top, "exception", EXCEPTION)),
        second_persons=tuple(read_second_person(each, known) for each in _tables(top, "second_person", SECOND_PERSON)),
        rule_examples=rule_examples,
        case_examples=case_examples,
        begins=_begins(top),
    )
    refuse_repeated(tables_of(draft))
    return msgspec.structs.replace(draft, meaning=canonical.digest(top.raw))


_TERM = ("id", "when", "text")


def _terms(top: Table, catalogue: Catalogue, inherited: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """Terms in order, each free to use those above it. What an inherited term means is fixed: rules rest on it."""
    terms = {each.id: each for each in inherited}
    known = Vocabulary(catalogue, {each.id: Term(each.id, each.text["en"], each.when) for each in inherited})
    for table in _tables(top, "term", _TERM):
        name, text = read_id(table), table.languages("text")
        if name in terms:
            table.at("id").refuse(f"the term {name!r} stands already at {terms[name].place}", "choose another id")
        terms[name] = Definition(name, known.when(table, of_a_match=True), text, str(table.place))
        known.terms[name] = Term(name, text["en"], terms[name].when)
    return tuple(terms.values())


def _tables(top: Table, key: str, allowed: tuple[str, ...]) -> list[Table]:
    found = top.tables(key, allowed)
    if len(found) > MAX_TABLES:
        found[MAX_TABLES].place.refuse(f"more than {MAX_TABLES} tables of {key}", "split the pack")
    return found


def tables_of(whole: Draft | Pack) -> list[tuple[str, str]]:
    """Name and place of every table that another pack can replace or remove."""
    tables: list[Rule | Scenario | Exemption | SecondPerson | Likelihood | Lowering] = [
        *whole.rules, *whole.scenarios, *whole.exceptions, *whole.second_persons, *whole.likelihoods, *whole.lowers,
    ]  # fmt: skip
    return [(each.id, each.place) for each in tables] + [(each.fact, each.place) for each in whole.questions]


def refuse_repeated(tables: Iterable[tuple[str, str]]) -> None:
    """Names and places of tables: no name may stand twice, whatever the kind of table."""
    seen: dict[str, str] = {}
    for name, place in tables:
        if name in seen:
            raise Refusal(f"{name!r} stands twice, first at {seen[name]}", place, "rename one of them, or drop it")
        seen[name] = place


def _begins(top: Table) -> str:
    """The day from which the pack applies, as ISO text; empty where it names none."""
    day = top.text("begins", "")
    if day and not _DAY.fullmatch(day):
        top.at("begins").refuse(f"{describe(day)} is no day", 'write it as begins = "2027-01-01"')
    try:
        dt.date.fromisoformat(day or "2000-01-01")
    except ValueError:
        top.at("begins").refuse(f"{describe(day)} is no day", 'write it as begins = "2027-01-01"')
    return day


def _grounds(top: Table) -> dict[str, str]:
    raw = top.raw.get("weakening", {})
    table = Table(raw, top.at("weakening"), tuple(raw) if isinstance(raw, dict) else ())
    return {name: table.text(name) for name in table.raw}
