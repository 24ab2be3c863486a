"""One act: permission first, one effect for one key, all or nothing, one leaf, one signature after it."""

from __future__ import annotations

import msgspec
import pytest

from safeconduct.access import Action, Actor, Marking
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows import ledgering
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.installation import Installation
from safeconduct.flows.order import Order
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.submit_application import Submit, submit_application
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.flows.work import NO_CASE, Stale, Work, flow
from safeconduct.ledger import Event, open_checkpoint, public_key
from safeconduct.store.models import Case, Checkpoint, IdempotencyKey, LedgerEntry, Person, Record, Screening
from safeconduct.store.permit import NotPermitted
from tests.flows.office import Office, starter
from tests.people import EXPORTER, OFFICER, OTHER_EXPORTER, OUTSIDER, POLICY_LEAD

APPLICATION = canonical.encode(starter("2c"))


def last_event() -> Event:
    row = LedgerEntry.objects.order_by("index").last()
    assert row is not None
    assert row.event is not None
    return canonical.decode(bytes(row.event), Event)


def test_the_same_order_under_the_same_key_has_one_effect(office: Office) -> None:
    order = Submit(application=APPLICATION)
    first = submit_application(OFFICER, order, key="front desk 1", at=office.at)
    size = LedgerEntry.objects.count()
    office.days_pass(3)
    again = submit_application(OFFICER, order, key="front desk 1", at=office.at)
    assert again == first
    assert Case.objects.count() == 1
    assert LedgerEntry.objects.count() == size


def test_another_order_under_the_same_key_is_refused(office: Office) -> None:
    submit_application(OFFICER, Submit(application=APPLICATION), key="front desk 1", at=office.at)
    other = Submit(application=APPLICATION, name="other.json")
    with pytest.raises(Refusal, match="used for another order"):
        submit_application(OFFICER, other, key="front desk 1", at=office.at)
    assert Case.objects.count() == 1


def test_keys_of_two_people_do_not_meet(office: Office) -> None:
    own = canonical.encode({**starter("2c"), "statements": []})
    mine = submit_application(EXPORTER, Submit(application=own), key="1", at=office.at)
    theirs = submit_application(OTHER_EXPORTER, Submit(application=own), key="1", at=office.at)
    assert mine.case != theirs.case


@pytest.mark.parametrize("key", ["", "x" * 121, "line\nbreak", "\x00"])
def test_a_key_nobody_could_repeat_is_refused(office: Office, key: str) -> None:
    with pytest.raises(Refusal, match="no usable key"):
        submit_application(OFFICER, Submit(application=APPLICATION), key=key, at=office.at)


def test_what_is_refused_leaves_nothing_behind(office: Office) -> None:
    before = [model.objects.count() for model in (Case, Record, Screening, IdempotencyKey, LedgerEntry, Checkpoint)]
    for bad in (b"", b"{", APPLICATION[:-40], b'{"v":1,"kind":"individual_licence","surprise":true}'):
        with pytest.raises(Refusal):
            submit_application(OFFICER, Submit(application=bad), key=office.key(), at=office.at)
    after = [model.objects.count() for model in (Case, Record, Screening, IdempotencyKey, LedgerEntry, Checkpoint)]
    assert after == before


def test_a_failure_half_way_undoes_everything(office: Office) -> None:
    def no_more_chance(_size: int) -> bytes:
        raise OSError("no entropy")

    size = LedgerEntry.objects.count()
    broken = msgspec.structs.replace(office.at, salt=no_more_chance)
    with pytest.raises(OSError, match="no entropy"):
        submit_application(OFFICER, Submit(application=APPLICATION), key="k", at=broken)
    assert not Case.objects.exists()
    assert LedgerEntry.objects.count() == size
    assert submit_application(OFFICER, Submit(application=APPLICATION), key="k", at=office.at).case == "XX-2026-0001"
    assert verify_ledger(CONSOLE, at=office.at).holds


def test_who_may_not_act_is_told_why_and_a_stranger_nothing(office: Office) -> None:
    case = office.submit(starter("2c"), organisation="Norvik Systems").case
    order = Decide(case=case, decision="refuse", reasons="x")
    with pytest.raises(Refusal, match="the role exporter may not decide"):
        record_decision(EXPORTER, order, key="a", at=office.at)
    for stranger in (OTHER_EXPORTER, OUTSIDER):
        with pytest.raises(Refusal) as refused:
            record_decision(stranger, order, key="a", at=office.at)
        assert refused.value.what == NO_CASE
    with pytest.raises(Refusal) as refused:
        record_decision(OFFICER, Decide(case="XX-2026-9999", decision="refuse"), key="a", at=office.at)
    assert refused.value.what == NO_CASE


