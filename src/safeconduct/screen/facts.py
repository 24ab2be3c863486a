"""One match as facts, for the policy that says when two people must clear it."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Kind, Known, Value
from safeconduct.core.party import Party
from safeconduct.screen.model import Match

_COMPARED = ("birth_date", "birth_place", "territory", "sex", "kind", "identifier")
_AGREES = frozenset({"same", "agree", "same_day", "agree_address"})
_KINDS = ("person", "company", "organization", "public_body", "vessel", "aircraft", "unknown")


def _fact(key: str, kind: Kind, means: str, words: tuple[str, ...] = (), unit: str = "") -> FactType:
    told = "always known of a match; of anything else never"
    return FactType(key, kind, ("system",), told, means, words, unit, subject="match")


FACTS: tuple[FactType, ...] = (
    _fact("match.answer", "level", "what screening says of the match", ("different", "cannot_tell", "likely_same")),
    _fact("match.list", "word", "short name of the list, such as `un-sc`"),
    _fact("match.score", "number", "by which matches are ranked", unit="of 1000"),
    _fact("match.party_kind", "word", "what the party of the case is", _KINDS),
    _fact("match.weak_alias", "flag", "the listed name is one that the publisher calls weak"),
    _fact("match.agrees", "words", "facts besides the name that agree", (*_COMPARED, "none")),
    _fact("match.contradicts", "words", "facts besides the name that contradict", (*_COMPARED, "none")),
)


def match_facts(match: Match, party: Party) -> dict[str, Fact]:
    """Every fact of ``FACTS`` for one match of ``party``, with the list as its evidence."""
    found = {part.part: part.finding for part in match.parts}
    values: dict[str, Value] = {
        "match.answer": match.answer,
        "match.list": match.source,
        "match.score": match.score,
        "match.party_kind": party.kind,
        "match.weak_alias": found.get("alias_quality") == "weak_alias",
        "match.agrees": _words(part for part in _COMPARED if found.get(part) in _AGREES),
        "match.contradicts": _words(part for part in _COMPARED if found.get(part) == "contradict"),
    }
    source = Source("list", ref=f"{match.source} {match.entry}", place=match.place)
    return {
        key: Known(value, (Evidence(key, f"{party.name} / {match.name}", source),)) for key, value in values.items()
    }


def _words(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(parts) or ("none",)
