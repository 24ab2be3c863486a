"""Incidents stated one by one become three counts (docs/facts.md, *End-user*).

An incident counts when it is more than alleged. *Unit* and *parent* count for the end-user,
*state* and *supplier* beside it. A count is complete only where somebody says what was searched
(``user.record_searched``); without a search and without an incident it is unknown, *not searched*.
"""

from __future__ import annotations

from safeconduct.core import canonical
from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Fact, Incident, Known, Statement, Unknown
from safeconduct.intake.model import CaseFile
from safeconduct.intake.stated import evidence_of

BASES = ("alleged", "reported", "multiple_sources", "un_finding", "court_established")  # in rising order
ESTABLISHED = ("un_finding", "court_established")
OF_USER, OF_OTHERS = ("unit", "parent"), ("state", "supplier")


def incident_facts(case: CaseFile) -> dict[str, Fact]:
    """``user.incidents``, ``user.incidents_established`` and ``user.incidents_of_state``."""
    told = [each for each in case.statements if isinstance(each.value, Incident)]
    searches = [each for each in case.statements if each.fact == "user.record_searched"]
    return {
        "user.incidents": _count(told, OF_USER, BASES[1:], searches),
        "user.incidents_established": _count(told, OF_USER, ESTABLISHED, searches),
        "user.incidents_of_state": _count(told, OF_OTHERS, BASES[1:], searches),
    }


def _count(told: list[Statement], of: tuple[str, ...], bases: tuple[str, ...], searches: list[Statement]) -> Fact:
    """Distinct incidents of those bodies whose best basis is among ``bases``.

    Those that do not reach the basis stay in the evidence of a search that found nothing better.
    """
    concerned = [each for each in told if isinstance(each.value, Incident) and each.value.of in of]
    best: dict[tuple[str, str, str], int] = {}
    for each in concerned:
        if isinstance(each.value, Incident):
            key = (each.value.date, each.value.of, " ".join(each.value.what.casefold().split()))
            best[key] = max(best.get(key, 0), BASES.index(each.value.basis))
    count = sum(BASES[basis] in bases for basis in best.values())
    searched = any(each.complete for each in searches)
    evidence = _evidence([*concerned, *searches])
    if count == 0 and not searched:
        return Unknown("not_searched", evidence)
    return Known(count, evidence, complete=searched)


def _evidence(statements: list[Statement]) -> tuple[Evidence, ...]:
    """Each statement once, the oldest incident first."""
    told = {evidence_of(each) for each in statements}
    return tuple(sorted(told, key=lambda each: (each.fact, each.value, canonical.encode(each))))
