"""A match is cleared once, with grounds, and stays cleared until either side changes."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.reading import assessment
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.store.models import Case, Clearance
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import ADVISER, OFFICER

LISTED = {"name": "Eric Badege", "aliases": [], "country": "Democratic Republic of the Congo"}


@pytest.fixture
def listed(office: Office) -> Office:
    """The office, with a listed man whose name the laboratory's officer shares."""
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-10")
    return office


def alert(case: str) -> dict[str, Any]:
    """The one open match of the case, with its party."""
    found = assessment(OFFICER, case)["parties"]
    (only,) = [{**match, "party": one["id"]} for one in found for match in one["matches"] if match["open"]]
    return only


def order(case: str, grounds: str = "The personnel file gives another year of birth") -> ClearMatch:
    match = alert(case)
    return ClearMatch(case=case, party=match["party"], source=match["source"], entry=match["entry"], grounds=grounds)


def test_an_uncleared_alert_blocks_and_a_clearance_with_grounds_frees(listed: Office) -> None:
    first = listed.worked(starter("2d"))
    assert first.outcome != "no-objection"
    with pytest.raises(Refusal, match="alerts are not cleared"):
        record_decision(OFFICER, Decide(case=first.case, decision="approve"), key="a", at=listed.at)
    with pytest.raises(Refusal, match="no reasons are given"):
        clear_match(OFFICER, order(first.case, " "), key="b", at=listed.at)
    with pytest.raises(Refusal, match="may not clear_match"):
        clear_match(ADVISER, order(first.case), key="c", at=listed.at)
    clear_match(OFFICER, order(first.case), key="d", at=listed.at)
    again = listed.assess(first.case)
    assert (again.outcome, Case.objects.get().alerts) == ("no-objection", 0)
    record_decision(OFFICER, Decide(case=first.case, decision="approve"), key="e", at=listed.at)


def test_only_an_open_alert_of_the_case_can_be_cleared(listed: Office) -> None:
    case = listed.worked(starter("2d")).case
    good = order(case)
    for bad in (
        ClearMatch(case=case, party="P99", source=good.source, entry=good.entry, grounds="x"),
        ClearMatch(case=case, party=good.party, source="un-sc", entry=good.entry, grounds="x"),
        ClearMatch(case=case, party=good.party, source=good.source, entry="0", grounds="x"),
    ):
        with pytest.raises(Refusal, match=r"no such party|no match of this party and entry"):
            clear_match(OFFICER, bad, key=listed.key(), at=listed.at)
    clear_match(OFFICER, good, key="1", at=listed.at)
    with pytest.raises(Refusal, match=r"Ada Verhoeven decided on .* that they are not the same"):
        clear_match(OFFICER, good, key="2", at=listed.at)
    assert Clearance.objects.count() == 1


def test_the_same_party_in_a_later_case_is_not_asked_about_again(listed: Office) -> None:
    case = listed.worked(starter("2d")).case
    clear_match(OFFICER, order(case), key="1", at=listed.at)
    later = listed.worked({**starter("2d"), "reference": "a later one"})
    assert later.outcome == "no-objection"


def test_a_new_edition_that_leaves_the_entry_alone_changes_nothing(listed: Office) -> None:
    case = listed.worked(starter("2d")).case
    clear_match(OFFICER, order(case), key="1", at=listed.at)
    listed.load_list({"name": "Candiru", "aliases": [], "country": "Israel"}, NSO, LISTED, *OTHERS, day="2026-10-20")
    listed.assess(case)
    listed.worker.work_off()
    assert listed.assess(case).outcome == "no-objection"


def test_the_match_is_open_again_when_the_entry_changes(listed: Office) -> None:
    case = listed.worked(starter("2d")).case
    clear_match(OFFICER, order(case), key="1", at=listed.at)
    listed.load_list(NSO, {**LISTED, "aliases": ["Colonel Eric"]}, *OTHERS, day="2026-10-20")
    listed.assess(case)
    listed.worker.work_off()
    assert listed.assess(case).outcome != "no-objection"
    assert alert(case)["name"] == "Eric Badege"


def test_the_match_is_open_again_when_the_party_changes(listed: Office) -> None:
    case = listed.worked(starter("2d")).case
    match = alert(case)
    clear_match(OFFICER, order(case), key="1", at=listed.at)
    answer = Answer(case=case, question=f"party.birth_place@{match['party']}", value="Goma")
    answer_question(OFFICER, answer, key="2", at=listed.at)
    listed.worker.work_off()
    assert listed.assess(case).outcome != "no-objection"
    assert alert(case)["party"] == match["party"]