def test_an_exporter_submits_for_his_own_house_and_brings_no_findings(office: Office) -> None:
    own = canonical.encode({**starter("2c"), "statements": []})
    with pytest.raises(Refusal, match="organisation"):
        submit_application(EXPORTER, Submit(application=own, organisation="Halden Optics"), key="a", at=office.at)
    with pytest.raises(Refusal, match="adviser"):
        submit_application(EXPORTER, Submit(application=APPLICATION), key="b", at=office.at)
    for hidden in (Submit(application=own, marking=Marking.SECRET), Submit(application=own, compartment="dual-use")):
        with pytest.raises(Refusal, match="the authority's to set"):
            submit_application(EXPORTER, hidden, key=office.key(), at=office.at)
    done = submit_application(EXPORTER, Submit(application=own), key="c", at=office.at)
    assert Case.objects.get(reference=done.case).organisation == "Norvik Systems"


def test_each_act_appends_one_leaf_that_commits_to_every_row(office: Office) -> None:
    size = LedgerEntry.objects.count()
    case = office.submit(starter("2c")).case
    assert LedgerEntry.objects.count() == size + 1
    event = last_event()
    assert (event.flow, event.actor, event.case) == ("submit_application", OFFICER.id, case)
    tables = [row.table for row in event.rows]
    parties = len(starter("2c")["parties"])
    assert tables.count("store_screening") == parties
    case_and_job = {"store_case", "store_record", "store_screening", "store_blob", "store_idempotencykey"}
    assert set(tables) == case_and_job | {"store_appearance", "store_registerentry"}
    assert len(event.blobs) == 1


def test_a_checkpoint_over_everything_is_signed_after_each_act(office: Office) -> None:
    office.submit(starter("2c"))
    note = ledgering.checkpoints()[-1]
    assert open_checkpoint(note, [public_key(office.at.signer)]).size == LedgerEntry.objects.count()


def test_a_crash_before_signing_is_covered_by_the_next_act(office: Office) -> None:
    office.submit(starter("2c"))
    Checkpoint.objects.filter(
        size=LedgerEntry.objects.count()
    ).delete()  # as if the process had ended between commit and signature
    report = verify_ledger(CONSOLE, at=office.at)
    assert (report.holds, report.uncovered) == (True, 1)
    office.submit({**starter("2c"), "reference": "again"})
    assert verify_ledger(CONSOLE, at=office.at).uncovered == 0


class Nudge(Order, frozen=True):
    """An order of the tests' own."""


class Nudged(msgspec.Struct, frozen=True):
    """How often it was prepared."""

    prepared: int


def test_what_was_prepared_on_an_older_state_is_prepared_anew(office: Office) -> None:
    prepared: list[int] = []

    def prepare(_actor: Actor, _order: Nudge, _at: Installation) -> int:
        prepared.append(1)
        return len(prepared)

    def nudge(_work: Work, _order: Nudge, count: int) -> Nudged:
        if count < 3:
            raise Stale
        return Nudged(count)

    nudge.__annotations__["return"] = Nudged
    assert flow(Action.SIGN_PACK, prepare)(nudge)(POLICY_LEAD, Nudge(), key="n", at=office.at).prepared == 3
    prepared.clear()

    def stuck(_work: Work, _order: Nudge, _count: int) -> Nudged:
        raise Stale

    stuck.__annotations__["return"] = Nudged
    with pytest.raises(Refusal, match="too fast"):
        flow(Action.SIGN_PACK, prepare)(stuck)(POLICY_LEAD, Nudge(), key="m", at=office.at)


def test_a_flow_that_calls_a_flow_fails(office: Office) -> None:
    def outer(work: Work, _order: Nudge) -> Nudged:
        submit_application(OFFICER, Submit(application=APPLICATION), key="inner", at=work.at)
        return Nudged(0)

    outer.__annotations__["return"] = Nudged
    with pytest.raises((NotPermitted, RuntimeError)):
        flow(Action.SIGN_PACK)(outer)(POLICY_LEAD, Nudge(), key="o", at=office.at)
    assert not Case.objects.exists()


def test_a_person_can_be_changed_and_the_change_is_on_record(office: Office) -> None:
    order = AdmitPerson(
        name_id=EXPORTER.id, name="Ivo Lindqvist-Berg", role=EXPORTER.role, organisation="Norvik Systems"
    )
    admit_person(CONSOLE, order, key="marriage", at=office.at)
    assert Person.objects.get(name_id=EXPORTER.id).name == "Ivo Lindqvist-Berg"
    assert [row.table for row in last_event().rows] == ["store_person", "store_idempotencykey"]
    with pytest.raises(Refusal, match="may not admit_person"):
        admit_person(OFFICER, order, key="self-service", at=office.at)
