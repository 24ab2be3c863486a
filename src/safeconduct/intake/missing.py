"""What an application lacks: each missing thing one gap, and so one itemised question."""

from __future__ import annotations

import functools

from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message, Param
from safeconduct.intake.catalogue import CATALOGUE, Rule
from safeconduct.intake.completeness import Answer
from safeconduct.intake.facts_of import facts_of
from safeconduct.intake.model import CaseFile


def completeness(case: CaseFile) -> tuple[Finding, ...]:
    """A finding for each thing a complete application of its kind says, in the order of the catalogue.

    *Met* cites where it is stated; *cannot tell* has exactly one gap: the fact, or the field
    (``party.end_user``, ``line.quantity``), with its subject (``case``, ``line:N``, ``party:ID``).
    """
    facts = functools.cache(functools.partial(facts_of, case))
    return tuple(
        _finding(rule, answer, case)
        for rule in CATALOGUE
        if case.kind in rule.kinds
        for answer in rule.ask(case, facts)
    )


def missing(case: CaseFile) -> tuple[Gap, ...]:
    """The gaps alone, each once."""
    return tuple(dict.fromkeys(gap for finding in completeness(case) for gap in finding.missing))


def _finding(rule: Rule, answer: Answer, case: CaseFile) -> Finding:
    verdict = Verdict.CANNOT_TELL if answer.gap else Verdict.MET
    key = answer.gap.fact if answer.gap else answer.evidence[0].fact
    called = _called(case, answer.subject)
    params: dict[str, Param] = {"subject": called} if answer.gap else {"what": key, "subject": called}
    reason = Message(f"intake.missing.{key}" if answer.gap else "intake.stated", params)
    return Finding(
        rule=rule.id,
        verdict=verdict,
        reason=reason,
        citation=rule.cites,
        subject=answer.subject,
        evidence=answer.evidence,
        missing=(answer.gap,) if answer.gap else (),
    )


def _called(case: CaseFile, subject: str) -> str:
    """``line:2`` as *line 2*, a party by its name."""
    kind, _, which = subject.partition(":")
    if kind == "party":
        return next(party.name for party in case.parties if party.id == which)
    return f"line {which}" if kind == "line" else subject
