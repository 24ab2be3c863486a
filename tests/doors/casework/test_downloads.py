"""The record of a screening is offered to those who may take it away, and to nobody else."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.urls import reverse

from tests.doors.desk import Desk
from tests.flows.office import starter
from tests.people import ADVISER, AUDITOR, OFFICER

pytestmark = pytest.mark.one_database


@pytest.fixture
def case(desk: Desk) -> str:
    return desk.worked(starter("2d")).case


def test_each_party_and_each_record_of_a_screening_offers_its_files(desk: Desk, case: str) -> None:
    client = desk.client(OFFICER)
    for page in ("parties", "record"):
        html = client.get(reverse(f"casework:{page}", kwargs={"reference": case})).content.decode()
        addresses = re.findall(r'href="(/screenings/S-\d+\.(?:json|csv|pdf))"', html)
        assert len(addresses) == len(set(addresses)) == 9, "three parties, three kinds"
    for address, start in zip(sorted(addresses)[:3], (b"row,", b"{", b"%PDF-"), strict=True):
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("who", [ADVISER, AUDITOR], ids=lambda one: one.id)
def test_whoever_may_not_export_is_offered_nothing_and_given_nothing(desk: Desk, case: str, who) -> None:
    client = desk.client(who)
    html = client.get(reverse("casework:parties", kwargs={"reference": case})).content.decode()
    assert "/screenings/" not in html
    answer = client.get(reverse("screening-file", kwargs={"name": "S-1", "kind": "json"}))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert b"considered" not in answer.content


def test_what_is_not_there_and_what_may_not_be_read_are_answered_alike(desk: Desk, case: str) -> None:
    client = desk.client(OFFICER)
    names = [("S-1", "exe"), ("S-999", "json"), ("nothing", "json"), ("S-" + "9" * 300, "json"), ("S-٣", "pdf")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_case SET compartment = 'north' WHERE reference = %s", [case])
    answers = [client.get(f"/screenings/{name}.{kind}") for name, kind in [*names, ("S-1", "json")]]
    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
    assert len({re.sub(rb"csrf\S+ value=\S+", b"", answer.content) for answer in answers[1:]}) == 1


def test_the_json_is_the_record(desk: Desk, case: str) -> None:
    data = desk.client(OFFICER).get(reverse("screening-file", kwargs={"name": "S-1", "kind": "json"})).content
    assert json.loads(data)["case"] == case
