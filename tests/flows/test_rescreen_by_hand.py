"""Somebody orders a rescreening: what is due, one list, or everybody."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.access import Actor, State
from safeconduct.core.errors import Refusal
from safeconduct.flows.reading_rescreening import RescreeningView
from safeconduct.flows.rescreen_by_hand import rescreen
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.store.models import EditionRow, Record, Rescreening, RescreeningLease, Screening
from tests.flows.newer import LISTED, STRANGER, another, approved, newer, standing_of, state
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import EXPORTER, OFFICER


def by_hand(office: Office, actor: Actor = OFFICER, **how: Any) -> list[RescreeningView]:
    """Each rescreening as it was last seen, in order."""
    found = {one.number: one for one in rescreen(actor, at=office.at, **how)}
    return [found[number] for number in sorted(found)]


def test_what_is_not_current_is_done_and_then_there_is_nothing_to_do(office: Office) -> None:
    case = approved(office, starter("2d"))
    assert by_hand(office) == []
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20")
    (done,) = by_hand(office)
    assert (done.state, done.looked, done.touched, done.reopened, done.by) == ("done", 3, 1, 1, OFFICER.id)
    assert (state(case), by_hand(office)) == (State.REOPENED, [])


def test_everybody_again_finds_the_same_and_records_nothing(office: Office) -> None:
    case = approved(office, starter("2d"))
    records = Record.objects.count()
    (done,) = by_hand(office, everybody=True)
    assert (done.source, done.looked, done.touched) == ("", 3, 0)
    assert (Record.objects.count(), standing_of(case)) == (records, "current")
    assert len(by_hand(office, everybody=True)) == 1


def test_one_list_by_its_key_or_hash_and_no_other(office: Office) -> None:
    approved(office, starter("2d"))
    old = EditionRow.objects.get(key="bis-el").normalised
    new = office.load_list(NSO, *OTHERS, STRANGER, day="2026-10-20").normalised
    for wrong, why in (("un-sc", "no such edition"), (old, "not in use"), ("nothing at all", "no such edition")):
        with pytest.raises(Refusal, match=why):
            by_hand(office, edition=wrong)
    (done,) = by_hand(office, edition=new[:12])
    assert (done.source, done.before, done.after) == ("bis-el", old, new)
    assert by_hand(office, edition="bis-el") == []


def test_who_may_not_is_refused_before_anything_is_done(office: Office) -> None:
    with pytest.raises(Refusal, match="may not rescreen"):
        by_hand(office, EXPORTER)


def test_without_lists_it_is_refused(empty_office: Office) -> None:
    empty_office.admit_everybody()
    with pytest.raises(Refusal, match="no watchlist is in use"):
        by_hand(empty_office)


def test_what_somebody_else_is_at_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.flows.rescreening.MOST_PARTIES", 1)
    approved(office, starter("2d"))
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20")
    ours = office.worker.rescreener().going()
    going = rescreen(OFFICER, at=office.at)
    next(ours)
    RescreeningLease.objects.update(worker="another-host:1")
    assert next(going).state == "running"
    RescreeningLease.objects.all().delete()
    assert [one.state for one in going][-1] == "done"
    assert Rescreening.objects.get().touched == 1


def test_those_before_everybody_was_looked_at_are_needed_no_more(office: Office) -> None:
    cases = [approved(office, starter("2d"))]
    for day in range(10, 16):
        newer(office, NSO, *OTHERS, {**STRANGER, "name": f"Quenby Thistlewood {day}"}, day=f"2026-10-{day}")
        if day == 13:
            by_hand(office, everybody=True)
        cases.append(approved(office, another("Ilse Marchetti", f"B-{day}")))
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    every, shorter = Chain(Rescreening.objects.order_by("id")), Chain()
    assert len(shorter._rows) < len(every._rows)
    for row in Screening.objects.all():
        assert shorter.lists(row.editions, row.pk, ()) == every.lists(row.editions, row.pk, ())
    assert shorter.matcher == every.matcher != ""
    assert {standing_of(case) for case in cases} == {"current"}
    assert state(cases[0]) == State.REOPENED
