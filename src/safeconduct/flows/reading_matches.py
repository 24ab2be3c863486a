"""Open matches across cases: what waits for a decision."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from django.db.models import F, Q

from safeconduct.access import Actor, Role
from safeconduct.access.model import OPEN_STATES
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.requesting import LIVE
from safeconduct.flows.settled import proposals, settled, standing_of_match
from safeconduct.flows.views import MatchStanding
from safeconduct.screen.model import Match
from safeconduct.store.models import Case, Record, Screening
from safeconduct.store.visible import visible


class OpenMatch(msgspec.Struct, frozen=True):
    """One match that somebody has to decide about. ``party_facts`` is the party's fingerprint, ``opened`` the time at
    which the case was; ``standing`` is *proposed* where a second person has to confirm what one proposed."""

    case: str
    opened: str
    party: Party
    party_facts: str
    match: Match
    standing: MatchStanding


def open_matches(actor: Actor) -> tuple[OpenMatch, ...]:
    """Every match that waits for a decision in an open case that the actor may read, the oldest case first."""
    if actor.role is Role.EXPORTER:
        raise Refusal("matches are not for applicants", "matches", "ask the authority what it may share")
    states = [state.value for state in OPEN_STATES]
    rows = visible(actor).filter(Q(alerts__gt=0) | ~Q(inputs=F("assessed_inputs")), state__in=states)
    cases = {case.pk: case for case in rows.order_by("opened", "id")}
    seen = _observed(cases)
    known = settled(record.screening for found in seen.values() for _, record in found)
    proposed = proposals(actor)
    return tuple(
        OpenMatch(case.reference, case.opened, record.party, record.screening.party, match, standing)
        for pk, case in cases.items()
        for _, record in seen.get(pk, ())
        for match in record.screening.matches
        if (standing := standing_of_match(record.screening, match, known, proposed)) in ("open", "proposed")
    )


def _observed(cases: dict[int, Case]) -> dict[int, list[tuple[str, ScreeningRecord]]]:
    """What was found for the parties of each case, by case; rows that were superseded do not count."""
    names = ("case", "party_id", "state", "record")
    rows = Screening.objects.filter(case__in=list(cases), state__in=LIVE).order_by("id").values_list(*names)
    newest = {(pk, party): (state, record) for pk, party, state, record in rows}
    done = Screening.State.DONE
    numbers = {(pk, record): party for (pk, party), (state, record) in newest.items() if state == done}
    found: dict[int, list[tuple[str, ScreeningRecord]]] = defaultdict(list)
    bodies = Record.objects.filter(case__in=list(cases), number__in={number for _, number in numbers})
    for pk, number, body in bodies.order_by("case", "number").values_list("case", "number", "body"):
        if (pk, number) in numbers:
            found[pk].append((numbers[pk, number], canonical.decode(body.encode(), ScreeningRecord)))
    return found
