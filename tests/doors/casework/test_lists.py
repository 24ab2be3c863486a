"""The pages about lists: what they show to whom, and the one act on them."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.fetch_edition import FetchEdition, fetch_edition
from safeconduct.flows.fetches import FileFetched
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.store.models import EditionRow, LedgerEntry
from tests.doors.desk import Desk, words_of
from tests.flows.office import NSO, OTHERS, starter
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OPERATOR, POLICY_LEAD

CANDIRU = {"name": "Candiru", "aliases": [], "country": "Israel"}
CATALOGUE = '[source.bis-el]\nevery_hours = 24\naddresses.list = "https://lists.example/el.json?token=s3cret"\n'


def index(desk: Desk, actor: Actor = OFFICER) -> str:
    answer = desk.client(actor).get(reverse("lists:index"))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def held(desk: Desk, actor: Actor = CONSOLE) -> EditionRow:
    """An edition that lost a third of its entries."""
    loaded = desk.load_list(NSO, *OTHERS[:20], day="2026-10-20", actor=actor)
    assert loaded.held
    return EditionRow.objects.get(normalised=loaded.normalised)


def release_address(row: EditionRow) -> str:
    return reverse("lists:release", kwargs={"key": row.key, "sha256": row.normalised})


def test_the_page_shows_each_list_with_its_age_and_count(desk: Desk) -> None:
    said = words_of(index(desk))
    assert "bis-el US Bureau of Industry and Security" in said
    assert "1 October 2026" in said
    assert re.search(r"\d+ (month|week)s? ago", said.replace("\xa0", " "))
    assert "No interval set" in said
    assert "Nothing is fetched by itself" in said
    assert "eu-fsf European Commission addresses unchecked" in said


def test_a_list_that_is_older_than_its_interval_wears_a_shape_and_says_so(desk: Desk) -> None:
    (desk.home / "publishers.toml").write_text(CATALOGUE)
    html = index(desk)
    assert 'sc-outcome--asks">Older than 24 hours' in html
    assert "1 list is older than its interval." in words_of(html)


def test_a_fetch_is_shown_with_its_reason_and_no_secret(desk: Desk) -> None:
    (desk.home / "publishers.toml").write_text(CATALOGUE)
    row = EditionRow.objects.get()
    file = FileFetched("list", "https://lists.example/el.json?token=s3cret", "0" * 64, 10, '"e"')
    good = FetchEdition(source="bis-el", reader="bis-el", obtained="2026-11-20", files=(file,), edition=row.normalised)
    fetch_edition(SYSTEM, good, key="a", at=desk.at)
    html = index(desk)
    assert 'sc-outcome--passes">Fresh' in html
    assert "Unchanged" in html
    bad = FetchEdition(source="bis-el", reader="bis-el", obtained="2026-11-20", failure="no answer <in> time")
    fetch_edition(SYSTEM, bad, key="b", at=desk.at)
    html = index(desk)
    assert 'sc-outcome--asks">Failed' in html
    assert "no answer &lt;in&gt; time" in html
    history = desk.client(OFFICER).get(reverse("lists:history", kwargs={"key": "bis-el"})).content.decode()
    assert "https://lists.example/el.json" in history
    assert "s3cret" not in history + html


def test_what_changed_leads_to_the_entries_that_did(desk: Desk) -> None:
    newer = desk.load_list(NSO, CANDIRU, *OTHERS, day="2026-10-20").normalised
    address = reverse("lists:differences", kwargs={"key": "bis-el", "sha256": newer})
    assert address in index(desk)
    said = words_of(desk.client(OFFICER).get(address).content.decode())
    assert "1 added, 1 removed, 0 changed" in said
    assert "Candiru Added" in said
    assert "Dilawar Khan Removed" in said
    first = EditionRow.objects.order_by("id")[0].normalised
    said = words_of(
        desk.client(OFFICER)
        .get(reverse("lists:differences", kwargs={"key": "bis-el", "sha256": first}))
        .content.decode()
    )
    assert "This is the first edition" in said


def test_an_entry_with_a_hostile_name_is_only_text(desk: Desk) -> None:
    newer = desk.load_list(NSO, {**CANDIRU, "name": "<script>alert(1)</script>"}, *OTHERS, day="2026-10-20").normalised
    address = reverse("lists:differences", kwargs={"key": "bis-el", "sha256": newer})
    html = desk.client(OFFICER).get(address).content.decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_held_edition_is_put_in_use_by_a_second_person_with_grounds(desk: Desk) -> None:
    row = held(desk)
    client, address = desk.client(POLICY_LEAD), release_address(row)
    assert address in index(desk, POLICY_LEAD)
    page = client.get(address).content.decode()
    assert "from 32 to 21" in words_of(page)
    empty = client.post(address, {"key": "k", "grounds": " "})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Say what was checked" in empty.content.decode()
    before = LedgerEntry.objects.count()
    for _ in range(2):  # a second press has no second effect
        client.post(address, {"key": "k", "grounds": "eleven firms were delisted, see the notice"})
    row.refresh_from_db()
    assert (row.state, row.released_by) == ("active", POLICY_LEAD.id)
    assert LedgerEntry.objects.count() == before + 1
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert "Waiting for a person" not in index(desk)


def test_whoever_loaded_an_edition_does_not_release_it(desk: Desk) -> None:
    row = held(desk, OFFICER)
    assert release_address(row) not in index(desk, OFFICER)
    answer = desk.client(OFFICER).post(release_address(row), {"key": "k", "grounds": "I am sure"})
    assert "you loaded it yourself" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "held"


@pytest.mark.parametrize("actor", [COUNTERSIGNER, AUDITOR, ADVISER, EXPORTER])
def test_nobody_else_releases_one(desk: Desk, actor: Actor) -> None:
    row = held(desk)
    assert desk.client(actor).get(release_address(row)).status_code == HTTPStatus.FORBIDDEN
    assert (
        desk.client(actor).post(release_address(row), {"key": "k", "grounds": "x"}).status_code == HTTPStatus.FORBIDDEN
    )
    row.refresh_from_db()
    assert row.state == "held"


def test_a_list_or_edition_that_is_not_there_is_not_found(desk: Desk) -> None:
    client = desk.client(OFFICER)
    for address in ("/lists/nowhere/", f"/lists/bis-el/{'0' * 64}/", f"/lists/bis-el/{'0' * 64}/release/"):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    newest = EditionRow.objects.get()
    assert client.get(release_address(newest)).status_code == HTTPStatus.NOT_FOUND


def test_alarms_are_drawn_described_and_told_in_a_table(desk: Desk) -> None:
    desk.worked(starter("5"))
    html = index(desk)
    picture = re.search(r"<svg.*?</svg>", html[html.index('id="alarms-title"') :], re.DOTALL)
    assert picture
    assert '<title id="alarms-title">' not in html, "one id names one thing"
    assert picture[0].count("<rect") == 1
    assert "alarms in all; the most on one day" in picture[0]
    parties = len(starter("5")["parties"])
    assert re.search(rf"among {parties} screenings of a party\. That is [0-9.]+ for each hundred", words_of(html))
    assert "<table" in html[html.index("<svg") :]


def test_an_operator_sees_the_lists_and_no_number_of_cases(desk: Desk) -> None:
    order = AdmitPerson(name_id=OPERATOR.id, name=OPERATOR.name, role=OPERATOR.role)
    admit_person(CONSOLE, order, key="operator", at=desk.at)
    desk.worked(starter("5"))
    said = words_of(index(desk, OPERATOR))
    assert "Your role reads no case, so no alarms are counted for you." in said
    assert "screenings of a party" not in said
    assert desk.client(OPERATOR).get("/")["Location"] == reverse("lists:index")
    assert "Queue" not in said


def test_an_adviser_is_not_led_to_the_page(desk: Desk) -> None:
    assert desk.client(ADVISER).get(reverse("lists:index")).status_code == HTTPStatus.FORBIDDEN
    assert reverse("lists:index") not in desk.client(ADVISER).get(reverse("casework:queue")).content.decode()
    assert reverse("lists:index") in desk.client(OFFICER).get(reverse("casework:queue")).content.decode()


def test_a_catalogue_that_cannot_be_read_is_said_at_the_head_of_the_page(desk: Desk) -> None:
    (desk.home / "publishers.toml").write_text("[fetching]\non = 'yes'")
    assert "The catalogue of publishers cannot be read" in words_of(index(desk))


def test_the_pages_carry_no_script_or_style(desk: Desk) -> None:
    row = held(desk)
    client = desk.client(POLICY_LEAD)
    key = {"key": "bis-el"}
    edition = {**key, "sha256": row.normalised}
    for address in (
        reverse("lists:index"),
        reverse("lists:history", kwargs=key),
        reverse("lists:differences", kwargs=edition),
        reverse("lists:release", kwargs=edition),
    ):
        html = client.get(address).content.decode()
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html), address
