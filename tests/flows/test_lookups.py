"""Screenings outside a case: asked for, answered many at a time, read by those who may, never twice."""

from __future__ import annotations

import datetime as dt

import pytest

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows import ask_screening as asking
from safeconduct.flows import wake
from safeconduct.flows.ask_screening import AskScreening, ask_screening
from safeconduct.flows.leasing import LASTS, MOST_ATTEMPTS, claim
from safeconduct.flows.lookups import MOST_AT_ONCE, answered, claim_lookups
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.reading_lookups import as_plain, lookup, lookups, own_lookups
from safeconduct.flows.record_lookups import LookedUp, RecordLookups, record_lookups
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store import blobs
from safeconduct.store.models import Lease, LedgerEntry, Screening
from tests.flows.office import NSO, Office, starter
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OUTSIDER, POLICY_LEAD

PARTY = Party("P1", "NSO Group", "company", territory="IL")


def ask(office: Office, *parties: Party, actor: Actor = OFFICER, sources: tuple[str, ...] = ()) -> tuple[int, ...]:
    order = AskScreening(parties=parties or (PARTY,), sources=sources)
    return ask_screening(actor, order, key=office.key(), at=office.at).screenings


def some(count: int) -> tuple[Party, ...]:
    return tuple(Party("P1", f"Quentin Ashdown {number}") for number in range(count))


def test_a_look_up_waits_and_is_answered_with_its_editions(office: Office) -> None:
    (number,) = ask(office)
    assert lookup(OFFICER, f"S-{number}").state == "waiting"
    assert not answered([number], 0, at=office.at)
    assert office.worker.work_off() == 1
    assert answered([number], 0, at=office.at)
    found = lookup(OFFICER, f"S-{number}")
    assert found.observed
    assert [match.name for match in found.observed.matches] == ["NSO Group"]
    assert found.observed.editions == found.editions
    assert found.asked_by == OFFICER.id
    assert not Lease.objects.exists()


def test_a_hundred_are_recorded_in_one_entry_of_the_ledger(office: Office) -> None:
    numbers = ask(office, *some(MOST_AT_ONCE))
    before = LedgerEntry.objects.count()
    assert office.worker.work_off() == MOST_AT_ONCE
    assert LedgerEntry.objects.count() == before + 1
    assert all(one.state == "done" for one in lookups(OFFICER, numbers))
    assert not verify_ledger(CONSOLE, at=office.at).problems


def test_they_are_given_in_the_order_asked_for(office: Office) -> None:
    numbers = ask(office, *some(5))
    backwards = lookups(OFFICER, numbers[::-1])
    assert [one.party.name[-1] for one in backwards] == list("43210")


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_none_and_too_many_are_refused(office: Office, count: int) -> None:
    with pytest.raises(Refusal, match=f"{count} parties"):
        ask_screening(OFFICER, AskScreening(parties=some(count)), key="k", at=office.at)


def test_without_lists_nothing_can_be_asked(empty_office: Office) -> None:
    empty_office.admit_everybody()
    with pytest.raises(Refusal, match="no list is loaded"):
        ask(empty_office)


def test_a_list_that_is_not_loaded_is_refused_by_name(office: Office) -> None:
    with pytest.raises(Refusal, match="no list 'nothing'"):
        ask(office, sources=("nothing",))


@pytest.mark.parametrize("actor", [EXPORTER, OUTSIDER], ids=lambda one: one.role.value)
def test_who_may_not_look_up_asks_nothing(office: Office, actor: Actor) -> None:
    with pytest.raises(Refusal, match="may not look_up"):
        ask(office, actor=actor)


def test_whoever_asked_officers_and_auditors_read_it_and_nobody_else(office: Office) -> None:
    (number,) = ask(office, actor=ADVISER)
    for reader in (ADVISER, OFFICER, AUDITOR):
        assert lookup(reader, f"S-{number}").party == PARTY
        assert lookups(reader, [number])
    for stranger in (COUNTERSIGNER, POLICY_LEAD, EXPORTER, OUTSIDER):
        with pytest.raises(Refusal, match="no such screening"):
            lookup(stranger, f"S-{number}")
        with pytest.raises(Refusal, match="no such screening"):
            lookups(stranger, [number])
    assert own_lookups(ADVISER, 0, 10)[1] == 1
    assert own_lookups(OFFICER, 0, 10)[1] == 0


def test_a_screening_of_a_case_is_no_look_up(office: Office) -> None:
    office.submit(starter("1"))
    row = Screening.objects.exclude(case=None).first()
    assert row
    with pytest.raises(Refusal, match="no such screening"):
        lookup(OFFICER, f"S-{row.pk}")


