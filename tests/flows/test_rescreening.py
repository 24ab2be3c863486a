"""A newer list reopens what it touches, and nothing else; everybody else is carried over, and that is on record."""

from __future__ import annotations

import json

import pytest

from safeconduct.access import State
from safeconduct.core.errors import Refusal
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.reading import case_page, queue
from safeconduct.flows.release_edition import ReleaseEdition, release_edition
from safeconduct.flows.reopen_case import ReopenCase, Touched, reopen_case
from safeconduct.flows.replay import replay
from safeconduct.flows.rescreen_looking import differs
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.screen.model import Screening as Observed
from safeconduct.screen.model import TooLittle
from safeconduct.store.models import Case, EditionRow, Record, Rescreening, Screening
from tests.flows.newer import (
    LISTED,
    STRANGER,
    another,
    approved,
    clear,
    decide,
    newer,
    notes,
    shown,
    standing_of,
    state,
)
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import EXPORTER, OFFICER, POLICY_LEAD


def test_a_list_that_touches_nobody_carries_everybody_over(office: Office) -> None:
    case = office.worked(starter("2d")).case
    rows = set(Screening.objects.values_list("id", "state", "editions"))
    office.load_list(NSO, *OTHERS, STRANGER, day="2026-10-20")
    assert standing_of(case) == "older"
    with pytest.raises(Refusal, match="newer editions"):
        decide(office, case, "approve")
    office.worker.rescreen()
    assert standing_of(case) == "current"
    assert set(Screening.objects.values_list("id", "state", "editions")) == rows
    run = Rescreening.objects.get()
    assert (run.looked, run.total, run.touched, run.mark, run.by) == (3, 3, 0, run.upto, "system")
    assert decide(office, case, "approve") == State.APPROVED
    assert verify_ledger(CONSOLE, at=office.at).problems == ()


def test_a_licence_that_a_new_entry_touches_is_under_review_with_the_reason(office: Office) -> None:
    case, other = approved(office, starter("2d")), approved(office, another("Ilse Marchetti", "B-2"))
    before = EditionRow.objects.get(key="bis-el").normalised
    was = Record.objects.filter(case__reference=other).count()
    office.days_pass(40)
    after = newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    assert (state(case), Case.objects.get(reference=case).closed) == (State.REOPENED, "")
    (said,) = notes(case)
    assert (said.source, said.before, said.after, said.licence) == ("bis-el", before, after, True)
    (party,) = said.parties
    assert (party.party, [(one.source, one.name) for one in party.found]) == ("P3", [("bis-el", "Eric Badege")])
    assert (state(other), Record.objects.filter(case__reference=other).count()) == (State.APPROVED, was)
    assert standing_of(case) == standing_of(other) == "current"
    run = Rescreening.objects.get()
    assert (run.looked, run.touched, run.reopened) == (6, 1, 1)
    row = next(one for one in queue(OFFICER) if one.reference == case)
    assert row.days_run == 0  # the days of the licence are none of the examination's
    assert row.reopened is not None
    assert (row.reopened.before, row.reopened.after, row.reopened.licence) == ("2026-10-01", "2026-10-20", True)
    assert verify_ledger(CONSOLE, at=office.at).problems == ()


def test_a_licence_under_review_is_assessed_by_itself_and_kept_with_reasons(office: Office) -> None:
    case = approved(office, starter("2d"))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    row = Case.objects.get(reference=case)
    assert (row.state, row.alerts, row.assessed_inputs) == (State.REOPENED, 1, row.inputs)
    assert shown(case)[0] == ""
    with pytest.raises(Refusal, match="alerts are not cleared"):
        decide(office, case, "approve")
    clear(office, case)
    assert office.assess(case).state == State.REOPENED
    with pytest.raises(Refusal, match="no reasons are given"):
        decide(office, case, "approve", reasons=" ")
    assert decide(office, case, "approve") == State.APPROVED
    assert shown(case) == ("approved", None)
    newer(office, NSO, *OTHERS, LISTED, STRANGER, day="2026-10-25")
    assert state(case) == State.APPROVED  # cleared on these facts, and they are the same


