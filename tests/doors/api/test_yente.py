"""The addresses of yente, in the shapes that its documentation gives: what its clients send, and what they read."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from safeconduct.access import Actor
from safeconduct.doors.api import yente
from safeconduct.flows import wake
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from safeconduct.store.models import Screening
from tests.doors.api.conftest import Json, Program, answer
from tests.doors.desk import Desk
from tests.people import EXPORTER

PUTIN = {"schema": "Person", "properties": {"name": ["Dilawar Khan"], "nationality": ["Pakistan"]}}
NSO = {"schema": "Company", "properties": {"name": ["NSO Group"], "jurisdiction": "il"}}
FTM = [
    {
        "id": "NK-ab/c", "schema": "Person", "caption": "Boris Example", "target": True, "datasets": ["mine"],
        "properties": {
            "name": ["Boris Example"], "alias": ["Борис Экзампл"], "birthDate": ["1970-05-06"], "nationality": ["ru"],
            "topics": ["role.pep"], "passportNumber": ["1234567"], "gender": ["male"],
        },
    },
    {"id": "NK-owned", "schema": "Company", "caption": "Example Holding", "target": True, "datasets": ["mine"],
     "properties": {"name": ["Example Holding"], "topics": ["sanction"]}},
    {"id": "NK-own", "schema": "Ownership", "datasets": ["mine"],
     "properties": {"owner": ["NK-ab/c"], "asset": ["NK-owned"], "percentage": ["60"]}},
]  # fmt: skip
BORIS = {
    "schema": "Person",
    "properties": {"firstName": ["Boris"], "lastName": ["Example"], "birthDate": ["1970-05-06"]},
}


@pytest.fixture
def with_entities(desk: Desk, tmp_path: Path) -> None:
    """A FollowTheMoney file beside the list of the desk."""
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(one) for one in FTM), encoding="utf-8")
    for order in orders_for([path], published="2026-10-01", obtained="2026-10-02", at=desk.at):
        load_edition(CONSOLE, order, key=order.content_key(), at=desk.at)


def test_a_batch_is_answered_key_by_key_in_the_documented_shape(officers: Program) -> None:
    response = officers.post("/match/default", {"queries": {"a": NSO, "b c": PUTIN, "none": BORIS}})
    body = answer(response)
    assert set(body) >= {"responses", "limit", "matcher"}
    assert (list(body["responses"]), body["limit"], response["x-batch-size"]) == (["a", "b c", "none"], 5, "3")
    one = body["responses"]["a"]
    assert set(one) >= {"status", "results", "total", "query"}
    assert (one["status"], one["total"]) == (200, {"value": 1, "relation": "eq"})
    assert one["query"] == {
        "id": None,
        "schema": "Company",
        "properties": {"name": ["NSO Group"], "jurisdiction": ["il"]},
    }
    (result,) = one["results"]
    assert (result["caption"], result["schema"], result["datasets"]) == ("NSO Group", "LegalEntity", ["bis-el"])
    assert result["properties"]["name"] == ["NSO Group"]
    assert result["properties"]["topics"] == ["export.control"]
    assert result["target"] is True
    assert result["match"] is True
    assert result["score"] >= 0.7
    assert set(result["explanations"]) == set(result["features"])
    assert all(set(part) == {"score", "detail", "query", "candidate"} for part in result["explanations"].values())
    assert body["responses"]["none"]["results"] == []


def test_a_name_alone_is_returned_as_cannot_tell_under_the_threshold(officers: Program) -> None:
    (result,) = officers.match("default", {"q": {"schema": "Person", "properties": {"name": "Dilawar Khan"}}})[
        "responses"
    ]["q"]["results"]
    assert 0.5 <= result["score"] < 0.7
    assert result["match"] is False
    assert "Ask for" in result["explanations"]["answer"]["detail"]


def test_threshold_cutoff_and_limit_are_honoured(officers: Program) -> None:
    query = {"q": {"schema": "Person", "properties": {"name": ["Dilawar Khan"]}}}

    def results(**asked: object) -> list[Json]:
        found: list[Json] = officers.match("default", query, **asked)["responses"]["q"]["results"]
        return found

    assert [one["match"] for one in results(threshold=0.5)] == [True]
    assert results(cutoff=0.7) == []
    assert len(results(cutoff=0)) >= 1
    assert officers.match("default", query, limit=1)["limit"] == 1
    answer(officers.post("/match/default?limit=501", {"queries": query}), HTTPStatus.UNPROCESSABLE_ENTITY)


def test_every_query_is_a_screening_that_is_kept(officers: Program) -> None:
    body = officers.match("default", {"q": NSO})
    kept = officers.found(f"/api/v1/screenings/{body['responses']['q']['screening']}")
    assert kept["matches"][0]["name"] == "NSO Group"


def test_a_scope_is_a_list_a_collection_or_everything(officers: Program, with_entities: None) -> None:
    counts = {
        scope: len(officers.match(scope, {"q": NSO})["responses"]["q"]["results"])
        for scope in ("default", "all", "bis-el", "sanctions", "ftm-mine", "mine")
    }
    assert counts == {"default": 1, "all": 1, "bis-el": 1, "sanctions": 0, "ftm-mine": 0, "mine": 0}
    for scope in ("nothing", "..", "S"):
        assert answer(officers.post(f"/match/{scope}", {"queries": {"q": NSO}}), 404)["detail"] == "No such dataset."


def test_filters_are_honoured(officers: Program, with_entities: None) -> None:
    def found(**asked: object) -> list[str]:
        return [one["id"] for one in officers.match("default", {"q": BORIS}, **asked)["responses"]["q"]["results"]]

    assert found() == ["x-4e4b2d61622f63"]
    assert found(topics="role.pep") == ["x-4e4b2d61622f63"]
    for nothing in (
        {"topics": "sanction"},
        {"exclude_dataset": "mine"},
        {"include_dataset": "bis-el"},
        {"exclude_schema": "Person"},
        {"exclude_entity_ids": "x-4e4b2d61622f63"},
    ):
        assert found(**nothing) == [], nothing


def test_what_cannot_be_done_is_refused_in_words(officers: Program) -> None:
    queries = {"queries": {"q": NSO}}
    refused: list[tuple[str, Json, str]] = [
        ("?changed_since=2024-01-01", queries, "when each of their entries changed"),
        ("?algorithm=magic", queries, "Invalid algorithm: magic"),
        ("", {**queries, "weights": {"name_literal": 0.8}}, "name_literal"),
        ("", {**queries, "config": {"nm_number_mismatch": 0.4}}, "nm_number_mismatch"),
        ("", {"queries": {}}, "No queries provided."),
        ("", {"queries": {str(number): NSO for number in range(101)}}, "Too many queries in one batch (limit: 100)"),
        ("?exclude_dataset=bis-el", queries, "no list is left"),
    ]
    for query, body, says in refused:
        assert says in answer(officers.post(f"/match/default{query}", body), HTTPStatus.BAD_REQUEST)["detail"]
    assert not Screening.objects.exists()


@pytest.mark.parametrize("algorithm", ["best", "logic-v1", "LOGIC-V2", "safeconduct"])
def test_the_algorithm_that_answered_is_named_whichever_was_asked_for(officers: Program, algorithm: str) -> None:
    assert officers.match("default", {"q": NSO}, algorithm=algorithm)["algorithm"] == "safeconduct"


def test_a_query_without_its_schema_is_of_the_wrong_form_as_in_fastapi(officers: Program) -> None:
    body = answer(officers.post("/match/default", {"queries": {"fail": {"properties": {"name": "x"}}}}), 422)
    assert body["detail"] == [
        {"type": "missing", "loc": ["body", "queries", "fail", "schema"], "msg": "Field required"}
    ]


BAD_EXAMPLES: list[Json] = [
    {"schema": "xxx", "properties": {"name": "Banana"}},
    {"schema": "Address", "properties": {"full": "x"}},
    {"schema": "Person", "properties": {}},
    {"schema": "Person", "properties": {"name": []}},
    {"schema": "Person", "properties": {"name": [""]}},
    {"schema": "Person", "properties": {"name": ["…"]}},
    {"schema": "Person", "properties": {"name": [["x"]]}},
    {"schema": "Person", "properties": {"name": ["x" * 10_000]}},
    {"schema": "Person", "properties": {"name": [f"name {number}" for number in range(60)]}},
    {"schema": "Person", "properties": {"registrationNumber": ["1"]}},
]


def test_an_example_that_cannot_be_read_refuses_the_batch_and_is_named(officers: Program) -> None:
    for example in BAD_EXAMPLES:
        body = answer(officers.post("/match/default", {"queries": {"good": NSO, "bad": example}}), 400)
        assert "Cannot parse example entity" in body["detail"], example
        assert "bad" in body["where"]
    assert not Screening.objects.exists()


def test_a_wrong_form_is_refused(officers: Program) -> None:
    wrong: list[Any] = [{}, {"queries": []}, {"queries": {"q": 1}}, {"queries": {"q": {"schema": "Person"}}}]
    for body in [*wrong, {"queries": {"q": {"schema": "Person", "properties": {"name": 7}}}}]:
        answer(officers.post("/match/default", body), HTTPStatus.UNPROCESSABLE_ENTITY)


def test_what_was_not_taken_of_an_example_is_told(officers: Program) -> None:
    properties = {"name": ["NSO Group"], "birthDate": ["1/2/1975"], "country": ["us", "ca"], "hobby": "chess"}
    one = officers.match("default", {"q": {"id": "mine", "schema": "Thing", "properties": properties}})["responses"][
        "q"
    ]
    assert one["query"] == {"id": "mine", "schema": "Thing", "properties": {"name": ["NSO Group"]}}
    assert one["unread"] == ["birthDate: 1/2/1975", "country: us", "country: ca", "hobby: chess"]


def test_a_name_that_tells_too_little_is_told_beside_results_that_say_nothing(officers: Program) -> None:
    def asked(name: str) -> Json:
        found = officers.match("default", {"q": {"schema": "Person", "properties": {"name": [name]}}})
        one: Json = found["responses"]["q"]
        return one

    assert [one["why"] for one in asked("Mr Ashdown")["tells_too_little"]] == ["one_name"]
    assert asked("Quentin Ashdown")["tells_too_little"] == []


def test_an_entity_keeps_its_id_and_brings_its_neighbours(officers: Program, with_entities: None) -> None:
    entity = officers.found("/entities/x-4e4b2d61622f63")
    assert (entity["id"], entity["schema"], entity["caption"]) == ("x-4e4b2d61622f63", "Person", "Boris Example")
    properties = entity["properties"]
    assert properties["birthDate"] == ["1970-05-06"]
    assert properties["nationality"] == ["ru"]
    assert properties["passportNumber"] == ["1234567"]
    assert properties["topics"] == ["role.pep"]
    assert properties["sanctions"][0]["schema"] == "Sanction"
    (link,) = properties["ownershipOwner"]
    assert link["properties"]["asset"][0]["id"] == "NK-owned"
    assert link["properties"]["percentage"] == ["60"]
    flat = officers.found("/entities/x-4e4b2d61622f63", nested="false")
    assert "sanctions" not in flat["properties"]
    assert flat["last_change"] == "2026-10-01T00:00:00"


def test_neighbours_are_given_by_property_and_by_page(officers: Program, with_entities: None) -> None:
    body = officers.found("/entities/x-4e4b2d61622f63/adjacent", limit=1)
    assert body["entity"]["id"] == "x-4e4b2d61622f63"
    assert body["adjacent"]["ownershipOwner"]["total"] == {"value": 1, "relation": "eq"}
    assert officers.found("/entities/x-4e4b2d61622f63/adjacent/ownershipOwner", offset=1)["results"] == []
    assert officers.found("/entities/x-4e4b2d61622f63/adjacent/nothing")["total"]["value"] == 0


def test_every_result_can_be_fetched_by_its_id(officers: Program, with_entities: None) -> None:
    for query in (NSO, PUTIN, BORIS):
        (result,) = officers.match("default", {"q": query})["responses"]["q"]["results"]
        assert officers.found(f"/entities/{result['id']}")["caption"] == result["caption"]


def test_an_entity_that_is_not_there_is_not_found(officers: Program) -> None:
    for name in ("nothing", "bis-el.", "bis-el.nothing", "x" * 600, "x-zz", "x-ff", "%00", "ftm-mine.NK-owned"):
        assert answer(officers.get(f"/entities/{name}"), HTTPStatus.NOT_FOUND)["detail"] == "No such entity!", name
    assert officers.get("/entities/..%2f..%2fx").status_code == HTTPStatus.NOT_FOUND


def test_a_search_returns_entities_with_facets_and_pages(officers: Program, with_entities: None) -> None:
    body = officers.found("/search/default", q="Boris Example")
    assert [one["id"] for one in body["results"]] == ["x-4e4b2d61622f63"]
    assert (body["limit"], body["offset"], body["total"]) == (10, 0, {"value": 1, "relation": "eq"})
    assert body["facets"]["countries"] == {
        "label": "Countries",
        "values": [{"name": "ru", "label": "Russia", "count": 1}],
    }
    assert set(body["facets"]) == {"countries", "topics", "datasets"}
    sifted = {"countries": "us", "topics": "sanction", "datasets": "bis-el", "target": "false", "schema": "Company"}
    for name, value in sifted.items():
        assert officers.found("/search/default", q="Boris Example", **{name: value})["results"] == [], name
    assert officers.found("/search/default", q="Boris Example", offset=1)["results"] == []


def test_a_word_of_a_name_is_enough_for_a_search(officers: Program, with_entities: None) -> None:
    assert [one["id"] for one in officers.found("/search/default", q="ÉXAMPLE holding")["results"]] == ["NK-owned"]
    both = officers.found("/search/default", q="example")
    assert {one["caption"] for one in both["results"]} == {"Boris Example", "Example Holding"}
    many = officers.found("/search/bis-el", q="house", limit=3)
    assert (len(many["results"]), many["total"]) == (3, {"value": 30, "relation": "eq"})


@pytest.mark.parametrize("query", ["", "q=", "q=x&sort=name", "q=x&changed_since=2024-01-01", "q=x&schema=Nothing"])
def test_a_search_that_cannot_be_done_is_refused(officers: Program, query: str) -> None:
    answer(officers.get(f"/search/default?{query}"), HTTPStatus.BAD_REQUEST)


def test_the_catalogue_names_lists_and_collections(officers: Program, with_entities: None) -> None:
    body = officers.found("/catalog")
    datasets = {one["name"]: one for one in body["datasets"]}
    assert body["current"] == ["bis-el", "ftm-mine"]
    assert datasets["default"]["children"] == ["bis-el", "ftm-mine"]
    assert datasets["sanctions"]["children"] == ["ftm-mine"]
    assert datasets["ftm-mine"]["version"] == "2026-10-01"
    assert all(one["index_current"] and one["title"] for one in body["datasets"])


def test_there_is_one_algorithm_and_it_has_no_weights(officers: Program) -> None:
    body = officers.found("/algorithms")
    (one,) = body["algorithms"]
    assert body["best"] == body["default"] == one["name"]
    assert one["docs"]["config"] == {}
    assert one["features"]["birth_date"]["description"] == "Birth date"


def test_health_needs_no_key_and_readiness_needs_a_worker(desk: Desk) -> None:
    client = desk.client(None)
    assert answer(client.get("/healthz")) == {"status": "ok"}  # type: ignore[arg-type]
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"]


def test_a_worker_that_is_making_ready_is_not_ready_yet(desk: Desk) -> None:
    client = desk.client(None)
    with wake.listening(desk.home):
        for doing, status in (("loading the name library", 503), ("indexing un-sc, 1 of 2", 503), ("", 200)):
            wake.say(desk.home, doing)
            assert client.get("/readyz").status_code == status, doing
        wake.say(desk.home, "rescreening, 7 of 900 parties")
        assert client.get("/readyz").status_code == HTTPStatus.OK
    assert client.get("/readyz").status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_an_unanswered_match_says_when_to_come_again(
    officers: Program, nobody_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yente, "SECONDS", 0.02)
    response = officers.post("/match/default", {"queries": {"q": NSO}})
    answer(response, HTTPStatus.SERVICE_UNAVAILABLE)
    assert int(response["Retry-After"]) > 0


def test_an_exporters_key_opens_nothing(program: Callable[[Actor], Program]) -> None:
    exporters = program(EXPORTER)
    answer(exporters.post("/match/default", {"queries": {"q": NSO}}), HTTPStatus.FORBIDDEN)
    answer(exporters.get("/entities/x"), HTTPStatus.FORBIDDEN)
