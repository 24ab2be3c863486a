"""Requests and responses as yente documents them. Names and types of fields are theirs; texts are ours."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema

from safeconduct.doors.api.screenings import TooLittle


class _Loose(Schema):
    """Further fields are passed over, as yente passes them over."""

    model_config = {"extra": "ignore", "populate_by_name": True}  # noqa: RUF012 - as pydantic reads it


class Example(_Loose):
    """Whom to look for, as a FollowTheMoney entity."""

    id: str | None = Field(None, max_length=500)
    schema_: str = Field(alias="schema", max_length=100, examples=["Person"])
    properties: dict[str, str | list[Any]] = Field(examples=[{"name": ["John Doe"], "birthDate": ["1975-04-21"]}])


class MatchQuery(_Loose):
    """Several examples at once, each under a key of the sender's choice."""

    weights: dict[str, float] = Field({}, description="must be empty: no part has a weight to set")
    config: dict[str, Any] = Field({}, description="must be empty: nothing is to be set")
    queries: dict[str, Example]


class Total(Schema):
    """How many there are."""

    value: int
    relation: str = "eq"


class Entity(Schema):
    """A FollowTheMoney entity. Properties hold texts and, where ``nested`` was asked for, neighbours."""

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[Any]]
    datasets: list[str] = Field([])
    referents: list[str] = Field([])
    target: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None


class Feature(Schema):
    """One part of a comparison: 1 agrees, 0.5 resembles, 0 says nothing, -1 speaks against it."""

    score: float
    detail: str | None = None
    query: str | None = None
    candidate: str | None = None


class ScoredEntity(Entity):
    """A listed party beside the example. From 0.7 on: likely the same; from 0.5 on: cannot tell; below: different."""

    score: float
    features: dict[str, float]
    explanations: dict[str, Feature]
    match: bool


class Matches(Schema):
    """What was found for one example. ``query`` is the example as it was understood, ``unread`` what was not taken,
    ``tells_too_little`` names under which no result means nothing, ``screening`` the name of the record that is kept.
    """

    status: int = 200
    results: list[ScoredEntity]
    total: Total
    query: dict[str, Any]
    unread: list[str]
    tells_too_little: list[TooLittle]
    screening: str


class FeatureDoc(Schema):
    """What a part is. No part has a weight: rules decide, and a score ranks."""

    description: str | None
    coefficient: float
    url: str


class MatchResponse(Schema):
    """Answers by the sender's keys. ``algorithm`` names the matcher that was used, whichever was asked for."""

    responses: dict[str, Matches]
    matcher: dict[str, FeatureDoc]
    limit: int
    algorithm: str


class FacetItem(Schema):
    """One value and how many results have it."""

    name: str
    label: str
    count: int


class Facet(Schema):
    """Counts of one property."""

    label: str
    values: list[FacetItem]


class SearchResponse(Schema):
    """A page of entities."""

    limit: int
    offset: int
    total: Total
    results: list[Entity]
    facets: dict[str, Facet]


class AdjacentPage(Schema):
    """Neighbours by one property."""

    limit: int
    offset: int
    total: Total
    results: list[Any]


class Adjacent(Schema):
    """An entity and its neighbours by property."""

    entity: Entity
    adjacent: dict[str, AdjacentPage]


class Dataset(Schema):
    """A list, or a collection of lists (``children``)."""

    name: str
    title: str
    summary: str | None = None
    url: str | None = None
    load: bool
    entities_url: str | None = None
    version: str
    index_version: str | None = None
    index_current: bool
    children: list[str]


class Catalog(Schema):
    """What can be searched."""

    datasets: list[Dataset]
    current: list[str]
    outdated: list[str]
    index_stale: bool


class AlgorithmDocs(Schema):
    """A matcher, with its parts and nothing to set."""

    name: str
    description: str
    config: dict[str, Any]
    features: dict[str, FeatureDoc]


class Algorithm(Schema):
    """A matcher."""

    name: str
    description: str
    features: dict[str, FeatureDoc]
    docs: AlgorithmDocs


class Algorithms(Schema):
    """The matchers there are: one."""

    algorithms: list[Algorithm]
    default: str
    best: str


class Status(Schema):
    """Whether the service is up."""

    status: str = "ok"
