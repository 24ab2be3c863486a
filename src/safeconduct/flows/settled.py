"""What people decided about matches, as judging reads it: remembered across cases, on the facts as they were."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from django.db.models import Exists, OuterRef

from safeconduct.access import Actor
from safeconduct.assess import Inquiry, Screened, Settled, open_matches
from safeconduct.flows.views import MatchStanding
from safeconduct.screen.model import Clearance, Confirmation, Match, alert
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Adjudication, Case
from safeconduct.store.models import Clearance as ClearanceRow
from safeconduct.store.visible import visible


def clearances(fingerprints: frozenset[str]) -> tuple[Clearance, ...]:
    """Everything cleared, and not withdrawn since, for parties of these fingerprints, in this case or another."""
    withdrawn = Adjudication.objects.filter(
        case=OuterRef("case"), record=OuterRef("record"), state=Adjudication.State.WITHDRAWN
    )
    rows = ClearanceRow.objects.filter(fingerprint__in=sorted(fingerprints)).exclude(Exists(withdrawn))
    kept = (Clearance(row.source, row.entry, row.fingerprint, row.entry_facts) for row in rows)
    return tuple(sorted(set(kept), key=lambda one: (one.source, one.entry, one.party, one.facts)))


def confirmations(fingerprints: frozenset[str]) -> tuple[Confirmation, ...]:
    """Every match that a person found to be the same, likewise."""
    rows = Adjudication.objects.filter(
        fingerprint__in=sorted(fingerprints), answer=Adjudication.Answer.SAME, state=Adjudication.State.STANDING
    )
    kept = (Confirmation(row.source, row.entry, row.fingerprint, row.entry_facts) for row in rows)
    return tuple(sorted(set(kept), key=lambda one: (one.source, one.entry, one.party, one.facts)))


def settled(seen: Iterable[Observed]) -> Settled:
    """Both, for what was observed of some parties."""
    fingerprints = frozenset(one.party for one in seen)
    return Settled(clearances(fingerprints), confirmations(fingerprints))


Pair = tuple[str, str, str, str]


def proposals(reader: Actor) -> frozenset[Pair]:
    """What one person would clear in a case that the reader may read, and no second has confirmed: source, entry, and
    both fingerprints."""
    rows = Adjudication.objects.filter(case__in=visible(reader), state=Adjudication.State.PROPOSED)
    return frozenset(rows.values_list("source", "entry", "fingerprint", "entry_facts"))


def standing_of_match(
    screening: Observed, match: Match, known: Settled, proposed: Container[Pair] = frozenset()
) -> MatchStanding:
    """How one match stands."""
    if known.confirmed(screening, match):
        return "confirmed"
    if not alert(match):
        return ""
    if known.cleared(screening, match):
        return "cleared"
    return "proposed" if (match.source, match.entry, screening.party, match.facts) in proposed else "open"


def inquiries(case: Case, seen: Mapping[str, Observed]) -> tuple[Inquiry, ...]:
    """Facts that officers asked for in this case to settle a match which is still open, each once: the first who asked
    says of whom."""
    known = settled(seen.values())
    still_open = {
        (match.source, match.entry, screening.party, match.facts)
        for party, screening in seen.items()
        for match in open_matches(Screened(party, screening), known)
    }
    found: dict[tuple[str, str, str], Inquiry] = {}
    for row in Adjudication.objects.filter(case=case, answer=Adjudication.Answer.ASK).order_by("id"):
        part, _, to = row.asked.partition(" ")
        asked = Inquiry(row.party_id, row.fingerprint, part, "authority" if to == "authority" else "exporter")
        if (row.source, row.entry, row.fingerprint, row.entry_facts) in still_open:
            found.setdefault((row.party_id, row.fingerprint, part), asked)
    return tuple(found[key] for key in sorted(found))
