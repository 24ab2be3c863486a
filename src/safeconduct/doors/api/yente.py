"""The addresses of yente: matching, searching, entities, what there is to search, and whether it is ready.

Requests and answers have yente's documented shapes, so that its clients can be pointed here. What cannot be done is
refused in words, never passed over: ``changed_since``, ``weights``, ``config``, ``sort``. See docs/api.md.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from safeconduct.core.errors import Refusal
from safeconduct.doors.api import asking, keys, yente_entities, yente_found
from safeconduct.doors.api import yente_shapes as shapes
from safeconduct.doors.api.problems import Problem, later
from safeconduct.doors.api.screenings import PROBLEMS, ProblemBody
from safeconduct.doors.api.yente_scores import ALGORITHM, CUTOFF, THRESHOLD, feature_docs
from safeconduct.flows.lists_for_programs import is_ready, lists_in_use, parties_with_words, sources_of
from safeconduct.flows.reading_lookups import Lookup, lookups
from safeconduct.intake.ftm_party import Example, party_of_example
from safeconduct.sources.model import Edition

SECONDS = 25.0  # clients of yente give up after 30
MOST_WITH_WORDS = 500  # of one list; beyond, the total is "gte"
MOST_QUERIES, A_PAGE, MOST_RESULTS, MOST_OFFSET = 100, 5, 500, 9499
THEIR_ALGORITHMS = frozenset(
    {"best", ALGORITHM, "logic-v1", "logic-v2", "name-based", "name-qualified", "name-matcher", "regression-v1",
     "regression-v2", "regression-v3", "ofac-249"}
)  # fmt: skip
PROBLEM_RESPONSES = {**PROBLEMS, 404: ProblemBody}
router = Router(auth=keys.ApiKeyHeader())
FACETS = ["countries", "topics", "datasets"]
NONE: list[str] = []  # what is not said; nobody writes to it
Several = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=100)]


@router.post(
    "/match/{dataset}",
    response={200: shapes.MatchResponse, **PROBLEM_RESPONSES},
    by_alias=True,
    tags=["Matching"],
    operation_id="match",
)
def match(
    request: HttpRequest,
    response: HttpResponse,
    dataset: str,
    body: shapes.MatchQuery,
    limit: Annotated[int, Query(le=MOST_RESULTS)] = A_PAGE,
    threshold: Annotated[float, Query(ge=0, le=1)] = THRESHOLD,
    cutoff: Annotated[float, Query(ge=0, le=1)] = CUTOFF,
    algorithm: Annotated[str, Query(max_length=50)] = "best",
    include_dataset: Several = NONE,
    exclude_dataset: Several = NONE,
    exclude_schema: Several = NONE,
    topics: Several = NONE,
    exclude_entity_ids: Several = NONE,
    changed_since: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    """Whom do these examples resemble. Every example becomes a screening that is kept (``screening``)."""
    bearer = keys.bearer(request)
    lists = _in_scope(lists_in_use(bearer.actor), dataset, include_dataset, exclude_dataset)
    _refuse_unmeant(body, algorithm, changed_since)
    examples = {key: _example(key, one) for key, one in body.queries.items()}
    found = _screened(bearer, [one.party for one in examples.values()], [one.key for one in lists])
    wanted = yente_found.Wanted(
        threshold=threshold,
        cutoff=min(cutoff, threshold),
        limit=max(limit, 0) or A_PAGE,
        topics=frozenset(topics),
        not_schemas=frozenset(exclude_schema),
        not_ids=frozenset(exclude_entity_ids),
    )
    response["x-batch-size"] = str(len(found))
    return {
        "responses": {
            key: yente_found.matches(one, example, body.queries[key].id, wanted)
            for (key, example), one in zip(examples.items(), found, strict=True)
        },
        "matcher": feature_docs(),
        "limit": wanted.limit,
        "algorithm": ALGORITHM,
    }


@router.get(
    "/search/{dataset}",
    response={200: shapes.SearchResponse, **PROBLEM_RESPONSES},
    by_alias=True,
    tags=["Matching"],
    operation_id="search",
)
def search(
    request: HttpRequest,
    dataset: str,
    q: Annotated[str, Query(max_length=384)] = "",
    kind: Annotated[str, Query(max_length=100, alias="schema")] = "Thing",
    include_dataset: Several = NONE,
    exclude_dataset: Several = NONE,
    exclude_schema: Several = NONE,
    datasets: Several = NONE,
    countries: Several = NONE,
    topics: Several = NONE,
    facets: Annotated[list[str], Query(max_length=20)] = FACETS,
    limit: Annotated[int, Query(le=MOST_RESULTS)] = 10,
    offset: Annotated[int, Query(le=MOST_OFFSET)] = 0,
    sort: Several = NONE,
    target: bool | None = None,
    changed_since: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    """Listed parties of a name like this one, as ``/match`` finds them, and after them those that have all its words
    in a name. No wildcards, no query language."""
    bearer = keys.bearer(request)
    lists = _in_scope(lists_in_use(bearer.actor), dataset, include_dataset, exclude_dataset)
    _refuse_since(changed_since)
    if sort:
        raise Refusal("results are in the order of likeness", "query → sort", "leave it out")
    example = party_of_example(kind, {"name": [q]}, "query → q")
    (found,) = _screened(bearer, [example.party], [one.key for one in lists])
    wanted = yente_found.Wanted(
        cutoff=0.0,
        limit=max(limit, 0),
        offset=max(offset, 0),
        topics=frozenset(topics),
        countries=frozenset(text.lower() for text in countries),
        datasets=frozenset(datasets),
        schemas=yente_found.SCHEMAS[kind],
        not_schemas=frozenset(exclude_schema),
        target=target,
    )
    return yente_found.page(found, parties_with_words(lists, q, MOST_WITH_WORDS), wanted, facets)


@router.get(
    "/entities/{entity_id}",
    response={200: shapes.Entity, **PROBLEM_RESPONSES},
    by_alias=True,
    tags=["Data access"],
    operation_id="entity",
)
def entity(request: HttpRequest, entity_id: str, nested: bool = True) -> dict[str, Any]:
    """A listed party by the id of its entity, with its neighbours unless ``nested`` is false."""
    return yente_entities.entity(keys.actor(request), entity_id, nested=nested)


@router.get(
    "/entities/{entity_id}/adjacent",
    response={200: shapes.Adjacent, **PROBLEM_RESPONSES},
    by_alias=True,
    tags=["Data access"],
    operation_id="adjacent",
)
def adjacent(
    request: HttpRequest,
    entity_id: str,
    limit: Annotated[int, Query(le=MOST_RESULTS)] = 10,
    offset: Annotated[int, Query(le=MOST_OFFSET)] = 0,
) -> dict[str, Any]:
    """Its neighbours, by the property that holds them."""
    return yente_entities.adjacent(keys.actor(request), entity_id, max(limit, 0), max(offset, 0))


@router.get(
    "/entities/{entity_id}/adjacent/{property_name}",
    response={200: shapes.AdjacentPage, **PROBLEM_RESPONSES},
    by_alias=True,
    tags=["Data access"],
    operation_id="adjacent_by_property",
)
def adjacent_by(
    request: HttpRequest,
    entity_id: str,
    property_name: str,
    limit: Annotated[int, Query(le=MOST_RESULTS)] = 10,
    offset: Annotated[int, Query(le=MOST_OFFSET)] = 0,
) -> dict[str, Any]:
    """Its neighbours by one property."""
    found = yente_entities.adjacent(keys.actor(request), entity_id, max(limit, 0), max(offset, 0))["adjacent"]
    empty = {"limit": limit, "offset": offset, "total": {"value": 0, "relation": "eq"}, "results": []}
    page: dict[str, Any] = found.get(property_name, empty)
    return page


@router.get(
    "/catalog", response={200: shapes.Catalog, **PROBLEM_RESPONSES}, tags=["System information"], operation_id="catalog"
)
def catalog(request: HttpRequest) -> dict[str, Any]:
    """The lists in use, and the collections of them."""
    return yente_entities.catalog(lists_in_use(keys.actor(request)))


@router.get(
    "/algorithms",
    response={200: shapes.Algorithms, **PROBLEM_RESPONSES},
    tags=["System information"],
    operation_id="algorithms",
)
def algorithms(request: HttpRequest) -> dict[str, Any]:
    """The one matcher there is."""
    keys.actor(request)
    description = "Written rules give one of three answers; a score ranks and decides nothing. See docs/screening.md."
    one = {"name": ALGORITHM, "description": description, "features": feature_docs()}
    return {"algorithms": [{**one, "docs": {**one, "config": {}}}], "default": ALGORITHM, "best": ALGORITHM}


@router.get("/healthz", response=shapes.Status, auth=None, tags=["System information"], operation_id="healthz")
def healthz(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001 - ninja gives it
    """Whether the server answers."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    response={200: shapes.Status, 503: ProblemBody},
    auth=None,
    tags=["System information"],
    operation_id="readyz",
)
def readyz(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001
    """Whether a look-up would be answered."""
    if not is_ready():
        raise later("no list is in use, or no worker is running")
    return {"status": "ok"}


def _in_scope(lists: tuple[Edition, ...], scope: str, include: list[str], exclude: list[str]) -> tuple[Edition, ...]:
    sources = set(sources_of(scope, lists))
    if not sources:
        raise Problem(HTTPStatus.NOT_FOUND, Refusal("No such dataset.", scope[:60], "see /catalog"))
    if include:
        sources &= {key for name in include for key in sources_of(name, lists)}
    sources -= {key for name in exclude for key in sources_of(name, lists)}
    if not sources:
        raise Refusal("no list is left to search", "query", "name at least one that is not excluded")
    return tuple(one for one in lists if one.key in sources)


def _refuse_unmeant(body: shapes.MatchQuery, algorithm: str, changed_since: str) -> None:
    if not body.queries:
        raise Refusal("No queries provided.", "body → queries", "send at least one")
    if len(body.queries) > MOST_QUERIES:
        raise Refusal(f"Too many queries in one batch (limit: {MOST_QUERIES})", "body → queries", "send fewer at once")
    for field, given in (("weights", body.weights), ("config", body.config)):
        if given:
            raise Refusal(f"nothing is to be set: {', '.join(given)[:100]}", f"body → {field}", "leave it empty")
    if algorithm.strip().lower() not in THEIR_ALGORITHMS:
        raise Refusal(
            f"Invalid algorithm: {algorithm[:50]}", "query → algorithm", f"leave it out, or best, or {ALGORITHM}"
        )
    _refuse_since(changed_since)


def _refuse_since(changed_since: str) -> None:
    if changed_since:
        what = "lists do not say when each of their entries changed"
        raise Refusal(what, "query → changed_since", "leave it out; safeconduct rescreen looks at what changed")


def _example(key: str, one: shapes.Example) -> Example:
    try:
        return party_of_example(one.schema_, one.properties, f"queries → {key[:60]}")
    except Refusal as refusal:
        raise Refusal(f"Cannot parse example entity: {refusal.what}", refusal.where, refusal.remedy) from refusal


def _screened(bearer: Any, parties: list[Any], sources: list[str]) -> tuple[Lookup, ...]:
    """The screenings of these parties, all of them done."""
    screenings = asking.ask(bearer, parties, sources)
    if not asking.wait(screenings, SECONDS):
        raise later("the screening takes longer than a client should wait")
    found = lookups(bearer.actor, screenings)
    if failed := [one for one in found if one.state != "done"]:
        what = f"{failed[0].party.name[:60]} could not be screened: {failed[0].failure}"
        raise Problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, Refusal(what, failed[0].id, "settle what is named, then ask again")
        )
    return found
