"""What happens while parties are looked at again: others wait, lists are replaced, editions are lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from safeconduct.access import State
from safeconduct.core.errors import Refusal
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.reading_rescreening import last
from safeconduct.flows.screen_party import ScreenParty, screen_party
from safeconduct.store import blobs
from safeconduct.store.models import Case, EditionRow, Rescreening, Screening
from tests.flows.newer import LISTED, STRANGER, another, approved, newer, notes, standing_of, state
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import OFFICER


def test_what_waits_to_be_screened_waits_for_the_newest_lists(office: Office) -> None:
    done = office.worked(another("Ilse Marchetti", "B-1")).case
    waits = office.submit(starter("2d")).case
    *_, row = Screening.objects.filter(case__reference=waits).order_by("id")
    found = office.worker._seen(row)[0]
    after = office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20").normalised
    list(office.worker.rescreener().going())
    rows = Screening.objects.filter(case__reference=waits)
    assert all(after in row.editions and row.state == "waiting" for row in rows)

    late = ScreenParty(case=waits, screening=row.pk, observed=found)  # on the lists from before
    with pytest.raises(Refusal, match="lists changed while"):
        screen_party(SYSTEM, late, key="late", at=office.at)
    office.worker.work_off()
    assert standing_of(waits) == standing_of(done) == "current"
    assert Case.objects.get(reference=waits).alerts == 1


def test_what_waits_alone_waits_for_the_newest_lists_too(office: Office) -> None:
    case = office.submit(starter("2d")).case
    after = newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    assert all(after in row.editions for row in Screening.objects.all())
    office.worker.work_off()
    assert (standing_of(case), Case.objects.get().alerts) == ("current", 1)


def test_a_list_replaced_meanwhile_comes_after_the_one_under_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safeconduct.flows.rescreening.MOST_PARTIES", 2)
    touched = approved(office, starter("2d"))
    others = [approved(office, another(f"Ilse Marchetti {number}", f"B-{number}")) for number in ("Quist", "Vold")]
    office.load_list(NSO, *OTHERS, {**STRANGER, "name": "Ilse Marchetti Vold"}, day="2026-10-20")
    going = office.worker.rescreener().going()
    next(going)
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-21")
    list(going)
    first, second = Rescreening.objects.order_by("id")
    assert (first.after, first.looked, second.looked) == (second.before, 9, 9)
    assert [state(case) for case in (touched, *others)] == ["reopened", "approved", "reopened"]
    assert {standing_of(case) for case in (touched, *others)} == {"current"}
    # the man on the first of the two is on the second no more: that is on record too
    assert [len(one.parties[0].gone) for one in notes(others[1])] == [0, 1]


def test_a_party_that_changes_meanwhile_is_not_taken_for_looked_at(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of a party that was screened while the others were looked at is found, and looked at again."""
    case = office.worked(starter("2d")).case
    waits = office.submit(another("Quenby Thistlewood", "B-1")).case
    rescreener = office.worker.rescreener()
    office.load_list(NSO, *OTHERS, STRANGER, day="2026-10-20")
    going = rescreener._here
    seen: list[Any] = []

    def late(*given: Any) -> Iterator[Any]:
        for one in going(*given):
            if not seen:
                for row in Screening.objects.filter(state="waiting"):
                    office.worker.screen(row)  # on the older lists, when the chunk was read already
            seen.append(one)
            yield one

    monkeypatch.setattr(rescreener, "_here", late)
    list(rescreener.going())
    office.worker.work_off()
    assert len(seen) == 2
    assert standing_of(case) == standing_of(waits) == "current"
    assert Case.objects.get(reference=waits).alerts == 1


def test_without_the_older_edition_everybody_is_looked_at_on_whole_lists(office: Office) -> None:
    case = approved(office, starter("2d"))
    blobs.path_of(office.home, EditionRow.objects.get(key="bis-el").normalised).unlink()
    newer(office, NSO, *OTHERS, LISTED, day="2026-10-20")
    assert (state(case), standing_of(case)) == (State.REOPENED, "current")


def test_without_the_newer_edition_it_ends_and_says_why(office: Office) -> None:
    case = approved(office, starter("2d"))
    lost = office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20").normalised
    blobs.path_of(office.home, lost).unlink()
    with pytest.raises(Refusal, match="kept file is gone"):
        office.worker.rescreen()
    office.worker.rescreen()  # not at once again
    assert (Rescreening.objects.get().failure != "", standing_of(case)) == (True, "older")
    (view,) = last(OFFICER).lists
    assert (view.state, "gone" in view.failure) == ("failed", True)


def test_another_matcher_looks_at_everybody_on_whole_lists_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = approved(office, starter("2d"))
    for module in ("rescreening", "rescreen_looking"):
        monkeypatch.setattr(f"safeconduct.flows.{module}.matcher_edition", lambda: "a newer matcher")
    office.worker.rescreen()
    run = Rescreening.objects.get()
    assert (run.source, run.matcher, run.looked, run.touched) == ("", "a newer matcher", 3, 0)
    assert standing_of(case) == "current"
    office.worker._rescreened = None
    office.worker.rescreen()
    assert Rescreening.objects.count() == 1
    monkeypatch.undo()
    office.worker._rescreened = None
    office.worker.rescreen()  # the older one looks once too, and does not begin again when the newer one has
    office.worker._rescreened = None
    office.worker.rescreen()
    assert Rescreening.objects.count() <= 2
