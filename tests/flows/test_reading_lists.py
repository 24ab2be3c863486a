"""The picture of all lists: what is in use and since when, what changed, what waits, and how often screening alarms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.access import Marking
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows import list_changes
from safeconduct.flows.ask_screening import AskScreening, ask_screening
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.fetch_edition import FetchEdition, fetch_edition
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.reading_alarms import DAYS, alarms
from safeconduct.flows.reading_lists import ListSeen, edition_changes, list_history, lists
from safeconduct.store import blobs
from safeconduct.store.models import EditionRow, Fetch, Record
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OPERATOR, POLICY_LEAD

CANDIRU = {"name": "Candiru", "aliases": [], "country": "Israel"}
CATALOGUE = """
[source.bis-el]
every_hours = 24
addresses.list = "https://lists.example/el.json"
"""


def seen(office: Office, key: str = "bis-el", actor: Any = OFFICER) -> ListSeen:
    return next(one for one in lists(actor, office.at).sources if one.key == key)


def catalogued(office: Office, text: str = CATALOGUE) -> None:
    (office.home / "publishers.toml").write_text(text)


def attempt(office: Office, edition: str = "", failure: str = "") -> None:
    """One attempt to fetch the list, found unchanged or failed."""
    order = FetchEdition(source="bis-el", reader="bis-el", obtained=office.at.now(), edition=edition, failure=failure)
    fetch_edition(SYSTEM, order, key=office.key(), at=office.at)


def test_what_is_in_use_is_shown_with_its_dates_and_count(office: Office) -> None:
    one = seen(office)
    assert one.in_use is not None
    assert (one.in_use.published, one.in_use.obtained, one.in_use.count) == ("2026-10-01", "2026-10-01", 31)
    assert (one.publisher, one.kind, one.editions) == ("US Bureau of Industry and Security", "watchlist", 1)
    assert (one.in_use.changes, one.in_use.before) == (None, "")
    assert (one.stale, one.every_hours, one.last_fetch) == (None, 0, None)


def test_what_changed_is_counted_and_named(office: Office) -> None:
    renamed = {**OTHERS[0], "aliases": ["Boreal House"]}
    newer = office.load_list(NSO, CANDIRU, renamed, *OTHERS[2:], day="2026-10-20")
    one = seen(office).in_use
    assert one is not None
    assert one.changes is not None
    assert (one.changes.added, one.changes.removed, one.changes.changed) == (1, 1, 1)
    assert [(each.sign, each.name) for each in one.changes.entries] == [
        ("added", "Candiru"), ("removed", OTHERS[1]["name"]), ("changed", OTHERS[0]["name"]),
    ]  # fmt: skip
    assert edition_changes(OFFICER, "bis-el", newer.normalised, office.at) == one


def test_what_changed_is_worked_out_when_the_list_is_loaded_and_again_if_lost(office: Office) -> None:
    office.load_list(NSO, CANDIRU, *OTHERS, day="2026-10-20")
    (kept,) = (office.home / "index").glob("changes-*")
    before = seen(office)
    for damage in (b"", b"{", b"[]"):
        kept.write_bytes(damage)
        assert seen(office) == before
    kept.unlink()
    assert seen(office) == before


def test_two_large_editions_are_not_compared_while_a_page_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.load_list(NSO, CANDIRU, *OTHERS, day="2026-10-20")
    (kept,) = (office.home / "index").glob("changes-*")
    kept.unlink()
    monkeypatch.setattr(list_changes, "MOST_BYTES", 100)
    one = seen(office).in_use
    assert one is not None
    assert one.before
    assert one.changes is None


def test_an_edition_whose_bytes_are_gone_keeps_neither_the_page_nor_a_newer_list(office: Office) -> None:
    row = EditionRow.objects.get()
    blobs.path_of(office.home, row.normalised).unlink()
    office.load_list(NSO, CANDIRU, *OTHERS, day="2026-10-20")
    one = seen(office).in_use
    assert one is not None
    assert one.changes is None


def test_an_edition_that_waits_is_told_with_why_and_who_may_release_it(office: Office) -> None:
    office.load_list(NSO, *OTHERS[:20], day="2026-10-20", actor=OFFICER)
    (held,) = seen(office).held
    assert "from 31 to 21" in held.held
    assert (held.may_release, held.in_use) == (False, False)
    assert held.changes is not None
    assert held.changes.removed == 10
    assert seen(office, actor=POLICY_LEAD).held[0].may_release
    for other in (COUNTERSIGNER, AUDITOR, OPERATOR):
        assert not seen(office, actor=other).held[0].may_release
    assert seen(office).in_use is not None


@pytest.mark.parametrize(("hours", "stale"), [(24, False), (25, True)])
def test_a_list_is_stale_once_its_publisher_was_asked_longer_ago_than_the_interval(
    office: Office, hours: int, stale: bool
) -> None:
    catalogued(office)
    attempt(office, edition=EditionRow.objects.get().normalised)
    office.now += dt.timedelta(hours=hours)
    one = seen(office)
    assert (one.stale, one.confirmed) == (stale, "2026-11-02T09:00:00Z")


@pytest.mark.parametrize(("day", "stale"), [("2026-11-01", False), ("2026-10-31", True)])
def test_a_list_loaded_by_hand_counts_from_the_end_of_its_day(office: Office, day: str, stale: bool) -> None:
    catalogued(office)
    office.load_list(NSO, CANDIRU, *OTHERS, day=day)
    assert seen(office).stale is stale


def test_a_failed_fetch_confirms_nothing(office: Office) -> None:
    catalogued(office)
    attempt(office, failure="no answer in time")
    one = seen(office)
    assert (one.stale, one.confirmed) == (True, "2026-10-01")
    assert one.last_fetch is not None
    assert (one.last_fetch.outcome, one.last_fetch.reason) == ("failed", "no answer in time")
    history = list_history(OFFICER, "bis-el", office.at)
    assert [row.outcome for row in history.fetches] == ["failed"]


def test_what_is_due_next_is_told_where_the_state_switched_fetching_on(office: Office) -> None:
    catalogued(office, CATALOGUE + "on = true\n")
    attempt(office, failure="no answer in time")
    assert seen(office).next_due == ""
    catalogued(office, "[fetching]\non = true\n" + CATALOGUE + "on = true\n")
    assert seen(office).next_due == "2026-11-02T09:15:00Z"
    assert lists(OFFICER, office.at).fetching


def test_a_catalogue_that_cannot_be_read_is_told_and_hides_no_list(office: Office) -> None:
    catalogued(office, "[source.bis-el]\nevery_hours = 'often'")
    found = lists(OFFICER, office.at)
    assert "every_hours" in found.trouble
    assert not found.fetching
    assert [one.key for one in found.sources] == ["bis-el"]


def test_lists_of_the_catalogue_are_shown_before_they_are_loaded(office: Office) -> None:
    one = seen(office, "eu-fsf")
    assert (one.in_use, one.editions, one.checked, one.publisher) == (None, 0, "unchecked", "European Commission")
    assert list_history(OFFICER, "eu-fsf", office.at).editions == ()


def test_a_list_that_is_not_there_is_told(office: Office) -> None:
    with pytest.raises(Refusal, match="no such list"):
        list_history(OFFICER, "nowhere", office.at)
    with pytest.raises(Refusal, match="no such list"):
        edition_changes(OFFICER, "bis-el", "0" * 64, office.at)


@pytest.mark.parametrize("actor", [ADVISER, EXPORTER])
def test_the_picture_is_not_for_everybody(office: Office, actor: Any) -> None:
    for query in (lists, alarms):
        with pytest.raises(Refusal, match="may not see_lists"):
            query(actor, office.at)
    with pytest.raises(Refusal, match="may not see_lists"):
        list_history(actor, "bis-el", office.at)


def counted(office: Office, actor: Any = OFFICER) -> tuple[int, int]:
    found = alarms(actor, office.at)
    assert found is not None
    assert len(found.days) == DAYS
    assert (found.screened, found.alarms) == (
        sum(day.screened for day in found.days), sum(day.alarms for day in found.days),
    )  # fmt: skip
    return found.screened, found.alarms


def test_matches_that_need_a_person_are_counted_on_their_day(office: Office) -> None:
    office.worked(starter("5"))
    parties = len(starter("5")["parties"])
    assert counted(office) == (parties, 1)
    found = alarms(OFFICER, office.at)
    assert found is not None
    assert (found.days[-1].day, found.days[-1].alarms) == ("2026-11-02", 1)
    assert found.per_hundred == f"{100 / parties:.1f}"


def test_the_same_match_in_another_case_counts_once(office: Office) -> None:
    office.worked(starter("5"))
    office.worked(starter("5"))
    assert counted(office) == (2 * len(starter("5")["parties"]), 1)


def test_a_match_that_was_cleared_before_is_no_alarm(office: Office) -> None:
    case = office.worked(starter("5")).case
    body = Record.objects.get(kind="screening", body__contains='"answer":"likely_same"').body
    kept = msgspec.json.decode(body)
    match = kept["screening"]["matches"][0]
    order = ClearMatch(
        case=case, party=kept["party"]["id"], source=match["source"], entry=match["entry"], grounds="two firms"
    )
    done = clear_match(OFFICER, order, key="c", at=office.at)
    if done.second_person:
        second = ConfirmClearance(
            case=case, party=order.party, source=order.source, entry=order.entry, confirm=True, reasons="so they are"
        )
        confirm_clearance(COUNTERSIGNER, second, key="d", at=office.at)
    assert counted(office)[1] == 1
    office.days_pass(DAYS)
    assert counted(office) == (0, 0)
    office.worked(starter("5"))
    assert counted(office) == (len(starter("5")["parties"]), 0)


def test_days_that_are_over_are_not_counted(office: Office) -> None:
    office.worked(starter("5"))
    office.days_pass(DAYS - 1)
    assert counted(office)[1] == 1
    office.days_pass(1)
    assert counted(office) == (0, 0)
    found = alarms(OFFICER, office.at)
    assert found is not None
    assert found.per_hundred == ""


def test_nobody_learns_by_a_number_of_a_case_that_is_closed_to_him(office: Office) -> None:
    office.worked(starter("5"), marking=Marking.SECRET.value)
    assert counted(office, OFFICER)[1] == 1
    assert counted(office, AUDITOR)[1] == 1
    assert counted(office, POLICY_LEAD) == (0, 0)


def test_nobody_learns_by_a_number_of_a_compartment_he_is_not_in(office: Office) -> None:
    inside = msgspec.structs.replace(OFFICER, teams=("north",))
    office.submit(starter("5"), inside, compartment="north")
    office.worker.work_off()
    assert counted(office, inside)[1] == 1
    assert counted(office, OFFICER) == (0, 0)


def test_look_ups_outside_a_case_count_for_whoever_may_read_them(office: Office) -> None:
    parties = (Party("L1", "NSO Group", "organization", territory="IL"), Party("L2", "Quiet Harbour Bakery"))
    ask_screening(COUNTERSIGNER, AskScreening(parties=parties), key="l", at=office.at)
    assert counted(office) == (0, 0), "nothing is counted that waits"
    office.worker.work_off()
    for reader in (OFFICER, AUDITOR):
        assert counted(office, reader) == (2, 1)
    assert counted(office, COUNTERSIGNER) == (0, 0)


def test_who_reads_no_case_is_shown_no_number(office: Office) -> None:
    office.worked(starter("5"))
    assert alarms(OPERATOR, office.at) is None


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rate_is_rounded_half_up_without_floats(part: int, whole: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    from safeconduct.flows.reading_alarms import _tenths

    exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert abs(Decimal(_tenths(part * 1000, whole)) - exact) <= Decimal("0.0")


def test_editions_of_one_day_are_told_apart_by_the_moment_they_were_fetched(office: Office, tmp_path: Path) -> None:
    """A list without a date of publication, fetched twice in a day: the later one is in use, whatever its hash."""
    import json

    from safeconduct.flows.load_edition import load_edition, orders_for

    hashes = []
    for hour, entities in (
        (6, [NSO, *OTHERS]),
        (12, [NSO, CANDIRU, *OTHERS]),
        (18, [NSO, *OTHERS, CANDIRU, OTHERS[0]]),
    ):
        path = tmp_path / f"{hour}.json"
        path.write_text(json.dumps({"list_id": "bis-meu", "count": len(entities), "entities": entities}))
        (order,) = orders_for([path], obtained=f"2026-11-02T{hour:02}:00:00Z", at=office.at)
        hashes.append(load_edition(OFFICER, order, key=office.key(), at=office.at).normalised)
        used = seen(office, "bis-meu").in_use
        assert used is not None
        assert used.sha256 == hashes[-1]
    assert not Fetch.objects.exists()
