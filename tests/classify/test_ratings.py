"""What people rated settles entries that no test reaches, and frees nothing that a test catches or leaves open."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from safeconduct.classify import LineClassification, LineRating, classify_line, listed_facts
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.item import Declared
from tests.classify.sheets import SHEETS
from tests.classify.tests_at_hand import DAY, entry_tests, statuses

NAMED = {sheet.name: sheet for sheet in SHEETS}
UNLISTED, CAUGHT, OPEN = "Brae Visitor Camera", "Tarn Deepwater", "Tarn Clearflow, half index"
UNTESTED = "2B350.g"  # no test reaches it


def rating(said: Any, code: str = UNTESTED, by: str = "o.officer", record: int = 7) -> LineRating:
    return LineRating(1, "eu-annex1", code, said, by, "officer", "2026-10-19", record, f"XX-2026-0001/{record}")


def found_of(sheet: str, *ratings: LineRating, declared: str = "") -> LineClassification:
    entries = (Declared("eu-annex1", declared),) if declared else ()
    item = msgspec.structs.replace(NAMED[sheet].item(), declared=entries)
    assert item.line == 1
    return classify_line(item, NAMED[sheet].known(), entry_tests(), DAY, ratings=ratings)


def listed(sheet: str, *ratings: LineRating, declared: str = "") -> tuple[Fact, Fact]:
    facts = listed_facts(found_of(sheet, *ratings, declared=declared))
    return facts["item.listed"], facts["item.caught_by"]


def test_caught_by_a_person_is_known_with_the_rating_the_person_and_the_day() -> None:
    fact, by = listed(UNLISTED, rating("caught"), declared=UNTESTED)
    assert isinstance(fact, Known)
    assert isinstance(by, Known)
    assert (fact.value, by.value, by.complete) == (True, (f"eu-annex1 {UNTESTED}",), True)
    (given,) = [each for each in fact.evidence if each.fact == "line.rated"]
    assert (given.value, given.by, given.source.kind) == ("caught", "officer", "rating")
    assert (given.source.ref, given.source.author, given.source.date) == ("XX-2026-0001/7", "o.officer", "2026-10-19")


def test_caught_by_a_person_counts_where_nobody_declared_the_entry() -> None:
    fact, _ = listed(UNLISTED, rating("caught"))
    assert isinstance(fact, Known)
    assert fact.value is True


@pytest.mark.parametrize("said", ["freed", "outside"])
def test_a_declared_entry_that_no_test_reaches_is_settled_by_a_person(said: str) -> None:
    assert isinstance(listed(UNLISTED, declared=UNTESTED)[0], Unknown)
    fact, by = listed(UNLISTED, rating(said), declared=UNTESTED)
    assert isinstance(fact, Known)
    assert isinstance(by, Known)
    assert (fact.value, by.value) == (False, ("none",))
    assert "line.rated" in {each.fact for each in fact.evidence}


@pytest.mark.parametrize("said", ["freed", "outside"])
@pytest.mark.parametrize("code", ["5A001.j", "5A001", "5A001.j.1"])
def test_no_rating_frees_what_a_test_catches_or_leaves_open(said: str, code: str) -> None:
    for sheet in (CAUGHT, OPEN):
        assert listed(sheet, rating(said, code)) == listed(sheet)


@pytest.mark.parametrize("said", ["freed", "outside"])
def test_a_rating_of_one_entry_leaves_the_others_open(said: str) -> None:
    assert isinstance(listed(OPEN, rating(said))[0], Unknown)
    assert isinstance(listed(UNLISTED, rating(said, "2B230"), declared=UNTESTED)[0], Unknown)


@pytest.mark.parametrize("said", ["freed", "outside"])
def test_a_paragraph_rated_does_not_answer_for_the_whole_declared_entry(said: str) -> None:
    assert isinstance(listed(UNLISTED, rating(said, "2B350.g.1"), declared=UNTESTED)[0], Unknown)
    fact, _ = listed(UNLISTED, rating(said, "2B350"), declared=UNTESTED)
    assert isinstance(fact, Known)


@pytest.mark.parametrize("other", ["freed", "outside"])
def test_two_people_who_differ_leave_it_conflicting(other: str) -> None:
    ratings = rating("caught"), rating(other, by="a.adviser", record=9)
    for fact in listed(UNLISTED, *ratings, declared=UNTESTED):
        assert isinstance(fact, Unknown)
        assert fact.why == "conflicting"
        assert {each.source.author for each in fact.evidence if each.fact == "line.rated"} == {"o.officer", "a.adviser"}


def test_a_paragraph_caught_conflicts_with_its_whole_entry_outside() -> None:
    fact, _ = listed(UNLISTED, rating("caught", "2B350.g.1"), rating("outside", "2B350", "a.adviser", 9))
    assert isinstance(fact, Unknown)
    assert fact.why == "conflicting"


def test_freed_and_outside_differ_too() -> None:
    fact, _ = listed(UNLISTED, rating("freed"), rating("outside", by="a.adviser", record=9), declared=UNTESTED)
    assert isinstance(fact, Unknown)


def test_a_person_s_newest_rating_takes_the_place_of_his_own_and_of_nobody_else_s() -> None:
    fact, _ = listed(UNLISTED, rating("caught", record=9), rating("outside", record=7), declared=UNTESTED)
    assert isinstance(fact, Known)
    assert fact.value is True
    two = rating("outside", by="a.adviser", record=8)
    assert isinstance(listed(UNLISTED, rating("caught", record=9), two, declared=UNTESTED)[0], Unknown)


def test_caught_by_a_person_holds_where_the_test_cannot_tell() -> None:
    fact, by = listed(OPEN, rating("caught", "5A001.j"))
    assert isinstance(fact, Known)
    assert isinstance(by, Known)
    assert (fact.value, by.complete) == (True, False)


def test_a_person_who_differs_from_a_test_leaves_it_conflicting() -> None:
    assert isinstance(listed(UNLISTED)[0], Known)
    fact, _ = listed(UNLISTED, rating("caught", "5A001.j"))
    assert isinstance(fact, Unknown)
    assert fact.why == "conflicting"


def test_what_a_test_catches_is_not_told_twice() -> None:
    assert found_of(CAUGHT, rating("caught", "5A001.j")) == found_of(CAUGHT)


def test_a_rating_of_another_line_says_nothing_of_this_one() -> None:
    other = msgspec.structs.replace(rating("caught"), line=2)
    assert found_of(UNLISTED, other, declared=UNTESTED) == found_of(UNLISTED, declared=UNTESTED)


def test_each_rating_that_counts_is_a_finding_with_its_rule() -> None:
    found = found_of(UNLISTED, rating("caught"))
    assert statuses(found)[f"eu-annex1 {UNTESTED}"] == "caught"
    (entry,) = [each for each in found.entries if each.code == UNTESTED]
    assert [one.rule for one in entry.elements] == [f"classify.rated eu-annex1 {UNTESTED}"]
