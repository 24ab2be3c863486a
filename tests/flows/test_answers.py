"""Answers: typed by the fact, by whoever may state it; a party filled in is screened again."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.flows.answer_question import Answer, QuestionAnswered, answer_question
from safeconduct.flows.casefile import case_file
from safeconduct.store.models import Case, Question, Record, Screening
from tests.flows.office import Office, starter
from tests.people import ADVISER, EXPORTER, OFFICER, OTHER_EXPORTER


@pytest.fixture
def case(office: Office) -> str:
    """Starter case 3, with everything missing, as Halden Optics's own."""
    return office.worked(starter("3"), organisation="Halden Optics").case


def answer(
    office: Office, case: str, question: str, value: Any, actor: Actor = OFFICER, **more: Any
) -> QuestionAnswered:
    order = Answer(case=case, question=question, value=value, **more)
    return answer_question(actor, order, key=office.key(), at=office.at)


def stated(case: str, fact: str) -> list[object]:
    return [one.value for one in case_file(Case.objects.get(reference=case)).statements if one.fact == fact]


@pytest.mark.parametrize(
    ("fact", "given", "value"),
    [
        ("trade.payment_unusual", "yes", True),
        ("trade.payment_unusual", "No", False),
        ("trade.payment_unusual", True, True),
        ("user.kind", " health ", "health"),
        ("use.sharing", "police, foreign_state", ("police", "foreign_state")),
        ("use.sharing", ["none"], ("none",)),
        ("use.sharing", ("none",), ("none",)),
        ("use.stated", "Access control", "Access control"),
    ],
)
def test_text_becomes_a_value_of_the_facts_type(office: Office, case: str, fact: str, given: Any, value: Any) -> None:
    answer(office, case, fact, given, by="exporter")
    assert stated(case, fact) == [value]