def test_look_ups_go_before_cases_and_keep_their_hands_off_them(office: Office) -> None:
    office.submit(starter("1"))
    (number,) = ask(office)
    taken = claim_lookups(office.home, "other:1", office.now)
    assert [row.pk for row in taken] == [number]
    assert claim(office.home, "other:1", office.now).case is not None  # type: ignore[union-attr]


def test_two_workers_never_take_the_same(office: Office) -> None:
    ask(office, *some(3))
    first, second = (claim_lookups(office.home, name, office.now) for name in ("a:1", "b:2"))
    assert len(first) == 3
    assert second == []


def test_one_that_was_begun_before_comes_alone(office: Office) -> None:
    numbers = ask(office, *some(4))
    claim_lookups(office.home, "a:1", office.now)
    later = office.now + LASTS + dt.timedelta(seconds=1)
    again = claim_lookups(office.home, "b:2", later)
    assert [row.pk for row in again] == [numbers[0]]
    assert Lease.objects.get(pk=numbers[0]).attempts == 2


def test_what_no_worker_survives_is_given_up_with_the_reason(office: Office) -> None:
    (number,) = ask(office)
    Lease.objects.create(
        screening_id=number, worker="a:1", until=office.now - dt.timedelta(seconds=1), attempts=MOST_ATTEMPTS
    )
    office.worker.work_off()
    found = lookup(OFFICER, f"S-{number}")
    assert (found.state, found.observed) == ("failed", None)
    assert "no worker survived it" in found.failure
    assert "matches" not in as_plain(found)


def test_an_edition_whose_file_is_gone_fails_the_look_up_and_says_so(office: Office) -> None:
    (number,) = ask(office)
    for one in lookup(OFFICER, f"S-{number}").editions:
        blobs.path_of(office.home, one.normalised).unlink()
    office.worker.work_off()
    assert "the kept file is gone" in lookup(OFFICER, f"S-{number}").failure


def test_a_second_result_for_the_same_row_changes_nothing(office: Office) -> None:
    (number,) = ask(office)
    office.worker.work_off()
    before = Screening.objects.values().get(pk=number)
    order = RecordLookups(results=(LookedUp(number, None, "late"),))
    assert record_lookups(SYSTEM, order, key="late", at=office.at).screenings == ()
    assert Screening.objects.values().get(pk=number) == before


def test_only_the_worker_records(office: Office) -> None:
    (number,) = ask(office)
    with pytest.raises(Refusal, match="may not record_lookup"):
        record_lookups(OFFICER, RecordLookups(results=(LookedUp(number),)), key="k", at=office.at)


def test_a_flood_is_refused_until_it_is_answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 3)
    ask(office, *some(3))
    with pytest.raises(asking.TooManyWaiting):
        ask(office)
    ask(office, actor=AUDITOR)  # a flood of one is not one of another
    office.worker.work_off()
    ask(office)


def test_it_is_answered_on_the_edition_it_was_asked_on(office: Office) -> None:
    (number,) = ask(office)
    office.load_list(
        {**NSO, "name": "Another Group"}, *({**NSO, "name": f"Other {n}"} for n in range(30)), day="2026-10-20"
    )
    office.worker.work_off()
    found = lookup(OFFICER, f"S-{number}")
    assert found.observed
    assert [match.name for match in found.observed.matches] == ["NSO Group"]


def test_rows_from_before_have_the_digest_they_had(office: Office) -> None:
    """What a later release added is no part of a row's digest until it is used."""
    from safeconduct.core import canonical
    from safeconduct.store.rows import all_rows

    office.submit(starter("1"))
    ask(office)
    kept = [canonical.decode(row.data, dict) for row in all_rows() if row.table == "store_screening"]
    in_case = [row for row in kept if row["case_id"] is not None]
    (outside,) = [row for row in kept if row["case_id"] is None]
    assert in_case
    assert not any({"asked_by", "body"} & row.keys() for row in in_case)
    assert outside["asked_by"] == OFFICER.id


def test_waiting_tells_how_far_it_is(office: Office) -> None:
    numbers = ask(office, *some(2))
    wake.say(office.home, "thinking")
    told: list[tuple[int, int, str]] = []
    assert not answered(numbers, 0, lambda *said: told.append(said), office.at)
    assert told[0] == (0, 2, "thinking")


def test_what_could_not_be_recorded_waits_for_no_lease(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = ask(office)

    def busy(*_given: object, **_more: object) -> None:
        raise Refusal("another process has held the database for over 20 seconds")

    with monkeypatch.context() as patched:
        patched.setattr("safeconduct.flows.worker.record_lookups", busy)
        with pytest.raises(Refusal, match="has held the database"):
            office.worker.work_off()
    assert office.worker.work_off() == 1
    assert lookup(OFFICER, f"S-{number}").state == "done"
