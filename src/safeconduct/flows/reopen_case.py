"""Record that a newer list touches parties of a case: what was found anew, and why the case is open again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from safeconduct.access import Action, State
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.decide import Act
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.clock import reopen_clock
from safeconduct.flows.editions import written
from safeconduct.flows.live_parties import recorded
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.rescreened import ListedEntry, Rescreened, TouchedParty
from safeconduct.flows.situation import alerts, move
from safeconduct.flows.work import Work, flow
from safeconduct.screen.model import Match, alert
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Rescreening, Screening


class Touched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A screening that no longer tells what is found; ``observed`` is what is found now, None where it could not be
    looked at again (``failure`` says why)."""

    screening: int
    observed: Observed | None = None
    failure: str = ""


class ReopenCase(CaseOrder, frozen=True, kw_only=True):
    """Parties of one case that a rescreening touches."""

    rescreening: int
    parties: tuple[Touched, ...]


class Reopened(msgspec.Struct, frozen=True):
    """How many screenings were replaced; ``reopened``: a licence is under review from now on."""

    case: str
    record: int
    touched: int
    reopened: bool


@flow(Action.REOPEN)
def reopen_case(work: Work, order: ReopenCase) -> Reopened:
    """Each touched screening is replaced once; a licence is reopened where something is found against its parties."""
    case = work.case
    run = Rescreening.objects.filter(pk=order.rescreening).first()
    if run is None:
        raise Refusal("no such rescreening", f"{order.case}, rescreening {order.rescreening}", "begin one anew")
    by_row = {one.screening: one for one in order.parties}
    rows = list(Screening.objects.filter(case=case, pk__in=by_row, state=Screening.State.DONE).order_by("id"))
    if not rows:  # replaced meanwhile, by an answer or by another process at the same rescreening
        return Reopened(order.case, 0, 0, reopened=False)
    before = recorded(rows)
    for row in rows:
        _replace(work, row, by_row[row.pk])
    now_open = alerts(case)
    touched = tuple(_told(row, old, by_row[row.pk], now_open) for row, old in zip(rows, before, strict=True))
    found = any(one.found or one.failure for one in touched)
    licence = found and case.state == State.APPROVED
    note = Rescreened(run.pk, run.source, run.before, run.after, touched, licence)
    record = work.record("rescreening", note)
    if found:
        case.reopened = record.number
    if licence:
        move(work, Act.REOPEN)
        reopen_clock(work)
    case.inputs += 1
    case.save()
    run.looked, run.touched = run.looked + len(rows), run.touched + len(rows)
    run.reopened += licence
    run.save()
    return Reopened(order.case, record.number, len(rows), licence)


def _told(row: Screening, old: Observed, now: Touched, now_open: tuple[tuple[str, Match], ...]) -> TouchedParty:
    """What is open now and was not, with these facts, before; and what alerted before and does not any more."""
    name = canonical.decode(row.party.encode(), Party).name
    if now.observed is None:
        return TouchedParty(row.party_id, name, failure=now.failure or "no reason was given")
    known = {_key(match) for match in old.matches if alert(match)}
    found = (match for party, match in now_open if party == row.party_id and _key(match) not in known)
    still = {(match.source, match.entry) for match in now.observed.matches if alert(match)}
    gone = (match for match in old.matches if alert(match) and (match.source, match.entry) not in still)
    return TouchedParty(row.party_id, name, _entries(found), _entries(gone))


def _key(match: Match) -> tuple[str, str, str]:
    return match.source, match.entry, match.facts


def _entries(matches: Iterable[Match]) -> tuple[ListedEntry, ...]:
    return tuple(ListedEntry(one.source, one.entry, one.name, one.answer) for one in matches)


def _replace(work: Work, row: Screening, now: Touched) -> None:
    row.state = Screening.State.SUPERSEDED
    row.save()
    new = Screening(case=work.case, party_id=row.party_id, party=row.party, fingerprint=row.fingerprint, asked=work.now)
    if now.observed is None:
        new.editions, new.state = row.editions, Screening.State.FAILED
        new.failure = now.failure or "no reason was given"
    else:
        party = canonical.decode(row.party.encode(), Party)
        new.editions, new.matcher = written(now.observed.editions), now.observed.matcher
        new.record = work.record("screening", ScreeningRecord(party, now.observed)).number
        new.state = Screening.State.DONE
    new.save()
