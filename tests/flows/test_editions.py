"""Editions: loaded once, held where too much is gone, chosen by date, and what a newer list does to a case."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import watchlists
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.reading import as_of, edition_differences, edition_named, edition_shown, editions
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.release_edition import ReleaseEdition, release_edition
from safeconduct.flows.wording import said_of
from safeconduct.store import blobs
from safeconduct.store.models import Blob, Case, EditionRow, Screening
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.people import ADVISER, EXPORTER, OFFICER, POLICY_LEAD


def test_the_same_list_loaded_again_changes_nothing(office: Office) -> None:
    rows, files = EditionRow.objects.count(), Blob.objects.count()
    again = office.load_list(NSO, *OTHERS)
    assert not again.new
    assert (EditionRow.objects.count(), Blob.objects.count()) == (rows, files)


def test_another_date_for_the_same_bytes_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="loaded as of 2026-10-01"):
        office.load_list(NSO, *OTHERS, day="2026-10-09")


def test_the_bytes_are_kept_as_they_came_and_as_they_were_read(office: Office) -> None:
    row = EditionRow.objects.get()
    document = json.loads(row.document)
    for sha256 in (*document["raw"], row.normalised):
        assert blobs.read(office.home, sha256)
        assert Blob.objects.filter(sha256=sha256).exists()


def test_a_watchlist_with_a_row_nobody_could_read_waits_for_a_person(tmp_path: Path, office: Office) -> None:
    rows = [f'{number},"FIRM {number}",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ' for number in range(1, 200)]
    rows[7] = rows[7].replace("FIRM", "FI\u202eRM")
    files = [tmp_path / name for name in ("sdn.csv", "alt.csv", "add.csv")]
    for file, text in zip(
        files,
        ("\n".join(rows), '1,1,"aka","FIRST FIRM",-0- ', '1,1,-0- ,"Havana","Cuba",-0- '),
        strict=True,
    ):
        file.write_text(text + "\n", encoding="utf-8")
    in_use = watchlists()
    for order in orders_for(files, at=office.at):
        loaded = load_edition(POLICY_LEAD, order, key="hidden", at=office.at)
    assert "U+202E" in said_of(loaded.held)
    assert watchlists() == in_use


def test_a_list_that_lost_over_a_tenth_waits_for_a_second_person(office: Office) -> None:
    in_use = watchlists()
    held = office.load_list(NSO, *OTHERS[:20], day="2026-10-20", actor=OFFICER)
    assert held.held
    assert watchlists() == in_use
    order = ReleaseEdition(
        source="bis-el", normalised=held.normalised, grounds="ten firms were delisted, see the notice"
    )
    with pytest.raises(Refusal, match="you loaded it yourself"):
        release_edition(OFFICER, order, key="r1", at=office.at)
    with pytest.raises(Refusal, match="may not release_edition"):
        release_edition(ADVISER, order, key="r1", at=office.at)
    without = ReleaseEdition(source="bis-el", normalised=held.normalised, grounds=" ")
    with pytest.raises(Refusal, match="no grounds"):
        release_edition(POLICY_LEAD, without, key="r2", at=office.at)
    release_edition(POLICY_LEAD, order, key="r3", at=office.at)
    assert [one.normalised for one in watchlists()] == [held.normalised]
    with pytest.raises(Refusal, match="is held"):
        release_edition(POLICY_LEAD, order, key="r4", at=office.at)


def test_a_day_before_publication_does_not_see_the_list(office: Office) -> None:
    newer = office.load_list(NSO, *OTHERS, {"name": "Candiru", "aliases": [], "country": "Israel"}, day="2026-10-20")
    assert [one.normalised for one in watchlists()] == [newer.normalised]
    older = watchlists("2026-10-19")
    assert len(older) == 1
    assert older[0].normalised != newer.normalised
    assert watchlists("2026-09-30") == ()
    assert [one.basis for one in as_of(OFFICER, "2026-10-19")] == ["published"]


def test_an_unknown_date_of_publication_falls_back_and_says_so(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "undated.json"
    entities = [NSO, *OTHERS, {"name": "Candiru", "aliases": [], "country": "Israel"}]
    path.write_text(json.dumps({"list_id": "bis-entity-list", "count": len(entities), "entities": entities}))
    (order,) = orders_for([path], obtained="2026-10-25", at=office.at)
    load_edition(CONSOLE, order, key=order.content_key(), at=office.at)
    assert [one.basis for one in as_of(OFFICER, "2026-10-26")] == ["obtained"]


def test_a_newer_list_asks_for_the_parties_again_before_an_approval(office: Office) -> None:
    case = office.worked(starter("2a")).case
    approve = Decide(case=case, decision="approve")
    office.load_list(NSO, *OTHERS, {"name": "Candiru", "aliases": [], "country": "Israel"}, day="2026-10-20")
    with pytest.raises(Refusal, match="newer editions"):
        record_decision(OFFICER, approve, key="a", at=office.at)
    again = office.assess(case)
    assert again.waiting == len(starter("2a")["parties"])
    assert Screening.objects.filter(state="superseded").count() == again.waiting
    office.worker.work_off()
    office.assess(case)
    record_decision(OFFICER, approve, key="b", at=office.at)


def test_a_case_fixed_to_a_day_is_assessed_on_its_lists_and_never_approved_on_them(office: Office) -> None:
    office.load_list(NSO, *OTHERS, {"name": "Candiru", "aliases": [], "country": "Israel"}, day="2026-10-20")
    assessed = office.worked(starter("2a"), as_of="2026-10-19")
    assert assessed.outcome == "no-objection"
    old = watchlists("2026-10-19")[0].normalised
    assert all(old in row.editions for row in Screening.objects.all())
    with pytest.raises(Refusal, match="newer editions"):
        record_decision(OFFICER, Decide(case=assessed.case, decision="approve"), key="a", at=office.at)
    assert Case.objects.get().as_of == "2026-10-19"


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("nope", "not a date"),
        ("2026-02-30", "not a date"),
        ("20261019", "not a date"),
        ("2026-10", "not a day"),
        ("2026-11-03", "has not come yet"),
        ("2026-09-30", "no watchlist edition held"),
    ],
)
def test_a_day_on_which_nothing_can_be_screened_opens_no_case(office: Office, day: str, what: str) -> None:
    with pytest.raises(Refusal, match=what) as caught:
        office.submit(starter("2a"), as_of=day)
    assert caught.value.where == "as of"
    assert caught.value.remedy
    assert not Case.objects.exists()


@pytest.mark.parametrize("day", ["nope", "2026-13-01", "2026", ""])
def test_editions_are_told_of_days_alone(office: Office, day: str) -> None:
    with pytest.raises(Refusal) as caught:
        as_of(OFFICER, day)
    assert "YYYY-MM-DD" in caught.value.remedy
    assert as_of(OFFICER, "2026-10-01")


def load_all(office: Office, *paths: Path) -> None:
    for order in orders_for(paths, at=office.at):
        load_edition(CONSOLE, order, key=order.content_key(), at=office.at)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"not a list", b'{"list_id": "bis-entity-list", "count": 2, "entities": []}']
)
def test_a_file_that_is_no_list_leaves_nothing(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    before = sorted(path.name for path in (office.home / "blobs").rglob("*"))
    with pytest.raises(Refusal, match=r"bad\.json"):
        load_all(office, path)
    assert sorted(path.name for path in (office.home / "blobs").rglob("*")) == before
    assert EditionRow.objects.count() == 1


def test_a_file_that_changes_between_order_and_reading_is_refused(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"list_id": "bis-entity-list", "count": 1, "entities": [NSO]}))
    (order,) = orders_for([path], at=office.at)
    path.write_text(json.dumps({"list_id": "bis-entity-list", "count": 1, "entities": OTHERS[:1]}))
    with pytest.raises(Refusal, match="changed while it was read"):
        load_edition(CONSOLE, order, key=order.content_key(), at=office.at)


def test_of_two_editions_loaded_on_one_day_the_later_is_in_use(office: Office, tmp_path: Path) -> None:
    """Without a date of publication the moment of loading decides, whatever the hashes are."""
    for hour, entities in enumerate(
        ([NSO, *OTHERS], [NSO, *OTHERS, OTHERS[0] | {"name": "A"}], [NSO, *OTHERS[:-1], OTHERS[0]])
    ):
        office.now += dt.timedelta(hours=hour)
        path = tmp_path / f"{hour}.json"
        path.write_text(json.dumps({"list_id": "bis-meu", "count": len(entities), "entities": entities}))
        (order,) = orders_for([path], at=office.at)
        loaded = load_edition(OFFICER, order, key=office.key(), at=office.at)
        assert loaded.normalised in {one.normalised for one in watchlists()}


def test_only_who_may_loads_a_list(office: Office) -> None:
    with pytest.raises(Refusal, match="may not load_edition"):
        office.load_list(NSO, *OTHERS, day="2026-10-21", actor=EXPORTER)


def test_editions_are_shown_and_compared(office: Office) -> None:
    newer = office.load_list(NSO, *OTHERS, {"name": "Candiru", "aliases": [], "country": "Israel"}, day="2026-10-20")
    first, second = editions(OFFICER, at=office.at)
    assert (first.age_days, second.age_days) == (32, 13)
    assert (first.published, second.published, second.count) == ("2026-10-01", "2026-10-20", 32)
    assert edition_named(OFFICER, "bis-el").sha256 == newer.normalised
    assert edition_named(OFFICER, first.sha256[:12]).sha256 == first.sha256
    found = edition_differences(OFFICER, first.sha256[:12], second.sha256[:12], at=office.at)
    assert (len(found["added"]), len(found["removed"]), len(found["changed"])) == (1, 0, 0)
    shown = edition_shown(OFFICER, "bis-el", at=office.at)
    assert len(shown["records"]) == 32
    with pytest.raises(Refusal, match="no such edition"):
        edition_named(OFFICER, "un-sc")
