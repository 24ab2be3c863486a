"""A case from submission to decision, with what stops it on the way."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.lapse_question import Lapse, lapse_question
from safeconduct.flows.record_decision import Decide, Decided, record_decision
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Case, ClockStop, Question, Record
from tests.flows.office import Office, starter
from tests.people import AUDITOR, COUNTERSIGNER, OFFICER


def decide(
    office: Office, case: str, decision: Literal["approve", "refuse"], reasons: str = "", actor: Actor = OFFICER
) -> Decided:
    return record_decision(actor, Decide(case=case, decision=decision, reasons=reasons), key=office.key(), at=office.at)


def test_an_unobjectionable_case_is_approved_and_the_record_holds(office: Office) -> None:
    assessed = office.worked(starter("2a"))
    assert (assessed.state, assessed.outcome, assessed.waiting) == ("assessed", "no-objection", 0)
    assert decide(office, assessed.case, "approve").state == "approved"
    kinds = list(Record.objects.order_by("number").values_list("kind", flat=True))
    assert kinds[0] == "submission"
    assert kinds[-3:] == ["inputs", "assessment", "decision"]
    report = verify_ledger(AUDITOR, at=office.at)
    assert report.holds, report.problems
    assert report.size > 10
    assert report.uncovered == 0


def test_nothing_is_judged_before_every_party_is_screened(office: Office) -> None:
    submitted = office.submit(starter("2a"))
    assert submitted.waiting == len(starter("2a")["parties"])
    early = office.assess(submitted.case)
    assert early.waiting == submitted.waiting
    assert early.assessment == ""
    with pytest.raises(Refusal, match="screening of its parties is not finished"):
        decide(office, submitted.case, "approve")
    office.worker.work_off()
    assert office.assess(submitted.case).waiting == 0


def test_missing_information_stops_the_clock_and_the_approval(office: Office) -> None:
    assessed = office.worked(starter("3"))
    assert assessed.outcome == "need-information"
    assert assessed.state == "awaiting_information"
    assert Question.objects.filter(state="open").count() >= 5
    assert ClockStop.objects.filter(ended="").count() == 1
    with pytest.raises(Refusal, match="decisive questions are open") as refused:
        decide(office, assessed.case, "approve")
    assert "user.kind" in refused.value.what
    assert Case.objects.get().state == "awaiting_information"


def test_silence_until_the_lawful_end_lets_an_official_refuse(office: Office) -> None:
    case = office.worked(starter("3")).case
    order = Lapse(case=case, ending="refuse")
    with pytest.raises(Refusal, match="has not run out"):
        lapse_question(OFFICER, order, key=office.key(), at=office.at)
    office.days_pass(21)
    assert lapse_question(OFFICER, order, key=office.key(), at=office.at).state == "refused"
    assert Case.objects.get().closed


def test_an_official_accepts_with_reasons_that_a_fact_stays_unknown(office: Office) -> None:
    case = office.worked(starter("3")).case
    office.days_pass(30)
    silent = Lapse(case=case, ending="accept")
    with pytest.raises(Refusal, match="no reasons"):
        lapse_question(OFFICER, silent, key=office.key(), at=office.at)
    accepted = Lapse(case=case, ending="accept", reasons="A camera of this class is sold in every shop of the country")
    done = lapse_question(OFFICER, accepted, key=office.key(), at=office.at)
    assert len(done.questions) >= 5
    again = office.assess(case)
    assert again.outcome != ""
    assert Question.objects.filter(state="accepted").exists()
    inputs = Record.objects.filter(kind="inputs").last()
    assert inputs is not None
    assert "sold in every shop" in inputs.body


def test_an_answer_changes_the_case_file_and_asks_for_a_new_assessment(office: Office) -> None:
    case = office.worked(starter("3")).case
    hospital = {"name": "Saint Orla Hospital of Port Karsova", "kind": "public_body", "territory": "QR"}
    order = Answer(case=case, question="party.end_user", value=hospital)
    answered = answer_question(OFFICER, order, key=office.key(), at=office.at)
    assert answered.waiting == 1
    with pytest.raises(Refusal, match="no assessment of the case as it stands now"):
        decide(office, case, "approve")
    answers: dict[str, Any] = {
        "use.stated": "Access control at the staff entrances of a hospital",
        "user.kind": "health",
        "use.purpose": "access_control",
        "use.place": "own_premises",
        "use.people": "staff_who_agreed",
        "user.access_by": ["none"],
        "use.sharing": "none",
        "user.operator": "end_user",
        "trade.final_user_known_to_seller": "yes",
    }
    for fact, value in answers.items():
        said = Answer(case=case, question=fact, value=value, by="exporter")
        answer_question(OFFICER, said, key=office.key(), at=office.at)
    office.worker.work_off()
    assert office.assess(case).outcome == "no-objection"
    assert decide(office, case, "approve").state == "approved"


def test_a_referral_is_approved_by_a_countersigner_alone_and_with_reasons(office: Office) -> None:
    assessed = office.worked(starter("1"))
    assert assessed.outcome == "refer"
    with pytest.raises(Refusal, match="countersigner"):
        decide(office, assessed.case, "approve", "It will be fine")
    with pytest.raises(Refusal, match="countersigner"):
        decide(office, assessed.case, "approve", actor=COUNTERSIGNER)
    done = decide(office, assessed.case, "approve", "Two advisers saw the safeguards", actor=COUNTERSIGNER)
    assert done.state == "approved"


def test_a_refusal_needs_reasons_and_ends_the_case(office: Office) -> None:
    case = office.worked(starter("1b")).case
    with pytest.raises(Refusal, match="no reasons"):
        decide(office, case, "refuse")
    decide(office, case, "refuse", "A court established that this unit traced reporters by these records")
    with pytest.raises(Refusal, match="the case is refused"):
        decide(office, case, "approve")
