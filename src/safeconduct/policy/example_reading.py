"""The examples of a pack: facts in short form, and what must come of them."""

from __future__ import annotations

from typing import Any, cast, get_args

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Known, Unknown, Value, Why
from safeconduct.core.finding import Verdict
from safeconduct.policy.catalogue import Catalogue, fits
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import CaseExample, RuleExample
from safeconduct.policy.table import Place, Table, describe, members

_KEYS = ("rule", "facts", "case", "expect")
_VERDICTS = [str(verdict) for verdict in Verdict]
_FACT_FORMS = ("unknown", "conflict", "some", "at_least")


def read_examples(top: Table, catalogue: Catalogue) -> tuple[tuple[RuleExample, ...], tuple[CaseExample, ...]]:
    """Examples of rules and of cases, in the order written; names are checked when the pack is whole."""
    rules, cases = [], []
    for table in top.tables("example", _KEYS):
        if ("rule" in table) == ("case" in table):
            table.place.refuse("an example has either rule or case", "name what the example is of")
        if "rule" in table:
            rules.append(_rule_example(table, catalogue))
        else:
            cases.append(_case_example(table))
    return tuple(rules), tuple(cases)


def _rule_example(table: Table, catalogue: Catalogue) -> RuleExample:
    raw, place = table.need("facts"), table.at("facts")
    if not isinstance(raw, dict):
        place.refuse(f"expected a table of facts, found {describe(raw)}", 'write facts = {"…" = …}, or {} for none')
    facts = {key: read_fact(key, value, catalogue, place.at(key)) for key, value in raw.items()}
    return RuleExample(table.text("rule"), facts, Verdict(table.word("expect", _VERDICTS)), str(table.place))


def _case_example(table: Table) -> CaseExample:
    raw = table.need("expect")
    expect = Table(raw, table.at("expect"), tuple(raw) if isinstance(raw, dict) else ())
    if "facts" in table:
        table.at("facts").refuse("a case brings its own facts", "drop facts, or make an example of a rule")
    if not expect.raw:
        expect.place.refuse("a case of which nothing is expected", "state its outcome")
    outcome = Outcome(expect.word("outcome", [str(each) for each in Outcome])) if "outcome" in expect else None
    verdicts = {name: Verdict(expect.word(name, _VERDICTS)) for name in expect.raw if name != "outcome"}
    return CaseExample(table.text("case"), outcome, verdicts, str(table.place))


def read_fact(key: str, raw: Any, catalogue: Catalogue, place: Place) -> Fact:
    """A fact from its short form: a plain value, or a table of ``unknown``, ``conflict``, ``some``, ``at_least``."""
    kind = catalogue.get(key)
    if kind is None:
        place.refuse_word(f"unknown fact {key!r}", key, [each.key for each in catalogue])
    if not isinstance(raw, dict):
        return _known(kind, raw, place)
    table = Table(raw, place, _FACT_FORMS)
    if len(raw) != 1:
        place.refuse(f"a fact has exactly one of {', '.join(_FACT_FORMS)}", "keep one of them")
    if "unknown" in table:
        return Unknown(cast(Why, table.word("unknown", list(get_args(Why)))))
    if "conflict" in table:
        return _conflict(kind, table)
    if "some" in table:
        if kind.kind != "words":
            place.refuse(f"{key} is not a set of words", "state its value")
        return _known(kind, table.raw["some"], table.at("some"), complete=False)
    if kind.kind != "number":
        place.refuse(f"{key} is not a count", "state its value")
    return _known(kind, table.raw["at_least"], table.at("at_least"), complete=False)


def _conflict(kind: FactType, table: Table) -> Unknown:
    values = [_value(kind, raw, place) for raw, place in table.each("conflict")]
    if len(values) < 2 or any(value in values[:number] for number, value in enumerate(values)):
        table.at("conflict").refuse("a conflict needs two values that differ", "state both values")
    return Unknown("conflicting", tuple(_stated(kind, value, table.place) for value in values))


def _known(kind: FactType, raw: Any, place: Place, complete: bool = True) -> Known:
    value = _value(kind, raw, place)
    return Known(value, (_stated(kind, value, place),), complete)


def _stated(kind: FactType, value: Value, place: Place) -> Evidence:
    text = ", ".join(value) or "none" if isinstance(value, tuple) else describe(value).strip("'")
    return Evidence(kind.key, text, Source("derived", ref="example", place=str(place)))


def _value(kind: FactType, raw: Any, place: Place) -> Value:
    if kind.kind == "words" and isinstance(raw, list):
        for word, spot in members(raw, place):
            if not fits(kind, (word,)):
                spot.refuse_word(f"{describe(word)} is not a value of {kind.key}", word, list(kind.words))
    value: Value = tuple(raw) if isinstance(raw, list) else raw
    if not fits(kind, value):
        what = f"{describe(raw)} is not a value of {kind.key}, a {kind.kind}"
        if kind.words and kind.kind != "words":
            place.refuse_word(what, raw, list(kind.words))
        place.refuse(what, "state a list of words" if kind.kind == "words" else f"state a {kind.kind}")
    return value
