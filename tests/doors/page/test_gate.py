"""Nobody opens what was not opened to him; what nobody thought of stays shut."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from safeconduct.access import Actor
from safeconduct.doors.page.gate import Gate, Undeclared
from tests.doors.addresses import MAY_OPEN, patterns
from tests.doors.desk import Desk
from tests.flows.office import starter
from tests.people import ADVISER, AUDITOR, COUNTERSIGNER, EXPORTER, OFFICER, OUTSIDER, POLICY_LEAD

SAMPLES = {
    "reference": "XX-2026-0001",
    "party": "P1",
    "source": "bis-el",
    "entry": "x",
    "question": "user.kind",
    "secret": "nothing",
    "number": 1,
    "line": 1,
    "territory": "QT",
    "proposal": "x",
    "slug": "use-stated",
    "name": "S-1",
    "key": "bis-el",
    "sha256": "x",
    "dataset": "default",
    "entity_id": "x",
    "property_name": "sanctions",
    "one": "R-1",
    "other": "R-2",
    "tie": "T-1",
    "kind": "json",
}
PEOPLE: tuple[Actor | None, ...] = (
    None, OFFICER, ADVISER, COUNTERSIGNER, POLICY_LEAD, AUDITOR, EXPORTER, OUTSIDER,
)  # fmt: skip


def address(name: str) -> str:
    wanted = next(pattern for full, pattern in patterns() if full == name).pattern.converters
    given = {key: SAMPLES[key] for key in wanted}
    if name == "portal:party":
        given["number"] = "P9"
    return reverse(name, kwargs=given)


def test_every_address_is_in_the_table() -> None:
    assert {name for name, _ in patterns()} == set(MAY_OPEN)


def test_a_view_that_does_not_say_who_may_open_it_cannot_run() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        raise AssertionError("it ran")

    gate = Gate(forgotten)
    with pytest.raises(Undeclared, match="forgotten"):
        gate.process_view(RequestFactory().get("/"), forgotten, (), {})


@pytest.mark.parametrize("who", PEOPLE, ids=lambda actor: actor.role.value if actor else "stranger")
def test_each_address_opens_to_those_of_the_table_and_to_nobody_else(desk: Desk, who: Actor | None) -> None:
    client = desk.client(who)
    role = who.role if who else None
    for name, roles in MAY_OPEN.items():
        answer = client.get(address(name))
        if role in roles:
            shut = answer.status_code == HTTPStatus.FORBIDDEN and name != "use-link"
            assert not shut, name
            assert answer.status_code != HTTPStatus.INTERNAL_SERVER_ERROR, name
        elif role is None:
            assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, reverse("sign-in")), name
        else:
            assert answer.status_code == HTTPStatus.FORBIDDEN, name


def test_a_role_without_pages_is_told_so(desk: Desk) -> None:
    answer = desk.client(OUTSIDER).get("/", follow=True)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "You may not see or do this" in answer.content.decode()


def test_a_case_that_is_not_his_does_not_exist_for_an_exporter(desk: Desk) -> None:
    theirs = desk.submit(starter("3")).case
    client = desk.client(EXPORTER)
    for name in ("portal:application", "portal:answer"):
        given = {"reference": theirs} | ({"question": "user.kind"} if name.endswith("answer") else {})
        assert client.get(reverse(name, kwargs=given)).status_code == HTTPStatus.NOT_FOUND
    assert theirs not in client.get(reverse("portal:start")).content.decode()


def test_a_form_from_elsewhere_is_refused(desk: Desk) -> None:
    case = desk.worked(starter("2a")).case
    client = desk.client(OFFICER, enforce_csrf_checks=True)
    sent = {"key": "k", "decision": "approve"}
    answer = client.post(reverse("casework:decide", kwargs={"reference": case}), sent)
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_page_carries_no_script_or_style_of_its_own_and_says_so_to_the_browser(desk: Desk) -> None:
    case = desk.worked(starter("1")).case
    client = desk.client(OFFICER)
    for name in ("overview", "goods", "parties", "assessment", "questions", "record", "decide"):
        answer = client.get(reverse(f"casework:{name}", kwargs={"reference": case}))
        html = answer.content.decode()
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html), name
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["Cache-Control"] == "no-store"


def test_a_refusal_that_no_form_took_up_says_what_and_what_to_do(desk: Desk) -> None:
    case = desk.worked(starter("3")).case
    other = desk.client(POLICY_LEAD).get(reverse("casework:overview", kwargs={"reference": case}))
    assert other.status_code == HTTPStatus.OK
    answer = desk.client(OFFICER).get(reverse("casework:overview", kwargs={"reference": "XX-2026-9999"}))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "There is no such page" in answer.content.decode()


def test_who_has_no_role_is_told_and_not_let_in(desk: Desk, django_user_model: type) -> None:
    user = django_user_model.objects.create_user(username="nobody")  # type: ignore[attr-defined]
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("casework:queue"))
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "no role in this office" in answer.content.decode()
    assert client.post(reverse("sign-out")).status_code == HTTPStatus.FOUND
