"""What is taken from a recorded assessment under another pack makes no difference to judging it whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import msgspec
import pytest

from safeconduct.assess import PolicyUsed, judge
from safeconduct.assess.alike import alike, recorded
from safeconduct.assess.under_another import Under, met, under
from safeconduct.assess.unmoved import Unmoved
from safeconduct.policy import LICENSING, Pack, load_pack
from safeconduct.policy.condition import Not, facts_of
from tests.assess.bench import CATALOGUE, entry_tests, reference
from tests.assess.on_record import judged, policies

SHIPPED = ("union-style", "clear-risk-style", "small-state-style")


def shipped(name: str) -> Pack:
    folder = files("safeconduct") / "starter" / "policy"
    extended = (folder / "reference.toml").read_bytes()
    return load_pack((folder / f"{name}.toml").read_bytes(), name, CATALOGUE, lambda _name: extended)


def weighed_otherwise() -> Iterator[Pack]:
    """The reference with a scenario gone or turned round, an anchor moved, an assurance gone, another grid."""
    old, change = reference(), msgspec.structs.replace
    for place, one in enumerate(old.scenarios):
        around = old.scenarios[:place], old.scenarios[place + 1 :]
        yield change(old, scenarios=(*around[0], *around[1]))
        yield change(old, scenarios=(*around[0], change(one, when=Not(one.when)), *around[1]))
    yield change(old, scenarios=(change(old.scenarios[0], severity=old.scenarios[0].severity[1:]), *old.scenarios[1:]))
    yield change(old, likelihoods=old.likelihoods[1:])
    yield change(old, lowers=old.lowers[1:])
    yield change(old, grid=change(old.grid, rows=(*old.grid.rows[:4], (LICENSING[0],) * 5)))


def told(found: Under) -> tuple[object, ...]:
    """All that a trial uses; findings taken from the record name the policy they were made by."""
    return found.outcome, found.met, [(line.line, line.outcome, line.floors) for line in found.lines]


def same_either_way(new: Pack, every: int = 1) -> list[Under]:
    found = []
    for inputs, old in judged()[::every]:
        whole = under(inputs, old, new, entry_tests(), CATALOGUE)
        assert told(under(inputs, old, new, entry_tests(), CATALOGUE, alike(reference(), new))) == told(whole)
        found.append(whole)
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_pack_makes_the_same_of_each_case(name: str) -> None:
    outcomes = {one.outcome for one in same_either_way(shipped(name))}
    assert len(outcomes) > 2


@pytest.mark.parametrize("name", ["reference", *SHIPPED])
def test_a_trial_comes_to_what_judging_the_whole_case_anew_comes_to(name: str) -> None:
    """Goods classified anew, nothing taken from the record; a case called unmoved keeps its outcome."""
    new, certain = shipped(name), 0
    names, unmoved = alike(reference(), new), Unmoved(reference(), new)
    for inputs, old in judged():
        used = msgspec.structs.replace(inputs, policy=PolicyUsed(new.name, new.sha256, False))
        whole = judge(used, new, entry_tests(), CATALOGUE)
        tried = under(inputs, old, new, entry_tests(), CATALOGUE, names)
        assert tried.outcome is whole.outcome
        ruling = {one.id for one in new.rules} | {one.id for one in new.exceptions}
        assert set(tried.met) == {one for one in met(whole) if one[0] in ruling}
        assert [(one.line, one.outcome, one.floors) for one in tried.lines] == [
            (one.line, one.outcome, one.floors) for one in whole.lines
        ]
        if unmoved.is_certain(inputs):
            certain += 1
            assert whole.outcome is old.outcome
    assert certain == len(judged()) if name == "reference" else certain < len(judged())


def test_another_rule_or_exception_makes_the_same_of_each_case() -> None:
    for new in policies():
        same_either_way(new, every=5)


def test_another_scenario_anchor_or_grid_makes_the_same_of_each_case() -> None:
    for new in weighed_otherwise():
        same_either_way(new, every=3)


def test_most_of_a_pack_that_extends_is_alike_and_what_it_changes_is_not() -> None:
    old, change = reference(), msgspec.structs.replace
    turned = change(old.rules[0], when=Not(old.rules[0].when))
    names = alike(old, change(old, rules=(turned, *old.rules[1:])))
    assert turned.id not in names
    by_scenarios = {each.id for each in old.rules if "case.scenario_named" in {one.key for one in facts_of(each.when)}}
    second = {each.id for each in old.second_persons}
    assert by_scenarios
    assert names >= old.conditions().keys() - {turned.id} - second - by_scenarios
    assert not names & by_scenarios


def test_nothing_is_taken_from_an_assessment_that_was_judged_in_another_way() -> None:
    _, found = judged()[0]
    names = alike(reference(), reference())
    assert recorded(found, found.lines[0], names)
    assert not recorded(msgspec.structs.replace(found, judging="0"), found.lines[0], names)
