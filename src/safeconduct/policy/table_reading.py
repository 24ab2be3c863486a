"""The tables of a pack, one function for each kind: keys, words and numbers as the language has them."""

from __future__ import annotations

import re
from typing import cast, get_args

import msgspec

from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.condition import Condition, Term, checks_of
from safeconduct.policy.outcome import LICENSING, Outcome, is_stricter
from safeconduct.policy.pack import (
    STEPS,
    Dimension,
    Exemption,
    Grid,
    Group,
    Likelihood,
    Lowering,
    Question,
    Rule,
    Scenario,
    SecondPerson,
    Severity,
)
from safeconduct.policy.parse import parse_condition
from safeconduct.policy.table import Place, Table, describe, read_word

MAX_DAYS = 3_650
RESERVED = ("title", "threshold", "grid", "outcome")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
_WITHOUT_FLOOR = ("reason_for", "question")


class Vocabulary(msgspec.Struct, frozen=True):
    """What the conditions of a file may name."""

    catalogue: Catalogue
    terms: dict[str, Term]

    def when(self, table: Table, key: str = "when", *, of_a_match: bool = False) -> Condition:
        """The condition of a table; facts of one match are read only where one match is at hand."""
        condition = parse_condition(table.need(key), self.catalogue, table.at(key), self.terms)
        for check in checks_of(condition):
            if check.fact.subject == "match" and not of_a_match:
                table.at(key).refuse(f"{check.fact.key} is a fact of one match", "use it in [[second_person]] only")
        return condition


def read_id(table: Table, key: str = "id") -> str:
    name = table.text(key)
    if not _ID.fullmatch(name):
        table.at(key).refuse(f"{describe(name)} is not an id", "use up to 40 letters, digits, hyphens and underscores")
    if name in RESERVED:
        table.at(key).refuse(f"{name!r} has a meaning of its own", "choose another id")
    return name


def _outcome(table: Table, key: str) -> Outcome:
    return Outcome(table.word(key, [str(each) for each in LICENSING]))


RULE = ("id", "group", "when", "then", "asks", "unknown", "cites", "text", "ground")


def read_rule(table: Table, known: Vocabulary) -> Rule:
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


QUESTION = ("fact", "decisive", "days", "cites", "text", "ground")


def read_question(table: Table, known: Vocabulary) -> Question:
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


SCENARIO = ("id", "when", "right", "actor", "at_risk", "cites", "text", "severity", "ground")
_SEVERITY = ("dimension", "level", "when", "text")


def read_scenario(table: Table, known: Vocabulary) -> Scenario:
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


LIKELIHOOD = ("level", "when", "cites", "text")


def read_likelihood(table: Table, name: str, known: Vocabulary) -> Likelihood:
    level = table.whole("level", 1, STEPS)
    cites, text = table.text("cites"), table.languages("text")
    return Likelihood(name, level, known.when(table), cites, text, str(table.place))


LOWERS = ("when", "cites", "text", "ground")


def read_lowering(table: Table, name: str, known: Vocabulary) -> Lowering:
    cites, text, ground = table.text("cites"), table.languages("text"), table.text("ground", "")
    return Lowering(name, known.when(table), cites, text, ground, str(table.place))


EXCEPTION = ("id", "lowers", "to", "when", "ground", "cites", "text")


def read_exception(table: Table, known: Vocabulary) -> Exemption:
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


SECOND_PERSON = ("id", "when", "cites", "text", "ground")


def read_second_person(table: Table, known: Vocabulary) -> SecondPerson:
    return SecondPerson(
        id=read_id(table),
        when=known.when(table, of_a_match=True),
        cites=table.text("cites"),
        text=table.languages("text"),
        ground=table.text("ground", ""),
        place=str(table.place),
    )


def read_grid(top: Table) -> Grid:
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
