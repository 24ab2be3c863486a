"""A pack held to its own examples."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.finding import Verdict
from safeconduct.policy import Outcome
from safeconduct.policy.examples import CaseResult, Problem, check_pack, failed_examples
from tests.policy.sample import SAMPLE, WHERE, altered, line_of, load


def refer(_: str) -> CaseResult:
    return CaseResult(Outcome.REFER, {"R-1": Verdict.MET})


def problems(*changes: tuple[str, str], run_case: Callable[[str], CaseResult] | None = refer) -> list[Problem]:
    return list(check_pack(load(altered(*changes)), run_case))


def test_a_pack_whose_examples_hold_has_no_problem() -> None:
    asked: list[str] = []

    def run_case(name: str) -> CaseResult:
        asked.append(name)
        return refer(name)

    assert check_pack(load(), run_case) == ()
    assert asked == ["1"]


def test_an_example_that_fails_is_named_with_its_line_and_what_it_lacks() -> None:
    change = ('"user.oversight" = false}', '"user.remedy" = false}')
    text = altered(change)
    assert failed_examples(load(text)) == (
        Problem(
            f"{WHERE}, line {line_of('[[example]]', text)}",
            "the example of R-1 should be met, but is cannot tell (unknown: user.oversight)",
            "correct the example or the condition",
        ),
    )
    assert failed_examples(load(text))[0] in problems(change)


def test_an_example_that_comes_out_otherwise_is_named() -> None:
    found = failed_examples(load(altered(('{at_least = 2}}\nexpect = "met"', '{at_least = 2}}\nexpect = "not_met"'))))
    assert [each.what for each in found] == ["the example of R-2 should be not met, but is met"]


@pytest.mark.parametrize(
    ("fragment", "name", "lacking"),
    [
        ('facts = {"item.capability" = "designed", "user.oversight" = false}\nexpect = "met"', "R-1", "met"),
        ('facts = {"item.capability" = "none"}\nexpect = "not_met"', "R-1", "not met"),
        ('facts = {"item.capability" = "designed"}\nexpect = "cannot_tell"', "R-1", "cannot tell"),
        (
            'facts = {"user.incidents_established" = {conflict = [1, 2]}}\nexpect = "cannot_tell"',
            "R-2",
            "cannot tell by conflict",
        ),
        ('facts = {"item.capability" = "incidental"}\nexpect = "met"', "MS-1", "met"),
        ('facts = {"use.purpose" = "marketing"}\nexpect = "not_met"', "E-1", "not met"),
    ],
)
def test_each_kind_of_example_is_wanted(fragment: str, name: str, lacking: str) -> None:
    whole = f'[[example]]\nrule = "{name}"\n{fragment}\n'
    text = altered((whole, ""))
    found = check_pack(load(text), refer)
    header = line_of(f'id = "{name}"', text) - 1
    assert found == (
        Problem(f"{WHERE}, line {header}", f"{name} has no example of: {lacking}", "add an [[example]] for each"),
    )


def test_a_rule_without_any_example_lacks_all_four_and_a_scenario_two() -> None:
    text = SAMPLE[: SAMPLE.index("[[example]]")]
    assert [each.what for each in check_pack(load(text))] == [
        "R-1 has no example of: met, not met, cannot tell, cannot tell by conflict",
        "R-2 has no example of: met, not met, cannot tell, cannot tell by conflict",
        "R-3 has no example of: met, not met, cannot tell, cannot tell by conflict",
        "MS-1 has no example of: met, not met",
        "E-1 has no example of: met, not met",
    ]


def test_a_rule_that_asks_only_whether_something_is_known_can_always_be_told() -> None:
    text = SAMPLE[: SAMPLE.index("[[example]]")].replace(
        '"user.incidents_established", at_least = 2', '"use.stated", known = false'
    )
    assert "R-2 has no example of: met, not met" in [each.what for each in check_pack(load(text))]


def test_an_example_that_is_wrong_does_not_count_as_one_of_its_kind() -> None:
    found = problems(('{at_least = 2}}\nexpect = "met"', '{at_least = 3}}\nexpect = "not_met"'))
    assert [each.what for each in found] == ["the example of R-2 should be not met, but is met"]


def test_a_rule_that_asks_needs_a_question_for_each_fact_that_somebody_can_state() -> None:
    text = re.sub(r'\[\[question\]\]\nfact = "item\.capability".*?\n\n', "", SAMPLE, flags=re.DOTALL)
    assert [(each.where, each.what) for each in check_pack(load(text), refer)] == [
        (f"{WHERE}, line 7", "R-1 asks for what is unknown, but item.capability has no question")
    ]
    shown = text.replace('unknown = "ask"\n', "")
    assert check_pack(load(shown), refer) == ()
    system = altered(('cites = "Code, 1"', 'unknown = "ask"\ncites = "Code, 1"'))
    assert check_pack(load(system), refer) == (), "incidents are counted by the system; nobody is asked for the count"


def test_cases_are_judged_by_whoever_can() -> None:
    place = f"{WHERE}, line {SAMPLE[: SAMPLE.index('case = ')].count(chr(10))}"
    assert problems(run_case=None) == [Problem(place, "the case 1 was not judged", "check it where its cases are")]

    def otherwise(_: str) -> CaseResult:
        return CaseResult(Outcome.CONDITIONS, {"R-1": Verdict.CANNOT_TELL})

    assert [(each.where, each.what) for each in problems(run_case=otherwise)] == [
        (place, "the case 1 should end in refer, but ends in conditions"),
        (place, "the case 1: R-1 should be met, but is cannot tell"),
    ]

    def nothing(_: str) -> CaseResult:
        return CaseResult(Outcome.REFER, {})

    assert [each.what for each in problems(run_case=nothing)] == ["the case 1: R-1 should be met, but is not applied"]
    assert (
        problems(('outcome = "refer", ', ""), run_case=lambda _: CaseResult(Outcome.CONDITIONS, {"R-1": Verdict.MET}))
        == []
    )


def test_a_case_that_does_not_exist_is_a_problem_and_the_others_are_still_judged() -> None:
    def run_case(name: str) -> CaseResult:
        if name == "1":
            raise Refusal("no such case", "cases/1.json", "write it")
        return CaseResult(Outcome.NO_OBJECTION, {})

    text = SAMPLE + '\n[[example]]\ncase = "2"\nexpect = {outcome = "refer"}\n'
    found = check_pack(load(text), run_case)
    assert [each.what for each in found] == [
        "the case 1: cases/1.json: no such case",
        "the case 2 should end in refer, but ends in no-objection",
    ]
    assert found[0].remedy == "write it"