def test_a_licence_under_review_is_ended_and_nothing_follows(office: Office) -> None:
    case = approved(office, starter("2d"))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    assert decide(office, case, "refuse", "He is the listed man") == State.REVOKED
    assert shown(case) == ("revoked", None)
    count = Record.objects.count()
    newer(office, NSO, *OTHERS, {**LISTED, "aliases": ["Badege"]}, day="2026-10-25")
    assert (Record.objects.count(), state(case)) == (count, State.REVOKED)


def test_an_exporter_is_told_that_it_is_under_review_and_never_by_which_list(office: Office) -> None:
    organisation = EXPORTER.organisation
    case = office.worked(starter("2d"), organisation=organisation).case
    decide(office, case, "approve")
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    (row,) = queue(EXPORTER)
    assert (row.state, row.reopened, row.alerts, row.outcome) == ("reopened", None, 0, "")
    page = case_page(EXPORTER, case)
    assert "rescreening" not in {one.kind for one in page.record}
    assert "bis-el" not in json.dumps([str(page)])


def test_a_case_still_to_be_decided_is_screened_and_assessed_anew(office: Office) -> None:
    case = office.worked(starter("2d"))
    assert case.outcome == "no-objection"
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    row = Case.objects.get(reference=case.case)
    assert (row.alerts, row.assessed_inputs) == (1, row.inputs)
    assert row.outcome != "no-objection"
    (said,) = notes(case.case)
    assert not said.licence
    _, why = shown(case.case)
    assert why is not None
    assert why.parties[0].found == (("Eric Badege", "US Bureau of Industry and Security"),)


def test_a_party_cleared_against_an_entry_is_open_again_once_that_says_something_else(office: Office) -> None:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-05")
    case = office.worked(starter("2d")).case
    clear(office, case)
    office.assess(case)
    assert decide(office, case, "approve") == State.APPROVED
    newer(office, NSO, {**LISTED, "aliases": ["Erik Badegé"]}, *OTHERS, day="2026-10-20")
    (said,) = notes(case)
    assert (state(case), said.licence, len(said.parties[0].found), said.parties[0].gone) == (
        State.REOPENED,
        True,
        1,
        (),
    )


def test_an_entry_that_says_the_same_in_another_place_touches_nobody(office: Office) -> None:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-05")
    case = office.worked(starter("2d")).case
    clear(office, case)
    office.assess(case)
    decide(office, case, "approve")
    newer(office, *OTHERS, {**LISTED, "notes": "See also the annex"}, NSO, day="2026-10-20")
    assert (state(case), notes(case), Rescreening.objects.get().touched) == (State.APPROVED, [], 0)


def test_an_alert_goes_with_its_entry_on_record_and_approves_nothing(office: Office) -> None:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-05")
    case = office.worked(starter("2d")).case
    assert Case.objects.get().alerts == 1
    newer(office, NSO, *OTHERS, STRANGER, day="2026-10-20")
    row = Case.objects.get()
    assert (row.alerts, row.outcome, row.state) == (0, "no-objection", State.ASSESSED)
    (said,) = notes(case)
    assert ([one.name for one in said.parties[0].gone], said.parties[0].found, said.licence) == (
        ["Eric Badege"],
        (),
        False,
    )
    assert (row.reopened, standing_of(case)) == (0, "current")


def test_an_entry_that_is_gone_leaves_a_licence_as_it_is(office: Office) -> None:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-05")
    case = office.worked(starter("2d")).case
    clear(office, case)
    office.assess(case)
    decide(office, case, "approve")
    newer(office, NSO, *OTHERS, STRANGER, day="2026-10-20")
    assert (state(case), len(notes(case)), Case.objects.get().closed != "") == (State.APPROVED, 1, True)


