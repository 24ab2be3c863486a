"""Like cases decided unlike are found by facts that name nobody, and shown without whoever decided."""

from __future__ import annotations

import json
from typing import Any

from safeconduct.access import Marking
from safeconduct.flows.reading_likeness import likeness_report
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.submit_application import Submit, submit_application
from safeconduct.flows.verify_ledger import verify_ledger
from tests.flows.office import Application, Office, starter
from tests.people import ADVISER, AUDITOR, EXPORTER, OFFICER


def decided(office: Office, application: Application, decision: Any, **more: Any) -> str:
    case = office.worked(application, **more).case
    order = Decide(case=case, decision=decision, reasons="Seen by the desk.")
    record_decision(OFFICER, order, key=office.key(), at=office.at)
    return case


def another(**changes: Any) -> Application:
    """The same case of other parties, in another State."""
    text = json.dumps(starter("2a"))
    application: Application = json.loads(text)
    application["reference"] = "N-2"
    for party in application["parties"]:
        if party.get("territory") not in (None, "", "XX"):
            party["territory"] = "QU"
        party["name"] = f"Another {party['name']}"
    return {**application, **changes}


def test_two_like_cases_decided_unlike_are_shown_with_what_differs(office: Office) -> None:
    approved = decided(office, starter("2a"), "approve")
    refused = decided(office, another(), "refuse")
    report = likeness_report(AUDITOR)
    assert report.compared == 2
    (pair,) = report.pairs
    assert (pair.one.case, pair.one.decision) == (approved, "approve")
    assert (pair.other.case, pair.other.decision) == (refused, "refuse")
    assert [one.what for one in pair.differing] == ["destination"]
    assert OFFICER.name not in repr(report)
    assert OFFICER.id not in repr(report)
    assert verify_ledger(AUDITOR, at=office.at).holds


def test_like_cases_decided_alike_and_unlike_cases_are_not_shown(office: Office) -> None:
    decided(office, starter("2a"), "approve")
    decided(office, another(), "approve")
    other = another()
    (capability,) = (one for one in other["statements"] if one["fact"] == "item.capability")
    capability["value"] = "mass_or_covert" if capability["value"] != "mass_or_covert" else "incidental"
    decided(office, other, "refuse")
    assert likeness_report(AUDITOR).pairs == ()


def test_a_case_that_the_reader_may_not_read_is_no_part_of_a_pair(office: Office) -> None:
    decided(office, starter("2a"), "approve")
    secret = Submit(application=json.dumps(another()).encode(), marking=Marking.SECRET)
    case = submit_application(OFFICER, secret, key=office.key(), at=office.at).case
    office.worker.work_off()
    office.assess(case)
    record_decision(OFFICER, Decide(case=case, decision="refuse", reasons="Seen."), key=office.key(), at=office.at)
    assert len(likeness_report(OFFICER).pairs) == 1
    for reader in (ADVISER, EXPORTER):
        assert likeness_report(reader).pairs == ()
