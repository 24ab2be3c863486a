"""A licence that a list touches, on the pages of the authority and of its exporter."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.store.models import Case
from tests.doors.casework.test_pages import at, read
from tests.doors.desk import Desk, words_of
from tests.flows.newer import LISTED, clear, newer
from tests.flows.office import NSO, OTHERS, starter
from tests.flows.test_touched_cases import stricter
from tests.people import EXPORTER, OFFICER


@pytest.fixture
def reopened(desk: Desk) -> str:
    """The reference of a case of the exporter's, approved, and then touched by a newer list."""
    desk.load_list(NSO, *OTHERS, day="2026-10-02")
    case = desk.worked(starter("2d"), organisation=EXPORTER.organisation).case
    desk.client(OFFICER).post(at("decide", case), {"key": "a", "decision": "approve", "reasons": ""})
    assert Case.objects.get().state == "approved"
    newer(desk, NSO, *OTHERS, LISTED, day="2026-10-20")
    return case


def test_the_queue_and_the_overview_say_which_list_touches_whom(desk: Desk, reopened: str) -> None:
    client = desk.client(OFFICER)
    queue = words_of(client.get(reverse("casework:queue")).content.decode())
    assert "Reopened: Eric Badege resembles Eric Badege, listed by US Bureau of Industry and Security" in queue
    assert "a decision on the licence" in queue
    page = words_of(read(client, "overview", reopened))
    assert "Licence under review" in page
    assert (
        "compared with the list of US Bureau of Industry and Security of 20 October 2026 (before: 2 October 2026)"
        in page
    )
    assert "It can go under conditions" not in page
    record = words_of(read(client, "record", reopened))
    assert "Touched by a list" in record


def test_the_exporter_reads_that_it_is_under_review_and_nothing_of_why(desk: Desk, reopened: str) -> None:
    client = desk.client(EXPORTER)
    for address in (reverse("portal:start"), reverse("portal:application", kwargs={"reference": reopened})):
        html = client.get(address).content.decode()
        assert "under review" in words_of(html)
        for closed in ("Industry and Security", "bis-el", "listed", "Touched", "resembles", "alert"):
            assert closed not in html, closed


def test_a_licence_is_kept_with_reasons_only(desk: Desk, reopened: str) -> None:
    clear(desk, reopened)
    desk.assess(reopened)
    client = desk.client(OFFICER)
    page = words_of(read(client, "decide", reopened))
    assert "Keep the licence" in page
    assert "End the licence" in page
    refused = client.post(at("decide", reopened), {"key": "k", "decision": "approve", "reasons": " "})
    assert "Give the reasons for which the licence is kept" in words_of(refused.content.decode())
    client.post(at("decide", reopened), {"key": "l", "decision": "approve", "reasons": "Another man, born later"})
    assert Case.objects.get().state == "approved"
    assert "Reopened" not in words_of(read(client, "overview", reopened))


def test_a_licence_that_is_ended_says_so_to_both(desk: Desk, reopened: str) -> None:
    client = desk.client(OFFICER)
    client.post(at("decide", reopened), {"key": "l", "decision": "refuse", "reasons": "He is the listed man"})
    assert "Revoked" in words_of(read(client, "overview", reopened))
    assert "licence ended" in words_of(client.get(reverse("casework:queue") + "?shelf=decided").content.decode())
    page = desk.client(EXPORTER).get(reverse("portal:application", kwargs={"reference": reopened})).content.decode()
    assert "The licence was ended" in words_of(page)
    assert "listed man" not in page


def test_the_record_does_not_call_a_policy_a_list(desk: Desk) -> None:
    case = desk.worked(starter("2a")).case
    desk.put_in_force(stricter("individual_licence"))
    desk.worker.review_held()
    record = words_of(read(desk.client(OFFICER), "record", case))
    assert "Touched by something else than a list" in record
    assert "Touched by a list" not in record
