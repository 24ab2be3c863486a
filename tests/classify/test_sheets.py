"""Every sheet against both lists, and what happens when less is known of it."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.classify import listed_facts
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Verdict
from tests.classify.sheets import SHEETS, Sheet
from tests.classify.tests_at_hand import classified, entry_tests, result, statuses

NAMED = [sheet for sheet in SHEETS if "kind" in sheet.facts]
SHOWN = [(sheet, name) for sheet in NAMED for name in sheet.shown]
each_sheet = pytest.mark.parametrize("sheet", NAMED, ids=lambda sheet: sheet.name)


@each_sheet
def test_a_sheet_is_caught_freed_or_left_open_as_argued(sheet: Sheet) -> None:
    assert statuses(classified(sheet.item(), sheet.known())) == sheet.shown, sheet.because


@each_sheet
def test_every_entry_is_answered_once(sheet: Sheet) -> None:
    found = classified(sheet.item(), sheet.known())
    answered = [(each.list, each.code) for each in found.entries] + [(each.list, each.code) for each in found.outside]
    assert sorted(answered) == sorted((tests.list, entry.code) for tests in entry_tests() for entry in tests.entries)


@each_sheet
def test_every_answer_cites_a_line_of_the_sheet_and_asks_exactly_when_it_cannot_tell(sheet: Sheet) -> None:
    found = classified(sheet.item(), sheet.known())
    for each in found.entries:
        assert all(item.source.place.startswith("line ") for item in each.evidence)
        assert bool(each.questions) is (each.status == "cannot_tell")
        assert each.status == "cannot_tell" or each.evidence
    assert all(each.evidence for each in found.outside)


@pytest.mark.parametrize(("sheet", "name"), SHOWN, ids=lambda value: value if isinstance(value, str) else value.name)
def test_a_freed_entry_names_its_note_and_a_caught_one_every_element(sheet: Sheet, name: str) -> None:
    found = result(classified(sheet.item(), sheet.known()), name)
    if found.status == "freed":
        assert found.note
    if found.status == "caught":
        of_any = {each.code for tests in entry_tests() for each in tests.entries if each.combine == "any"}
        assert Verdict.MET in {each.verdict for each in found.elements[1:]}
        assert found.code in of_any or {each.verdict for each in found.elements} == {Verdict.MET}
        assert {each.verdict for each in found.notes} <= {Verdict.NOT_MET}


@pytest.mark.parametrize(("sheet", "name"), SHOWN, ids=lambda value: value if isinstance(value, str) else value.name)
def test_no_single_fact_taken_away_makes_a_caught_item_freed_or_puts_it_outside(sheet: Sheet, name: str) -> None:
    before = sheet.shown[name]
    for left_out in sheet.facts:
        facts = {key: fact for key, fact in sheet.known().items() if key != f"item.{left_out}"}
        after = statuses(classified(sheet.item(), facts)).get(name, "outside")
        if before == "caught" and sheet.facts["kind"][0] != "other":
            assert after in ("caught", "cannot_tell"), left_out
        if before == "cannot_tell":
            assert after == "cannot_tell", left_out
        if before == "freed":
            assert after in ("freed", "cannot_tell"), left_out


def less(facts: dict[str, Fact], kept: set[str]) -> dict[str, Fact]:
    return {key: fact for key, fact in facts.items() if key in kept or key == "item.kind"}


@given(st.sampled_from([sheet for sheet in NAMED if "caught" in sheet.shown.values()]), st.data())
def test_knowing_less_of_a_listed_item_never_makes_it_known_to_be_unlisted(sheet: Sheet, data: Any) -> None:
    if sheet.facts["kind"][0] == "other":
        return  # its kind says nothing, and its one feature is all that speaks for an entry
    kept = data.draw(st.sets(st.sampled_from(sorted(sheet.known()))))
    found = classified(sheet.item(), less(sheet.known(), kept))
    listed = listed_facts(found)["item.listed"]
    assert isinstance(listed, Unknown) or listed.value is True


@given(st.sampled_from(NAMED), st.data())
def test_what_is_caught_or_ruled_out_on_part_of_the_facts_stays_so_when_the_rest_is_learnt(
    sheet: Sheet, data: Any
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(sheet.known()))))
    fewer = classified(sheet.item(), {key: fact for key, fact in sheet.known().items() if key in kept})
    all_of_it = classified(sheet.item(), sheet.known())
    before, after = statuses(fewer), statuses(all_of_it)
    ahead = {f"{each.list} {each.code}" for each in all_of_it.outside if each.why.key == "classify.outside.other_entry"}
    for name, status in before.items():
        if status in ("caught", "freed") and name not in ahead:
            assert after.get(name, "outside" if status == "freed" else "") in (
                status,
                "outside" if status == "freed" else status,
            )
    for each in fewer.outside:
        if each.why.key not in ("classify.outside.kind", "classify.outside.other_entry"):
            assert f"{each.list} {each.code}" not in after


@each_sheet
def test_the_order_of_the_facts_makes_no_difference(sheet: Sheet) -> None:
    items = list(sheet.known().items())
    random.Random(7).shuffle(items)
    assert classified(sheet.item(), dict(items)) == classified(sheet.item(), sheet.known())


@each_sheet
def test_what_conflicts_is_as_open_as_what_is_absent(sheet: Sheet) -> None:
    for key, fact in sheet.known().items():
        absent = {other: each for other, each in sheet.known().items() if other != key}
        conflicting = absent | {key: Unknown("conflicting", fact.evidence)}
        one = statuses(classified(sheet.item(), absent))
        assert statuses(classified(sheet.item(), conflicting)) == one


def test_the_facts_derived_say_whether_and_by_what_it_is_listed() -> None:
    for sheet in NAMED:
        facts = listed_facts(classified(sheet.item(), sheet.known()))
        listed, caught_by = facts["item.listed"], facts["item.caught_by"]
        caught = tuple(name for name, status in sheet.shown.items() if status == "caught")
        if caught:
            assert isinstance(listed, Known)
            assert listed.value is True
            assert isinstance(caught_by, Known)
            assert set(caught_by.value) == set(caught)  # type: ignore[arg-type]
            assert caught_by.complete is ("cannot_tell" not in sheet.shown.values())
        elif "cannot_tell" in sheet.shown.values():
            assert isinstance(listed, Unknown)
            assert isinstance(caught_by, Unknown)
        else:
            assert isinstance(listed, Known)
            assert listed.value is False
            assert isinstance(caught_by, Known)
            assert caught_by.value == ("none",)
        assert listed.evidence


def test_goods_of_which_nothing_is_said_cannot_be_told_and_the_kind_is_asked_first() -> None:
    sheet = SHEETS[-1]
    found = classified(sheet.item(), sheet.known())
    assert set(statuses(found).values()) == {"cannot_tell"}
    assert {gap.fact for each in found.entries for gap in each.questions} == {"item.kind"}
    assert isinstance(listed_facts(found)["item.listed"], Unknown)
