"""Two people assess a case apart from each other; neither reads the other's before both are in."""

from __future__ import annotations

import pytest

from safeconduct.access import Actor
from safeconduct.assess.appraisal import Appraisal, FlagView, ScenarioView
from safeconduct.core.errors import Refusal
from safeconduct.flows.appraise_case import Appraise, Appraised, appraise_case
from safeconduct.flows.reading import case_page
from safeconduct.flows.reading_appraisals import agreement_report, appraisals_page
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.policy.outcome import Outcome
from safeconduct.store.models import Record
from tests.flows.office import REFERENCE, Office, starter
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OPEN_ADVISER, POLICY_LEAD

ASKS = b"""
[[second_person]]
id = "SP-02"
when = {fact = "assessment.outcome", at_most = "refer"}
cites = "Illustration"
text.en = "Every case that is not to be refused anyway is assessed by two people apart from each other."

[[example]]
rule = "SP-02"
facts = {"assessment.outcome" = "refer"}
expect = "met"

[[example]]
rule = "SP-02"
facts = {"assessment.outcome" = "prohibited"}
expect = "not_met"
"""


def own(
    outcome: Outcome = Outcome.NO_OBJECTION, reasons: str = "A rescue service, and nobody is watched."
) -> Appraisal:
    return Appraisal(
        outcome,
        reasons,
        (ScenarioView("MS-01", 2, 2, "Only crews are located."),),
        (FlagView("RF-01", "does_not_hold", "Nothing of the kind is advertised."),),
    )


def appraise(office: Office, case: str, actor: Actor, appraisal: Appraisal | None = None) -> Appraised:
    order = Appraise(case=case, appraisal=appraisal or own())
    return appraise_case(actor, order, key=office.key(), at=office.at)


def asked_for_two(office: Office) -> str:
    """A case under a policy that asks for two assessments."""
    office.put_in_force(REFERENCE + ASKS)
    return office.worked(starter("2a")).case


def approve(office: Office, case: str) -> str:
    return record_decision(OFFICER, Decide(case=case, decision="approve"), key=office.key(), at=office.at).state


def test_nobody_reads_another_s_assessment_before_both_are_in(office: Office) -> None:
    case = asked_for_two(office)
    assert appraise(office, case, ADVISER, own(reasons="Marked: first of two.")).record == 0
    for reader in (OFFICER, COUNTERSIGNER, POLICY_LEAD, AUDITOR):
        page = appraisals_page(reader, case)
        assert (page.others, page.compared, page.own) == (1, (), None)
        assert "Marked" not in repr(page)
        assert not [one for one in case_page(reader, case).record if one.kind == "appraisals"]
    assert not Record.objects.filter(body__contains="Marked").exists()
    mine = appraisals_page(ADVISER, case).own
    assert mine is not None
    assert mine.reasons == "Marked: first of two."


def test_both_are_in_and_every_difference_is_named(office: Office) -> None:
    case = asked_for_two(office)
    appraise(office, case, ADVISER)
    record = appraise(office, case, OFFICER, own(Outcome.REFER, "The buyer was named by a court.")).record
    assert record
    page = appraisals_page(COUNTERSIGNER, case)
    assert [(one.what, one.steps) for one in page.compared if one.differs] == [("outcome", 3)]
    assert page.names == ("Tomas Lind", "Ada Verhoeven")
    assert verify_ledger(AUDITOR, at=office.at).holds


def test_no_approval_while_the_policy_asks_for_an_assessment_that_is_not_in(office: Office) -> None:
    case = asked_for_two(office)
    with pytest.raises(Refusal, match=r"two assessments made apart \(SP-02\)"):
        approve(office, case)
    appraise(office, case, ADVISER)
    with pytest.raises(Refusal, match="two assessments made apart"):
        approve(office, case)
    appraise(office, case, OFFICER)
    assert approve(office, case) == "approved"


def test_a_policy_that_does_not_ask_leaves_one_official_alone(office: Office) -> None:
    case = office.worked(starter("2a")).case
    assert approve(office, case) == "approved"


def test_one_person_gives_one_assessment_and_a_third_comes_too_late(office: Office) -> None:
    case = office.worked(starter("2a")).case
    appraise(office, case, ADVISER)
    with pytest.raises(Refusal, match="you have recorded"):
        appraise(office, case, ADVISER, own(Outcome.REFER))
    appraise(office, case, OFFICER)
    with pytest.raises(Refusal, match="both assessments are in"):
        appraise(office, case, OPEN_ADVISER)


def test_two_assessments_count_for_the_policy_they_were_made_under(office: Office) -> None:
    case = office.worked(starter("2a")).case
    appraise(office, case, ADVISER)
    office.put_in_force(REFERENCE + b"\n# a newer version\n")
    assert appraise(office, case, OFFICER).record == 0
    assert appraisals_page(OFFICER, case).compared == ()


@pytest.mark.parametrize("actor", [EXPORTER, COUNTERSIGNER, POLICY_LEAD, AUDITOR])
def test_only_officers_and_advisers_assess(office: Office, actor: Actor) -> None:
    case = office.worked(starter("2a")).case
    with pytest.raises(Refusal):
        appraise(office, case, actor)


def test_reasons_that_may_rest_on_sealed_sources_stay_with_those_who_may_read_them(office: Office) -> None:
    case = office.worked(starter("1")).case  # an embassy and another source are sealed in it
    appraise(office, case, ADVISER, own(reasons="Marked: what the embassy says."))
    appraise(office, case, OFFICER, own(reasons="Marked: likewise."))
    assert "Marked" in repr(appraisals_page(COUNTERSIGNER, case))
    page = appraisals_page(POLICY_LEAD, case)
    assert page.withheld
    assert "Marked" not in repr(page)


def test_agreement_is_counted_over_the_cases_that_the_reader_may_read(office: Office) -> None:
    for number in range(3):
        case = office.worked({**starter("2a"), "reference": f"N-{number}"}).case
        appraise(office, case, ADVISER)
        appraise(office, case, OFFICER, own(Outcome.REFER) if number == 2 else own())
    report = agreement_report(AUDITOR)
    assert (report.outcome.cases, report.outcome.same, report.outcome.share) == (3, 2, "0.667")
    assert [month.month for month in report.months] == ["2026-11"]
    assert agreement_report(EXPORTER).outcome.cases == 0
