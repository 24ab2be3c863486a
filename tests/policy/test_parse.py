"""From tables to conditions: each form, and each wrong form with its place and remedy."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Known
from safeconduct.policy import Catalogue, Place, parse_condition
from safeconduct.policy.condition import (
    AllOf,
    AnyOf,
    Check,
    Condition,
    Form,
    Not,
    Plain,
    Term,
    checks_of,
    depth,
    evaluate,
    spelt_out,
)
from tests.policy.logic import CATALOGUE, WORLD, condition, fact_type

FLAG = {"fact": "item.flag"}
MORE = Catalogue([*WORLD, *(fact_type(f"user.{kind}", kind) for kind in ("text", "date", "incident"))])
TERMS = {"red": Term("red", "it is red", condition({"fact": "user.word", "is": "red"}))}


def parse(raw: object) -> Condition:
    return parse_condition(raw, MORE, Place("pack.toml").at("when"), TERMS)


def check(key: str, form: Form, *values: Plain) -> Check:
    fact = MORE.get(key)
    assert fact is not None
    return Check(fact, form, values)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (FLAG, check("item.flag", "in", True)),
        ({"fact": "item.flag", "is": False}, check("item.flag", "in", False)),
        ({"fact": "user.word", "is": "red"}, check("user.word", "in", "red")),
        ({"fact": "user.word", "in": ["red", "blue"]}, check("user.word", "in", "red", "blue")),
        ({"fact": "user.word", "in": ["blue"]}, check("user.word", "in", "blue")),
        ({"fact": "item.level", "is": "low"}, check("item.level", "in", "low")),
        ({"fact": "item.level", "at_least": "middle"}, check("item.level", "at_least", "middle")),
        ({"fact": "item.level", "at_most": "low"}, check("item.level", "at_most", "low")),
        ({"fact": "user.number", "is": 0}, check("user.number", "in", 0)),
        ({"fact": "user.number", "at_least": 1}, check("user.number", "at_least", 1)),
        ({"fact": "user.number", "at_most": 0}, check("user.number", "at_most", 0)),
        ({"fact": "place.decimal", "at_least": "0"}, check("place.decimal", "at_least", "0")),
        ({"fact": "place.decimal", "at_most": "-1.5"}, check("place.decimal", "at_most", "-1.5")),
        ({"fact": "user.words", "has": "red"}, check("user.words", "has_any", "red")),
        ({"fact": "user.words", "has_any": ["none", "red"]}, check("user.words", "has_any", "none", "red")),
        ({"fact": "user.words", "has_all": ["blue", "red"]}, check("user.words", "has_all", "blue", "red")),
        ({"fact": "user.text", "known": True}, check("user.text", "known", True)),
        ({"fact": "user.date", "known": False}, check("user.date", "known", False)),
        ({"all": [FLAG, FLAG]}, AllOf((check("item.flag", "in", True),) * 2)),
        ({"any": [{"not": FLAG}]}, AnyOf((Not(check("item.flag", "in", True)),))),
        ({"not": {"term": "red"}}, Not(TERMS["red"])),
    ],
)
def test_each_form(raw: dict[str, Any], expected: Condition) -> None:
    assert parse(raw) == expected


WRONG: list[tuple[object, str, str, str]] = [
    ("x", "expected a table, found 'x'", "when", "fact, all, any, not"),
    ([FLAG], "expected a table, found a list", "when", "table"),
    ({}, "a condition has exactly one of fact, all, any, not, term; this has none", "when", "split"),
    ({**FLAG, "not": FLAG}, "this has fact and not", "when", "split"),
    ({"is": True}, "this has none", "when", "split"),
    ({"not": FLAG, "is": True}, "'is' belongs to a fact, not to 'not'", "is", "move"),
    ({"all": [FLAG], "known": True}, "'known' belongs to a fact, not to 'all'", "known", "move"),
    ({"term": "red", "is": True}, "'is' belongs to a fact, not to 'term'", "is", "move"),
    ({"fakt": "item.flag"}, "unknown key 'fakt'", "fakt", "did you mean 'fact'?"),
    ({**FLAG, "equals": True}, "unknown key 'equals'", "equals", "fact, all, any, not, term, is, in"),
    ({"fact": "item.flog"}, "unknown fact 'item.flog'", "fact", "did you mean 'item.flag'?"),
    ({"fact": ""}, "expected a text, found an empty text", "fact", "text"),
    ({"fact": 5}, "expected a text, found 5", "fact", "text"),
    ({"fact": "user.incident", "known": True}, "user.incident is stated once for each incident", "fact", "counts"),
    ({"fact": "user.word"}, "user.word is a word, not a flag", "when", "is, in, known"),
    ({"fact": "user.number", "at_least": 1, "at_most": 2}, "two operators: at_least and at_most", "when", "all or any"),
    ({**FLAG, "at_least": True}, "'at_least' does not apply to item.flag, a flag", "at_least", "use is, in, known"),
    ({"fact": "user.word", "has": "red"}, "'has' does not apply to user.word, a word", "has", "use is, in, known"),
    ({"fact": "user.words", "is": "red"}, "'is' does not apply to user.words", "is", "has, has_any, has_all, known"),
    ({"fact": "place.decimal", "is": "1"}, "'is' does not apply", "is", "use at_least, at_most, known"),
    ({"fact": "user.text", "is": "x"}, "'is' does not apply to user.text, a text", "is", "use known"),
    (
        {"fact": "user.date", "at_least": "2026-01-01"},
        "'at_least' does not apply to user.date",
        "at_least",
        "use known",
    ),
    ({**FLAG, "is": "true"}, "'true' is not a value of item.flag", "is", "write true or false"),
    ({**FLAG, "is": 1}, "1 is not a value of item.flag", "is", "write true or false"),
    ({**FLAG, "known": "yes"}, "'yes' is neither true nor false", "known", "known = true"),
    ({"fact": "user.word", "is": "read"}, "'read' is not a value of user.word", "is", "did you mean 'red'?"),
    ({"fact": "user.word", "is": ["red"]}, "a list is not a value of user.word", "is", "none, red, green, blue"),
    ({"fact": "user.word", "in": "red"}, "expected a list, found 'red'", "in", "square brackets"),
    ({"fact": "user.word", "in": []}, "0 values", "in", "give 1 to 100"),
    ({"fact": "user.word", "in": ["red", "red"]}, "'red' stands twice", "in [2]", "keep one"),
    ({"fact": "user.word", "in": ["red", "bleu"]}, "'bleu' is not a value", "in [2]", "did you mean 'blue'?"),
    ({"fact": "item.level", "at_least": "hihg"}, "'hihg' is not a value of item.level", "at_least", "'high'"),
    ({"fact": "user.number", "at_least": "2"}, "'2' is not a value of user.number", "at_least", "a whole number"),
    ({"fact": "user.number", "at_least": -1}, "-1 is not a value", "at_least", "a whole number"),
    ({"fact": "user.number", "at_least": True}, "true is not a value", "at_least", "a whole number"),
    ({"fact": "user.number", "is": 2.0}, "2.0 is not a value", "is", "a whole number"),
    ({"fact": "place.decimal", "at_least": 0.3}, "0.3 is not a value of place.decimal", "at_least", '"0.3"'),
    ({"fact": "user.words", "has": "none of it"}, "'none of it' is not a value", "has", "none, red, green, blue"),
    ({"fact": "user.words", "has_all": ["none", "red"]}, "cannot have 'none' and another word", "has_all", "has_any"),
    ({"all": []}, "'all' of nothing", "all", "at least one"),
    ({"any": FLAG}, "expected a list, found a table", "any", "square brackets"),
    ({"all": [FLAG, {"fact": "item.flog"}]}, "unknown fact", "all [2] → fact", "'item.flag'"),
    ({"not": [FLAG]}, "expected a table, found a list", "not", "table"),
    ({"term": "rad"}, "no term 'rad' above this", "term", "did you mean 'red'?"),
    ({**FLAG, "in": [True, False]}, "holds for every value of item.flag", "in", "known = true"),
    ({"fact": "item.level", "at_least": "low"}, "holds for every value of item.level", "at_least", "known = true"),
    ({"fact": "item.level", "at_most": "high"}, "holds for every value of item.level", "at_most", "known = true"),
    ({"fact": "item.level", "in": ["high", "low", "middle"]}, "holds for every value", "in", "known = true"),
    ({"fact": "user.word", "in": ["none", "blue", "red", "green"]}, "holds for every value", "in", "known = true"),
    ({"fact": "user.number", "at_least": 0}, "holds for every value of user.number", "at_least", "known = true"),
    ({"fact": "user.words", "has_any": ["red", "green", "blue", "none"]}, "holds for every value", "has_any", "known"),
]


@pytest.mark.parametrize(("raw", "what", "where", "remedy"), WRONG)
def test_each_wrong_form_is_refused_with_place_and_remedy(raw: object, what: str, where: str, remedy: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(raw)
    assert what in caught.value.what
    assert caught.value.where in (f"pack.toml → when → {where}", "pack.toml → when")
    assert (caught.value.where == "pack.toml → when") is (where == "when")
    assert remedy in caught.value.remedy


def test_a_set_may_be_asked_for_any_of_all_its_words_since_it_may_have_none() -> None:
    assert isinstance(parse({"fact": "user.words", "has_any": ["red", "green", "blue"]}), Check)
    assert isinstance(parse({"fact": "user.words", "has": "none"}), Check)


def nested(form: str, levels: int) -> dict[str, Any]:
    """The deepest part stands beside a shallow one."""
    if levels == 1:
        return FLAG
    inner = nested(form, levels - 1)
    return {form: inner if form == "not" else [FLAG, inner]}


@pytest.mark.parametrize("form", ["not", "all", "any"])
def test_nesting_is_bounded(form: str) -> None:
    assert depth(parse(nested(form, 8))) == 8
    with pytest.raises(Refusal, match="nested deeper than 8"):
        parse(nested(form, 9))


def test_the_number_of_values_is_bounded() -> None:
    assert parse({"fact": "user.number", "in": list(range(100))}) == check("user.number", "in", *range(100))
    with pytest.raises(Refusal, match="101 values"):
        parse({"fact": "user.number", "in": list(range(101))})


def test_the_number_of_checks_is_bounded_over_the_whole_condition_and_its_terms() -> None:
    hundred = Term("hundred", "many", AnyOf((check("item.flag", "in", True),) * 100))

    def many(times: int, more: int) -> Condition:
        raw = {"any": [{"all": [{"term": "hundred"}] * times}, {"all": [FLAG] * more}]}
        return parse_condition(raw, MORE, Place("f"), {"hundred": hundred})

    assert sum(1 for _ in checks_of(many(4, 100))) == 500
    with pytest.raises(Refusal, match="more than 500 checks"):
        many(4, 101)
    with pytest.raises(Refusal, match="more than 500 checks"):
        many(6, 1)


def test_terms_upon_terms_are_bounded_in_depth() -> None:
    term = Term("t0", "t0", check("item.flag", "in", True))
    for number in range(1, 40):
        term = Term(f"t{number}", "so", Not(term))
        raw = {"term": term.name}
        if depth(term) <= 24:
            assert parse_condition(raw, MORE, Place("f"), {term.name: term}) is term
    with pytest.raises(Refusal, match="deeper than 24 levels with its terms"):
        parse_condition(raw, MORE, Place("f"), {term.name: term})


def test_a_term_says_what_its_condition_says() -> None:
    raw = {"all": [{"term": "red"}, FLAG]}
    plain = {"all": [{"fact": "user.word", "is": "red"}, FLAG]}
    assert spelt_out(parse(raw)) == parse(plain)
    assert spelt_out(parse({"any": [{"not": {"term": "red"}}]})) == parse({"any": [{"not": plain["all"][0]}]})
    either = {"any": [{"not": {"term": "red"}}, {"all": [{"term": "red"}]}]}
    assert {check.fact.key for check in checks_of(spelt_out(parse(either)))} == {"user.word"}
    for facts in ({}, {"user.word": Known("red", ())}, {"user.word": Known("blue", ())}):
        assert evaluate(parse(raw), facts) == evaluate(parse(plain), facts)


def test_without_terms_none_can_be_used() -> None:
    with pytest.raises(Refusal, match="no term 'red' above this") as caught:
        parse_condition({"term": "red"}, CATALOGUE, Place("f"))
    assert caught.value.remedy == "there is none to choose from"
