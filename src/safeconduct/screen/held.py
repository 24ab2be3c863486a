"""What chains of ownership and control say of one party, as findings in three values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message, Param
from safeconduct.screen.holdings import Bond, Holding, Party, rounded
from safeconduct.screen.ownership import Held
from safeconduct.screen.shares import Bounds

OWNED, CONTROLLED = "party.owned_by_listed", "party.controlled_by_listed"
HALF = Decimal(50)
OFAC = "OFAC, guidance of 13 August 2014 on entities owned by blocked persons: half or more, several taken together"
EU = "Council of the EU, best practices on restrictive measures, 8519/18 of 4 May 2018: more than half, or control"

TEXTS = {
    "held.owned.met": "Listed parties hold {low} to {high} per cent of it, counted through whoever they hold by half.",
    "held.owned.exactly": "Listed parties hold {low} per cent of it, counted through whoever they hold by half.",
    "held.owned.not_met": "Listed parties can hold at most {high} per cent of it, by everything that is stated.",
    "held.owned.person": "It is a person: nobody owns it.",
    "held.owned.cannot_tell": "Listed parties may hold {low} to {high} per cent of it. Not enough is known of {open}.",
    "held.controlled.met": "{holder} controls it, in {steps} steps: {way}.",
    "held.controlled.cannot_tell": "No chain of control is on record; whether there is one cannot be told from that.",
}
Called = Mapping[str, Party]


def owned_by_listed(held: Held, parties: Called) -> Finding:
    """Listed parties together own half or more of it, directly or through others."""
    bounds, name = held.half, parties.get(held.party)
    if name is not None and name.person:
        person = (Evidence(OWNED, "person", Source("application"), held.party),)
        return _finding(held, OWNED, Verdict.NOT_MET, Message("held.owned.person"), person)
    owners = [bond for chain in held.chains if chain.how == "ownership" for bond in chain.bonds]
    evidence = _of_bonds((*owners, *held.direct), OWNED, held, parties)
    if Decimal(bounds.low) >= HALF:
        key = "held.owned.exactly" if bounds.exact else "held.owned.met"
        return _finding(held, OWNED, Verdict.MET, Message(key, _share(bounds)), evidence)
    if Decimal(bounds.high) < HALF and evidence:
        return _finding(held, OWNED, Verdict.NOT_MET, Message("held.owned.not_met", _share(bounds)), evidence)
    missing = _missing(held)
    unknown = tuple(dict.fromkeys(called(gap.subject, parties) for gap in missing))
    said = Message("held.owned.cannot_tell", {**_share(bounds), "open": unknown})
    return _finding(held, OWNED, Verdict.CANNOT_TELL, said, evidence, missing)


def controlled_by_listed(held: Held, parties: Called) -> Finding:
    """A listed party directs it, or is its parent or majority owner, through whatever chain."""
    chain = held.controlled
    if chain is None:
        gap = Gap("party.control", "not_searched", held.party)
        return _finding(held, CONTROLLED, Verdict.CANNOT_TELL, Message("held.controlled.cannot_tell"), (), (gap,))
    way = tuple(bond.what for bond in chain.bonds)
    holder = called(chain.parties[0], parties)
    said = Message("held.controlled.met", {"holder": holder, "steps": len(way), "way": way})
    evidence = _of_bonds(chain.bonds, CONTROLLED, held, parties)
    return _finding(held, CONTROLLED, Verdict.MET, said, evidence)


def called(name: str, parties: Called) -> str:
    """A party by its name with its id beside it; anything else by its id."""
    return f"{parties[name].name} ({name})" if name in parties else name


def _finding(
    held: Held,
    rule: str,
    verdict: Verdict,
    reason: Message,
    evidence: tuple[Evidence, ...],
    missing: tuple[Gap, ...] = (),
) -> Finding:
    citation = OFAC if rule == OWNED else EU
    return Finding(rule, verdict, reason, citation, subject=held.party, evidence=evidence, missing=missing)


def _share(bounds: Bounds) -> dict[str, Param]:
    low, high = rounded(bounds.low, bounds.high)
    return {"low": low, "high": high}


def _missing(held: Held) -> tuple[Gap, ...]:
    """What would settle it: owners nobody stated, parties nobody screened, statements that exclude each other."""
    gaps = [Gap("party.owners", "absent", name) for name in held.unknown]
    gaps += [Gap("party.screening", "not_searched", name) for name in held.unseen if name != held.party]
    gaps += [Gap("party.owners", "conflicting", each) for each in held.disputed]
    return tuple(gaps) or (Gap("party.owners", "not_searched", held.party),)


def _of_bonds(bonds: Iterable[Bond], rule: str, held: Held, parties: Called) -> tuple[Evidence, ...]:
    """Every statement, each once."""
    said = (one for bond in bonds for one in bond.said)
    found = (Evidence(rule, _said(one, parties), one.source, held.party, by=one.by) for one in said)
    return tuple(dict.fromkeys(found))


def _said(one: Holding, parties: Called) -> str:
    """``Cellar Holding (R-7) owner 25 to 50 % of …``; that all owners are stated names none."""
    held = called(one.held, parties)
    if one.what == "all_owners":
        return f"all owners of {held} are stated"
    low, high = rounded(one.low, one.high)
    share = f" {low} %" if low == high else f" {low} to {high} %"
    return f"{called(one.holder, parties)} {one.what}{share if one.what == 'owner' else ''} of {held}"
