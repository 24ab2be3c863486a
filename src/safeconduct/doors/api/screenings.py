"""``/api/v1/screenings``: ask whether a party is on a list, and read the answer that is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Query, Router, Schema, Status

from safeconduct.core import territory
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.doors.api import asking, keys
from safeconduct.flows.reading_lookups import as_plain, lookup, name_of, own_lookups
from safeconduct.intake.party_words import BIRTH_DATES, birth_date, checked

SECONDS = 3.0
A_PAGE = 25
MOST_PAGES = 10_000
MOST_IDEMPOTENCY_KEY = 80
router = Router(tags=["Screenings"], auth=keys.ApiKeyHeader())

Kind = Literal["person", "company", "organization", "public_body", "vessel", "aircraft", "unknown"]


class Number(Schema):
    """A number or address that is meant to name one party only."""

    model_config = {"extra": "forbid"}  # noqa: RUF012 - as pydantic reads it
    kind: str = Field(
        max_length=20, description="passport, national_id, registration, tax, lei, imo, mmsi, bic, wallet …"
    )
    value: str = Field(max_length=500)
    territory: str = Field("", max_length=20)


class Sought(Schema):
    """Whom to look for. What is left out is not known, never none."""

    model_config = {"extra": "forbid"}  # noqa: RUF012 - as pydantic reads it
    name: str = Field(min_length=1, max_length=500, examples=["Anna Petrova"])
    kind: Kind = "unknown"
    country: str = Field("", max_length=200, description="nationality or seat: a two-letter key or an English name")
    born: str = Field("", max_length=40, description=f"birth date: {BIRTH_DATES}", examples=["1975-03-12"])
    birth_place: str = Field("", max_length=500)
    sex: Literal["", "female", "male", "other"] = ""
    address: str = Field("", max_length=10_000)
    aliases: list[Annotated[str, Field(max_length=500)]] = Field([], max_length=50)
    identifiers: list[Number] = Field([], max_length=50)
    lists: list[Annotated[str, Field(max_length=60)]] = Field([], max_length=100, description="sources; empty: all")


class EditionSeen(Schema):
    """An edition of a list that was searched; ``sha256`` is of its normalised bytes."""

    source: str
    publisher: str
    published: str
    obtained: str
    sha256: str
    fictional: bool


class Part(Schema):
    """One thing that was compared."""

    part: str
    finding: str
    query: str = ""
    listed: str = ""


class TooLittle(Schema):
    """A name under which hardly anybody could be found."""

    name: str
    why: str = Field(examples=["one_name", "kind_not_stated", "common_words", "nothing_tells"])
    reason: str


class Match(Schema):
    """A listed party beside the one that was sought. ``score`` (0 to 1000) ranks within one answer and decides
    nothing; ``rank`` sorts all matches, the answer first; ``asks`` are the facts that would settle it."""

    source: str
    entry: str
    name: str
    answer: Literal["likely_same", "cannot_tell", "different"]
    score: int
    rank: int
    reason: str
    parts: list[Part]
    facts: str
    asks: list[str] = Field([])
    place: str = ""


class Screening(Schema):
    """A screening outside a case. ``matches`` is absent until it is done: nothing found is not nothing yet."""

    id: str = Field(examples=["S-12"])
    state: Literal["waiting", "done", "failed"]
    asked: str
    asked_by: str
    party: dict[str, Any]
    editions: list[EditionSeen]
    failure: str | None = None
    matcher: str | None = None
    considered: int | None = None
    unread: list[str] | None = Field(None, description="aliases that nobody can read")
    tells_too_little: list[TooLittle] | None = Field(
        None, description="names that tell too little to be looked for: that nothing is found then says nothing"
    )
    matches: list[Match] | None = None


class Page(Schema):
    """Own screenings, the newest first."""

    page: int
    total: int
    screenings: list[Screening]


class ProblemBody(Schema):
    """An error: what, where, and what to do."""

    type: str
    title: str
    status: int
    detail: str | list[dict[str, Any]]
    what: str
    where: str
    remedy: str


PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 413, 422, 429, 500, 503), ProblemBody)


@router.post("", response={201: Screening, 202: Screening, **PROBLEMS}, exclude_none=True, operation_id="screen")
def screen(
    request: HttpRequest,
    response: HttpResponse,
    body: Sought,
    idempotency_key: Annotated[str, Header(max_length=MOST_IDEMPOTENCY_KEY, alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Compare a party with the lists in use. 201 with what was found; 202 where that takes longer than three seconds,
    to be read at ``Location``. The same ``Idempotency-Key`` with the same body asks only once."""
    bearer = keys.bearer(request)
    screenings = asking.ask(bearer, (_party(body),), body.lists, _key(idempotency_key))
    asking.wait(screenings, SECONDS)
    found = lookup(bearer.actor, name_of(screenings[0]))
    response["Location"] = f"/api/v1/screenings/{found.id}"
    return Status(HTTPStatus.ACCEPTED if found.state == "waiting" else HTTPStatus.CREATED, as_plain(found))


@router.get("", response={200: Page, **PROBLEMS}, exclude_none=True, operation_id="list_screenings")
def own(request: HttpRequest, page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1) -> dict[str, Any]:
    """What the key's person asked for, 25 a page."""
    found, total = own_lookups(keys.actor(request), (page - 1) * A_PAGE, A_PAGE)
    return {"page": page, "total": total, "screenings": [as_plain(one) for one in found]}


@router.get(
    "/{name}", response={200: Screening, 404: ProblemBody, **PROBLEMS}, exclude_none=True, operation_id="read_screening"
)
def read(request: HttpRequest, name: str) -> dict[str, Any]:
    """One screening, for whoever asked for it, officers and auditors; for others it does not exist."""
    return as_plain(lookup(keys.actor(request), name))


def _party(body: Sought) -> Party:
    plain = body.model_dump(exclude={"country", "lists"})
    refuse_unsafe_text(plain, "body")
    key = territory.find(body.country) if body.country else ""
    plain |= {
        "id": "P1",
        "territory": key or body.country,
        "born": birth_date(body.born.strip(), "body → born"),
        "name": " ".join(body.name.split()),
    }
    return checked(plain, "body")


def _key(header: str) -> str:
    if header and not header.isprintable():
        raise Refusal("not a usable key", "Idempotency-Key", f"1 to {MOST_IDEMPOTENCY_KEY} printable characters")
    return header
