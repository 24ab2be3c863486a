"""What each reader sees, and what leaves no trace for whoever may not."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.reading import assessment, case_page, editions, queue, record
from safeconduct.flows.work import NO_CASE
from safeconduct.store.models import Record
from tests.flows.office import Office, starter
from tests.people import (
    ADVISER,
    AUDITOR,
    COUNTERSIGNER,
    EVERYBODY,
    EXPORTER,
    OFFICER,
    OPEN_ADVISER,
    OTHER_EXPORTER,
    OUTSIDER,
    POLICY_LEAD,
)

expected = json.loads((files("safeconduct") / "starter" / "cases" / "1.expected.json").read_text(encoding="utf-8"))
CLOSED: list[str] = expected["closed"]


@pytest.fixture
def case(office: Office) -> str:
    """Starter case 1, with its sealed source, for Norvik Systems."""
    return office.worked(starter("1"), organisation="Norvik Systems").case


def everything(actor: Actor, case: str) -> str:
    """All that the actor can read of the case, as one text."""
    page = case_page(actor, case)
    seen: list[Any] = [queue(actor), page, *(record(actor, case, one.number) for one in page.record)]
    return json.dumps([msgspec.to_builtins(one, str_keys=True) for one in seen], ensure_ascii=False)


def test_the_sealed_source_is_in_the_record_and_its_readers_see_it(case: str) -> None:
    for actor in (OFFICER, ADVISER, COUNTERSIGNER):
        seen = everything(actor, case)
        assert all(word in seen for word in CLOSED), actor
        assert case_page(actor, case).holds_closed


@pytest.mark.parametrize("actor", [EXPORTER, OPEN_ADVISER, POLICY_LEAD, AUDITOR], ids=lambda actor: actor.id)
def test_the_sealed_source_leaves_no_trace_for_anybody_else(case: str, actor: Actor) -> None:
    seen = everything(actor, case)
    sealed = [one["value"] for one in starter("1")["statements"] if one["source"].get("sealed")]
    texts = [*CLOSED, *(one["what"] for one in sealed if isinstance(one, dict)), "sealed"]
    assert not [text for text in texts if text in seen]
    assert not case_page(actor, case).holds_closed


def test_an_applicant_sees_his_case_and_nothing_the_authority_found(case: str) -> None:
    page = case_page(EXPORTER, case)
    assert page.assessment is None
    assert page.screenings == ()
    assert (page.identity.outcome, page.identity.alerts, page.identity.screening) == ("", 0, "")
    assert {one.by for one in page.case_file.statements} == {"exporter"}
    assert {one.to for one in page.questions} <= {"exporter"}
    assert {one.kind for one in page.record} == {"submission"}
    assert page.may <= {Act.ANSWER}
    with pytest.raises(Refusal, match="not for applicants"):
        assessment(EXPORTER, case)
    hidden = Record.objects.get(kind="assessment").number
    with pytest.raises(Refusal, match="no such record"):
        record(EXPORTER, case, hidden)


@pytest.mark.parametrize("actor", [OTHER_EXPORTER, OUTSIDER], ids=lambda actor: actor.id)
def test_to_a_stranger_the_case_does_not_exist(case: str, actor: Actor) -> None:
    assert queue(actor) == ()
    for look in (lambda: case_page(actor, case), lambda: record(actor, case, 1), lambda: assessment(actor, case)):
        with pytest.raises(Refusal) as refused:
            look()
        assert refused.value.what == NO_CASE
        assert case in refused.value.where
    with pytest.raises(Refusal) as refused:
        case_page(actor, "XX-2026-4711")
    assert refused.value.what == NO_CASE


def test_the_queue_says_where_each_case_stands(office: Office, case: str) -> None:
    waiting = office.worked(starter("3")).case
    fresh = office.submit(starter("2c")).case
    rows = {row.reference: row for row in queue(OFFICER)}
    assert list(rows) == [fresh, waiting, case]
    assert (rows[case].state, rows[case].outcome, rows[case].screening) == ("assessed", "refer", "current")
    assert (rows[waiting].state, rows[waiting].clock_stopped) == ("awaiting_information", True)
    assert rows[waiting].questions_open >= 5
    assert (rows[fresh].state, rows[fresh].screening, rows[fresh].outcome) == ("submitted", "pending", "")
    assert [row.reference for row in queue(OFFICER, "assessed")] == [case]


def test_a_page_offers_what_is_possible_and_says_what_hinders_the_rest(office: Office) -> None:
    case = office.worked(starter("3")).case
    page = case_page(OFFICER, case, office.at.today())
    assert Act.REFUSE in page.may
    assert Act.APPROVE not in page.may
    assert "decisive questions are open" in page.obstacles[Act.APPROVE][0]
    assert Act.REFUSE_FOR_SILENCE in page.obstacles
    office.days_pass(60)
    assert {Act.REFUSE_FOR_SILENCE, Act.ACCEPT_UNKNOWN} <= case_page(OFFICER, case, office.at.today()).may
    assert not case_page(AUDITOR, case).may


def test_an_assessment_has_the_shape_that_other_programs_read(case: str) -> None:
    found = assessment(OFFICER, case)
    assert set(found) >= {
        "assessment_id", "case", "outcome", "lines", "parties", "findings", "questions", "would_change", "policy",
        "editions",
    }  # fmt: skip
    assert found["assessment_id"].startswith(f"{case}/")
    assert assessment(OFFICER, found["assessment_id"]) == found
    assert {"source", "publisher", "published", "obtained", "sha256"} <= set(found["editions"][0])
    for missing in (f"{case}/1", f"{case}/999", f"{case}/x", f"{case}/²"):
        with pytest.raises(Refusal, match="no such assessment"):
            assessment(OFFICER, missing)


def test_lists_are_shown_to_the_office_alone(office: Office) -> None:
    assert [one.source for one in editions(AUDITOR)] == ["bis-el"]
    for actor in EVERYBODY:
        if actor in (EXPORTER, OTHER_EXPORTER, OUTSIDER):
            with pytest.raises(Refusal, match="may not look_up"):
                editions(actor)
