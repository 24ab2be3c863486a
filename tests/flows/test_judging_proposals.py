"""What a datasheet suggests becomes a fact only by a person, with who, when and why."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Known, Unknown
from safeconduct.flows.casefile import case_file
from safeconduct.flows.judge_proposal import JudgeProposal, judge_proposal
from safeconduct.flows.proposals import ProposalView, proposals_in
from safeconduct.flows.reading_documents import records_of
from safeconduct.intake import facts_of
from safeconduct.store.models import Case
from tests.flows.office import Office, starter
from tests.people import AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER

LINES = [
    "The Kestrel unit",
    "It decrypts backups of the phone",
    "It never reads flash memory",
    "Calls are intercepted (option)",
]


def opened(office: Office) -> str:
    application: dict[str, Any] = starter("1")
    application["statements"] = [one for one in application["statements"] if not one["fact"].startswith("item.")]
    application["lines"][0]["datasheet"] = {"title": "Kestrel sheet", "lines": LINES, "date": "2026-02-01"}
    return office.submit(application).case


def view(case: str, fact: str) -> ProposalView:
    items = case_file(Case.objects.get(reference=case)).lines
    return next(one for one in proposals_in(OFFICER, case, items)[1] if one.proposal.fact == f"item.{fact}")


def judge(office: Office, case: str, fact: str, verdict: str, why: str = "As line 2 says.", **more: Any) -> int:
    actor = more.pop("actor", OFFICER)
    order = JudgeProposal(case=case, line=1, proposal=view(case, fact).key, verdict=verdict, why=why, **more)  # type: ignore[arg-type]
    return judge_proposal(actor, order, key=office.key(), at=office.at).record


def fact_of(case: str, fact: str) -> object:
    return facts_of(case_file(Case.objects.get(reference=case)), "line:1").get(f"item.{fact}")


def test_a_confirmed_proposal_is_an_officers_finding_with_its_place_as_evidence(office: Office) -> None:
    case = opened(office)
    assert fact_of(case, "cryptanalytic") is None
    judge(office, case, "cryptanalytic", "confirmed")
    fact = fact_of(case, "cryptanalytic")
    assert isinstance(fact, Known)
    assert fact.value is True
    (evidence,) = fact.evidence
    assert (evidence.by, evidence.source.kind, evidence.source.ref) == ("officer", "datasheet", "Kestrel sheet")
    assert (evidence.source.place, evidence.source.date) == ("line 2", "2026-02-01")


def test_who_judged_when_and_why_stands_beside_the_proposal(office: Office) -> None:
    case = opened(office)
    judge(office, case, "cryptanalytic", "confirmed", "Seen at a demonstration.")
    found = view(case, "cryptanalytic")
    assert (found.verdict, found.by, found.why) == ("confirmed", OFFICER.name, "Seen at a demonstration.")
    assert found.at


def test_a_rejection_states_nothing_and_is_kept(office: Office) -> None:
    case = opened(office)
    judge(office, case, "cryptanalytic", "rejected")
    assert fact_of(case, "cryptanalytic") is None
    assert view(case, "cryptanalytic").verdict == "rejected"


def test_a_correction_states_what_was_found_instead(office: Office) -> None:
    case = opened(office)
    judge(office, case, "cryptanalytic", "corrected", value="no")
    fact = fact_of(case, "cryptanalytic")
    assert isinstance(fact, Known)
    assert fact.value is False


def test_a_confirmed_denial_is_a_no_and_two_findings_that_differ_conflict(office: Office) -> None:
    case = opened(office)
    judge(office, case, "extracts_raw_device_data", "confirmed")
    fact = fact_of(case, "extracts_raw_device_data")
    assert isinstance(fact, Known)
    assert fact.value is False
    judge(office, case, "extracts_raw_device_data", "corrected", value="yes", actor=COUNTERSIGNER)
    later = fact_of(case, "extracts_raw_device_data")
    assert isinstance(later, Unknown)
    assert later.why == "conflicting"


@pytest.mark.parametrize("actor", [EXPORTER, AUDITOR], ids=["the exporter", "an auditor"])
def test_neither_exporter_nor_auditor_judges_a_proposal(office: Office, actor: Any) -> None:
    case = opened(office)
    with pytest.raises(Refusal):
        judge(office, case, "cryptanalytic", "confirmed", actor=actor)


def test_a_proposal_that_the_datasheet_does_not_make_is_refused(office: Office) -> None:
    order = JudgeProposal(case=opened(office), line=1, proposal="0" * 16, verdict="confirmed", why="So it is.")
    with pytest.raises(Refusal, match="no such proposal"):
        judge_proposal(OFFICER, order, key=office.key(), at=office.at)


def test_a_verdict_has_a_reason(office: Office) -> None:
    with pytest.raises(Refusal, match="no reason"):
        judge(office, opened(office), "cryptanalytic", "confirmed", "  ")


def test_what_an_officer_made_of_it_is_not_among_the_records_of_the_exporter(office: Office) -> None:
    case = opened(office)
    number = judge(office, case, "cryptanalytic", "confirmed", "From a sealed source.")
    assert number not in {one.number for one in records_of(Case.objects.get(reference=case), EXPORTER)}
