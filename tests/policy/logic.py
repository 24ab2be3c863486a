"""A small world of facts, random conditions on it, and an oracle that tries every completion.

The oracle reads the tables as written, in plain true and false, and shares nothing with the
product: what cannot be told is whatever some completion of the unknown makes true and another
makes false.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Kind, Known, Unknown, Value
from safeconduct.policy import Catalogue, Condition, Place, parse_condition

WORDS = ("none", "red", "green", "blue")
LEVELS = ("low", "middle", "high")


def fact_type(key: str, kind: Kind, words: tuple[str, ...] = ()) -> FactType:
    subject = "line" if key.startswith("item.") else "case"
    return FactType(key, kind, ("officer",), "open", key, words, subject="line" if subject == "line" else "case")


WORLD = (
    fact_type("item.flag", "flag"),
    fact_type("user.flag", "flag"),
    fact_type("item.level", "level", LEVELS),
    fact_type("user.word", "word", WORDS),
    fact_type("user.words", "words", WORDS),
    fact_type("user.number", "number"),
    fact_type("place.decimal", "decimal"),
)
CATALOGUE = Catalogue(WORLD)

VALUES: dict[str, tuple[Value, ...]] = {
    "flag": (True, False),
    "level": LEVELS,
    "word": WORDS,
    "words": tuple(subset for size in range(4) for subset in itertools.combinations(WORDS[1:], size)),
    "number": tuple(range(6)),
    "decimal": ("-1", "0", "0.25", "0.3", "0.30", "1"),
}
LIMITS = {"level": st.sampled_from(LEVELS), "number": st.integers(1, 4), "decimal": st.sampled_from(["0.25", "0.3"])}


def evidence_for(key: str, value: object) -> tuple[Evidence, ...]:
    return (Evidence(key, str(value), Source("letter", ref=f"letter on {key}")),)


def known(key: str, value: Value, complete: bool = True) -> Known:
    return Known(value, evidence_for(key, value), complete)


def condition(raw: dict[str, Any]) -> Condition:
    return parse_condition(raw, CATALOGUE, Place("condition"))


def _facts(fact: FactType) -> st.SearchStrategy[Fact]:
    value = st.sampled_from(VALUES[fact.kind])
    choices: list[st.SearchStrategy[Fact]] = [
        value.map(lambda each: known(fact.key, each)),
        st.sampled_from([Unknown("absent"), Unknown("conflicting", evidence_for(fact.key, "both"))]),
    ]
    if fact.kind in ("words", "number"):
        bound = st.sampled_from(VALUES[fact.kind][:5])
        choices.append(bound.map(lambda each: known(fact.key, each, complete=False)))
    return st.one_of(choices)


worlds: st.SearchStrategy[dict[str, Fact]] = st.fixed_dictionaries({fact.key: _facts(fact) for fact in WORLD})


@st.composite
def checks(draw: st.DrawFn, asks_known: bool = True, facts: tuple[FactType, ...] = WORLD) -> dict[str, Any]:
    """A check that some value satisfies and another does not."""
    fact = draw(st.sampled_from(facts))
    table: dict[str, Any] = {"fact": fact.key}
    if asks_known and draw(st.integers(0, 9)) == 0:
        return {**table, "known": draw(st.booleans())}
    if fact.kind == "flag":
        of_flags: list[dict[str, Any]] = [{}, {"is": True}, {"is": False}, {"in": [False]}]
        return {**table, **draw(st.sampled_from(of_flags))}
    if fact.kind == "words":
        some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
        positive = [word for word in some if word != "none"] or ["red"]
        of_sets: list[dict[str, Any]] = [{"has": some[0]}, {"has_any": some}, {"has_all": positive}]
        return {**table, **draw(st.sampled_from(of_sets))}
    if fact.kind == "word":
        return {**table, "in": draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))}
    if fact.kind == "level":
        forms: list[dict[str, Any]] = [{"at_least": "middle"}, {"at_least": "high"}, {"at_most": "low"}]
        forms += [{"at_most": "middle"}, {"is": "middle"}, {"in": ["low", "high"]}]
        return {**table, **draw(st.sampled_from(forms))}
    limit = draw(LIMITS[fact.kind])
    operators = ["at_least", "at_most"] + (["is"] if fact.kind == "number" else [])
    return table | {draw(st.sampled_from(operators)): limit}


def conditions(asks_known: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions of up to some eight checks, facts repeated at will."""
    return st.recursive(
        checks(asks_known),
        lambda inner: st.one_of(
            st.builds(lambda part: {"not": part}, inner),
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        ),
        max_leaves=8,
    ).filter(lambda raw: depth(raw) <= 8)


