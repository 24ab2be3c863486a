"""What screening found, as facts of the case; cleared matches no longer alert, confirmed ones are told as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.party import Party
from safeconduct.screen.model import Clearance, Confirmation, Match, Screening, alert

_LEVELS = ("none", "cannot_tell", "likely_same", "confirmed")
_BEHIND_THE_USE = frozenset({"end_user", "ultimate_end_user", "consignee", "signatory"})


class Screened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The recorded screening of one party of the case, by its id."""

    party: str
    screening: Screening


class Settled:
    """What people decided about matches: *not the same* or *the same*, on the facts of both sides as they were."""

    def __init__(self, clearances: Iterable[Clearance] = (), confirmations: Iterable[Confirmation] = ()) -> None:
        self._cleared, self._confirmed = frozenset(clearances), frozenset(confirmations)

    def cleared(self, screening: Screening, match: Match) -> bool:
        """Whether somebody decided, on these very facts of both sides, that they are not the same."""
        return Clearance(match.source, match.entry, screening.party, match.facts) in self._cleared

    def confirmed(self, screening: Screening, match: Match) -> bool:
        """Whether somebody found, on these very facts, that they are; whatever was cleared before."""
        return Confirmation(match.source, match.entry, screening.party, match.facts) in self._confirmed


def open_matches(screened: Screened, settled: Settled) -> Iterator[Match]:
    """Matches that a person must still look at."""
    screening = screened.screening
    for match in screening.matches:
        if alert(match) and not settled.cleared(screening, match) and not settled.confirmed(screening, match):
            yield match


def confirmed_matches(screened: Screened, settled: Settled) -> Iterator[Match]:
    """Matches that a person found to be the same party, whatever screening says of them."""
    for match in screened.screening.matches:
        if settled.confirmed(screened.screening, match):
            yield match


def screening_facts(parties: Iterable[Party], screened: Mapping[str, Screened], settled: Settled) -> dict[str, Fact]:
    """``screening.alert`` over all parties and ``screening.alert_on_user`` over those behind the use.

    A party that was not screened, or has a name nobody can read or that tells too little, makes the level unknown
    unless an alert that is likely the same, or confirmed, is there already.
    """
    everybody = tuple(parties)
    behind = tuple(party for party in everybody if _BEHIND_THE_USE & set(party.roles) or party.part_of)
    return {
        "screening.alert": _strongest("screening.alert", everybody, screened, settled),
        "screening.alert_on_user": _strongest("screening.alert_on_user", behind, screened, settled),
    }


def _strongest(key: str, parties: tuple[Party, ...], screened: Mapping[str, Screened], settled: Settled) -> Fact:
    level, evidence, unseen = "none", [], False
    for party in parties:
        found = screened.get(party.id)
        if found is None or not found.screening.searched or not found.screening.editions:
            unseen = True
        if found is None:
            continue
        evidence.append(_searched(key, party, found.screening))
        for match in open_matches(found, settled):
            evidence.append(_matched(key, party, match, match.answer))
            level = max(level, match.answer, key=_LEVELS.index)
        for match in confirmed_matches(found, settled):
            evidence.append(_matched(key, party, match, "confirmed"))
            level = "confirmed"
    if not parties or (unseen and level not in ("likely_same", "confirmed")):
        return Unknown("not_searched", tuple(evidence))
    return Known(level, tuple(evidence))


def _searched(key: str, party: Party, screening: Screening) -> Evidence:
    editions = ", ".join(edition.key for edition in screening.editions)
    gap = ", but not under every name" if screening.unread else ""
    gap = ", but the name tells too little to be looked for" if screening.tells_too_little else gap
    return Evidence(key, f"{party.name}: {screening.considered} entries compared{gap}", Source("list", ref=editions))


def _matched(key: str, party: Party, match: Match, level: str) -> Evidence:
    source = Source("list", ref=f"{match.source} {match.entry}", place=match.place)
    return Evidence(key, f"{party.name} / {match.name}: {level}", source)
