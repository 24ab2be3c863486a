"""A licence whose party somebody listed turns out to hold is reopened, by a newer list or by what is stated today."""

from __future__ import annotations

import pytest

from safeconduct.access import State
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.reading import queue
from safeconduct.flows.review_case import ReviewCase, review_case
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Case, Record
from tests.flows.newer import decide, notes, shown, state
from tests.flows.office import Office
from tests.flows.register import PLANT, Register, application, entity, entry, new
from tests.people import EXPORTER, OFFICER

OWNER = {"born": "1961-04-05", "territory": "VE"}
BARON = entity(
    "Q1", "Person", name="Ruben Castellan Ibarra", birthDate="1961-04-05", nationality="ve", topics="sanction"
)
FAR = tuple(entity(f"F{number}", "Person", name=f"Thorsteinn Quist {number}") for number in range(20))


@pytest.fixture
def register(office: Office) -> Register:
    return Register(office)


def licence(register: Register, organisation: str = "") -> str:
    """An approved case with a party of the register."""
    case = register.office.worked(application(PLANT), organisation=organisation).case
    assert decide(register.office, case, "approve") == State.APPROVED
    return case


def turn(office: Office) -> None:
    """What a worker does in one turn."""
    office.worker.sweep()
    office.worker.work_off()
    office.worker.rescreen()
    office.worker.review_held()


def test_an_owner_in_no_application_who_is_listed_reopens_the_licence(register: Register) -> None:
    case, other = licence(register), licence(register)
    register.separate(entry(other), other, "X1")
    register.tie(entry(case), new=new("Ruben Castellan Ibarra", **OWNER), share="55")
    turn(register.office)
    assert (state(case), state(other)) == (State.APPROVED, State.APPROVED)
    register.load_entities(BARON, *FAR, day="2026-10-20")
    turn(register.office)
    assert (state(case), state(other)) == (State.REOPENED, State.APPROVED)
    (said,) = notes(case)
    assert (said.parties, said.licence) == ((), True)
    assert "Ruben Castellan Ibarra" in " ".join(said.holders)
    _, why = shown(case)
    assert why is not None
    assert why.holders == said.holders
    row = Case.objects.get(reference=case)
    assert row.assessed_inputs == row.inputs
    assert verify_ledger(CONSOLE, at=register.office.at).problems == ()


def test_what_was_known_when_it_was_kept_reopens_nothing_again(register: Register) -> None:
    case = licence(register)
    register.tie(entry(case), new=new("Ruben Castellan Ibarra", **OWNER), share="55")
    register.load_entities(BARON, *FAR, day="2026-10-20")
    for _ in range(2):
        turn(register.office)
    assert len(notes(case)) == 1
    records = Record.objects.count()
    register.office.worker._reviewed.clear()
    turn(register.office)
    assert Record.objects.count() == records


def test_an_owner_stated_today_who_is_listed_already_reopens_it_too(register: Register) -> None:
    register.load_entities(BARON, *FAR, day="2026-10-05")
    case = licence(register)
    turn(register.office)
    assert state(case) == State.APPROVED
    register.tie(entry(case), listed=register.listed("Ruben Castellan Ibarra"), share="70")
    turn(register.office)
    assert state(case) == State.REOPENED


def test_a_case_still_to_be_decided_is_assessed_anew(register: Register) -> None:
    case = register.office.worked(application(PLANT)).case
    register.tie(entry(case), new=new("Ruben Castellan Ibarra", **OWNER), share="55")
    turn(register.office)
    register.office.assess(case)
    register.load_entities(BARON, *FAR, day="2026-10-20")
    turn(register.office)
    (said,) = notes(case)
    row = Case.objects.get()
    assert (said.licence, row.assessed_inputs) == (False, row.inputs)
    assert row.outcome in ("refer", "prohibited", "minded-to-refuse", "need-information")


def test_an_exporter_is_not_told_who_it_was(register: Register) -> None:
    case = licence(register, organisation=EXPORTER.organisation)
    register.tie(entry(case), new=new("Ruben Castellan Ibarra", **OWNER), share="55")
    register.load_entities(BARON, *FAR, day="2026-10-20")
    turn(register.office)
    assert "Castellan" not in str(queue(EXPORTER))
    assert "Castellan" in str(queue(OFFICER))


def test_an_order_that_is_late_changes_nothing(register: Register) -> None:
    case = licence(register)
    number = Case.objects.get().assessment
    late = review_case(
        SYSTEM, ReviewCase(case=case, assessment=number - 1, holders=("x",)), key="a", at=register.office.at
    )
    assert (late.record, late.reopened, state(case)) == (0, False, State.APPROVED)