@st.composite
def read_once(draw: st.DrawFn) -> dict[str, Any]:
    """Conditions that read each fact at most once, so that Kleene logic loses nothing."""
    facts = draw(st.lists(st.sampled_from(WORLD), min_size=1, max_size=6, unique_by=lambda fact: fact.key))
    parts = [draw(checks(asks_known=False, facts=(fact,))) for fact in facts]
    while len(parts) > 1:
        taken = draw(st.integers(2, len(parts)))
        joined = {draw(st.sampled_from(["all", "any"])): parts[:taken]}
        parts = [*parts[taken:], draw(st.sampled_from([joined, {"not": joined}]))]
    return parts[0]


def depth(raw: dict[str, Any]) -> int:
    inner = [raw["not"]] if "not" in raw else raw.get("all", raw.get("any", []))
    return max((depth(part) for part in inner), default=0) + 1


def read_by(raw: dict[str, Any]) -> set[str]:
    if "fact" in raw:
        return {raw["fact"]}
    inner = [raw["not"]] if "not" in raw else raw.get("all", raw.get("any", []))
    return set().union(*(read_by(part) for part in inner))


def completions(raw: dict[str, Any], world: Mapping[str, Fact]) -> Iterator[dict[str, Value]]:
    """Every way in which the facts that ``raw`` reads may really be."""
    keys = sorted(read_by(raw))
    kinds = {fact.key: fact.kind for fact in WORLD}
    options = [[value for value in VALUES[kinds[key]] if _may_be(value, world[key])] for key in keys]
    for values in itertools.product(*options):
        yield dict(zip(keys, values, strict=True))


def _may_be(value: Value, fact: Fact) -> bool:
    if isinstance(fact, Unknown):
        return True
    if fact.complete:
        return value == fact.value
    if isinstance(value, tuple) and isinstance(fact.value, tuple):
        return set(value) >= set(fact.value)
    return int(str(value)) >= int(str(fact.value))


def truth(raw: dict[str, Any], values: Mapping[str, Value], world: Mapping[str, Fact]) -> bool:
    """Plain two-valued truth when everything is as in ``values``; ``known`` asks what we know now."""
    if "not" in raw:
        return not truth(raw["not"], values, world)
    if "all" in raw:
        return all(truth(part, values, world) for part in raw["all"])
    if "any" in raw:
        return any(truth(part, values, world) for part in raw["any"])
    value = values[raw["fact"]]
    if "known" in raw:
        return isinstance(world[raw["fact"]], Known) is bool(raw["known"])
    if isinstance(value, tuple):
        members = set(value) or {"none"}
        wanted = raw.get("has_all") or raw.get("has_any") or [raw["has"]]
        return set(wanted) <= members if "has_all" in raw else bool(set(wanted) & members)
    if "at_least" in raw or "at_most" in raw:
        limit = raw.get("at_least", raw.get("at_most"))
        left, right = (LEVELS.index(each) if each in LEVELS else Decimal(str(each)) for each in (value, limit))
        return left >= right if "at_least" in raw else left <= right
    wanted = raw.get("in", [raw.get("is", True)])
    return any(value is each if isinstance(each, bool) else value == each for each in wanted)


def possible(raw: dict[str, Any], world: Mapping[str, Fact]) -> set[bool]:
    """What the condition can turn out to be."""
    return {truth(raw, values, world) for values in completions(raw, world)}


def matters(key: str, raw: dict[str, Any], world: Mapping[str, Fact]) -> bool:
    """Whether, all else being equal in some completion, another value of ``key`` changes the answer."""
    answers: dict[tuple[tuple[str, Value], ...], set[bool]] = {}
    for values in completions(raw, world):
        others = tuple(pair for pair in values.items() if pair[0] != key)
        answers.setdefault(others, set()).add(truth(raw, values, world))
    return any(len(each) == 2 for each in answers.values())
