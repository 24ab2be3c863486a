"""From a table of the policy language to a condition, typed against the catalogue of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from safeconduct.core.fact import FactType
from safeconduct.policy.catalogue import NONE, Catalogue, fits, is_count, is_decimal
from safeconduct.policy.condition import AllOf, AnyOf, Check, Condition, Form, Not, Plain, Term, checks_of, depth
from safeconduct.policy.table import Place, Table, describe, members

MAX_NESTING = 8
MAX_DEPTH = 24  # with the terms it uses
MAX_CHECKS = 500  # with those of the terms it uses
MAX_VALUES = 100

_OPERATORS: dict[str, tuple[str, ...]] = {
    "is": ("flag", "word", "level", "number"),
    "in": ("flag", "word", "level", "number"),
    "at_least": ("level", "number", "decimal"),
    "at_most": ("level", "number", "decimal"),
    "has": ("words",),
    "has_any": ("words",),
    "has_all": ("words",),
    "known": ("flag", "level", "word", "words", "number", "decimal", "date", "text"),
}
_FORMS: dict[str, Form] = {
    "is": "in", "in": "in", "at_least": "at_least", "at_most": "at_most", "has": "has_any", "has_any": "has_any",
    "has_all": "has_all", "known": "known",
}  # fmt: skip
_FORM_KEYS = ("fact", "all", "any", "not", "term")
_KEYS = (*_FORM_KEYS, *_OPERATORS)


def parse_condition(
    raw: object, catalogue: Catalogue, place: Place, terms: Mapping[str, Term] | None = None
) -> Condition:
    """A condition as ``docs/policy-language.md`` has it; a ``Refusal`` that names place and remedy.

    ``terms`` are those it may use. Refused besides wrong forms: a fact or value the catalogue does
    not know, a check that holds for every value (it would read *known* in disguise), more than
    ``MAX_NESTING`` levels or ``MAX_CHECKS`` checks.
    """
    condition = _Reader(catalogue, terms or {}).condition(raw, place, MAX_NESTING)
    if depth(condition) > MAX_DEPTH:
        place.refuse(f"deeper than {MAX_DEPTH} levels with its terms", "let terms use fewer terms")
    return condition


class _Reader:
    def __init__(self, catalogue: Catalogue, terms: Mapping[str, Term]) -> None:
        self.catalogue, self.terms = catalogue, terms
        self.checks = 0

    def condition(self, raw: object, place: Place, nesting: int) -> Condition:
        table = Table(raw, place, _KEYS)
        form = self.form(table)
        if nesting == 0:
            place.refuse(f"conditions nested deeper than {MAX_NESTING}", "name an inner one as a term")
        if form == "fact":
            self.count(1, place)
            return self.check(table)
        if form == "term":
            return self.term(table)
        if form == "not":
            return Not(self.condition(table.raw["not"], place.at("not"), nesting - 1))
        parts = tuple(self.condition(part, spot, nesting - 1) for part, spot in table.each(form))
        if not parts:
            place.at(form).refuse(f"{form!r} of nothing", "state at least one condition")
        return AllOf(parts) if form == "all" else AnyOf(parts)

    def form(self, table: Table) -> str:
        forms = [key for key in _FORM_KEYS if key in table]
        if len(forms) != 1:
            wanted, found = ", ".join(_FORM_KEYS), " and ".join(forms) or "none"
            table.place.refuse(f"a condition has exactly one of {wanted}; this has {found}", "split it")
        extra = next((key for key in table.raw if key not in forms), None)
        if extra and forms != ["fact"]:
            table.at(extra).refuse(f"{extra!r} belongs to a fact, not to {forms[0]!r}", "move it into a condition")
        return forms[0]

    def term(self, table: Table) -> Term:
        name = table.text("term")
        if name not in self.terms:
            table.at("term").refuse_word(f"no term {name!r} above this", name, list(self.terms))
        self.count(sum(1 for _ in checks_of(self.terms[name])), table.place)
        return self.terms[name]

    def count(self, checks: int, place: Place) -> None:
        self.checks += checks
        if self.checks > MAX_CHECKS:
            place.refuse(f"more than {MAX_CHECKS} checks in one condition", "make several rules")

    def check(self, table: Table) -> Check:
        fact = self.fact(table)
        operators = [key for key in table.raw if key != "fact"]
        if not operators:
            if fact.kind != "flag":
                table.place.refuse(f"{fact.key} is a {fact.kind}, not a flag", f"compare it: {_usable(fact)}")
            return Check(fact, "in", (True,))
        if len(operators) > 1:
            table.place.refuse(f"two operators: {' and '.join(operators)}", "join two conditions by all or any")
        operator = operators[0]
        place = table.at(operator)
        if fact.kind not in _OPERATORS[operator]:
            place.refuse(f"{operator!r} does not apply to {fact.key}, a {fact.kind}", f"use {_usable(fact)}")
        form = _FORMS[operator]
        values = _values(fact, operator, table.raw[operator], place)
        if form != "known" and _says_nothing(fact, form, values):
            place.refuse(f"this holds for every value of {fact.key}", "ask for a narrower value, or use known = true")
        return Check(fact, form, values)

    def fact(self, table: Table) -> FactType:
        key = table.text("fact")
        fact = self.catalogue.get(key)
        if fact is None:
            table.at("fact").refuse_word(f"unknown fact {key!r}", key, [each.key for each in self.catalogue])
        if fact.kind == "incident":
            table.at("fact").refuse(f"{key} is stated once for each incident", "use the number that counts them")
        return fact


def _usable(fact: FactType) -> str:
    return ", ".join(operator for operator, kinds in _OPERATORS.items() if fact.kind in kinds)


def _values(fact: FactType, operator: str, raw: Any, place: Place) -> tuple[Plain, ...]:
    if operator == "known":
        if not isinstance(raw, bool):
            place.refuse(f"{describe(raw)} is neither true nor false", "write known = true or known = false")
        return (raw,)
    if operator not in ("in", "has_any", "has_all"):
        return (_value(fact, raw, place),)
    values: list[Plain] = []
    for each, spot in members(raw, place):
        value = _value(fact, each, spot)
        if value in values:
            spot.refuse(f"{describe(each)} stands twice", "keep one of them")
        values.append(value)
    if not 1 <= len(values) <= MAX_VALUES:
        place.refuse(f"{len(values)} values", f"give 1 to {MAX_VALUES} values")
    if operator == "has_all" and NONE in values and len(values) > 1:
        place.refuse("a set cannot have 'none' and another word", "use has_any, or drop one")
    return tuple(values)


def _value(fact: FactType, raw: Any, place: Place) -> Plain:
    fitting: Callable[[], bool] = {
        "flag": lambda: isinstance(raw, bool),
        "number": lambda: is_count(raw),
        "decimal": lambda: is_decimal(raw),
        "words": lambda: fits(fact, (raw,)),
    }.get(fact.kind, lambda: fits(fact, raw))
    if not fitting():
        remedy = {"flag": "write true or false", "number": "write a whole number", "decimal": 'write it as "0.3"'}
        what = f"{describe(raw)} is not a value of {fact.key}"
        if fact.words:
            place.refuse_word(what, raw, list(fact.words))
        place.refuse(what, remedy.get(fact.kind, "write a text"))
    value: Plain = raw
    return value


def _says_nothing(fact: FactType, form: Form, values: tuple[Plain, ...]) -> bool:
    """Whether every value of the fact satisfies the check."""
    match fact.kind, form:
        case "level", "at_least":
            return values[0] == fact.words[0]
        case "level", "at_most":
            return values[0] == fact.words[-1]
        case "number" | "decimal", "at_least":
            return fact.kind == "number" and Decimal(str(values[0])) == 0
        case "flag", _:
            return len(values) == 2
        case "word" | "level", "in":
            return bool(fact.words) and set(values) == set(fact.words)
        case "words", "has_any":
            return NONE in values and bool(fact.words) and set(values) >= set(fact.words)
    return False
