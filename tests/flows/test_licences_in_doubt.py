"""A licence is reopened where somebody decides otherwise about a match of one of its parties, in whichever case."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.access import State
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.withdraw_decision import WithdrawDecision, withdraw_decision
from safeconduct.store.models import Case
from tests.flows.newer import clear, decide, notes, state
from tests.flows.office import Office, starter
from tests.flows.test_adjudication import case, listed, match
from tests.people import COUNTERSIGNER, OFFICER

__all__ = ["case", "listed", "match"]
Match = dict[str, Any]


@pytest.fixture
def licence(listed: Office, case: str, match: Match) -> str:
    """A licence that was granted when its one match had been cleared."""
    assert match["case"] == case
    clear(listed, case)
    listed.assess(case)
    assert decide(listed, case, "approve") == State.APPROVED
    return case


def another(office: Office) -> str:
    """Another open case, with the same parties."""
    return office.worked({**starter("2d"), "reference": "another"}).case


def test_a_clearance_withdrawn_in_another_case_reopens_the_licence(listed: Office, licence: str, match: Match) -> None:
    other = another(listed)
    listed.worker.review_held()
    assert state(licence) == State.APPROVED
    withdraw_decision(
        OFFICER, WithdrawDecision(**{**match, "case": other}, reasons="Wrong file"), key="w", at=listed.at
    )
    listed.worker.review_held()
    (said,) = notes(licence)
    assert (state(licence), said.licence, [one.name for one in said.parties[0].found]) == (
        State.REOPENED,
        True,
        ["Eric Badege"],
    )
    assert Case.objects.get(reference=licence).alerts == 1
    clear_match(OFFICER, ClearMatch(**match, grounds="The right file too"), key="c", at=listed.at)
    listed.assess(licence)
    assert decide(listed, licence, "approve") == State.APPROVED
    listed.worker._reviewed.clear()
    listed.worker.review_held()
    assert (state(licence), len(notes(licence))) == (State.APPROVED, 1)


def test_a_match_found_to_be_the_same_reopens_the_licence_and_once_known_does_not(
    listed: Office, licence: str, match: Match
) -> None:
    other = {**match, "case": another(listed)}
    withdraw_decision(OFFICER, WithdrawDecision(**other, reasons="Wrong file"), key="w", at=listed.at)
    confirm_match(OFFICER, ConfirmMatch(**other, reasons="It is he"), key="s", at=listed.at)
    listed.worker.review_held()
    assert state(licence) == State.REOPENED
    kept = Decide(case=licence, decision="approve", reasons="He signs for the laboratory alone, under escort")
    assert record_decision(COUNTERSIGNER, kept, key="k", at=listed.at).state == State.APPROVED
    listed.worker._reviewed.clear()
    listed.worker.review_held()
    assert (state(licence), len(notes(licence))) == (State.APPROVED, 1)


def test_a_decision_that_stands_reopens_nothing(listed: Office, licence: str) -> None:
    another(listed)
    for _ in range(2):
        listed.worker._reviewed.clear()
        listed.worker.review_held()
    assert (state(licence), notes(licence)) == (State.APPROVED, [])
