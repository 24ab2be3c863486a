"""The record of a screening: whole, for whoever may read it, and judged again to the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest
from django.db import connection

from safeconduct.access import Actor
from safeconduct.core import canonical
from safeconduct.core.errors import NeedsRelease, Refusal
from safeconduct.core.party import Party
from safeconduct.flows.ask_screening import AskScreening, ask_screening
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.reading import may_export, open_matches, screening_record, screenings_of
from safeconduct.flows.replay_screening import judge_screening_again, observe_screening_again
from safeconduct.screen import matcher_edition
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Case, Record, Screening
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.flows.test_adjudication import LISTED, listed_pack
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OPEN_ADVISER, OUTSIDER, POLICY_LEAD


@pytest.fixture
def listed(office: Office) -> Office:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-10")
    return office


@pytest.fixture
def name(listed: Office) -> str:
    """The screening of the party that resembles a listed man."""
    listed.worked(starter("2d"), organisation=EXPORTER.organisation)
    (match,) = open_matches(OFFICER)
    return f"S-{Screening.objects.get(party_id=match.party.id).pk}"


def sealed(document: Any) -> str:
    return hashlib.sha256(canonical.encode(document)).hexdigest()


def test_it_holds_every_edition_the_matcher_what_was_compared_and_what_was_found(listed: Office, name: str) -> None:
    found = screening_record(OFFICER, name)
    (edition,) = found["editions"]
    assert (edition["source"], edition["published"], edition["obtained"]) == ("bis-el", "2026-10-10", "2026-10-10")
    assert len(edition["sha256"]) == len(edition["raw_sha256"][0]) == 64
    assert found["matcher"] == matcher_edition()
    assert found["considered"] >= len(found["matches"]) == 1
    (match,) = found["matches"]
    assert match["parts"]
    assert match["standing"] == "open"
    document = Record.objects.get(case__reference=found["case"], number=found["record"]["number"])
    assert (document.kind, document.sha256) == ("screening", found["record"]["sha256"])
    assert screenings_of(OFFICER, found["case"])[document.number] == name


def test_who_decided_what_and_when_is_in_it(listed: Office, name: str) -> None:
    listed.put_in_force(listed_pack('when = {fact = "match.score", at_least = 1}'))
    found = screening_record(OFFICER, name)
    (match,) = found["matches"]
    of = {"case": found["case"], "party": found["party"]["id"], "source": match["source"], "entry": match["entry"]}
    clear_match(OFFICER, ClearMatch(**of, grounds="Another man", ground="document"), key="1", at=listed.at)
    (waiting,) = screening_record(OFFICER, name)["matches"][0]["decisions"]
    assert (waiting["state"], waiting["author"], waiting["reasons"]) == ("proposed", "Ada Verhoeven", "Another man")
    confirm_clearance(COUNTERSIGNER, ConfirmClearance(**of, confirm=True), key="2", at=listed.at)
    (match,) = screening_record(OFFICER, name)["matches"]
    (decided,) = match["decisions"]
    assert match["standing"] == "cleared"
    assert (decided["second"], decided["second_answer"]) == ("Bo Adeyemi", "confirmed")
    assert decided["at"] == decided["second_at"] == "2026-11-02T09:00:00Z"


def test_the_same_record_is_the_same_bytes(name: str) -> None:
    assert sealed(screening_record(OFFICER, name)) == sealed(screening_record(OFFICER, name))


def test_a_record_outlives_newer_lists(listed: Office, name: str) -> None:
    before = screening_record(OFFICER, name)
    listed.load_list(NSO, {**LISTED, "aliases": ["Colonel Eric"]}, *OTHERS, day="2026-10-20")
    listed.assess(before["case"])
    listed.worker.work_off()
    after = screening_record(OFFICER, name)
    assert {key: after[key] for key in ("editions", "matches", "matcher")} == {
        key: before[key] for key in ("editions", "matches", "matcher")
    }
    assert after["state"] == "superseded"


@pytest.mark.parametrize("who", [EXPORTER, OUTSIDER])
def test_to_whom_it_is_not_for_it_does_not_exist(name: str, who: Actor) -> None:
    with pytest.raises(Refusal, match="no such screening"):
        screening_record(who, name)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (OFFICER, True),
        (COUNTERSIGNER, True),
        (AUDITOR, False),
        (ADVISER, False),
        (OPEN_ADVISER, False),
        (POLICY_LEAD, False),
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_reading_it_is_one_thing_and_taking_it_away_another(name: str, who: Actor, may: bool) -> None:
    found = screening_record(who, name)
    assert found["matches"]
    assert may_export(who, found["case"]) is may
    if may:
        assert screening_record(who, name, export=True) == found
    else:
        with pytest.raises(Refusal, match=r"may not export_record|does not reach closed text"):
            screening_record(who, name, export=True)


def test_compartments_are_respected(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north'")
    with pytest.raises(Refusal, match="no such screening"):
        screening_record(OFFICER, name)
    assert screenings_of(OFFICER, Case.objects.get().reference) == {}


@pytest.mark.parametrize("name", ["S-0", "S-999", "12", "S-1 ", "S-٣", "", "S-" + "9" * 40, "R-1", "../S-1"])
def test_what_is_no_screening_is_refused(office: Office, name: str) -> None:
    with pytest.raises(Refusal, match="no such screening"):
        screening_record(OFFICER, name)


def test_its_parts_are_judged_again_to_the_same_bytes(listed: Office, name: str) -> None:
    again = judge_screening_again(OFFICER, name)
    assert again.same
    found = screening_record(OFFICER, name)
    body = Record.objects.get(case__reference=found["case"], number=found["record"]["number"]).body
    assert again.bytes == body.encode()


def test_the_party_is_compared_again_with_the_recorded_editions(listed: Office, name: str) -> None:
    listed.load_list(NSO, *OTHERS[:-1], day="2026-10-30")
    assert observe_screening_again(OFFICER, name, at=listed.at).same


@pytest.mark.parametrize(
    ("old", "new", "act"),
    [
        ("rules/", "rules/0", judge_screening_again),
        ("rules/", "rules/0", observe_screening_again),
        ("index/", "index/0", observe_screening_again),
    ],
)
def test_another_release_is_named_where_only_that_can_do_it(name: str, old: str, new: str, act: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_record SET body = replace(body, %s, %s) WHERE kind = 'screening'", [old, new])
    with pytest.raises(NeedsRelease, match=r"judged by rules|observed by another matcher"):
        act(OFFICER, name)


def test_an_altered_part_is_noticed(name: str) -> None:
    found = screening_record(OFFICER, name)
    document = Record.objects.get(case__reference=found["case"], number=found["record"]["number"])
    altered = document.body.replace('"score":', '"score":1')
    assert altered != document.body
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_record SET body = %s WHERE id = %s", [altered, document.pk])
    assert not judge_screening_again(OFFICER, name).same


def test_a_screening_that_waits_says_so(office: Office) -> None:
    office.submit(starter("2d"))
    row = Screening.objects.order_by("id").first()
    assert row is not None
    found = screening_record(OFFICER, f"S-{row.pk}")
    assert found["state"] == "waiting"
    assert "matches" not in found
    with pytest.raises(Refusal, match="nothing was observed yet"):
        judge_screening_again(OFFICER, f"S-{row.pk}")


def test_a_screening_outside_a_case_is_recorded_and_judged_likewise(office: Office) -> None:
    order = AskScreening(parties=(Party("P1", "NSO Group", "company", territory="IL"),))
    (number,) = ask_screening(OFFICER, order, key="1", at=office.at).screenings
    office.worker.work_off()
    found = screening_record(OFFICER, f"S-{number}", export=True)
    assert (found["case"], found["asked_by"]) == ("", OFFICER.id)
    assert [match["name"] for match in found["matches"]] == ["NSO Group"]
    assert judge_screening_again(OFFICER, f"S-{number}").same
    assert observe_screening_again(OFFICER, f"S-{number}", at=office.at).same
    with pytest.raises(Refusal, match="no such screening"):
        screening_record(EXPORTER, f"S-{number}")


def test_names_that_tell_too_little_are_in_the_record_where_they_were_looked_at(office: Office) -> None:
    party = Party("P1", "Dr. Ashdown", "person")
    asked = ask_screening(OFFICER, AskScreening(parties=(party,)), key=office.key(), at=office.at)
    office.worker.work_off()
    name = f"S-{asked.screenings[0]}"
    (little,) = screening_record(OFFICER, name)["tells_too_little"]
    assert (little["name"], little["why"]) == ("Dr. Ashdown", "one_name")
    assert judge_screening_again(OFFICER, name).same
    assert observe_screening_again(OFFICER, name, at=office.at).same
    row = Screening.objects.get(pk=asked.screenings[0])
    older = canonical.decode(row.body.encode(), Observed)
    older = msgspec.structs.replace(older, tells_too_little=(), matcher=older.matcher.replace(" telling/1", ""))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_screening SET body = %s WHERE id = %s", [canonical.encode(older).decode(), row.pk])
    assert "tells_too_little" not in screening_record(OFFICER, name)
    assert judge_screening_again(OFFICER, name).same
    with pytest.raises(NeedsRelease, match="another matcher"):
        observe_screening_again(OFFICER, name, at=office.at)
