"""Asking for screenings: what is missing for a case, and the rows that ask a worker for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.work import Work
from safeconduct.screen import fingerprint
from safeconduct.screen.model import EditionUsed
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Case, Record, Screening

LIVE = (Screening.State.WAITING, Screening.State.DONE, Screening.State.FAILED)


def live(case: Case) -> dict[str, Screening]:
    """The newest screening of each party that was not superseded, by party id."""
    return {row.party_id: row for row in Screening.objects.filter(case=case, state__in=LIVE).order_by("id")}


def unscreened(case: Case, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without a screening, done or waiting, of what they are now, on the lists that hold for the case now."""
    wanted, rows, chain = watchlists(case.as_of), live(case), chain_of(case)
    return tuple(
        party
        for party in parties
        if (row := rows.get(party.id)) is None
        or row.state == Screening.State.FAILED
        or row.fingerprint != fingerprint(party)
        or not _stands(row, wanted, chain)
    )


def chain_of(case: Case) -> Chain | None:
    """What carries the case's screenings over to newer lists; nothing does where it is fixed to a day."""
    return None if case.as_of else Chain()


def _stands(row: Screening, wanted: tuple[EditionUsed, ...], chain: Chain | None) -> bool:
    """Whether the screening was made, or is to be made, on these lists, or was carried over to them."""
    if chain is None or row.state != Screening.State.DONE:
        return row.editions == written(wanted)
    return chain.is_current(row.editions, row.pk, row.matcher, wanted)


def request(work: Work, parties: Iterable[Party]) -> int:
    """Ask for these parties to be screened, in place of whatever was asked for them before; how many."""
    wanted, rows, count = written(watchlists(work.case.as_of)), live(work.case), 0
    for party in parties:
        if before := rows.get(party.id):
            before.state = Screening.State.SUPERSEDED
            before.save()
        Screening.objects.create(
            case=work.case,
            party_id=party.id,
            party=canonical.encode(party).decode(),
            fingerprint=fingerprint(party),
            editions=wanted,
            asked=work.now,
        )
        count += 1
    work.wakes = work.wakes or count > 0
    return count


def waiting(case: Case) -> int:
    """How many screenings of the case are not done yet."""
    return Screening.objects.filter(case=case, state=Screening.State.WAITING).count()


def observed(case: Case) -> dict[str, Observed]:
    """What was found for each party whose live screening is done, by party id."""
    done = {row.party_id: row.record for row in live(case).values() if row.state == Screening.State.DONE}
    bodies = dict(Record.objects.filter(case=case, number__in=done.values()).values_list("number", "body"))
    return {
        party: canonical.decode(bodies[number].encode(), ScreeningRecord).screening for party, number in done.items()
    }


Standing = Literal["current", "pending", "failed", "older", "none"]


def standing(case: Case, parties: Iterable[Party], day: str = "") -> Standing:
    """Whether every party was screened on the lists of ``day`` (empty: today); *none* too for no parties, no lists."""
    everybody, rows = tuple(parties), live(case)
    if not everybody or any(party.id not in rows for party in everybody):
        return "none"
    found = standing_of(rows.values(), watchlists(day), chain_of(case))
    if found == "current" and any(rows[party.id].fingerprint != fingerprint(party) for party in everybody):
        return "older"
    return found


def standing_of(rows: Iterable[Screening], lists: tuple[EditionUsed, ...], chain: Chain | None = None) -> Standing:
    """How current these live screenings are, beside the lists that there are. *Current* is one that was made on
    them, or that rescreenings (``chain``) carried over to them: docs/rescreening.md says what that means."""
    every = tuple(rows)
    states = {row.state for row in every}
    if not every or not lists:
        return "none"
    if Screening.State.FAILED in states:
        return "failed"
    if Screening.State.WAITING in states:
        return "pending"
    return "current" if all(_stands(row, lists, chain) for row in every) else "older"
