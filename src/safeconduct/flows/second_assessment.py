"""Whether the policy in force asks for two assessments made apart, and whether both are in."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from safeconduct.assess.appraisal import Appraisal
from safeconduct.core import canonical
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Verdict
from safeconduct.flows.casefile import case_file
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.packs import in_force
from safeconduct.intake import facts_of
from safeconduct.policy import evaluate
from safeconduct.policy.condition import checks_of
from safeconduct.policy.outcome import LICENSING
from safeconduct.policy.pack import SecondPerson
from safeconduct.store.models import Appraisal as Row
from safeconduct.store.models import Case

FACT = "assessment.outcome"


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An appraisal with who made it and when. ``sealed``: its reasons may rest on sealed sources of the case."""

    author: str
    at: str
    appraisal: Appraisal
    sealed: bool


class Appraisals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``appraisals``: two assessments made apart on the same case file and policy (``basis``)."""

    basis: str
    both: tuple[Signed, ...]


class Standing(NamedTuple):
    """Where a case stands: ``demanded`` are the policy's ids that ask for two; ``own`` is the reader's, ``others`` how
    many other people's there are; ``both`` are there once both are in."""

    basis: str
    demanded: tuple[str, ...]
    own: Signed | None
    others: int
    both: tuple[Signed, ...]


def about_assessments(rule: SecondPerson) -> bool:
    """Whether a ``[[second_person]]`` speaks of assessments; the others speak of matches."""
    return any(check.fact.key == FACT for check in checks_of(rule.when))


def basis_of(case: Case) -> str:
    """The digest of what an assessor has before him: the case file as it stands, and the policy in force."""
    force = in_force()
    return canonical.digest((case_file(case), force.sha256 if force else ""))


def signed(case: Case, basis: str) -> tuple[tuple[str, Signed], ...]:
    """Author and appraisal of each on this basis, in order."""
    rows = Row.objects.filter(case=case, basis=basis).order_by("pk")
    return tuple((row.author, canonical.decode(row.body.encode(), Signed)) for row in rows)


def standing_of(case: Case, reader: str) -> Standing:
    """What a reader may know of the case's appraisals: another's stays shut until both are in."""
    basis = basis_of(case)
    found = signed(case, basis)
    own = next((one for author, one in found if author == reader), None)
    both = tuple(one for _, one in found) if len(found) > 1 else ()
    return Standing(basis, demanded(case), own, sum(author != reader for author, _ in found), both)


def outstanding(case: Case) -> tuple[str, ...]:
    """What in the policy asks for two assessments of the case as it stands, while both are not in."""
    rules = demanded(case)
    return rules if rules and Row.objects.filter(case=case, basis=basis_of(case)).count() < 2 else ()


def demanded(case: Case) -> tuple[str, ...]:
    """Ids of the policy's ``[[second_person]]`` about assessments that hold of any line of the case, or of which that
    cannot be told."""
    force = in_force()
    rules = [one for one in pack_of(force.sha256).second_persons if about_assessments(one)] if force else []
    if not rules:
        return ()
    file = case_file(case)
    lines = [f"line:{item.line}" for item in file.lines] or ["case"]
    facts = [{**facts_of(file, line), **_outcome(case)} for line in lines]
    return tuple(
        rule.id for rule in rules if any(evaluate(rule.when, each).verdict is not Verdict.NOT_MET for each in facts)
    )


def _outcome(case: Case) -> dict[str, Fact]:
    if case.outcome not in {one.value for one in LICENSING}:
        return {}
    evidence = Evidence(FACT, case.outcome, Source("derived"), "case")
    return {FACT: Known(case.outcome.replace("-", "_"), (evidence,))}
