"""Words of a datasheet propose; they settle nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.classify.facts_from_text import PROPOSED, proposals, provisional_facts
from safeconduct.core.fact import Known, Unknown
from safeconduct.core.item import Datasheet, Item
from tests.classify.sheets import SHEETS, Sheet
from tests.classify.tests_at_hand import classified, statuses


def item(*lines: str) -> Item:
    return Item(1, "AX-1", datasheet=Datasheet("AX-1 sheet", lines))


def said(*lines: str) -> set[tuple[str, bool, int]]:
    return {(each.fact.removeprefix("item."), each.value, each.line) for each in proposals(item(*lines))}


def test_a_phrase_proposes_its_fact_with_its_line_and_words() -> None:
    found = proposals(item("Probe", "Analyses at the Application Layer"))
    assert [(each.fact, each.value, each.line, each.words) for each in found] == [
        ("item.layer7_analysis", True, 2, "application layer")
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Decrypts backups", True),
        ("Never decrypts backups", False),
        ("It does not read flash memory", False),
        ("No cable is needed; reads flash memory", True),
        ("Is not small but reads flash memory", True),
        ("Without layer 7 recognition", False),
    ],
)
def test_a_negation_in_the_same_clause_turns_the_proposal(line: str, value: bool) -> None:
    assert {each[1] for each in said(line)} == {value}


@pytest.mark.parametrize("line", ["Undecryptsable", "Reindexer", "Layer 77 wood", "Locksmith's pin board"])
def test_letters_inside_other_words_propose_nothing(line: str) -> None:
    assert said(line) == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_proposal_on_a_sheet_contradicts_what_an_adviser_read(sheet: Sheet) -> None:
    for each in proposals(sheet.item()):
        adviser = sheet.facts.get(each.fact.removeprefix("item."))
        assert adviser is None or adviser[0] is each.value


def test_without_a_datasheet_nothing_is_proposed() -> None:
    assert proposals(Item(1, "Decrypts everything")) == ()


def test_a_provisional_fact_is_marked_as_nobodys_statement() -> None:
    fact = provisional_facts(item("Decrypts backups"))["item.cryptanalytic"]
    assert isinstance(fact, Known)
    assert fact.value is True
    assert [(each.by, each.source.place) for each in fact.evidence] == [(PROPOSED, "line 1")]


def test_what_a_seller_denies_stays_unknown() -> None:
    denied = provisional_facts(item("Never decrypts backups"))["item.cryptanalytic"]
    assert isinstance(denied, Unknown)
    assert denied.why == "absent"
    both = provisional_facts(item("Decrypts backups", "Does not decrypt, or decrypts never"))["item.cryptanalytic"]
    assert isinstance(both, Unknown)
    assert both.why == "conflicting"


def test_a_raw_datasheet_rated_provisionally_is_never_known_to_be_outside_by_a_denial() -> None:
    raw = item("Works on carrier backbone links", "No layer 7 analysis")
    found = statuses(classified(raw, provisional_facts(raw)))
    assert found["eu-annex1 5A001.j"] == "cannot_tell"


@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_text_is_read_without_harm_and_every_proposal_stands_on_its_line(lines: list[str]) -> None:
    for each in proposals(item(*lines)):
        assert each.words in lines[each.line - 1].casefold()
