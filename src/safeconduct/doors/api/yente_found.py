"""What a screening found, as yente's results: the entities themselves, scored, sifted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from safeconduct.core import territory
from safeconduct.doors.api.yente_entities import plain
from safeconduct.doors.api.yente_scores import THRESHOLD, explanations, score_of
from safeconduct.flows.lists_for_programs import ListedParty, party_of
from safeconduct.flows.reading_lookups import Lookup, cited, too_little
from safeconduct.intake.ftm_party import Example

COUNTRIES = ("nationality", "citizenship", "jurisdiction", "country", "flag", "birthCountry")
FACETS = {
    "countries": "Countries", "topics": "Topics", "datasets": "Data sources", "schema": "Types", "names": "Names",
    "identifiers": "Identifiers", "genders": "Genders",
}  # fmt: skip
_NAMES = ("name", "alias", "weakAlias", "previousName")
_NUMBERS = ("passportNumber", "idNumber", "registrationNumber", "taxNumber", "leiCode", "imoNumber", "mmsi", "swiftBic")
MOST_FACETS = 100
_ORGANISATIONS = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})
# Schema asked for → schemas that answer to it; a list often does not say of what kind a party is.
SCHEMAS = {
    "Thing": frozenset[str](), "LegalEntity": _ORGANISATIONS | {"Person"},
    "Person": frozenset({"Person", "LegalEntity"}), "Organization": _ORGANISATIONS,
    "Company": frozenset({"Company", "LegalEntity"}), "PublicBody": frozenset({"PublicBody", "LegalEntity"}),
    "Vessel": frozenset({"Vessel"}), "Airplane": frozenset({"Airplane"}),
}  # fmt: skip
Found = dict[str, Any]


class Wanted(msgspec.Struct, frozen=True):
    """Which results the client wants. Empty sets sift nothing."""

    threshold: float = THRESHOLD
    cutoff: float = 0.0
    limit: int = 5
    offset: int = 0
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    schemas: frozenset[str] = frozenset()
    not_schemas: frozenset[str] = frozenset()
    not_ids: frozenset[str] = frozenset()
    target: bool | None = None


def matches(found: Lookup, example: Example, given_id: str | None, wanted: Wanted) -> Found:
    """What was found for one example of ``/match``."""
    every = [one for one in _scored(found, wanted.threshold) if _is_wanted(one, wanted)]
    return {
        "status": 200,
        "results": every[: wanted.limit],
        "total": {"value": len(every), "relation": "eq"},
        "query": {"id": given_id, "schema": example.schema, "properties": example.understood},
        "unread": list(example.unread),
        "tells_too_little": too_little(found.observed) if found.observed else [],
        "screening": found.id,
    }


def page(found: Lookup, words: tuple[list[ListedParty], bool], wanted: Wanted, facets: Iterable[str]) -> Found:
    """A page of ``/search``: whom the name resembles, then who else has its words, by name."""
    results = {one["id"]: one for one in _scored(found, wanted.threshold)}
    parties, whole = words
    others = sorted((plain(one) | {"score": 0.0} for one in parties), key=lambda one: (one["caption"], one["id"]))
    results |= {one["id"]: one for one in others if one["id"] not in results}
    every = [one for one in results.values() if _is_wanted(one, wanted)]
    return {
        "limit": wanted.limit,
        "offset": wanted.offset,
        "total": {"value": len(every), "relation": "eq" if whole else "gte"},
        "results": every[wanted.offset : wanted.offset + wanted.limit],
        "facets": {name: _facet(name, every) for name in facets if name in FACETS},
    }


def _scored(found: Lookup, threshold: float) -> list[Found]:
    """The entities that were matched, the likest first; one that several lists name stands once."""
    if found.observed is None:
        raise LookupError(f"{found.id} is not done")
    editions = {one.key: one for one in cited(found.editions)}
    results: dict[str, Found] = {}
    for match in found.observed.matches:
        score = score_of(match)
        entity = plain(party_of(editions[match.source], match.entry))
        parts = explanations(match)
        entity |= {
            "score": score,
            "match": score >= threshold,
            "explanations": parts,
            "features": {name: part["score"] for name, part in parts.items()},
        }
        known = results.get(entity["id"])
        if known is None or known["score"] < score:
            results[entity["id"]] = entity
    return sorted(results.values(), key=lambda one: (-one["score"], one["id"]))


def _is_wanted(one: Found, wanted: Wanted) -> bool:
    properties = one["properties"]
    return (
        one["score"] >= wanted.cutoff
        and one["id"] not in wanted.not_ids
        and one["schema"] not in wanted.not_schemas
        and _meets(wanted.schemas, (one["schema"],))
        and (wanted.target is None or one["target"] is wanted.target)
        and _meets(wanted.topics, properties.get("topics", ()))
        and _meets(wanted.datasets, one["datasets"])
        and _meets(wanted.countries, _countries(properties))
    )


def _meets(wanted: frozenset[str], given: Iterable[str]) -> bool:
    return not wanted or not wanted.isdisjoint(given)


def _countries(properties: dict[str, list[str]]) -> list[str]:
    return [code for name in COUNTRIES for code in properties.get(name, ())]


def _facet(name: str, every: list[Found]) -> Found:
    counts = Counter(value for one in every for value in set(_values(name, one)))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_FACETS]
    values = [{"name": value, "label": _label(name, value), "count": count} for value, count in ranked]
    return {"label": FACETS[name], "values": values}


def _values(name: str, one: Found) -> Iterator[str]:
    properties = one["properties"]
    by_property = {"topics": ("topics",), "genders": ("gender",), "names": _NAMES, "identifiers": _NUMBERS}
    if name == "countries":
        yield from _countries(properties)
    elif name == "datasets":
        yield from one["datasets"]
    elif name == "schema":
        yield one["schema"]
    else:
        yield from (value for key in by_property[name] for value in properties.get(key, ()))


def _label(name: str, value: str) -> str:
    return territory.display_name(value.upper()) if name == "countries" else value
