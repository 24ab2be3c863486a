"""A link signs one person in, once, and only at the press of a button."""

from __future__ import annotations

from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from tests.doors.desk import Desk
from tests.people import EXPORTER, OFFICER


def test_the_button_signs_in_and_leads_to_ones_own_first_page(desk: Desk) -> None:
    for actor, start in ((OFFICER, "casework:queue"), (EXPORTER, "portal:start")):
        answer = Client().post(desk.link(actor), follow=True)
        assert answer.request["PATH_INFO"] == reverse(start)
        assert actor.name in answer.content.decode()


def test_a_visit_alone_uses_nothing_up(desk: Desk) -> None:
    link, client = desk.link(OFFICER), Client()
    for _ in range(3):
        assert client.get(link).status_code == HTTPStatus.OK
    assert client.get(reverse("casework:queue")).status_code == HTTPStatus.FOUND
    assert client.post(link).status_code == HTTPStatus.FOUND
    assert client.get(reverse("casework:queue")).status_code == HTTPStatus.OK


def test_a_link_works_once(desk: Desk) -> None:
    link = desk.link(OFFICER)
    assert Client().post(link).status_code == HTTPStatus.FOUND
    second = Client().post(link)
    assert second.status_code == HTTPStatus.FORBIDDEN
    assert "was used" in second.content.decode()


def test_who_signs_in_after_somebody_else_finds_nothing_of_his(desk: Desk) -> None:
    client = Client()
    client.post(desk.link(EXPORTER))
    client.post(reverse("portal:kind"), {"kind": "individual_licence", "reference": "NV-SECRET"})
    client.post(desk.link(OFFICER))
    assert "draft" not in client.session
    client.post(desk.link(EXPORTER))
    assert "NV-SECRET" not in client.get(reverse("portal:check")).content.decode()


def test_signing_out_ends_it_and_is_no_mere_link(desk: Desk) -> None:
    client = desk.client(OFFICER)
    assert client.get(reverse("sign-out")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.get(reverse("casework:queue")).status_code == HTTPStatus.OK
    client.post(reverse("sign-out"))
    assert client.get(reverse("casework:queue")).status_code == HTTPStatus.FOUND
