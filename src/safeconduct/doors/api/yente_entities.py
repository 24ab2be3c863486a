"""Listed parties and lists as yente gives them out."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.doors.api.problems import Problem
from safeconduct.flows.lists_for_programs import EVERY_SANCTION, EVERYTHING, ListedParty, party_named, sources_of
from safeconduct.sources import as_ftm
from safeconduct.sources.model import Edition

MOST_ID = 500


def entity(actor: Actor, name: str, *, nested: bool) -> dict[str, Any]:
    """The entity of this id; nested, with the entities around it among its properties."""
    party = _party(actor, name)
    found = plain(party)
    if nested:
        found["properties"] = {**found["properties"], **_neighbours(party)}
    return found


def adjacent(actor: Actor, name: str, limit: int, offset: int) -> dict[str, Any]:
    """The entity, and a page of its neighbours by each property."""
    party = _party(actor, name)
    pages = {
        key: {
            "limit": limit,
            "offset": offset,
            "total": {"value": len(values), "relation": "eq"},
            "results": values[offset : offset + limit],
        }
        for key, values in _neighbours(party).items()
    }
    return {"entity": plain(party), "adjacent": pages}


def plain(party: ListedParty) -> dict[str, Any]:
    """The entity without its neighbours."""
    edition = party.edition
    return as_ftm.entity(party.listed, edition.key, edition.published, edition.obtained)


def catalog(lists: Sequence[Edition]) -> dict[str, Any]:
    """Every list in use, and the collections under whose names several are searched at once."""
    names = [one.key for one in lists]
    collections = [(EVERYTHING[0], "Every list in use"), (EVERY_SANCTION, "Lists of sanctions")]
    datasets = [_dataset(one.key, one.publisher, _version(one), one.normalised[:12], []) for one in lists]
    newest = max((_version(one) for one in lists), default="")
    for name, title in collections:
        if children := list(sources_of(name, lists)):
            datasets.append(_dataset(name, title, newest, newest, children))
    return {"datasets": datasets, "current": names, "outdated": [], "index_stale": False}


def _dataset(name: str, title: str, version: str, index: str, children: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "load": not children,
        "version": version,
        "index_version": index,
        "index_current": True,
        "children": children,
    }


def _version(edition: Edition) -> str:
    return edition.published or edition.obtained


def _neighbours(party: ListedParty) -> dict[str, list[Any]]:
    return as_ftm.neighbours(party.listed, party.edition.key, party.edition.publisher)


def _party(actor: Actor, name: str) -> ListedParty:
    found = party_named(actor, name) if len(name) <= MOST_ID else None
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, Refusal("No such entity!", name[:60], "take the id from /match or /search"))
    return found
