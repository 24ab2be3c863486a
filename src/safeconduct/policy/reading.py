"""From the tables of one pack file to values: every table strict, every error with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast, get_args

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.condition import Condition, Term
from safeconduct.policy.example_reading import read_examples
from safeconduct.policy.outcome import LICENSING, Outcome, is_stricter
from safeconduct.policy.pack import (
    STEPS,
    CaseExample,
    Definition,
    Dimension,
    Exemption,
    Grid,
    Group,
    Likelihood,
    Lowering,
    Pack,
    Question,
    Rule,
    RuleExample,
    Scenario,
    Severity,
    Texts,
)
from safeconduct.policy.parse import parse_condition
from safeconduct.policy.table import Place, Table, describe, read_toml, read_word

LANGUAGE = 1
MAX_TABLES = 1_000  # of each kind but examples
MAX_DAYS = 3_650
RESERVED = ("title", "threshold", "grid", "outcome")
TOP = (
    "language", "name", "title", "threshold", "extends", "removes", "weakening", "term", "rule", "question", "scenario",
    "likelihood", "lowers", "grid", "exception", "example",
)  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_WITHOUT_FLOOR = ("reason_for", "question")


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
    rule_examples: tuple[RuleExample, ...]
    case_examples: tuple[CaseExample, ...]


def open_pack(data: bytes, where: str) -> Table:
    """The file as one strict table of a language that this release reads."""
    document, place = read_toml(data, where)
    top = Table(document, place, TOP)
    if (language := top.need("language")) != LANGUAGE or isinstance(language, bool):
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
        rules=tuple(_rule(each, known) for each in _tables(top, "rule", _RULE)),
        questions=tuple(_question(each, known) for each in _tables(top, "question", _QUESTION)),
        scenarios=tuple(_scenario(each, known) for each in _tables(top, "scenario", _SCENARIO)),
        likelihoods=tuple(
            _likelihood(each, f"{name}/likelihood-{number}", known)
            for number, each in enumerate(_tables(top, "likelihood", _LIKELIHOOD), 1)
        ),
        lowers=tuple(
            _lowering(each, f"{name}/lowers-{number}", known)
            for number, each in enumerate(_tables(top, "lowers", _LOWERS), 1)
        ),
        grid=_grid(top) if "grid" in top else None,
        exceptions=tuple(_exception(each, known) for each in _tables(top, "exception", _EXCEPTION)),
        rule_examples=rule_examples,
        case_examples=case_examples,
    )
    refuse_repeated(tables_of(draft))
    return msgspec.structs.replace(draft, meaning=canonical.digest(top.raw))


class Vocabulary(msgspec.Struct, frozen=True):
    """What the conditions of a file may name."""

    catalogue: Catalogue
    terms: dict[str, Term]

    def when(self, table: Table, key: str = "when") -> Condition:
        return parse_condition(table.need(key), self.catalogue, table.at(key), self.terms)


_TERM = ("id", "when", "text")


def _terms(top: Table, catalogue: Catalogue, inherited: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """Terms in order, each free to use those above it. What an inherited term means is fixed: rules rest on it."""
    terms = {each.id: each for each in inherited}
    known = Vocabulary(catalogue, {each.id: Term(each.id, each.text["en"], each.when) for each in inherited})
    for table in _tables(top, "term", _TERM):
        name, text = read_id(table), table.languages("text")
        if name in terms:
            table.at("id").refuse(f"the term {name!r} stands already at {terms[name].place}", "choose another id")
        terms[name] = Definition(name, known.when(table), text, str(table.place))
        known.terms[name] = Term(name, text["en"], terms[name].when)
    return tuple(terms.values())


def _tables(top: Table, key: str, allowed: tuple[str, ...]) -> list[Table]:
    found = top.tables(key, allowed)
    if len(found) > MAX_TABLES:
        found[MAX_TABLES].place.refuse(f"more than {MAX_TABLES} tables of {key}", "split the pack")
    return found


def tables_of(whole: Draft | Pack) -> list[tuple[str, str]]:
    """Name and place of every table that another pack can replace or remove."""
    tables: list[Rule | Scenario | Exemption | Likelihood | Lowering] = [
        *whole.rules, *whole.scenarios, *whole.exceptions, *whole.likelihoods, *whole.lowers,
    ]  # fmt: skip
    return [(each.id, each.place) for each in tables] + [(each.fact, each.place) for each in whole.questions]


def refuse_repeated(tables: Iterable[tuple[str, str]]) -> None:
    """Names and places of tables: no name may stand twice, whatever the kind of table."""
    seen: dict[str, str] = {}
    for name, place in tables:
        if name in seen:
            raise Refusal(f"{name!r} stands twice, first at {seen[name]}", place, "rename one of them, or drop it")
        seen[name] = place


def read_id(table: Table, key: str = "id") -> str:
    name = table.text(key)
    if not _ID.fullmatch(name):
        table.at(key).refuse(f"{describe(name)} is not an id", "use up to 40 letters, digits, hyphens and underscores")
    if name in RESERVED:
        table.at(key).refuse(f"{name!r} has a meaning of its own", "choose another id")
    return name


def _outcome(table: Table, key: str) -> Outcome:
    return Outcome(table.word(key, [str(each) for each in LICENSING]))


_RULE = ("id", "group", "when", "then", "asks", "unknown", "cites", "text", "ground")


def _rule(table: Table, known: Vocabulary) -> Rule:
    group = cast(Group, table.word("group", list(get_args(Group))))
    if group in _WITHOUT_FLOOR and "then" in table:
        table.at("then").refuse(f"a rule of the group {group} has no outcome", "drop then, or choose another group")
    asks = table.words("asks")
    for number, fact in enumerate(asks):
        _fact(fact, known.catalogue, table.at("asks", number))
    return Rule(
        id=read_id(table),
        group=group,
        when=known.when(table),
        then=None if group in _WITHOUT_FLOOR else _outcome(table, "then"),
        asks=asks,
        unknown="ask" if table.word("unknown", ["ask", "show"], "show") == "ask" else "show",
        cites=table.text("cites"),
        text=table.languages("text"),
        ground=table.text("ground", ""),
        place=str(table.place),
    )


def _fact(key: str, catalogue: Catalogue, place: Place) -> str:
    if key not in catalogue:
        place.refuse_word(f"unknown fact {key!r}", key, [each.key for each in catalogue])
    return key


_QUESTION = ("fact", "decisive", "days", "cites", "text", "ground")


def _question(table: Table, known: Vocabulary) -> Question:
    decisive = table.need("decisive")
    return Question(
        fact=_fact(table.text("fact"), known.catalogue, table.at("fact")),
        decisive=decisive if isinstance(decisive, bool) else known.when(table, "decisive"),
        days=table.whole("days", 1, MAX_DAYS),
        cites=table.text("cites"),
        text=table.languages("text"),
        ground=table.text("ground", ""),
        place=str(table.place),
    )


_SCENARIO = ("id", "when", "right", "actor", "at_risk", "cites", "text", "severity", "ground")
_SEVERITY = ("dimension", "level", "when", "text")


def _scenario(table: Table, known: Vocabulary) -> Scenario:
    severity = tuple(_severity(each, known) for each in table.tables("severity", _SEVERITY))
    if not severity:
        table.place.refuse("a scenario without severity", "add [[scenario.severity]] with dimension, level and text")
    return Scenario(
        id=read_id(table),
        when=known.when(table),
        right=table.text("right"),
        actor="violation" if table.word("actor", ["violation", "abuse"]) == "violation" else "abuse",
        at_risk=table.text("at_risk"),
        severity=severity,
        cites=table.text("cites"),
        text=table.languages("text"),
        ground=table.text("ground", ""),
        place=str(table.place),
    )


def _severity(table: Table, known: Vocabulary) -> Severity:
    return Severity(
        dimension=cast(Dimension, table.word("dimension", list(get_args(Dimension)))),
        level=table.whole("level", 1, STEPS),
        when=known.when(table) if "when" in table else None,
        text=table.languages("text"),
    )


_LIKELIHOOD = ("level", "when", "cites", "text")


def _likelihood(table: Table, name: str, known: Vocabulary) -> Likelihood:
    level = table.whole("level", 1, STEPS)
    cites, text = table.text("cites"), table.languages("text")
    return Likelihood(name, level, known.when(table), cites, text, str(table.place))


_LOWERS = ("when", "cites", "text", "ground")


def _lowering(table: Table, name: str, known: Vocabulary) -> Lowering:
    cites, text, ground = table.text("cites"), table.languages("text"), table.text("ground", "")
    return Lowering(name, known.when(table), cites, text, ground, str(table.place))


_EXCEPTION = ("id", "lowers", "to", "when", "ground", "cites", "text")


def _exception(table: Table, known: Vocabulary) -> Exemption:
    table.need("lowers")
    lowers = table.words("lowers")
    if not lowers:
        table.at("lowers").refuse("an exception that lowers nothing", "name the rules or scenarios it lowers")
    return Exemption(
        id=read_id(table),
        lowers=lowers,
        to=_outcome(table, "to"),
        when=known.when(table),
        ground=table.text("ground"),
        cites=table.text("cites"),
        text=table.languages("text"),
        place=str(table.place),
    )


def _grid(top: Table) -> Grid:
    """Five rows of five outcomes. Both ends of a range are read (never what lies between), so no
    cell may be less strict than its neighbour at lower severity or likelihood."""
    rows = tuple(f"s{severity}" for severity in range(1, STEPS + 1))
    table = Table(top.need("grid"), top.at("grid"), rows)
    for row in rows:
        if len(table.need(row) if isinstance(table.need(row), list) else ()) != STEPS:
            table.at(row).refuse(f"{row} is not a list of {STEPS} outcomes", "state one for each likelihood, 1 to 5")
    cells = tuple(
        tuple(Outcome(read_word(value, [str(each) for each in LICENSING], place)) for value, place in table.each(row))
        for row in rows
    )
    for severity, likelihood in ((s, c) for s in range(STEPS) for c in range(STEPS)):
        cell, place = cells[severity][likelihood], table.at(rows[severity], likelihood)
        before = cells[severity][likelihood - 1] if likelihood else cell
        above = cells[severity - 1][likelihood] if severity else cell
        if is_stricter(before, cell) or is_stricter(above, cell):
            what = f"severity {severity + 1}, likelihood {likelihood + 1} is less strict than a lesser risk"
            place.refuse(what, "let the grid only rise with severity and with likelihood")
    return Grid(cells)


def _grounds(top: Table) -> dict[str, str]:
    raw = top.raw.get("weakening", {})
    table = Table(raw, top.at("weakening"), tuple(raw) if isinstance(raw, dict) else ())
    return {name: table.text(name) for name in table.raw}
