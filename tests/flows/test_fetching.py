"""Fresh lists from a publisher's server: new, unchanged, held or failed; one consistent set or nothing; when due."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import watchlists
from safeconduct.flows.fetch_edition import Fetched
from safeconduct.flows.fetches import catalogue, due, held, last
from safeconduct.flows.fetching import chosen, fetch, overdue
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.release_edition import ReleaseEdition, release_edition
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.sources.publishers import Publisher, Publishers, publishers
from safeconduct.store.models import EditionRow, Fetch, FetchLease
from tests.flows.office import Office
from tests.flows.publisher import Conversation, PublisherServer, edition, in_turn, sent_on, served, un_list
from tests.people import ADVISER, AUDITOR, EXPORTER, OFFICER
from tests.sources.test_ofac import THREE
from tests.sources.test_un import UN

SDN, ALT, ADD = (text.encode() for _, text in THREE)


@pytest.fixture
def server() -> Iterator[PublisherServer]:
    with served({}) as found:
        yield found


def catalogued(server: PublisherServer, text: str = "") -> Publishers:
    """A catalogue whose UN and OFAC lists are on our server."""
    own = f"""
    [fetching]
    loopback = true
    read_seconds = 5
    [source.un-sc]
    on = true
    addresses.list = "{server.url("/un.xml")}"
    [source.ofac-sdn]
    addresses = {{sdn = "{server.url("/SDN.CSV")}", alt = "{server.url("/ALT.CSV")}", add = "{server.url("/ADD.CSV")}"}}
    {text}
    """
    return publishers(own)


def got(office: Office, server: PublisherServer, key: str = "un-sc", actor: Any = OFFICER, text: str = "") -> Fetched:
    found = catalogued(server, text)
    done = fetch(actor, found.named(key), found.fetching, office.at)
    assert done is not None
    return done


def test_a_new_list_is_loaded_and_in_use(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = edition(UN.encode(), '"one"')
    done = got(office, server)
    assert (done.outcome, done.reason) == ("new", "")
    assert done.edition in {one.normalised for one in watchlists()}
    row = EditionRow.objects.get(key="un-sc")
    assert (row.obtained, row.loaded_by, row.state) == ("2026-11-02T09:00:00Z", OFFICER.id, "active")
    kept = last("un-sc")
    assert kept is not None
    (file,) = json.loads(kept.files)
    assert (file["address"], file["etag"], file["size"]) == (server.url("/un.xml"), '"one"', len(UN.encode()))
    assert file["sha256"] in json.loads(row.document)["raw"]
    assert not verify_ledger(CONSOLE, at=office.at).problems


def test_a_list_that_did_not_change_is_not_read_again(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = edition(UN.encode(), '"one"')
    first = got(office, server)
    again = got(office, server)
    assert (again.outcome, again.edition, again.count) == ("unchanged", first.edition, first.count)
    assert server.asked[1].headers["if-none-match"] == '"one"'
    assert EditionRow.objects.filter(key="un-sc").count() == 1
    third = got(office, server)
    assert (third.outcome, len(server.asked)) == ("unchanged", 3)


def test_the_same_bytes_without_a_name_for_them_are_unchanged_too(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = UN.encode()
    assert [got(office, server).outcome for _ in range(2)] == ["new", "unchanged"]


def test_a_newer_list_takes_its_place(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = edition(un_list(20), '"one"')
    got(office, server)
    server.answers["/un.xml"] = edition(un_list(21), '"two"')
    done = got(office, server)
    assert (done.outcome, done.count) == ("new", 21)


def test_a_list_that_lost_too_much_waits_for_a_person(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = edition(un_list(20), '"one"')
    before = got(office, server)
    server.answers["/un.xml"] = edition(un_list(12), '"two"')
    done = got(office, server, actor=SYSTEM)
    assert done.outcome == "held"
    assert "20" in done.reason
    assert before.edition in {one.normalised for one in watchlists()}
    still = got(office, server, actor=SYSTEM)
    assert (still.outcome, server.asked[-1].headers["if-none-match"]) == ("held", '"two"')
    order = ReleaseEdition(source="un-sc", normalised=done.edition, grounds="the committee's notice of today")
    release_edition(OFFICER, order, key="r", at=office.at)
    assert got(office, server, actor=SYSTEM).outcome == "unchanged"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html>moved</html>", "web page"),
        (b"not a list", "no reader knows"),
        (SDN, "missing"),
        (un_list(0), "no record"),
        (UN.encode()[:-40], "line"),
    ],
)
def test_what_is_no_such_list_fails_and_changes_nothing(
    office: Office, server: PublisherServer, body: bytes, reason: str
) -> None:
    server.answers["/un.xml"] = body
    in_use = watchlists()
    done = got(office, server)
    assert done.outcome == "failed"
    assert reason in done.reason
    assert watchlists() == in_use
    assert not [path for path in (office.home / "fetching" / "un-sc").iterdir() if path.name != "lock"]


def test_another_publishers_list_in_the_place_of_one_is_refused(office: Office, server: PublisherServer) -> None:
    from tests.sources.test_us_lists import DPL

    server.answers["/un.xml"] = DPL.encode()
    done = got(office, server)
    assert done.outcome == "failed"
    assert "the file is of bis-dpl" in done.reason
    assert not EditionRow.objects.filter(key__in=("un-sc", "bis-dpl")).exists()


def test_a_failure_is_told_and_does_not_forget_what_is_at_hand(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = edition(UN.encode(), '"one"')
    got(office, server)
    server.answers["/un.xml"] = lambda talk: talk.answer("503 Service Unavailable")
    assert "come back later (503)" in got(office, server).reason
    server.answers["/un.xml"] = edition(UN.encode(), '"one"')
    assert got(office, server).outcome == "unchanged"
    assert [row.outcome for row in Fetch.objects.order_by("id")] == ["new", "failed", "unchanged"]


def three(server: PublisherServer, mark: str, sdn: bytes = SDN, alt: bytes = ALT, add: bytes = ADD) -> None:
    for name, body in (("SDN", sdn), ("ALT", alt), ("ADD", add)):
        server.answers[f"/{name}.CSV"] = edition(body, f'"{name}-{mark}"')


def test_a_list_of_three_files_comes_as_one(office: Office, server: PublisherServer) -> None:
    three(server, "one")
    done = got(office, server, "ofac-sdn")
    assert done.outcome == "new"
    assert json.loads(EditionRow.objects.get(key="ofac-sdn").document)["files"] == ["SDN.CSV", "ALT.CSV", "ADD.CSV"]
    assert got(office, server, "ofac-sdn").outcome == "unchanged"


def test_where_one_of_three_cannot_be_had_nothing_is_loaded(office: Office, server: PublisherServer) -> None:
    three(server, "one")
    del server.answers["/ADD.CSV"]
    done = got(office, server, "ofac-sdn")
    assert done.outcome == "failed"
    assert "/ADD.CSV: the publisher has no such file" in done.reason
    assert not EditionRow.objects.filter(key="ofac-sdn").exists()


def test_where_one_of_three_changed_the_others_are_taken_from_what_was_kept(
    office: Office, server: PublisherServer
) -> None:
    three(server, "one")
    got(office, server, "ofac-sdn")
    more = ALT.replace(b"aka", b"fka", 1)
    server.answers["/ALT.CSV"] = edition(more, '"ALT-two"')
    done = got(office, server, "ofac-sdn")
    assert (done.outcome, done.reason) == ("new", "")
    newest = EditionRow.objects.filter(key="ofac-sdn").order_by("-id")[0]
    assert len(json.loads(newest.document)["raw"]) == 3


def test_a_list_that_changes_between_its_files_is_read_anew(office: Office, server: PublisherServer) -> None:
    """The publisher renews all three after we have the first: half old and half new must never be one edition."""
    three(server, "one")
    newer = SDN.replace(b"-0- ", b"-0-  ", 1)

    def renewing(talk: Conversation) -> None:
        if server.paths().count("/ALT.CSV") == 1:
            three(server, "two", sdn=newer)
        edition(ALT, '"ALT-two"')(talk)

    server.answers["/ALT.CSV"] = renewing
    done = got(office, server, "ofac-sdn")
    assert done.outcome == "new"
    kept = last("ofac-sdn")
    assert kept is not None
    assert [file["etag"] for file in json.loads(kept.files)] == ['"SDN-two"', '"ALT-two"', '"ADD-two"']


def test_a_list_that_never_stands_still_fails(office: Office, server: PublisherServer) -> None:
    three(server, "one")
    marks = iter(range(100))

    def restless(talk: Conversation) -> None:
        edition(SDN.replace(b"-0- ", b"-0- " + b" " * next(marks), 1))(talk)

    server.answers["/SDN.CSV"] = restless
    assert "changed its files while" in got(office, server, "ofac-sdn").reason


def test_an_address_that_the_state_changed_is_asked_for_everything(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = server.answers["/new.xml"] = edition(UN.encode(), '"one"')
    got(office, server)
    found = catalogued(server)
    moved = found.named("un-sc")
    moved.addresses["list"] = server.url("/new.xml")
    done = fetch(OFFICER, moved, found.fetching, office.at)
    assert done is not None
    assert done.outcome == "unchanged"
    assert "if-none-match" not in server.asked[-1].headers


def test_a_redirect_off_the_list_fails_the_fetch(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = sent_on("https://elsewhere.example/un.xml?signature=s3cret")
    done = got(office, server)
    assert done.outcome == "failed"
    assert "https://elsewhere.example:443, which is not on this source's list" in done.reason
    assert "s3cret" not in done.reason


def test_a_credential_is_sent_and_never_kept(
    office: Office, server: PublisherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.url("/un?t=") + "{credential}"
    text = f'[source.mine]\nreader = "un-sc"\ncredential = "LIST_TOKEN"\naddresses.list = "{url}"'
    assert "LIST_TOKEN is not set" in got(office, server, "mine", text=text).reason
    monkeypatch.setenv("LIST_TOKEN", "s3cret")
    server.answers["/un?t=s3cret"] = in_turn(lambda talk: talk.answer("403 Forbidden"), edition(UN.encode()))
    assert "refuses to give it" in got(office, server, "mine", text=text).reason
    assert got(office, server, "mine", text=text).outcome == "new"
    assert EditionRow.objects.get(key="mine").state == "active"
    assert not [row for row in Fetch.objects.values() if "s3cret" in str(row)]
    assert not [path for path in (office.home / "fetching").rglob("*") if b"s3cret" in path.name.encode()]


def test_a_credential_that_a_publisher_sends_back_is_not_told(
    office: Office,
    server: PublisherServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    url = server.url("/un?t=") + "{credential}"
    text = f'[source.mine]\nreader = "un-sc"\ncredential = "LIST_TOKEN"\naddresses.list = "{url}"'
    monkeypatch.setenv("LIST_TOKEN", "s3 cret")

    def strange(talk: Conversation) -> None:
        talk.send(b"HTTP/1.1 302 Found\r\nLocation: /files/s3%20cret/un.xml\r\nno header at all\r\n\r\n")

    server.answers["/un?t=s3%20cret"] = strange
    server.answers["/files/s3%20cret/un.xml"] = strange
    done = got(office, server, "mine", text=text)
    assert "/files/…/un.xml: sent on more than 5 times" in done.reason
    said = capsys.readouterr()
    assert "cret" not in caplog.text + said.out + said.err


def test_a_credential_in_a_header_goes_to_the_publisher(
    office: Office, server: PublisherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'[source.mine]\nreader = "un-sc"\ncredential = "LIST_TOKEN"\naddresses.list = "{server.url("/un.xml")}"'
    monkeypatch.setenv("LIST_TOKEN", "Bearer s3cret")
    server.answers["/un.xml"] = UN.encode()
    assert got(office, server, "mine", text=text).outcome == "new"
    assert server.asked[0].headers["authorization"] == "Bearer s3cret"
    monkeypatch.setenv("LIST_TOKEN", "two\nlines")
    assert "no header may hold" in got(office, server, "mine", text=text).reason


@pytest.mark.parametrize("actor", [ADVISER, AUDITOR, EXPORTER])
def test_only_who_may_fetches(office: Office, server: PublisherServer, actor: Any) -> None:
    with pytest.raises(Refusal, match="may not fetch_edition"):
        got(office, server, actor=actor)
    assert not server.asked
    assert not Fetch.objects.exists()


def test_one_source_is_fetched_by_one_process_at_a_time(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = UN.encode()
    with held(office.at, "un-sc", 60), pytest.raises(Refusal, match="another process is fetching"):
        got(office, server)
    assert got(office, server).outcome == "new"
    assert not FetchLease.objects.exists()


def test_a_lease_of_another_host_holds_until_it_runs_out(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = UN.encode()
    FetchLease.objects.create(source="un-sc", holder="elsewhere:12", until=office.now + dt.timedelta(minutes=5))
    with pytest.raises(Refusal, match="another process is fetching"):
        got(office, server)
    office.now += dt.timedelta(minutes=6)
    assert got(office, server).outcome == "new"


def test_of_two_hosts_that_begin_at_once_one_fetches(
    office: Office, server: PublisherServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/un.xml"] = UN.encode()
    FetchLease.objects.create(source="un-sc", holder="elsewhere:12", until=office.now + dt.timedelta(minutes=5))
    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, "first", lambda _self: None)  # as it looked a moment before the other's row was there
        with pytest.raises(Refusal, match="another process is fetching"), held(office.at, "un-sc", 60):
            raise AssertionError("both hold it")
    assert FetchLease.objects.get().holder == "elsewhere:12"


def test_the_lease_of_a_dead_process_of_this_host_is_taken_over(office: Office, server: PublisherServer) -> None:
    import socket

    server.answers["/un.xml"] = UN.encode()
    until = office.now + dt.timedelta(minutes=5)
    FetchLease.objects.create(source="un-sc", holder=f"{socket.gethostname()}:999999", until=until)
    assert got(office, server).outcome == "new"


def test_a_source_is_due_after_its_interval_and_sooner_after_a_failure(office: Office, server: PublisherServer) -> None:
    un = catalogued(server).named("un-sc")
    assert due(un) is None
    failing = [15, 30, 60, 120, 240, 480, 720, 720]
    for minutes in failing:
        assert got(office, server).outcome == "failed"
        assert due(un) == office.now + dt.timedelta(minutes=minutes)
    server.answers["/un.xml"] = UN.encode()
    assert got(office, server).outcome == "new"
    assert due(un) == office.now + dt.timedelta(hours=12)


def test_nothing_is_fetched_by_itself_unless_the_state_says_so(office: Office, server: PublisherServer) -> None:
    assert overdue(publishers(), office.now) == ()
    assert overdue(catalogued(server), office.now) == ()
    assert publishers().fetching.on is False
    assert not [one.key for one in publishers().sources if one.on]


def switched_on(server: PublisherServer) -> Publishers:
    found = catalogued(server)
    return Publishers(type(found.fetching)(on=True, loopback=True), found.sources)


def test_what_is_due_is_what_is_switched_on(office: Office, server: PublisherServer) -> None:
    found = switched_on(server)
    assert [one.key for one in overdue(found, office.now)] == ["un-sc"]
    server.answers["/un.xml"] = UN.encode()
    got(office, server)
    assert overdue(found, office.now + dt.timedelta(hours=11, minutes=59)) == ()
    assert [one.key for one in overdue(found, office.now + dt.timedelta(hours=12))] == ["un-sc"]


def test_what_somebody_else_just_fetched_is_not_fetched_again(office: Office, server: PublisherServer) -> None:
    found = switched_on(server)
    un: Publisher = found.named("un-sc")
    server.answers["/un.xml"] = UN.encode()
    assert fetch(SYSTEM, un, found.fetching, office.at, only_due=True) is not None
    assert fetch(SYSTEM, un, found.fetching, office.at, only_due=True) is None
    assert len(server.asked) == 1


def test_the_catalogue_of_the_state_is_read_from_its_directory(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catalogue(office.at) == publishers()
    (office.home / "publishers.toml").write_text("[source.un-sc]\non = true\n")
    assert catalogue(office.at).named("un-sc").on
    named = tmp_path / "ours.toml"
    monkeypatch.setenv("SAFECONDUCT_PUBLISHERS", str(named))
    with pytest.raises(Refusal, match="no such file"):
        catalogue(office.at)
    named.write_text("[source.eu-fsf]\non = true\n")
    assert not catalogue(office.at).named("un-sc").on
    named.write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match="UTF-8"):
        catalogue(office.at)


def test_sources_are_chosen_by_name_or_by_what_is_on(server: PublisherServer) -> None:
    found = catalogued(server)
    assert [one.key for one in chosen(found)] == ["un-sc"]
    assert [one.key for one in chosen(found, ["ofac-sdn", "un-sc", "un-sc"])] == ["ofac-sdn", "un-sc"]
    assert len(chosen(found, every=True)) == len(found.sources)
    with pytest.raises(Refusal, match="no such source"):
        chosen(found, ["nowhere"])
    with pytest.raises(Refusal, match="switched on"):
        chosen(publishers())


def test_progress_is_told_in_bytes(office: Office, server: PublisherServer) -> None:
    server.answers["/un.xml"] = UN.encode()
    told: list[tuple[str, int, int]] = []
    found = catalogued(server)
    fetch(OFFICER, found.named("un-sc"), found.fetching, office.at, lambda *step: told.append(step))
    assert told[-1] == ("un.xml", len(UN.encode()), len(UN.encode()))


def test_a_killed_fetch_leaves_what_came_for_the_next(office: Office, server: PublisherServer) -> None:
    body = un_list(2000)

    def killed(talk: Conversation) -> None:
        talk.send(f'HTTP/1.1 200 OK\r\nETag: "one"\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body[:50_000])
        threading.Event().wait(0.1)
        talk.reset()

    server.answers["/un.xml"] = in_turn(killed, lambda talk: talk.reset())
    assert got(office, server).outcome == "failed"
    server.answers["/un.xml"] = edition(body, '"one"')
    assert got(office, server).outcome == "new"
    assert server.asked[-1].headers["range"].startswith("bytes=")