@pytest.mark.parametrize(
    ("fact", "given", "why"),
    [
        ("trade.payment_unusual", "perhaps", "neither yes nor no"),
        ("user.kind", "hospitol", "not a value of user.kind"),
        ("user.kind", "", "one text"),
        ("use.sharing", " , ", "no word"),
        ("use.sharing", "none, police", "not a value of use.sharing"),
        ("use.stated", "a\u202eb", "U\\+202E"),
        ("user.hind", "health", "no such question"),
        ("party.shoe_size", "43", "no such question about a party"),
        ("item.audit_log@line:7", "yes", "line"),
        ("user.kind", {"a": 1}, "one text"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_a_remedy(
    office: Office, case: str, fact: str, given: Any, why: str
) -> None:
    before = Record.objects.count()
    with pytest.raises(Refusal, match=why) as refused:
        answer(office, case, fact, given)
    assert refused.value.remedy
    assert Record.objects.count() == before


def test_a_misspelt_fact_is_answered_with_the_nearest(office: Office, case: str) -> None:
    with pytest.raises(Refusal) as refused:
        answer(office, case, "user.hind", "health")
    assert "user.kind" in refused.value.remedy


def test_each_speaks_with_his_own_voice(office: Office, case: str) -> None:
    answer(office, case, "user.kind", "health", OTHER_EXPORTER)
    answer(office, case, "place.critics_pursued", "yes", ADVISER)
    with pytest.raises(Refusal, match="not for exporter to state"):
        answer(office, case, "use.fits_capability", "yes", OTHER_EXPORTER)
    with pytest.raises(Refusal, match="cannot speak as officer"):
        answer(office, case, "user.kind", "health", OTHER_EXPORTER, by="officer")
    with pytest.raises(Refusal, match="no such case"):
        answer(office, case, "user.kind", "health", EXPORTER)
    sealed = Source("letter", ref="our letter", sealed=True)
    with pytest.raises(Refusal, match="not sealed"):
        answer(office, case, "user.kind", "health", OTHER_EXPORTER, source=sealed)
    file = case_file(Case.objects.get(reference=case))
    assert [one.by for one in file.statements if one.fact == "user.kind"] == ["exporter"]


def test_a_system_fact_is_for_nobody_to_state(office: Office, case: str) -> None:
    with pytest.raises(Refusal, match="not for officer to state"):
        answer(office, case, "screening.alert", "none")


def test_answers_that_differ_stand_side_by_side_until_an_officer_settles_it(office: Office, case: str) -> None:
    answer(office, case, "user.kind", "police", by="exporter")
    answer(office, case, "user.kind", "health", by="exporter")
    assert stated(case, "user.kind") == ["police", "health"]
    assert Question.objects.get(name="user.kind").state == "answered"
    office.worker.work_off()
    office.assess(case)
    assert Question.objects.get(name="user.kind").state == "open"
    answer(office, case, "user.kind", "health", by="officer")
    office.assess(case)
    assert Question.objects.get(name="user.kind").state == "answered"


def test_naming_the_end_user_adds_a_party_that_is_screened(office: Office, case: str) -> None:
    done = answer(office, case, "party.end_user", {"name": "NSO Group", "kind": "company", "territory": "IL"})
    assert done.waiting == 1
    added = case_file(Case.objects.get(reference=case)).parties[-1]
    assert (added.id, added.roles) == ("P3", ("end_user",))
    assert office.assess(case).waiting == 1
    office.worker.work_off()
    assert office.assess(case).outcome == "refer"
    with pytest.raises(Refusal, match="named already"):
        answer(office, case, "party.end_user", "Somebody Else")


@pytest.mark.parametrize(
    "given",
    [
        {"name": "A", "roles": ["exporter"]},
        {"name": ""},
        {"name": "A", "shoe": 1},
        ["A"],
        {"name": "A", "kind": "alien"},
    ],
)
def test_a_party_that_is_none_is_refused(office: Office, case: str, given: Any) -> None:
    with pytest.raises(Refusal):
        answer(office, case, "party.end_user", given)
    assert len(case_file(Case.objects.get(reference=case)).parties) == 2


def test_a_birth_date_is_filled_in_once_and_replaces_the_screening(office: Office) -> None:
    case = office.worked(starter("5")).case
    before = Screening.objects.get(case__reference=case, party_id="P3")
    with pytest.raises(Refusal, match="of which party"):
        answer(office, case, "party.birth_date", "1971")
    with pytest.raises(Refusal, match="not a date"):
        answer(office, case, "party.birth_date@P3", "around 1970")
    assert answer(office, case, "party.birth_date@P3", "1971").waiting == 1
    before.refresh_from_db()
    assert before.state == "superseded"
    with pytest.raises(Refusal, match="stated already"):
        answer(office, case, "party.birth_date@P3", "1980")


def test_an_incident_with_a_sealed_source_is_stated_by_an_adviser(office: Office, case: str) -> None:
    incident = {"date": "2025-03-14", "what": "Two reporters were followed home", "basis": "reported", "of": "unit"}
    source = Source("ngo", ref="confidential submission", date="2025-09-02", sealed=True)
    answer(office, case, "user.incident", incident, ADVISER, source=source)
    assert len(stated(case, "user.incident")) == 1
    with pytest.raises(Refusal, match="basis"):
        answer(office, case, "user.incident", {**incident, "basis": "rumour"}, ADVISER, source=source)


def test_the_full_name_of_a_party_that_told_too_little_is_looked_for_beside_the_first(office: Office) -> None:
    application = starter("2d")
    application["parties"][1] |= {"name": "Laboratory", "aliases": []}
    done = office.worked(application)
    asked = Question.objects.get(case__reference=done.case, name="party.name@P2")
    assert asked.decisive
    for same in ("Laboratory", " ", 7):
        with pytest.raises(Refusal):
            answer(office, done.case, "party.name@P2", same)
    answer(office, done.case, "party.name@P2", "Ostrel  Police Forensic Laboratory")
    party = case_file(Case.objects.get(reference=done.case)).parties[1]
    assert (party.name, party.aliases) == ("Laboratory", ("Ostrel Police Forensic Laboratory",))
    office.worker.work_off()
    office.assess(done.case)
    assert not Question.objects.filter(case__reference=done.case, name="party.name@P2", state="open").exists()
