"""Agreement of assessors against worked examples of the papers, and what it does not claim."""

from __future__ import annotations

import random

import pytest

from safeconduct.assess.agreement import FEWEST, agreement, alpha
from safeconduct.assess.appraisal import Appraisal, FlagView, ScenarioView, faults, side_by_side
from safeconduct.policy.outcome import Outcome

# Krippendorff 2011, section C: four observers, twelve units, five ordered values, some not given.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)  # fmt: skip


def test_alpha_is_that_of_the_paper_for_ordinal_values_with_gaps() -> None:
    columns = zip(*(row.split() for row in FOUR), strict=True)
    units = [tuple(int(value) - 1 for value in column if value != ".") for column in columns]
    found = alpha(units, 5)
    assert found is not None
    assert round(found, 3) == 0.815


def test_alpha_is_that_of_the_paper_for_two_values() -> None:
    one, other = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    found = alpha(zip(one, other, strict=True), 2)
    assert found is not None
    assert round(found, 3) == 0.095


def test_where_everybody_always_says_the_same_word_chance_cannot_be_told_apart() -> None:
    found = agreement([[(1, 1)]] * 40, 6)
    assert (found.share, found.alpha) == ("1.000", "")
    assert found.share_low == "0.912"  # 40 of 40 does not show that they always agree


def test_no_interval_of_alpha_is_given_for_few_cases() -> None:
    cases = [[(0, 0)], [(1, 1)], [(2, 0)]]
    assert agreement(cases, 6).alpha
    assert not agreement(cases, 6).alpha_low
    assert agreement(cases * FEWEST, 6).alpha_low


def test_a_case_with_one_assessor_counts_for_nothing() -> None:
    assert agreement([[(1,)], []], 6) == agreement([], 6)


@pytest.mark.parametrize("seed", range(3))
def test_assessors_who_guess_agree_no_more_than_chance(seed: int) -> None:
    draw = random.Random(seed)
    found = agreement([[(draw.randrange(6), draw.randrange(6))] for _ in range(400)], 6)
    assert float(found.alpha_low) < 0 < float(found.alpha_high)


def test_the_interval_of_alpha_holds_the_true_value_about_as_often_as_it_says() -> None:
    draw = random.Random(7)

    def pair() -> tuple[int, int]:
        one = draw.randrange(6)
        return one, one if draw.random() < 0.7 else draw.randrange(6)

    true = alpha([pair() for _ in range(60_000)], 6)
    assert true is not None
    trials = [agreement([[pair()] for _ in range(60)], 6) for _ in range(200)]
    held = sum(float(one.alpha_low) <= true <= float(one.alpha_high) for one in trials)
    assert held >= 180  # 95 % said; nine in ten at the least with 60 cases


def _one(**changes: object) -> Appraisal:
    plain = {
        "outcome": Outcome.REFER,
        "reasons": "The unit is named in a court's finding.",
        "scenarios": (ScenarioView("MS-01", 4, 3, "Journalists were followed."),),
        "flags": (FlagView("RF-01", "holds", "The brochure says so."),),
    }
    return Appraisal(**{**plain, **changes})  # type: ignore[arg-type]


def test_each_difference_is_named_with_its_steps_and_both_reasons() -> None:
    other = _one(
        outcome=Outcome.CONDITIONS,
        reasons="A court approves each use.",
        scenarios=(ScenarioView("MS-01", 4, 1, "No such record."), ScenarioView("MS-02", 2, 2, "Also.")),
    )
    found = {(each.what, each.subject): each for each in side_by_side(_one(), other)}
    assert found["outcome", ""].steps == 2
    assert not found["severity", "MS-01"].differs
    assert found["likelihood", "MS-01"].steps == 2
    assert found["likelihood", "MS-01"].other_reasons == "No such record."
    assert (found["severity", "MS-02"].one, found["severity", "MS-02"].steps) == ("", None)
    assert found["severity", "MS-02"].differs
    assert not found["flag", "RF-01"].differs


def test_an_appraisal_without_reasons_or_of_something_the_policy_lacks_is_faulted() -> None:
    scenarios, rules = frozenset({"MS-01"}), frozenset({"RF-01"})
    assert faults(_one(), scenarios, rules) == ()
    bad = _one(reasons=" ", scenarios=(ScenarioView("MS-99", 6, 1, ""),), flags=(FlagView("RF-99", "holds", ""),))
    assert len(faults(bad, scenarios, rules)) == 6
