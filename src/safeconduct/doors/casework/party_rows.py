"""Parties as pages show them: who they are, and which listed entries resemble them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.core.party import Party
from safeconduct.doors.casework import downloads
from safeconduct.doors.page import words
from safeconduct.flows.reading import CasePage, MatchStanding, PartyScreening
from safeconduct.flows.reading_lookups import too_little
from safeconduct.screen.model import Match

Plain = dict[str, Any]
SHOWN = 8  # entries that differ are cut after these; the rest is one click away


def screening_of(found: CasePage, party_id: str) -> PartyScreening | None:
    """The live screening of one party."""
    return next((one for one in found.screenings if one.party == party_id), None)


_FIRST = {"confirmed": 0, "open": 1, "proposed": 1, "": 2, "cleared": 3}


def ranked(screening: PartyScreening | None) -> list[tuple[Match, MatchStanding]]:
    """Matches with how each stands: those found the same, those that need a look, those that differ, those cleared."""
    if screening is None or screening.screening is None:
        return []
    pairs = zip(screening.screening.matches, screening.standing, strict=True)
    return sorted(pairs, key=lambda pair: (_FIRST[pair[1]], -pair[0].score))


def alerts(found: CasePage) -> list[Plain]:
    """Every match that somebody has to settle, and those that were found to be the same."""
    names = {party.id: party.name for party in found.case_file.parties}
    return [
        {"party": names.get(one.party, one.party), **_short(found, one.party, match, standing)}
        for one in found.screenings
        for match, standing in ranked(one)
        if standing in ("open", "proposed", "confirmed")
    ]


def screened(found: CasePage) -> str:
    """How current the screening is, as a sentence; ``""`` where there is nothing to rely on."""
    done = [one.screening for one in found.screenings if one.screening is not None]
    if found.identity.screening != "current" or not done:
        return ""
    sources = {used.key for one in done for used in one.editions}
    lists = ngettext("%(n)d list", "%(n)d lists", len(sources)) % {"n": len(sources)}
    return _("Every party was compared with %(lists)s as they stand now.") % {"lists": lists}


def party(found: CasePage, one: Party, everything: str = "", *, export: bool = False) -> Plain:
    """One party with its matches. ``everything`` names the one whose list is not cut; ``export`` offers the record."""
    seen = screening_of(found, one.id)
    rows = [_short(found, one.id, match, standing) for match, standing in ranked(screening_of(found, one.id))]
    cut = rows if everything == one.id else rows[:SHOWN]
    rest = len(rows) - len(cut)
    more = ngettext("%(n)d more entry with a like name", "%(n)d more entries with like names", rest) % {"n": rest}
    names = {party.id: party.name for party in found.case_file.parties}
    address = reverse("casework:parties", kwargs={"reference": found.identity.reference})
    return {
        "id": one.id,
        "name": one.name,
        "kind": words.word(one.kind) if one.kind != "unknown" else "",
        "roles": words.listing(one.roles),
        "territory": words.place(one.territory),
        "born": words.day(one.born),
        "birth_place": one.birth_place,
        "part_of": names.get(one.part_of, ""),
        "aliases": ", ".join(one.aliases),
        "address": one.address,
        "screening": downloads.links(seen.id) if export and seen and seen.screening else None,
        "not_looked_for": _not_looked_for(seen),
        "waits": seen is None or seen.screening is None,
        "matches": cut,
        "more": more if rest else "",
        "more_href": f"{address}?show={one.id}#party-{one.id}",
    }


def _not_looked_for(seen: PartyScreening | None) -> list[Plain]:
    """Names of a screened party that could not be looked for, each with why."""
    if seen is None or seen.screening is None:
        return []
    unread = [{"name": name, "why": _("Nobody can read it.")} for name in seen.screening.unread]
    return unread + [{"name": one["name"], "why": one["reason"]} for one in too_little(seen.screening)]


def answer_of(match: Match, standing: MatchStanding) -> str:
    """The word that stands on a match: what a person decided, else what screening says."""
    return standing if standing in ("cleared", "confirmed", "proposed") else match.answer


def _short(found: CasePage, party_id: str, match: Match, standing: MatchStanding) -> Plain:
    at = {
        "reference": found.identity.reference,
        "party": party_id,
        "source": match.source,
        "entry": match.entry,
    }
    return {
        "href": reverse("casework:match", kwargs=at),
        "name": match.name,
        "source": match.source,
        "entry": match.entry,
        "answer": answer_of(match, standing),
        "score": match.score,
    }


def reason_of(found: CasePage, party_id: str, match: Match) -> str:
    """Why the match is what it is, in words, where the newest assessment has seen it."""
    parties = found.assessment["parties"] if found.assessment else []
    rows = (row for one in parties if one["id"] == party_id for row in one["matches"])
    return next((row["reason"] for row in rows if (row["source"], row["entry"]) == (match.source, match.entry)), "")
