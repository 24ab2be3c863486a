"""What an officer reads on a terminal after ``classify`` of a bare datasheet."""

from __future__ import annotations

import pytest

from safeconduct.classify.facts_from_text import Says
from safeconduct.doors.cli.rated import lines_of
from safeconduct.flows.classify_goods import classify_goods
from tests.flows.office import Office
from tests.people import OFFICER

SUITCASE = """Kestrel Nomad tactical unit
Vehicle-borne cell-site simulator for 2G to 5G
Optional voice module records calls off the air
"""
CANNON = """Hydra 9000
Vehicle-mounted water cannon for riot control
"""


def told(office: Office, sheet: str) -> list[str]:
    return list(lines_of(classify_goods(OFFICER, sheet.encode(), "sheet.txt", at=office.at), since=False))


def test_each_proposal_is_told_with_its_place_and_wording_and_as_what_it_is_said(office: Office) -> None:
    lines = told(office, SUITCASE)
    assert lines[0].startswith("PROVISIONAL")
    assert any("item.kind mobile_interception: line 2 “" in line for line in lines)
    says: Says = "perhaps"
    assert any(line.startswith(f"  {says} item.") and "line 3" in line for line in lines)


def test_what_is_caught_stands_before_what_cannot_be_told(office: Office) -> None:
    lines = told(office, CANNON)
    caught = [place for place, line in enumerate(lines) if line.startswith("  caught")]
    open_still = [place for place, line in enumerate(lines) if line.startswith("  cannot tell")]
    assert caught
    assert open_still
    assert max(caught) < min(open_still)


@pytest.mark.parametrize("sheet", [SUITCASE, CANNON, "Tea towels\nWashable\n"])
def test_no_entry_is_left_out_and_each_question_is_put_in_words_once(office: Office, sheet: str) -> None:
    found = classify_goods(OFFICER, sheet.encode(), "sheet.txt", at=office.at)
    lines = list(lines_of(found, since=False))
    text = "\n".join(lines)
    entries = found["lines"][0]["entries"]
    assert entries
    for entry in entries:
        assert entry["code"] in text
        assert all(fact in text for fact in entry["asks"])
    questions = [line for line in lines if line.startswith("  find out")]
    assert len(questions) == len(set(questions))
    assert bool(questions) is (sheet in (SUITCASE, CANNON))


def test_a_fact_on_which_two_places_differ_is_told_as_such(office: Office) -> None:
    lines = told(
        office, "Marlow Reader\nSoftware that images the raw storage of phones\nPhysical imaging is not supported\n"
    )
    assert any("item.extracts_raw_device_data (statements differ)" in line for line in lines)


def test_a_sheet_of_several_products_is_told_to_be_parted(office: Office) -> None:
    offer = "Price list\nLeg irons, steel, with chain\nRiot helmet with visor\nThumb cuffs\n"
    said = [line for line in told(office, offer) if "several products?" in line]
    assert len(said) == 1
    assert "item.crime_control_kind is said to be restraint, helmet_or_shield, torture_implement" in said[0]
    assert not [line for line in told(office, CANNON) if "several products?" in line]
