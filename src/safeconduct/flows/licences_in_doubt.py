"""Licences against which somebody decided otherwise about a match since: a clearance withdrawn, a match confirmed.

A decision about a party holds wherever that party is, and so does its withdrawal, in whichever case it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from safeconduct.access import State
from safeconduct.assess import Inputs
from safeconduct.assess.inputs import settled_of
from safeconduct.assess.matches import confirmed_matches
from safeconduct.core import canonical
from safeconduct.flows.casefile import case_file
from safeconduct.flows.rescreened import ListedEntry, TouchedParty
from safeconduct.flows.review_case import ReviewCase
from safeconduct.flows.situation import alerts, confirmed
from safeconduct.screen.model import Match
from safeconduct.store.models import Adjudication, Case, Record, Screening

DECIDED = Q(state=Adjudication.State.WITHDRAWN) | Q(answer=Adjudication.Answer.SAME)


def adjudication_mark() -> tuple[int, int]:
    """Changes whenever a decision about a match is withdrawn, or a match found to be the same."""
    rows = Adjudication.objects.all()
    withdrawn = rows.filter(state=Adjudication.State.WITHDRAWN).count()
    return withdrawn, rows.filter(answer=Adjudication.Answer.SAME).count()


def in_doubt() -> Iterator[ReviewCase]:
    """What is to be told licences with an alert that nobody settles, or a match found to be the same since they were
    granted."""
    prints = Adjudication.objects.filter(DECIDED).values("fingerprint")
    rows = Screening.objects.filter(
        state=Screening.State.DONE, fingerprint__in=prints, case__state=State.APPROVED.value
    )
    for case in Case.objects.filter(pk__in=rows.values("case"), assessment__gt=0, as_of="").order_by("pk"):
        known = _known(case)
        found = [*alerts(case), *(one for one in confirmed(case) if _key(*one) not in known)]
        if found:
            yield ReviewCase(case=case.reference, assessment=case.assessment, parties=_parties(case, found))


def _key(party: str, match: Match) -> tuple[str, str, str, str]:
    return party, match.source, match.entry, match.facts


def _known(case: Case) -> set[tuple[str, str, str, str]]:
    """The matches that were known to be the same when the licence was granted."""
    row = Record.objects.filter(case=case, number=case.assessment - 1, kind="inputs").first()
    if row is None:
        return set()
    inputs = canonical.decode(row.body.encode(), Inputs)
    settled = settled_of(inputs)
    return {_key(one.party, match) for one in inputs.screened for match in confirmed_matches(one, settled)}


def _parties(case: Case, found: list[tuple[str, Match]]) -> tuple[TouchedParty, ...]:
    names = {party.id: party.name for party in case_file(case).parties}
    by_party: dict[str, list[ListedEntry]] = defaultdict(list)
    for party, match in found:
        by_party[party].append(ListedEntry(match.source, match.entry, match.name, match.answer))
    return tuple(TouchedParty(party, names.get(party, party), tuple(by_party[party])) for party in sorted(by_party))
