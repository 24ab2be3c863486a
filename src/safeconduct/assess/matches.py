"""What screening found, as facts of the case; cleared matches no longer alert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.party import Party
from safeconduct.screen.model import Clearance, Match, Screening, alert

_LEVELS = ("none", "cannot_tell", "likely_same")
_BEHIND_THE_USE = frozenset({"end_user", "ultimate_end_user", "consignee", "signatory"})


class Screened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The recorded screening of one party of the case, by its id."""

    party: str
    screening: Screening


def is_cleared(screening: Screening, match: Match, clearances: Iterable[Clearance]) -> bool:
    """Whether somebody decided, on these very facts of both sides, that they are not the same."""
    return Clearance(match.source, match.entry, screening.party, match.facts) in tuple(clearances)


def open_matches(screened: Screened, clearances: tuple[Clearance, ...]) -> Iterator[Match]:
    """Matches that a person must still look at."""
    for match in screened.screening.matches:
        if alert(match) and not is_cleared(screened.screening, match, clearances):
            yield match


def screening_facts(
    parties: Iterable[Party], screened: Mapping[str, Screened], clearances: tuple[Clearance, ...]
) -> dict[str, Fact]:
    """``screening.alert`` over all parties and ``screening.alert_on_user`` over those behind the use.

    A party that was not screened, or has a name nobody can read, makes the level unknown
    unless the strongest alert is already there.
    """
    everybody = tuple(parties)
    behind = tuple(party for party in everybody if _BEHIND_THE_USE & set(party.roles) or party.part_of)
    return {
        "screening.alert": _strongest("screening.alert", everybody, screened, clearances),
        "screening.alert_on_user": _strongest("screening.alert_on_user", behind, screened, clearances),
    }


def _strongest(
    key: str, parties: tuple[Party, ...], screened: Mapping[str, Screened], clearances: tuple[Clearance, ...]
) -> Fact:
    level, evidence, unseen = "none", [], False
    for party in parties:
        found = screened.get(party.id)
        if found is None or found.screening.unread or not found.screening.editions:
            unseen = True
        if found is None:
            continue
        evidence.append(_searched(key, party, found.screening))
        for match in open_matches(found, clearances):
            evidence.append(_matched(key, party, match))
            level = max(level, match.answer, key=_LEVELS.index)
    if not parties or (unseen and level != "likely_same"):
        return Unknown("not_searched", tuple(evidence))
    return Known(level, tuple(evidence))


def _searched(key: str, party: Party, screening: Screening) -> Evidence:
    editions = ", ".join(edition.key for edition in screening.editions)
    return Evidence(key, f"{party.name}: {screening.considered} entries compared", Source("list", ref=editions))


def _matched(key: str, party: Party, match: Match) -> Evidence:
    source = Source("list", ref=f"{match.source} {match.entry}", place=match.place)
    return Evidence(key, f"{party.name} / {match.name}: {match.answer}", source)
