"""Error pages need nothing: no request, no session, no context."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.doors.desk import Desk
from tests.people import OFFICER


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_says_what_happened_and_what_to_do(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1" in html
    assert html.count("<p class=") >= 3
    assert "safeconduct/app" in html
    assert "<style" not in html


def test_a_form_that_has_grown_old_gets_a_page_of_ours(desk: Desk) -> None:
    client = desk.client(OFFICER, enforce_csrf_checks=True)
    answer = client.post(reverse("sign-out"))
    assert answer.status_code == HTTPStatus.FORBIDDEN
    html = answer.content.decode()
    assert "the page you sent from was no longer valid" in html
    assert "<style" not in html


def test_an_address_that_leads_nowhere_gets_a_page_of_ours(desk: Desk) -> None:
    answer = desk.client(OFFICER).get("/no/such/page/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "There is no such page" in answer.content.decode()


def test_a_form_in_letters_that_no_browser_sends_is_refused_in_words(desk: Desk) -> None:
    kind = "application/x-www-form-urlencoded; charset=utf-7"
    client = desk.client(OFFICER, enforce_csrf_checks=True)
    client.get(reverse("casework:queue"))  # with its forms comes the cookie, and the form sent is looked into
    answer = client.post(reverse("sign-out"), b"a=%FF", content_type=kind)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "The request could not be read" in answer.content.decode()
