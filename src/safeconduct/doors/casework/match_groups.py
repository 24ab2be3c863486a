"""Open matches in groups of like ones, in the order in which they are worked through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.canonical import sha256
from safeconduct.core.message import Message
from safeconduct.doors.casework.match_parts import part_words
from safeconduct.doors.page import words
from safeconduct.flows.reading import OpenMatch
from safeconduct.flows.wording import words as said

_RANK = {"likely_same": 0, "cannot_tell": 1, "different": 2}
MOST_CASES = 4  # named on a line; the rest is counted
_FACTS = ("birth_date", "birth_place", "territory", "sex", "kind", "identifier")


class Way(msgspec.Struct, frozen=True):
    """A way of putting like matches together; ``slug`` stands in the address. ``second`` leaves out what nobody has
    proposed."""

    slug: str
    name: str | Promise
    key: Callable[[OpenMatch], str]
    title: Callable[[OpenMatch], str]
    second: bool = False


class Waiting(msgspec.Struct, frozen=True):
    """One question to decide: the same party, with the same facts, and the same entry, in whichever cases it waits.
    It is answered in the ``first``, and what is answered there is remembered in the others."""

    first: OpenMatch
    cases: tuple[str, ...]


class Group(msgspec.Struct, frozen=True):
    """Questions that are alike; ``id`` stands in addresses."""

    id: str
    title: str
    waiting: tuple[Waiting, ...]


def _grounds(one: OpenMatch) -> str:
    found = [f"{part.part} {part.finding}" for part in one.match.parts if part.part in _FACTS]
    return "\n".join((one.match.reason.key, *sorted(set(found))))


def _grounds_title(one: OpenMatch) -> str:
    facts = (part for part in one.match.parts if part.part in _FACTS)
    told = [f"{part_words(part.part)}: {said(Message(f'screen.finding.{part.finding}'))}" for part in facts]
    return "; ".join(dict.fromkeys(told)) or _("Nothing but the name")


def _who(one: OpenMatch) -> str:
    """The party with what tells it from another of its name."""
    party = one.party
    born = _("born %(day)s") % {"day": words.day(party.born)} if party.born else ""
    return ", ".join(filter(None, (words.apart(party.name), words.place(party.territory), born)))


WAYS = (
    Way("party", gettext_lazy("By party"), lambda one: one.party_facts, _who),
    Way(
        "entry",
        gettext_lazy("By listed entry"),
        lambda one: f"{one.match.source}\n{one.match.entry}",
        lambda one: f"{words.apart(one.match.name)}, {one.match.source}",
    ),
    Way("grounds", gettext_lazy("By what was found"), _grounds, _grounds_title),
    Way(
        "second",
        gettext_lazy("For a second person"),
        lambda one: one.standing,
        lambda _one: _("For a second person"),
        second=True,
    ),
)


def way_of(slug: str) -> Way:
    """The way of this slug, else the first."""
    return next((way for way in WAYS if way.slug == slug), WAYS[0])


def grouped(matches: tuple[OpenMatch, ...], way: Way) -> list[Group]:
    """Groups with the strongest match first, then those of the oldest case; within one likewise."""
    found: dict[str, list[Waiting]] = {}
    wanted = (one for one in matches if one.standing == "proposed" or not way.second)
    for one in distinct(wanted):
        found.setdefault(way.key(one.first), []).append(one)
    groups = [Group(sha256(key.encode())[:16], way.title(held[0].first), tuple(held)) for key, held in found.items()]
    return sorted(groups, key=lambda group: (*_order(group.waiting[0].first), group.id))


def distinct(matches: Iterable[OpenMatch]) -> list[Waiting]:
    """Each question once, in the order in which they are worked through."""
    found: dict[tuple[str, ...], list[OpenMatch]] = {}
    for one in sorted(matches, key=_order):
        found.setdefault(pair_of(one), []).append(one)
    return [Waiting(held[0], tuple(dict.fromkeys(one.case for one in held))) for held in found.values()]


def pair_of(one: OpenMatch) -> tuple[str, str, str, str]:
    """The party's facts and the entry's, whatever the case."""
    return one.party_facts, one.match.source, one.match.entry, one.match.facts


def _order(one: OpenMatch) -> tuple[int, str, str, str, int, str, str]:
    match = one.match
    return _RANK[match.answer], one.opened, one.case, one.party.id, -match.score, match.source, match.entry


def in_order(matches: tuple[OpenMatch, ...], way: Way) -> list[OpenMatch]:
    """All of them, group after group."""
    return [one.first for group in grouped(matches, way) for one in group.waiting]


def named(one: OpenMatch) -> dict[str, str]:
    """The parts of the address of a match."""
    return {"reference": one.case, "party": one.party.id, "source": one.match.source, "entry": one.match.entry}


def value_of(one: OpenMatch) -> str:
    """A match as a form holds it: which it is, and the fingerprints of both sides as they were shown."""
    return json.dumps([*named(one).values(), one.party_facts, one.match.facts])


def address_of(one: OpenMatch, way: Way | None) -> str:
    """The page of a match; with the way they are worked through, where they are."""
    address = reverse("casework:match", kwargs=named(one))
    return f"{address}?by={way.slug}" if way else address


def row(waiting: Waiting, way: Way) -> dict[str, Any]:
    """One line of a list of matches."""
    one = waiting.first
    return {
        "href": address_of(one, way),
        "answer": "proposed" if one.standing == "proposed" else one.match.answer,
        "party": one.party.name,
        "name": one.match.name,
        "source": one.match.source,
        "entry": one.match.entry,
        "case": ", ".join(waiting.cases[:MOST_CASES]),
        "more_cases": max(0, len(waiting.cases) - MOST_CASES),
        "score": one.match.score,
    }
