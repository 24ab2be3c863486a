"""What chains of ownership and control say of one party, as findings in three values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Why
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.screen.holdings import Bond, Holding
from safeconduct.screen.ownership import Bounds, Held

OWNED, CONTROLLED = "party.owned_by_listed", "party.controlled_by_listed"
HALF = Decimal(50)
OFAC = "OFAC, guidance of 13 August 2014 on entities owned by blocked persons: half or more, several taken together"
EU = "Council of the EU, best practices on restrictive measures, 8519/18 of 4 May 2018: more than half, or control"

TEXTS = {
    "held.owned.met": "Listed parties hold {low} to {high} per cent of it, counted through whoever they hold by half.",
    "held.owned.exactly": "Listed parties hold {low} per cent of it, counted through whoever they hold by half.",
    "held.owned.not_met": "Listed parties can hold at most {high} per cent of it, by everything that is stated.",
    "held.owned.person": "It is a person: nobody owns it.",
    "held.owned.cannot_tell": "Between {low} and {high} per cent of it may be a listed party's: {open} not known.",
    "held.controlled.met": "{holder} controls it, in {steps} steps: {way}.",
    "held.controlled.cannot_tell": "No chain of control is on record; whether there is one cannot be told from that.",
}


def owned_by_listed(held: Held, *, person: bool = False) -> Finding:
    """Listed parties together own half or more of it, directly or through others."""
    bounds = held.half
    if person:
        return _finding(held, OWNED, Verdict.NOT_MET, Message("held.owned.person"), _kind(held))
    if Decimal(bounds.low) >= HALF:
        key = "held.owned.exactly" if bounds.exact else "held.owned.met"
        return _finding(held, OWNED, Verdict.MET, Message(key, _share(bounds)), _evidence(held, OWNED))
    evidence = _evidence(held, OWNED)
    if Decimal(bounds.high) < HALF and evidence:
        return _finding(held, OWNED, Verdict.NOT_MET, Message("held.owned.not_met", _share(bounds)), evidence)
    missing = _missing(held)
    said = Message("held.owned.cannot_tell", {**_share(bounds), "open": tuple(gap.subject for gap in missing)})
    return _finding(held, OWNED, Verdict.CANNOT_TELL, said, evidence, missing)


def controlled_by_listed(held: Held) -> Finding:
    """A listed party directs it, or is its parent or majority owner, through whatever chain."""
    chain = held.controlled
    if chain is None:
        gap = Gap("party.control", "not_searched", held.party)
        return _finding(held, CONTROLLED, Verdict.CANNOT_TELL, Message("held.controlled.cannot_tell"), (), (gap,))
    way = tuple(bond.what for bond in chain.bonds)
    said = Message("held.controlled.met", {"holder": chain.parties[0], "steps": len(way), "way": way})
    return _finding(held, CONTROLLED, Verdict.MET, said, _of_bonds(chain.bonds, CONTROLLED, held.party))


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


def _share(bounds: Bounds) -> dict[str, str | int | bool | tuple[str, ...]]:
    return {"low": bounds.low, "high": bounds.high}


def _missing(held: Held) -> tuple[Gap, ...]:
    """What would settle it: owners nobody stated, parties nobody screened, statements that exclude each other."""
    gaps = [Gap("party.owners", "absent", name) for name in held.unknown]
    gaps += [Gap("party.screening", "not_searched", name) for name in held.unseen if name != held.party]
    why: Why = "conflicting"
    gaps += [Gap("party.owners", why, each) for each in held.disputed]
    return tuple(gaps) or (Gap("party.owners", "not_searched", held.party),)


def _kind(held: Held) -> tuple[Evidence, ...]:
    return (Evidence(OWNED, "person", Source("application"), held.party),)


def _evidence(held: Held, rule: str) -> tuple[Evidence, ...]:
    """Every statement on the chains of ownership, and on who owns the party itself; each once."""
    bonds = [bond for chain in held.chains if chain.how == "ownership" for bond in chain.bonds]
    return _of_bonds((*bonds, *held.direct), rule, held.party)


def _of_bonds(bonds: Iterable[Bond], rule: str, party: str) -> tuple[Evidence, ...]:
    found = (Evidence(rule, _said(one), one.source, party, by=one.by) for bond in bonds for one in bond.said)
    return tuple(dict.fromkeys(found))


def _said(one: Holding) -> str:
    """``R-7 owner 25 to 50 % of R-2``; that all owners are stated names none."""
    if one.what == "all_owners":
        return f"all owners of {one.held} are stated"
    share = f"{one.low} %" if one.low == one.high else f"{one.low} to {one.high} %"
    return (
        f"{one.holder} owner {share} of {one.held}" if one.what == "owner" else f"{one.holder} {one.what} of {one.held}"
    )
