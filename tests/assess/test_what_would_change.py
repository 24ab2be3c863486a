"""What would change an outcome: the smallest sets of facts, exact by the rules."""

from __future__ import annotations

import itertools
from functools import cache

import msgspec
import pytest

from safeconduct.assess import judge
from safeconduct.assess.changes import MOST_TRIED
from safeconduct.assess.changes_model import Change, Changes, Supposed
from safeconduct.assess.changes_shown import plain as shown_plain
from safeconduct.assess.changes_shown import sentences
from safeconduct.assess.supposing import supposing
from safeconduct.intake.model import CaseFile
from safeconduct.policy.outcome import LICENSING, Outcome
from tests.assess.bench import (
    CATALOGUE,
    application,
    case_file,
    changes_of_line,
    entry_tests,
    inputs_of,
    reference,
    without,
)

CASES = ("1", "1b", "2a", "2b", "2c", "3", "3a", "4")


@cache
def changes(name: str, most: int = MOST_TRIED) -> Changes:
    return changes_of_line(case_file(application(name)), most)


def outcome_with(file: CaseFile, facts: tuple[Supposed, ...]) -> Outcome:
    """The whole case judged from the start, with the statements replaced."""
    kinds = {fact.key: fact for fact in CATALOGUE}
    assignment = tuple(sorted((one.fact, one.to) for one in facts))
    changed = supposing(file, kinds, assignment, f"line:{file.lines[0].line}")
    return judge(inputs_of(changed), reference(), entry_tests(), CATALOGUE).lines[0].outcome


def sample(found: tuple[Change, ...], size: int, most: int) -> list[Change]:
    those = [one for one in found if len(one.facts) == size]
    return those[:: max(1, len(those) // most)]


@pytest.mark.parametrize("name", CASES)
def test_a_set_leads_where_it_says_and_no_part_of_it_leads_elsewhere(name: str) -> None:
    file, found = case_file(application(name)), changes(name)
    assert outcome_with(file, ()) is found.outcome
    for change in [one for size in (1, 2, 3) for one in sample(found.sets, size, 12)]:
        assert outcome_with(file, change.facts) is change.outcome
        assert change.outcome is not found.outcome
        for size in range(1, len(change.facts)):
            for part in itertools.combinations(change.facts, size):
                assert outcome_with(file, part) is found.outcome, (change, part)


@pytest.mark.parametrize("name", ["1", "2b", "3a"])
def test_no_single_fact_that_leads_elsewhere_is_overlooked(name: str) -> None:
    file, found = case_file(application(name)), changes(name)
    assert found.searched_to >= 1
    alone = {(one.facts[0].fact, repr(one.facts[0].to)) for one in found.sets if len(one.facts) == 1}
    facts = {one for one, _ in alone}
    for fact in CATALOGUE:
        if fact.kind != "flag" or "system" in fact.may_state or fact.key in facts or fact.key.startswith("item."):
            continue
        for value in (True, False):
            supposed = Supposed(fact.key, "case", None, value)
            assert outcome_with(file, (supposed,)) is found.outcome, (fact.key, value)


def test_the_same_inputs_give_the_same_answer() -> None:
    file = case_file(application("1"))
    assert msgspec.json.encode(changes_of_line(file)) == msgspec.json.encode(changes_of_line(file))


def test_a_bound_that_is_reached_is_told() -> None:
    assert changes("3", 40).searched_to < changes("2a").searched_to
    assert changes("3", 40).tried <= 400


def test_unknown_facts_stand_in_the_order_of_what_they_could_change() -> None:
    file = case_file(without(application("2b"), "user.prior_authorisation"))
    found = changes_of_line(file)
    ranked = [one for one in found.unknowns if one.outcomes]
    assert ranked
    assert [len(one.outcomes) for one in ranked] == sorted((len(one.outcomes) for one in ranked), reverse=True)
    assert "user.prior_authorisation" in [one.fact for one in ranked]
    for one in ranked:
        assert list(one.outcomes) == sorted(one.outcomes, key=LICENSING.index)


def test_what_rests_on_a_sealed_source_is_marked_and_told_only_to_whoever_may_read_it() -> None:
    plain = application("1")
    for one in plain["statements"]:
        if one["by"] != "exporter":
            one["source"]["sealed"] = True
    found = changes_of_line(case_file(plain))
    sealed = {one.fact for change in found.sets for one in change.facts if one.sealed}
    assert sealed
    told = {one["fact"] for each in shown_plain(found, closed=False)["sets"] for one in each["facts"]}
    assert told
    assert not sealed & told
    assert sealed <= {one["fact"] for each in shown_plain(found, closed=True)["sets"] for one in each["facts"]}
    said = [message.params for message in sentences(found, closed=False)]
    assert said
    assert not any(fact in str(params) for fact in sealed for params in said)
