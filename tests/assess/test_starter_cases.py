"""The starter cases come out as their argument says, from facts alone."""

from __future__ import annotations

import pytest

from safeconduct.core.finding import Verdict
from tests.assess.bench import application, case_file, changes_of_line, expected, judged, open_questions

UNLISTED = ["1", "1b", "1c", "2a", "2b", "2c", "3", "3a", "3b", "3c", "4"]  # nobody in them is on a list


@pytest.mark.parametrize("name", UNLISTED)
def test_a_starter_case_has_the_outcome_its_argument_gives(name: str) -> None:
    assert judged(application(name)).outcome == expected(name)["outcome"]


@pytest.mark.parametrize("name", UNLISTED)
def test_the_control_entries_are_those_of_the_argument(name: str) -> None:
    found = {f"{each.list} {each.code}": each.status for each in judged(application(name)).lines[0].entries}
    wanted = expected(name)["entries"]
    assert {key: found.get(key) for key in wanted} == wanted
    if not wanted:
        assert "caught" not in found.values()


@pytest.mark.parametrize("name", UNLISTED)
def test_the_questions_are_those_of_the_argument(name: str) -> None:
    wanted = expected(name)
    asked = {each.id.partition("@")[0] for each in judged(application(name)).questions if each.decisive}
    assert set(wanted.get("asks", [])) <= asked
    assert len(asked) >= wanted.get("questions_at_least", 0)
    if "questions_decisive" in wanted:
        assert len(asked) == wanted["questions_decisive"]


def test_the_label_frees_nothing_and_its_lines_are_cited() -> None:
    found = judged(application("1"))
    entry = next(each for each in found.lines[0].entries if each.code == "5A001.j" and each.list == "eu-annex1")
    cited = {item.source.place for item in entry.evidence}
    assert {"line 5", "line 6", "line 7"} <= cited
    assert any(each.verdict is Verdict.NOT_MET for each in entry.notes)


def test_the_second_incident_is_what_makes_the_difference() -> None:
    before, after = judged(application("1")), judged(application("1b"))
    scenario = {each.scenario: each for each in after.lines[0].scenarios}["MS-01"]
    assert {each.scenario: each for each in before.lines[0].scenarios}["MS-01"].likelihood.high == 3
    assert (scenario.likelihood.low, scenario.likelihood.high) == (4, 4)


def test_an_answered_case_shows_which_fact_decided_it() -> None:
    changes = changes_of_line(case_file(application("3a")))
    alone = {each.facts[0].fact for each in changes.sets if len(each.facts) == 1}
    assert {"use.people", "use.place"} <= alone


def test_no_starter_case_with_a_decisive_question_passes() -> None:
    for name in UNLISTED:
        found = judged(application(name))
        assert not (open_questions(found) and found.outcome in ("no-objection", "conditions")), name
