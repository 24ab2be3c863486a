"""Clear a match: a person says, with grounds, that a party is not the listed one. Remembered while neither changes."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.casefile import Cleared, case_file
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.requesting import live, observed
from safeconduct.flows.situation import alerts, move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Clearance


class ClearMatch(CaseOrder, frozen=True, kw_only=True):
    """``party`` is the party's id in the application (or its name, where one party bears it);
    ``source`` and ``entry`` name the listed one."""

    party: str
    source: str
    entry: str
    grounds: str


class MatchCleared(msgspec.Struct, frozen=True):
    """The number of the record that holds the grounds."""

    case: str
    record: int


@flow(Action.CLEAR_MATCH)
def clear_match(work: Work, order: ClearMatch) -> MatchCleared:
    """Only an alert of the present screening can be cleared; the case is to be assessed again."""
    refuse_unsafe_text(order.grounds, "grounds")
    where = f"{order.case}, {order.party} / {order.source} {order.entry}"
    move(work, Act.CLEAR, order.grounds)
    party = _party(work, order.party)
    match = next(
        (m for p, m in alerts(work.case) if p == party and (m.source, m.entry) == (order.source, order.entry)), None
    )
    if match is None:
        raise Refusal("no uncleared alert of this party and entry", where, "see the case's parties for what is open")
    row = live(work.case)[party]
    name = next(item.name for item in case_file(work.case).parties if item.id == party)
    record = work.record(
        "clearance", Cleared(party, name, match.source, match.entry, match.name, order.grounds, row.record)
    )
    Clearance.objects.create(
        case=work.case,
        source=match.source,
        entry=match.entry,
        fingerprint=observed(work.case)[party].party,
        entry_facts=match.facts,
        record=record.number,
    )
    work.case.inputs += 1
    work.case.save()
    return MatchCleared(order.case, record.number)


def _party(work: Work, said: str) -> str:
    parties = case_file(work.case).parties
    found = [party.id for party in parties if party.id == said] or [p.id for p in parties if p.name == said]
    if len(found) != 1:
        raise Refusal(
            "no such party, or several of this name", f"{work.case.reference}, {said[:60]}", "give the party's id"
        )
    return found[0]
