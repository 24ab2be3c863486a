"""``/api/v1/screenings``: asked, answered, kept, and read by those who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.test import Client

from safeconduct.access import Actor
from safeconduct.core.errors import TryAgain
from safeconduct.doors.api import asking, bodies, screenings
from safeconduct.flows import ask_screening
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import ApiKey, LedgerEntry, Screening
from tests.doors.api.conftest import Json, Program, answer, key_of
from tests.doors.desk import Desk
from tests.flows.office import NSO as LISTED
from tests.flows.office import OTHERS
from tests.people import ADVISER, AUDITOR, EXPORTER, OFFICER, OUTSIDER

URL = "/api/v1/screenings"
NSO = {"name": "N.S.O. Group", "kind": "company", "country": "Israel"}


def test_what_was_found_is_answered_and_kept(officers: Program) -> None:
    response = officers.post(URL, NSO)
    body = answer(response, HTTPStatus.CREATED)
    (match,) = body["matches"]
    assert (match["name"], match["answer"], match["source"]) == ("NSO Group", "likely_same", "bis-el")
    assert body["party"] == {"name": "N.S.O. Group", "kind": "company", "territory": "IL"}
    assert body["editions"][0]["sha256"]
    assert body["matcher"].startswith("safeconduct-screen")
    assert response["Location"] == f"{URL}/{body['id']}"
    assert officers.found(response["Location"]) == body


def test_nothing_found_is_said_as_an_empty_list(officers: Program) -> None:
    assert answer(officers.post(URL, {"name": "Quentin Ashdown"}), HTTPStatus.CREATED)["matches"] == []


def test_a_name_that_tells_too_little_is_said_so_beside_the_empty_list(officers: Program) -> None:
    for name, kind, why in (
        ("a", "unknown", "nothing_tells"),
        ("李", "company", "common_words"),
        ("Ashdown", "person", "one_name"),
        ("Ashdown", "unknown", "kind_not_stated"),
    ):
        body = answer(officers.post(URL, {"name": name, "kind": kind}), HTTPStatus.CREATED)
        (little,) = body["tells_too_little"]
        assert (body["matches"], little["name"], little["why"]) == ([], name, why)
        assert little["reason"].endswith(".")
        assert officers.found(f"{URL}/{body['id']}")["tells_too_little"] == [little]
    assert answer(officers.post(URL, {"name": "Quentin Ashdown"}), HTTPStatus.CREATED)["tells_too_little"] == []


def test_matches_sort_by_rank_with_the_answer_before_the_score(officers: Program, desk: Desk) -> None:
    abroad = {**LISTED, "name": "NSO Group Ltd", "country": "France"}
    desk.load_list(LISTED, abroad, *OTHERS, day="2026-11-01")
    found = answer(officers.post(URL, NSO), HTTPStatus.CREATED)["matches"]
    assert len({one["answer"] for one in found}) > 1
    assert found == sorted(found, key=lambda one: -one["rank"])
    assert [one["rank"] % 10_000 for one in found] == [one["score"] for one in found]


def test_what_takes_longer_is_accepted_and_read_later(
    officers: Program, desk: Desk, nobody_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenings, "SECONDS", 0.02)
    response = officers.post(URL, NSO)
    body = answer(response, HTTPStatus.ACCEPTED)
    assert body["state"] == "waiting"
    assert "matches" not in body  # nothing found is not nothing yet
    desk.worker.work_off()
    assert officers.found(response["Location"])["matches"][0]["name"] == "NSO Group"


def test_a_server_full_of_waiting_requests_waits_for_no_further_one(
    officers: Program, nobody_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenings, "SECONDS", 60)
    taken = [asking._places.acquire(blocking=False) for _ in range(asking.MOST_WAITING)]
    assert all(taken)
    try:
        answer(officers.post(URL, NSO), HTTPStatus.ACCEPTED)
    finally:
        for _ in taken:
            asking._places.release()


def test_the_same_key_asks_only_once_and_for_nothing_else(officers: Program) -> None:
    first, again = (answer(officers.post(URL, NSO, **{"Idempotency-Key": "a-1"}), HTTPStatus.CREATED) for _ in "12")
    assert first["id"] == again["id"]
    assert Screening.objects.count() == 1
    other = answer(
        officers.post(URL, {"name": "Candiru"}, **{"Idempotency-Key": "a-1"}), HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert "used for another order" in other["what"]


@pytest.mark.parametrize(
    ("reader", "status"),
    [(OFFICER, 200), (AUDITOR, 200), (ADVISER, 404), (EXPORTER, 403), (OUTSIDER, 403)],
    ids=lambda one: one.role.value if isinstance(one, Actor) else one,
)
def test_officers_and_auditors_read_what_others_asked(
    program: Callable[[Actor], Program], officers: Program, reader: Actor, status: int
) -> None:
    asked = answer(officers.post(URL, NSO), HTTPStatus.CREATED)
    answer(program(reader).get(f"{URL}/{asked['id']}"), status)


def test_whoever_asked_reads_his_own_whatever_his_role(program: Callable[[Actor], Program]) -> None:
    adviser = program(ADVISER)
    asked = answer(adviser.post(URL, NSO), HTTPStatus.CREATED)
    assert adviser.found(f"{URL}/{asked['id']}") == asked


def test_own_screenings_are_listed_page_by_page(officers: Program, program: Callable[[Actor], Program]) -> None:
    for number in range(screenings.A_PAGE + 1):
        answer(officers.post(URL, {"name": f"Quentin Ashdown {number}"}), HTTPStatus.CREATED)
    first, second = officers.found(URL), officers.found(URL, page=2)
    assert [len(one["screenings"]) for one in (first, second)] == [screenings.A_PAGE, 1]
    assert first["total"] == screenings.A_PAGE + 1
    assert first["screenings"][0]["party"]["name"].endswith(str(screenings.A_PAGE))
    assert program(ADVISER).found(URL)["total"] == 0


def test_a_screening_that_is_not_there_is_not_found(officers: Program) -> None:
    for name in ("S-0", "S-999", "s-1", "S-", "S-1 ", "1", "S-99999999999999999999", "S-1%00"):
        assert answer(officers.get(f"{URL}/{name}"), HTTPStatus.NOT_FOUND)["remedy"], name


def test_a_screening_of_a_case_is_not_found_here(officers: Program, desk: Desk) -> None:
    from tests.flows.office import starter

    desk.submit(starter("1"))
    row = Screening.objects.exclude(case=None).first()
    assert row
    answer(officers.get(f"{URL}/S-{row.pk}"), HTTPStatus.NOT_FOUND)


def test_without_a_valid_key_nothing_is_opened(desk: Desk) -> None:
    token, client = key_of(desk, OFFICER), desk.client(OFFICER)  # a session opens nothing here either
    for header in ("", "ApiKey", "ApiKey x", f"Basic {token}", token, f"ApiKey {token}x", "ApiKey \x00", "ApiKey é"):
        headers = {"Authorization": header} if header else {}
        for address in (URL, f"{URL}/S-1", "/catalog", "/algorithms", "/entities/x", "/search/default?q=x"):
            response = client.get(address, headers=headers)
            assert response.status_code == HTTPStatus.UNAUTHORIZED, (address, header)
            assert response["WWW-Authenticate"].startswith("ApiKey")
        for address in (URL, "/match/default"):
            response = client.post(address, "{}", content_type="application/json", headers=headers)
            assert response.status_code == HTTPStatus.UNAUTHORIZED, (address, header)


def test_a_bearer_token_is_taken_as_well(desk: Desk) -> None:
    assert Program(key_of(desk, OFFICER), "Bearer").found("/algorithms")["default"] == "safeconduct"


BAD: list[tuple[object, int]] = [
    ({}, 422),
    ({"name": ""}, 422),
    ({"name": "   "}, 400),
    ({"name": "…!?"}, 400),
    ({"name": "a" * 10_000}, 422),
    ({"name": "a" * 400}, 400),
    ({"name": 7}, 422),
    ({"name": ["x"]}, 422),
    ({"name": None}, 422),
    ({"name": "x", "nickname": "y"}, 422),
    ({"name": "x", "kind": "ghost"}, 422),
    ({"name": "x", "born": "03/04/1975"}, 400),
    ({"name": "x", "born": "1975-02-30"}, 400),
    ({"name": "x", "born": 1975}, 422),
    ({"name": "x", "country": "Atlantis"}, 400),
    ({"name": "x", "lists": ["nowhere"]}, 400),
    ({"name": "x", "aliases": ["y"] * 51}, 422),
    ({"name": "x", "aliases": ["…"]}, 400),
    ({"name": "x", "identifiers": [{"kind": "shoe", "value": "42"}]}, 400),
    ({"name": "a\u0000b"}, 400),
    ({"name": "a\u202eb"}, 400),
    ({"name": "\ud800"}, 400),
    ('{"name": "x", "name": "y"}', 400),
    ('{"name": NaN}', 400),
    ("[1]", 400),
    ("null", 400),
    ("", 422),
    ("{", 400),
    (b"\xff\xfe", 400),
    ('{"name": ' + "[" * 5_000 + "]" * 5_000 + "}", 400),
    ('{"name": ' + "9" * 5_000 + "}", 400),
]


def test_bad_input_is_refused_with_what_where_and_remedy(officers: Program) -> None:
    for body, status in BAD:
        response = officers.post(URL, body)
        assert response.status_code == status, (body, response.content)
        problem = answer(response, status)
        assert response["Content-Type"] == "application/problem+json"
        assert problem["status"] == status
        assert problem["what"]
        assert problem["where"], body
        assert problem["remedy"], body
    assert not Screening.objects.exists()


GOOD = [
    "A",
    "Li",
    "Müller",
    "Владимир Петров",
    "محمد علي",
    "王小明",
    "аdmіn Ivаnov",
    "😀 Ivan",
    "The and of",
    "\u200fعلي",
    "O’Neil-Smith, Jr.",
]


def test_odd_names_are_answered(officers: Program) -> None:
    for name in GOOD:
        body = answer(officers.post(URL, {"name": name}), HTTPStatus.CREATED)
        assert body["state"] in ("done", "failed"), name
        assert ("matches" in body) == (body["state"] == "done")


def test_dates_are_taken_as_people_write_them(officers: Program) -> None:
    for born in ("1975-03-12", "12 Mar 1975", "March 12, 1975", "12.03.1975", "1975/03/12", "19750312"):
        body = answer(officers.post(URL, {"name": "Anna Petrova", "born": born}), HTTPStatus.CREATED)
        assert body["party"]["born"] == "1975-03-12"


def test_a_body_over_the_bound_is_refused_unread(officers: Program) -> None:
    answer(officers.post(URL, b"x" * (bodies.MOST_BYTES + 1)), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    answer(officers.post(URL, b"x" * 10_000_000), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def test_whoever_has_asked_too_much_comes_again_later(
    officers: Program, nobody_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenings, "SECONDS", 0)
    monkeypatch.setattr(ask_screening, "MOST_WAITING", 2)
    for _ in range(2):
        answer(officers.post(URL, NSO), HTTPStatus.ACCEPTED)
    response = officers.post(URL, NSO)
    assert "still waiting" in answer(response, HTTPStatus.TOO_MANY_REQUESTS)["what"]
    assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize(("method", "address"), [("put", URL), ("delete", f"{URL}/S-1"), ("get", "/match/default")])
def test_other_methods_are_not_allowed(desk: Desk, method: str, address: str) -> None:
    client = Client(headers={"Authorization": f"ApiKey {key_of(desk, OFFICER)}"})
    assert getattr(client, method)(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_every_screening_is_under_the_ledger_with_the_key_that_asked(officers: Program, desk: Desk) -> None:
    answer(officers.post(URL, NSO), HTTPStatus.CREATED)
    asked = LedgerEntry.objects.order_by("-index")[1]  # the last is the worker's
    assert asked.event
    event = json.loads(bytes(asked.event))
    assert (event["flow"], event["actor"], event["note"]) == (
        "ask_screening",
        OFFICER.id,
        f"K-{ApiKey.objects.get().pk}",
    )
    assert not verify_ledger(CONSOLE, at=desk.at).problems


def test_a_screening_on_named_lists_looks_at_no_other(officers: Program) -> None:
    body: Json = answer(officers.post(URL, {**NSO, "lists": ["bis-el"]}), HTTPStatus.CREATED)
    assert [one["source"] for one in body["editions"]] == ["bis-el"]


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (TryAgain("process 7 has held the database for over 20 seconds", "database"), 503, "has held the database"),
        (ZeroDivisionError("a secret of ours"), 500, "something went wrong here"),
    ],
)
def test_what_goes_wrong_here_is_no_fault_of_the_client(
    officers: Program, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, says: str
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(asking, "ask_screening", fail)
    response = officers.post(URL, NSO)
    assert says in answer(response, status)["detail"]
    assert b"secret" not in response.content
    assert ("Retry-After" in response) == (status == HTTPStatus.SERVICE_UNAVAILABLE)
