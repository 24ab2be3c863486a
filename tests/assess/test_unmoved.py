"""What is called unmoved comes out the same, and meets the same rules, when it is judged after all."""

from __future__ import annotations

import msgspec
import pytest

from safeconduct.assess import Assessment, Inputs, Series, judge
from safeconduct.assess.indicators import indicator_facts
from safeconduct.assess.judge import shared_facts
from safeconduct.assess.under_another import Met, under
from safeconduct.assess.unmoved import SameToPolicy, Unmoved
from safeconduct.intake.facts import BY_KEY
from safeconduct.policy import LICENSING, Pack
from safeconduct.policy.outcome import Outcome
from safeconduct.sources.model import Figure
from tests.assess.bench import CATALOGUE, entry_tests, reference
from tests.assess.on_record import judged, policies


def come_to(inputs: Inputs, found: Assessment, pack: Pack) -> tuple[Outcome, Met]:
    """The outcome, and the policy's rules that are met."""
    again = under(inputs, found, pack, entry_tests(), CATALOGUE)
    return again.outcome, again.met


def test_a_case_called_unmoved_by_a_policy_comes_out_the_same() -> None:
    certain = open_ = 0
    for new in policies():
        for old, to in ((reference(), new), (new, reference())):
            unmoved = Unmoved(old, to)
            for inputs, found in judged():
                if not unmoved.is_certain(inputs):
                    open_ += 1
                    continue
                certain += 1
                if old is reference() and certain % 7 == 0:  # judging each takes too long
                    assert come_to(inputs, found, new) == come_to(inputs, found, reference())
    assert certain > open_ > 0


def test_a_rule_that_is_met_anew_is_never_called_unmoved() -> None:
    for new in policies():
        unmoved = Unmoved(reference(), new)
        for inputs, found in judged()[::3]:
            if come_to(inputs, found, new) != come_to(inputs, found, reference()):
                assert not unmoved.is_certain(inputs)


def test_a_rule_under_a_name_that_meant_something_else_is_not_overlooked() -> None:
    old, change = reference(), msgspec.structs.replace
    for name in (old.terms[0].id, old.second_persons[0].id, "begins"):
        terms = tuple(each for each in old.terms if each.id != name)
        second = tuple(each for each in old.second_persons if each.id != name)
        more = change(old.rules[0], id=name, then=LICENSING[0])
        new = change(old, terms=terms, second_persons=second, rules=(*old.rules, more), begins="2027-01-01")
        unmoved = Unmoved(old, new)
        assert not all(unmoved.is_certain(inputs) for inputs, _ in judged())


def test_another_scenario_anchor_or_cell_leaves_nothing_certain() -> None:
    old = reference()
    stricter = (*old.grid.rows[:4], (LICENSING[0],) * 5)
    others = (
        msgspec.structs.replace(old, scenarios=old.scenarios[1:]),
        msgspec.structs.replace(old, likelihoods=old.likelihoods[1:]),
        msgspec.structs.replace(old, lowers=old.lowers[1:]),
        msgspec.structs.replace(old, grid=msgspec.structs.replace(old.grid, rows=stricter)),
    )
    for new in others:
        assert not any(Unmoved(old, new).is_certain(inputs) for inputs, _ in judged())


def test_a_policy_that_says_the_same_moves_nothing() -> None:
    later = tuple(msgspec.structs.replace(each, days=each.days + 1, cites="made") for each in reference().questions)
    again = msgspec.structs.replace(reference(), name="again", sha256="0" * 64, questions=later)
    assert all(Unmoved(reference(), again).is_certain(inputs) for inputs, _ in judged())


def test_what_other_rooms_find_is_stated_by_nobody() -> None:
    for inputs, _ in judged():
        assert not shared_facts(inputs).keys() & BY_KEY.keys()


VARIABLES = ("v2x_libdem", "human_rights_protection", "va_estimate")
VALUES = ("-2.5", "-0.4", "0.05", "0.12", "0.31", "0.48", "0.52", "0.9", "1.7")


def series(place: str, newest: dict[str, str]) -> tuple[Series, ...]:
    """Six years at 0.5, the last as given."""
    rows = [
        Figure(name, place, year, newest.get(name, "0.5") if year == 2025 else "0.5", f"row {year}")
        for name in VARIABLES
        for year in range(2020, 2026)
    ]
    return (Series("made", "2026-03-01", tuple(rows)),)


@pytest.mark.parametrize("variable", VARIABLES)
def test_figures_that_say_the_same_to_the_policy_leave_each_case_as_it_was(variable: str) -> None:
    same, told = SameToPolicy(reference()), set()
    for plain, _ in judged()[::2]:
        place = plain.destination
        inputs = msgspec.structs.replace(plain, series=series(place, {}))
        found = judge(inputs, reference(), entry_tests(), CATALOGUE)
        for value in VALUES:
            newer = msgspec.structs.replace(plain, series=series(place, {variable: value}))
            telling = same(indicator_facts(inputs.series, place), indicator_facts(newer.series, place))
            told.add(telling)
            if telling:
                assert come_to(newer, found, reference()) == come_to(inputs, found, reference())
    assert True in told


def test_figures_that_turn_a_check_or_are_lost_do_not_say_the_same() -> None:
    same = SameToPolicy(reference())
    before = indicator_facts(series("HU", {}), "HU")
    assert same(before, indicator_facts(series("HU", {"v2x_libdem": "0.52"}), "HU"))
    assert not same(before, indicator_facts(series("HU", {"v2x_libdem": "0.02"}), "HU"))
    assert not same(before, indicator_facts((), "HU"))
    assert not same(indicator_facts((), "HU"), before)
