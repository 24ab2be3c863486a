"""A case with a party that somebody found to be on a list is approved by two people, whatever the outcome."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from safeconduct.access import Role
from safeconduct.access.model import State
from safeconduct.decide import Act, Situation, obstacles

READY = Situation(
    state=State.ASSESSED,
    today=dt.date(2026, 11, 2),
    role=Role.OFFICER,
    actor="ada",
    outcome="no-objection",
    assessed_by="system",
    assessment_current=True,
    screening="current",
)
LISTED = msgspec.structs.replace(READY, confirmed=("P1 / un-sc 1",))


def needs(situation: Situation) -> list[str]:
    return [one.need for one in obstacles(Act.APPROVE, situation)]


def test_without_one_an_official_approves_alone() -> None:
    assert needs(READY) == []


@pytest.mark.parametrize("change", [{}, {"reasons": "It saves lives"}, {"role": Role.COUNTERSIGNER}])
def test_with_one_it_takes_a_countersigner_and_reasons(change: dict[str, object]) -> None:
    found = msgspec.structs.replace(LISTED, **change)
    assert needs(found) == ["second_person"]
    (obstacle,) = obstacles(Act.APPROVE, found)
    assert obstacle.reason.params == {"listed": ("P1 / un-sc 1",)}


def test_a_countersigner_with_reasons_who_did_not_assess_it_may() -> None:
    found = msgspec.structs.replace(LISTED, role=Role.COUNTERSIGNER, actor="bo", reasons="It saves lives")
    assert needs(found) == []
    assert needs(msgspec.structs.replace(found, assessed_by="bo")) == ["second_person"]


def test_a_refusal_needs_no_second_person() -> None:
    refusing = msgspec.structs.replace(LISTED, reasons="The party is listed")
    assert obstacles(Act.REFUSE, refusing) == ()
