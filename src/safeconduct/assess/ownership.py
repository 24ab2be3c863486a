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
        owned.append(owned_by_listed(found, parties))
        controlled.append(controlled_by_listed(found, parties))
    return {OWNED: _any(OWNED, owned), CONTROLLED: _any(CONTROLLED, controlled)}


def _any(fact: str, findings: list[Finding]) -> Fact:
    met = _evidence(fact, [finding for finding in findings if finding.verdict is Verdict.MET])
    if met:
        return Known(True, met)
    if all(finding.verdict is Verdict.NOT_MET for finding in findings):
        return Known(False, _evidence(fact, findings))
    conflicting = any(gap.why == "conflicting" for finding in findings for gap in finding.missing)
    return Unknown("conflicting" if conflicting else "not_searched", _evidence(fact, findings))


def _evidence(fact: str, findings: list[Finding]) -> tuple[Evidence, ...]:
    every = (item for finding in findings for item in finding.evidence)
    return tuple(dict.fromkeys(msgspec.structs.replace(item, fact=fact, subject="case") for item in every))
