"""What the register knows reaches the cases it concerns, and those alone."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from safeconduct.access import Marking
from safeconduct.core.errors import Refusal
from safeconduct.flows.reading import assessment
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.replay import replay
from safeconduct.store.models import Case, Record
from tests.flows.office import Office
from tests.flows.register import EXTRACT, HOUSE, PLANT, Register, application, entity, entry, new
from tests.people import ADVISER, OFFICER

BARON = entity("Q1", "Person", name="Ruben Castellan Ibarra", birthDate="1961-04-05", nationality="ve")
FAR = [entity(f"F{number}", "Person", name=f"Quite Someone Else {number}") for number in range(20)]


@pytest.fixture
def register(office: Office) -> Register:
    found = Register(office)
    found.load_entities(BARON, *FAR)
    return found


def assessed(register: Register, *more: dict[str, Any], **how: Any) -> str:
    """A case that passes but for what is added."""
    return register.office.worked(application(*more), **how).case


def finding(case: str, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in assessment(OFFICER, case)["findings"] if one["rule"] == rule)
    return found


def own(register: Register, name: str, share: str) -> None:
    """A listed person owns so much of the party, and a holding nobody knows the rest."""
    register.tie(name, new=new("Ruben Castellan Ibarra", born="1961-04-05", territory="VE"), share=share)
    register.office.worker.work_off()


def test_a_case_without_a_word_on_owners_cannot_tell_and_is_not_stopped_by_that(register: Register) -> None:
    case = assessed(register, PLANT)
    assert Case.objects.get().outcome == "no-objection"
    for rule in ("RF-38", "RF-39"):
        assert finding(case, rule)["verdict"] == "cannot_tell"


def test_a_party_that_a_listed_person_owns_by_half_refers_the_case(register: Register) -> None:
    case = assessed(register, PLANT)
    own(register, entry(case), "50")
    row = Case.objects.get()
    assert row.inputs > row.assessed_inputs, "what was assessed is no longer what is known"
    with pytest.raises(Refusal, match="assess"):
        record_decision(OFFICER, Decide(case=case, decision="approve"), key="a", at=register.office.at)
    register.office.assess(case)
    assert Case.objects.get().outcome == "refer"
    found = finding(case, "RF-38")
    assert found["verdict"] == "met"
    assert "owner 50 %" in json.dumps(found["evidence"])
    assert "extract of the companies register" in json.dumps(found["evidence"])
    assert replay(OFFICER, case, at=register.office.at).same


def test_an_assessment_is_judged_again_to_the_same_bytes_whatever_was_stated_since(register: Register) -> None:
    case = assessed(register, PLANT)
    own(register, entry(case), "60")
    name = register.office.assess(case).assessment
    (tie,) = (one.id for one in register.page(entry(case)).ties)
    register.end(tie, reason="another man")
    again = replay(OFFICER, name, at=register.office.at)
    assert again.same
    register.office.assess(case)
    assert Case.objects.get().outcome == "no-objection"
    assert replay(OFFICER, name, at=register.office.at).same


def test_an_owner_two_steps_away_concerns_the_case_too(register: Register) -> None:
    case = assessed(register, PLANT)
    register.tie(entry(case), new=new("Cellar Holding", "company", territory="CY"), share="75")
    register.office.worker.work_off()
    register.office.assess(case)
    before = Case.objects.get().inputs
    own(register, register.page(entry(case)).ties[0].other_id, "90")
    assert Case.objects.get().inputs > before
    register.office.assess(case)
    assert finding(case, "RF-38")["verdict"] == "met"


def test_a_case_of_which_nothing_changed_stays_as_it_was(register: Register) -> None:
    case, other = assessed(register, PLANT), assessed(register, HOUSE)
    before = Case.objects.get(reference=other).inputs
    own(register, entry(case), "50")
    assert Case.objects.get(reference=other).inputs == before


def test_a_merge_brings_the_ties_of_one_to_the_cases_of_the_other(register: Register) -> None:
    case, other = assessed(register, PLANT), assessed(register, {**PLANT, "territory": "SE"})
    own(register, entry(other), "50")
    register.merge(entry(case), entry(other))
    register.office.assess(case)
    assert finding(case, "RF-38")["verdict"] == "met"
    register.unmerge(entry(case), entry(other))
    register.office.assess(case)
    assert finding(case, "RF-38")["verdict"] == "cannot_tell"


def test_what_only_a_secret_case_tells_is_not_in_the_assessment_of_an_open_one(register: Register) -> None:
    case = assessed(register, PLANT)
    secret = assessed(register, PLANT, marking=Marking.SECRET)
    register.merge(entry(case), entry(secret))
    own(register, entry(secret), "100")
    register.tie(entry(case), new=new("Hidden Owner"), share="70", case=secret)
    before = Case.objects.get(reference=case).inputs
    assert register.office.assess(case).outcome == "no-objection"
    for record in Record.objects.filter(case__reference=case):
        assert "Ruben Castellan" not in record.body
        assert "Hidden Owner" not in record.body
        assert secret not in record.body
    assert Case.objects.get(reference=case).inputs == before
    register.office.assess(secret)
    assert finding(secret, "RF-38")["verdict"] == "met"


def test_a_sealed_tie_is_for_the_page_and_not_for_what_others_read(register: Register) -> None:
    case = assessed(register, PLANT)
    sealed = msgspec.structs.replace(EXTRACT, sealed=True, ref="a source that must not be named")
    register.tie(
        entry(case), new=new("Ruben Castellan Ibarra", born="1961-04-05"), share="70", source=sealed, case=case
    )
    register.office.worker.work_off()
    register.office.assess(case)
    assert finding(case, "RF-38")["verdict"] == "cannot_tell"
    assert "Castellan" not in json.dumps(assessment(ADVISER, case))
    assert "Castellan" not in "".join(Record.objects.values_list("body", flat=True))
    assert register.page(entry(case)).held.half.low == "70"