def test_a_new_source_is_all_of_its_entries(office: Office) -> None:
    case = approved(office, starter("2d"))
    path = office.home / "own.jsonl"
    path.write_text(json.dumps({"id": "Q1", "schema": "Person", "properties": {"name": ["Eric Badege"]}}) + "\n")

    (order,) = orders_for([path], source="ftm-own", published="2026-10-20", at=office.at)
    load_edition(CONSOLE, order, key="own", at=office.at)
    office.worker.rescreen()
    (said,) = notes(case)
    assert (said.source, said.before, said.parties[0].found[0].source) == ("ftm-own", "", "ftm-own")
    assert state(case) == State.REOPENED


def test_a_held_list_touches_nobody_until_it_is_released(office: Office) -> None:
    case = approved(office, starter("2d"))
    held = office.load_list(LISTED, day="2026-10-20", actor=OFFICER)
    assert held.held
    office.worker.rescreen()
    assert (state(case), Rescreening.objects.count()) == (State.APPROVED, 0)
    order = ReleaseEdition(source="bis-el", normalised=held.normalised, grounds="The publisher cut it")
    release_edition(POLICY_LEAD, order, key="r", at=office.at)
    office.worker.rescreen()
    assert state(case) == State.REOPENED


def test_a_case_fixed_to_a_day_is_left_alone(office: Office) -> None:
    case = office.worked(starter("2d"), as_of="2026-10-15").case
    inputs = Case.objects.get().inputs
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    assert (Rescreening.objects.count(), Case.objects.get().inputs, notes(case)) == (0, inputs, [])
    assert standing_of(case) == "older"


def test_several_lists_in_turn_are_one_chain(office: Office) -> None:
    case = approved(office, starter("2d"))
    for day in range(10, 20):
        office.load_list(NSO, *OTHERS, {**STRANGER, "name": f"Quenby Thistlewood {day}"}, day=f"2026-10-{day}")
        if day % 3 == 0:
            office.worker.rescreen()
    office.worker.rescreen()
    assert (standing_of(case), Rescreening.objects.count()) == ("current", 4)
    runs = list(Rescreening.objects.order_by("id").values_list("before", "after"))
    assert [after for _, after in runs[:-1]] == [before for before, _ in runs[1:]]


def test_going_back_to_an_older_edition_is_looked_at_too(office: Office) -> None:
    case = approved(office, starter("2d"))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    clear(office, case)
    office.assess(case)
    decide(office, case, "approve")
    newer(office, NSO, *OTHERS, STRANGER, day="2026-10-21")
    newer(office, NSO, *OTHERS, {**LISTED, "aliases": ["Erik"]}, day="2026-10-22")
    assert (state(case), [one.licence for one in notes(case)]) == (State.REOPENED, [True, False, True])


def test_a_touched_screening_is_replaced_once(office: Office) -> None:
    case = approved(office, starter("2d"))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    (replaced,) = Screening.objects.filter(state="superseded")
    new = Screening.objects.filter(case__reference=case, party_id=replaced.party_id, state="done").get()
    seen = office.worker._seen(new)[0]
    order = ReopenCase(case=case, rescreening=Rescreening.objects.get().pk, parties=(Touched(replaced.pk, seen),))
    records = Record.objects.count()
    assert reopen_case(SYSTEM, order, key="again", at=office.at).touched == 0
    assert Record.objects.count() == records
    with pytest.raises(Refusal, match="may not reopen"):
        reopen_case(OFFICER, order, key="person", at=office.at)


def test_a_recorded_assessment_is_replayed_to_the_same_bytes_after_rescreening(office: Office) -> None:
    first = office.worked(starter("2d"))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    second = Case.objects.get().assessment
    assert replay(OFFICER, first.assessment, at=office.at).same
    assert replay(OFFICER, f"{first.case}/{second}", at=office.at).same


def test_a_screening_differs_where_a_name_is_found_to_tell_too_little() -> None:
    before = Observed("p", (), 3, (), "m")
    assert not differs(before, before)
    assert differs(before, Observed("p", (), 3, (), "m", (), (TooLittle("Ashdown", "one_name"),)))
