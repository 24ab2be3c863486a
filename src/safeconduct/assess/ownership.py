"""Whether listed parties own or control a party of the case: facts from the register as it was, reckoned anew."""

from __future__ import annotations

import msgspec

from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Finding, Verdict
from safeconduct.screen.held import controlled_by_listed, owned_by_listed
from safeconduct.screen.holdings import Holding, Party
from safeconduct.screen.ownership import held

OWNED, CONTROLLED = "screening.owned_by_listed", "screening.controlled_by_listed"


class Around(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parties around those of the case, as the register knew them and as readers of the case may: ``entries`` says
    which of them each party of the case is (its id in the application, its id here)."""

    entries: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]
    holdings: tuple[Holding, ...]


def ownership_facts(around: Around | None, day: str) -> dict[str, Fact]:
    """Over all parties of the case: met where it is met for one, not met where it is not met for every one."""
    if around is None or not around.entries:
        return {OWNED: Unknown("not_searched"), CONTROLLED: Unknown("not_searched")}
    parties = {one.id: one for one in around.parties}
    owned, controlled = [], []
    for name in sorted({name for _, name in around.entries}):
        found = held(name, parties, around.holdings, day)
        owned.append(owned_by_listed(found, person=parties[name].person))
        controlled.append(controlled_by_listed(found))
    return {OWNED: _any(OWNED, owned, parties), CONTROLLED: _any(CONTROLLED, controlled, parties)}


def _any(fact: str, findings: list[Finding], parties: dict[str, Party]) -> Fact:
    met = tuple(
        _said(fact, one, parties) for finding in findings if finding.verdict is Verdict.MET for one in finding.evidence
    )
    if met:
        return Known(True, met)
    every = tuple(_said(fact, one, parties) for finding in findings for one in finding.evidence)
    if all(finding.verdict is Verdict.NOT_MET for finding in findings):
        return Known(False, every)
    conflicting = any(gap.why == "conflicting" for finding in findings for gap in finding.missing)
    return Unknown("conflicting" if conflicting else "not_searched", every)


def _said(fact: str, one: Evidence, parties: dict[str, Party]) -> Evidence:
    """The statement with the name of the party that it is about."""
    about = parties[one.subject].name if one.subject in parties else one.subject
    return msgspec.structs.replace(one, fact=fact, value=f"{about}: {one.value}", subject="case")
