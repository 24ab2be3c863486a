"""Conditions against an oracle that tries every completion of what is unknown."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown, Value, Why
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.condition import Condition, Evaluation, Not, checks_of, evaluate, facts_of, is_about_a_line
from tests.policy.logic import (
    VALUES,
    WORLD,
    condition,
    conditions,
    known,
    matters,
    possible,
    read_by,
    read_once,
    worlds,
)

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
OPPOSITE = {MET: NOT_MET, NOT_MET: MET, CANNOT_TELL: CANNOT_TELL}


def judged(raw: dict[str, Any], **facts: Fact) -> Evaluation:
    """Judge on facts given as ``user_word=…`` for ``user.word``."""
    return evaluate(condition(raw), {key.replace("_", ".", 1): fact for key, fact in facts.items()})


@given(conditions(), worlds)
def test_a_verdict_holds_in_every_completion_of_the_unknown(raw: dict[str, Any], world: dict[str, Fact]) -> None:
    verdict = evaluate(condition(raw), world).verdict
    if verdict is not CANNOT_TELL:
        assert possible(raw, world) == {verdict is MET}


@given(read_once(), worlds)
def test_where_no_fact_is_read_twice_cannot_tell_means_that_both_are_possible(
    raw: dict[str, Any], world: dict[str, Fact]
) -> None:
    verdict = evaluate(condition(raw), world).verdict
    assert possible(raw, world) == {MET: {True}, NOT_MET: {False}, CANNOT_TELL: {True, False}}[verdict]


@given(read_once(), worlds)
def test_where_no_fact_is_read_twice_the_gaps_are_the_facts_that_matter(
    raw: dict[str, Any], world: dict[str, Fact]
) -> None:
    gaps = {gap.fact for gap in evaluate(condition(raw), world).gaps}
    assert gaps == {key for key in read_by(raw) if matters(key, raw, world)}


@given(conditions(asks_known=False), worlds)
def test_no_fact_that_matters_is_left_out_of_the_gaps(raw: dict[str, Any], world: dict[str, Fact]) -> None:
    result = evaluate(condition(raw), world)
    gaps = {gap.fact for gap in result.gaps}
    assert gaps >= {key for key in read_by(raw) if result.verdict is CANNOT_TELL and matters(key, raw, world)}
    assert not gaps & {key for key, fact in world.items() if isinstance(fact, Known) and fact.complete}


@given(conditions(), worlds)
def test_gaps_exist_exactly_when_it_cannot_be_told_and_a_finding_can_be_made(
    raw: dict[str, Any], world: dict[str, Fact]
) -> None:
    result = evaluate(condition(raw), world)
    finding = Finding("R", result.verdict, Message("m"), "c", evidence=result.evidence, missing=result.gaps)
    assert bool(finding.missing) is (result.verdict is CANNOT_TELL)


@given(conditions(), worlds)
def test_the_evidence_alone_carries_a_verdict(raw: dict[str, Any], world: dict[str, Fact]) -> None:
    result = evaluate(condition(raw), world)
    assume(result.verdict is not CANNOT_TELL)
    cited = {item.fact for item in result.evidence}
    assert cited <= read_by(raw)
    assert evaluate(condition(raw), {key: world[key] for key in cited}).verdict is result.verdict


@given(conditions(asks_known=False), worlds, st.data())
def test_learning_more_never_overturns_a_verdict(
    raw: dict[str, Any], world: dict[str, Fact], data: st.DataObject
) -> None:
    before = evaluate(condition(raw), world).verdict
    assume(before is not CANNOT_TELL)
    assert evaluate(condition(raw), data.draw(learned(world))).verdict is before


def learned(world: Mapping[str, Fact]) -> st.SearchStrategy[dict[str, Fact]]:
    """Worlds in which some of what was open is settled."""

    def settled(key: str, kind: str, fact: Fact) -> st.SearchStrategy[Fact]:
        if isinstance(fact, Known) and fact.complete:
            return st.just(fact)
        options: list[Value] = [
            value for value in VALUES[kind] if isinstance(fact, Unknown) or _above(value, fact.value)
        ]
        return st.just(fact) | st.sampled_from(options).map(lambda value: known(key, value))

    return st.fixed_dictionaries({fact.key: settled(fact.key, fact.kind, world[fact.key]) for fact in WORLD})


def _above(value: Value, bound: Value) -> bool:
    if isinstance(value, tuple) and isinstance(bound, tuple):
        return set(value) >= set(bound)
    return int(str(value)) >= int(str(bound))


@given(st.lists(conditions(), min_size=1, max_size=3), worlds)
def test_de_morgan(parts: list[dict[str, Any]], world: dict[str, Fact]) -> None:
    parts = [part for part in parts if len(str(part)) < 300] or [{"fact": "item.flag"}]
    for one, other in (("all", "any"), ("any", "all")):
        left = evaluate(condition({"not": {one: parts}}), world)
        assert left == evaluate(condition({other: [{"not": part} for part in parts]}), world)


@given(conditions(), worlds)
def test_not_turns_the_verdict_and_keeps_evidence_and_gaps(raw: dict[str, Any], world: dict[str, Fact]) -> None:
    plain, turned = evaluate(condition(raw), world), evaluate(Not(condition(raw)), world)
    assert turned == Evaluation(OPPOSITE[plain.verdict], plain.evidence, plain.gaps)


@given(conditions(), worlds, st.randoms(use_true_random=False))
def test_the_order_in_which_a_condition_is_written_changes_nothing(
    raw: dict[str, Any], world: dict[str, Fact], chance: random.Random
) -> None:
    assert evaluate(condition(raw), world) == evaluate(condition(shuffled(raw, chance)), world)


def shuffled(raw: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if "not" in raw:
        return {"not": shuffled(raw["not"], chance)}
    for form in ("all", "any"):
        if form in raw:
            parts = [shuffled(part, chance) for part in raw[form]]
            chance.shuffle(parts)
            return {form: parts}
    return {key: chance.sample(value, len(value)) if isinstance(value, list) else value for key, value in raw.items()}


# What each operator says, one line each: check, fact as known or as a lower bound, verdict.
OPERATORS: list[tuple[dict[str, Any], Value, bool, Verdict]] = [
    ({"fact": "item.flag"}, True, True, MET),
    ({"fact": "item.flag"}, False, True, NOT_MET),
    ({"fact": "item.flag", "is": False}, False, True, MET),
    ({"fact": "user.word", "is": "red"}, "red", True, MET),
    ({"fact": "user.word", "in": ["red", "blue"]}, "green", True, NOT_MET),
    ({"fact": "item.level", "at_least": "middle"}, "low", True, NOT_MET),
    ({"fact": "item.level", "at_least": "middle"}, "middle", True, MET),
    ({"fact": "item.level", "at_least": "middle"}, "high", True, MET),
    ({"fact": "item.level", "at_most": "middle"}, "middle", True, MET),
    ({"fact": "item.level", "at_most": "middle"}, "high", True, NOT_MET),
    ({"fact": "user.number", "at_least": 2}, 2, True, MET),
    ({"fact": "user.number", "at_least": 2}, 1, True, NOT_MET),
    ({"fact": "user.number", "at_least": 2}, 3, False, MET),
    ({"fact": "user.number", "at_least": 2}, 2, False, MET),
    ({"fact": "user.number", "at_least": 2}, 1, False, CANNOT_TELL),
    ({"fact": "user.number", "at_most": 5}, 3, False, CANNOT_TELL),
    ({"fact": "user.number", "at_most": 5}, 5, False, CANNOT_TELL),
    ({"fact": "user.number", "at_most": 5}, 6, False, NOT_MET),
    ({"fact": "user.number", "at_most": 5}, 5, True, MET),
    ({"fact": "user.number", "is": 2}, 2, False, CANNOT_TELL),
    ({"fact": "user.number", "is": 2}, 3, False, NOT_MET),
    ({"fact": "user.number", "in": [1, 4]}, 2, False, CANNOT_TELL),
    ({"fact": "user.number", "in": [1, 4]}, 4, True, MET),
    ({"fact": "place.decimal", "at_least": "0.3"}, "0.30", True, MET),
    ({"fact": "place.decimal", "at_least": "0.3"}, "0.2999", True, NOT_MET),
    ({"fact": "place.decimal", "at_most": "-0.5"}, "-1", True, MET),
    ({"fact": "place.decimal", "at_most": "9.5"}, "10", True, NOT_MET),
    ({"fact": "user.words", "has": "red"}, ("red", "blue"), False, MET),
    ({"fact": "user.words", "has": "red"}, ("blue",), False, CANNOT_TELL),
    ({"fact": "user.words", "has": "red"}, ("blue",), True, NOT_MET),
    ({"fact": "user.words", "has_any": ["red", "green"]}, ("blue", "green"), True, MET),
    ({"fact": "user.words", "has_any": ["red", "green"]}, (), True, NOT_MET),
    ({"fact": "user.words", "has_any": ["red", "none"]}, (), True, MET),
    ({"fact": "user.words", "has_all": ["red", "green"]}, ("green", "red"), False, MET),
    ({"fact": "user.words", "has_all": ["red", "green"]}, ("green",), False, CANNOT_TELL),
    ({"fact": "user.words", "has_all": ["red", "green"]}, ("green",), True, NOT_MET),
    ({"fact": "user.words", "has": "none"}, ("none",), True, MET),
    ({"fact": "user.words", "has": "none"}, (), True, MET),
    ({"fact": "user.words", "has": "none"}, (), False, CANNOT_TELL),
    ({"fact": "user.words", "has": "none"}, ("none",), False, CANNOT_TELL),
    ({"fact": "user.words", "has": "none"}, ("red",), False, NOT_MET),
    ({"fact": "user.words", "has": "red"}, ("none",), True, NOT_MET),
    ({"fact": "item.flag", "known": True}, False, True, MET),
    ({"fact": "item.flag", "known": False}, True, True, NOT_MET),
    ({"fact": "user.number", "known": True}, 0, False, MET),
]


@pytest.mark.parametrize(("raw", "value", "complete", "expected"), OPERATORS)
def test_each_operator(raw: dict[str, Any], value: Value, complete: bool, expected: Verdict) -> None:
    result = evaluate(condition(raw), {raw["fact"]: known(raw["fact"], value, complete)})
    assert result.verdict is expected
    assert result.evidence == known(raw["fact"], value).evidence
    assert result.gaps == ((Gap(raw["fact"], "not_searched"),) if expected is CANNOT_TELL else ())


@pytest.mark.parametrize("why", ["absent", "conflicting", "stale", "withheld", "not_searched"])
def test_a_gap_says_why_the_fact_is_unknown_and_keeps_the_statements_that_conflict(why: Why) -> None:
    said = (Evidence("user.word", "red", Source("letter")), Evidence("user.word", "blue", Source("media")))
    result = judged({"fact": "user.word", "is": "red"}, user_word=Unknown(why, said))
    assert result == Evaluation(CANNOT_TELL, said[::-1], (Gap("user.word", why),))


def test_a_fact_nobody_mentioned_is_absent() -> None:
    assert judged({"fact": "user.flag"}) == Evaluation(CANNOT_TELL, (), (Gap("user.flag", "absent"),))


def test_gaps_name_the_line_for_facts_of_the_goods_only() -> None:
    raw = {"all": [{"fact": "item.flag"}, {"fact": "user.flag"}]}
    gaps = evaluate(condition(raw), {}, "line:2").gaps
    assert gaps == (Gap("item.flag", "absent", "line:2"), Gap("user.flag", "absent", "case"))


def test_whether_something_is_known_can_always_be_told_and_absence_is_its_evidence() -> None:
    raw = {"fact": "item.flag", "known": False}
    result = evaluate(condition(raw), {}, "line:1")
    assert result == Evaluation(MET, (Evidence("item.flag", "unknown: absent", Source("derived"), "line:1"),), ())
    said = Unknown("conflicting", known("user.flag", True).evidence)
    assert judged({"fact": "user.flag", "known": True}, user_flag=said) == Evaluation(NOT_MET, said.evidence, ())
    assert evaluate(condition({"fact": "user.flag", "known": False}), {}, "line:1").evidence[0].subject == "case"


def test_one_part_that_settles_it_leaves_no_gaps_and_only_its_own_evidence() -> None:
    parts = [{"fact": "item.flag"}, {"fact": "user.flag"}, {"fact": "user.word", "is": "red"}]
    yes, no = known("item.flag", True), known("item.flag", False)
    red = known("user.word", "red")
    assert judged({"any": parts}, item_flag=yes, user_word=known("user.word", "blue")) == Evaluation(
        MET, yes.evidence, ()
    )
    assert judged({"all": parts}, item_flag=no, user_word=red) == Evaluation(NOT_MET, no.evidence, ())
    open_ = judged({"all": parts}, item_flag=yes, user_word=red)
    assert open_ == Evaluation(CANNOT_TELL, (*yes.evidence, *red.evidence), (Gap("user.flag", "absent"),))


def test_a_fact_that_another_unknown_makes_idle_is_no_gap() -> None:
    """*x, or x and y* is x: asking for y would change nothing."""
    x, y = {"fact": "item.flag"}, {"fact": "user.flag"}
    assert [gap.fact for gap in judged({"any": [x, {"all": [x, y]}]}).gaps] == ["item.flag"]
    assert [gap.fact for gap in judged({"all": [x, {"any": [y, x]}]}).gaps] == ["item.flag"]
    assert [gap.fact for gap in judged({"any": [x, {"all": [{"not": x}, y]}]}).gaps] == ["item.flag", "user.flag"]


def test_beyond_what_can_be_weighed_every_unknown_fact_is_named() -> None:
    x = {"fact": "item.flag"}
    others: list[dict[str, Any]] = [{"fact": "user.number", "is": number} for number in range(6)]
    six: dict[str, Any] = {"any": [x, {"all": [x, {"any": others}]}]}
    assert [gap.fact for gap in judged(six).gaps] == ["item.flag"]
    seven: dict[str, Any] = {"any": [x, {"all": [x, {"any": [*others, {"fact": "user.number", "is": 7}]}]}]}
    assert [gap.fact for gap in judged(seven).gaps] == ["item.flag", "user.number"]


@pytest.mark.parametrize(
    ("raw", "fact"),
    [
        ({"fact": "item.flag"}, known("item.flag", 1)),
        ({"fact": "user.number", "is": 1}, known("user.number", True)),
        ({"fact": "user.number", "at_most": 1}, known("user.number", -1)),
        ({"fact": "user.word", "is": "red"}, known("user.word", "crimson")),
        ({"fact": "item.level", "at_least": "high"}, known("item.level", "highest")),
        ({"fact": "item.level", "at_least": "high"}, known("item.level", "high", complete=False)),
        ({"fact": "item.flag"}, known("item.flag", True, complete=False)),
        ({"fact": "place.decimal", "at_most": "1"}, known("place.decimal", "NaN")),
        ({"fact": "place.decimal", "at_most": "1"}, known("place.decimal", "0.5", complete=False)),
        ({"fact": "user.words", "has": "red"}, known("user.words", "red")),
        ({"fact": "user.words", "has": "none"}, known("user.words", ("none", "red"))),
        ({"fact": "user.words", "has": "red"}, known("user.words", ("red", "crimson"))),
    ],
)
def test_a_value_its_fact_cannot_have_is_nobodys_statement(raw: dict[str, Any], fact: Known) -> None:
    result = evaluate(condition(raw), {raw["fact"]: fact})
    assert result == Evaluation(CANNOT_TELL, fact.evidence, (Gap(raw["fact"], "conflicting"),))
    assert evaluate(condition({"fact": raw["fact"], "known": True}), {raw["fact"]: fact}).verdict is NOT_MET


def test_evidence_is_sorted_and_given_once() -> None:
    late, early = (Evidence("user.flag", "true", Source("letter", date=date)) for date in ("2026-05-02", "2026-05-01"))
    fact = Known(True, (late, early, late))
    result = judged({"all": [{"fact": "user.flag"}, {"not": {"fact": "user.flag", "is": False}}]}, user_flag=fact)
    assert result == Evaluation(MET, (early, late), ())


def test_a_condition_names_its_facts_once_and_whether_they_are_of_the_goods() -> None:
    raw = {
        "any": [{"fact": "user.word", "is": "red"}, {"not": {"all": [{"fact": "item.flag"}, {"fact": "user.flag"}]}}]
    }
    whole = condition({"all": [raw, {"fact": "user.flag"}]})
    assert [fact.key for fact in facts_of(whole)] == ["item.flag", "user.flag", "user.word"]
    assert [check.fact.key for check in checks_of(whole)] == ["user.word", "item.flag", "user.flag", "user.flag"]
    assert is_about_a_line(whole)
    assert not is_about_a_line(condition({"fact": "user.flag"}))


@settings(max_examples=20)
@given(conditions())
def test_a_condition_can_be_kept_and_read_back(raw: dict[str, Any]) -> None:
    kept = condition(raw)
    again: Condition = msgspec.json.decode(canonical.encode(kept), type=Condition)
    assert again == kept
    assert hash(again) == hash(kept)
