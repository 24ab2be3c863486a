"""Take any fact away from a case that passes: where it is decisive, the case no longer passes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assess.bench import application, judged, open_questions, stating, without

PASSES = ("no-objection", "conditions")

# What must block, written from the policy's own argument and not from the pack: every case needs to know
# item, user, use and control status; where security bodies use what can be turned on people, also who approves,
# who reviews, under which law, with which record, in which place.
ALWAYS = {"item.kind", "item.capability", "user.kind", "use.stated", "use.purpose", "item.crime_control_kind"}
SECURITY = {
    "user.prior_authorisation", "user.oversight", "user.legal_basis", "user.record_searched", "use.people",
    "place.critics_pursued", "place.torture_or_disappearance",
}  # fmt: skip
RECOGNITION = {"use.place", "use.people", "use.sharing", "user.access_by", "item.capability_flags"}


def _variations() -> dict[str, tuple[dict[str, Any], set[str]]]:
    """Cases that pass, each with the facts that must block when they are gone."""
    router, reader, course = application("2a"), application("2b"), application("2c")
    cameras = application("3a")
    return {
        "router": (router, ALWAYS),
        "router for a health service": (stating(router, "user.kind", "health"), ALWAYS),
        "router for a ministry's network": (stating(router, "user.kind", "state_telecom"), ALWAYS),
        "router, customers": (stating(router, "use.people", "customers"), ALWAYS),
        "router for research": (stating(router, "use.purpose", "research"), ALWAYS),
        "reader": (reader, ALWAYS | SECURITY),
        "reader for a prosecutor": (stating(reader, "user.kind", "prosecutor"), ALWAYS | SECURITY),
        "reader, independent body": (
            stating(reader, "user.prior_authorisation", "independent_body"), ALWAYS | SECURITY,
        ),
        "reader, assured": (
            stating(reader, "assurance.given", ["no_misuse", "no_reexport", "no_transfer"]), ALWAYS | SECURITY,
        ),
        "reader, calm place": (
            stating(reader, "place.critics_pursued", False), ALWAYS | SECURITY - {"use.people"},
        ),
        "reader with remedy": (stating(reader, "user.remedy", True), ALWAYS | SECURITY),
        "course": (course, ALWAYS),
        "course for a university": (stating(course, "user.kind", "academia"), ALWAYS),
        "course for defenders": (stating(course, "user.kind", "ngo"), ALWAYS),
        "course for health workers": (stating(course, "item.reason_for", ["health"]), ALWAYS),
        "course, elsewhere": (stating(course, "use.place", "laboratory"), ALWAYS),
        "cameras": (cameras, ALWAYS | RECOGNITION),
        "cameras for a laboratory": (stating(cameras, "user.kind", "science"), ALWAYS | RECOGNITION),
        "cameras for a firm": (stating(cameras, "user.kind", "private_company"), ALWAYS | RECOGNITION),
        "cameras, field": (stating(cameras, "use.place", "laboratory"), ALWAYS | RECOGNITION),
        "cameras for safety": (stating(cameras, "item.reason_for", ["safety_of_workers"]), ALWAYS | RECOGNITION),
    }  # fmt: skip


VARIATIONS = _variations()
DELETIONS = [
    (name, fact) for name, (plain, _) in VARIATIONS.items() for fact in sorted({s["fact"] for s in plain["statements"]})
]
MUST_BLOCK = [(name, fact) for name, fact in DELETIONS if fact in VARIATIONS[name][1]]


def test_the_figures_asked_for_are_tried() -> None:
    assert len(VARIATIONS) >= 20
    assert len(DELETIONS) >= 100
    assert len(MUST_BLOCK) >= 30


@pytest.mark.parametrize("name", VARIATIONS)
def test_each_case_passes_as_long_as_nothing_is_missing(name: str) -> None:
    found = judged(VARIATIONS[name][0])
    assert found.outcome in PASSES
    assert not open_questions(found)


@pytest.mark.parametrize(("name", "fact"), MUST_BLOCK)
def test_a_decisive_fact_taken_away_blocks(name: str, fact: str) -> None:
    found = judged(without(VARIATIONS[name][0], fact))
    assert open_questions(found), fact
    assert found.outcome not in PASSES


@pytest.mark.parametrize(("name", "fact"), DELETIONS)
def test_no_pass_survives_an_open_decisive_question(name: str, fact: str) -> None:
    found = judged(without(VARIATIONS[name][0], fact))
    assert found.outcome not in PASSES or not open_questions(found)
