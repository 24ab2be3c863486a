"""The pack's rules on the facts of one line: a finding each, the floors they set, and what exceptions lower."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.assess.model import Floor
from safeconduct.assess.scenarios import Facts
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.condition import evaluate, is_about_a_line
from safeconduct.policy.outcome import Outcome, is_stricter, strictest
from safeconduct.policy.pack import Exemption, Pack, Rule


def apply_rule(rule: Rule | Exemption, pack: Pack, facts: Facts, subject: str) -> Finding:
    """What one rule says; about the case where it reads no fact of the line."""
    judged = evaluate(rule.when, facts, subject)
    about = subject if is_about_a_line(rule.when) else "case"
    evidence = judged.evidence
    if judged.verdict is not Verdict.CANNOT_TELL and not evidence:
        evidence = (Evidence(rule.id, "holds for every case", Source("derived"), about),)
    return Finding(
        rule=rule.id,
        verdict=judged.verdict,
        reason=Message("policy.text", {"id": rule.id}),
        citation=rule.cites,
        subject=about,
        evidence=evidence,
        missing=judged.gaps,
        edition=pack.sha256,
    )


def floors_of(rules: Iterable[tuple[Rule, Finding]]) -> list[Floor]:
    """The floor of every rule that is met and has one."""
    return [
        Floor(rule.then, rule.id) for rule, finding in rules if rule.then is not None and finding.verdict is Verdict.MET
    ]


def lowered(floors: list[Floor], exceptions: Iterable[tuple[Exemption, Finding]]) -> list[Floor]:
    """Floors after the exceptions that are met; each lowers only what it names, and never raises."""
    met = [exception for exception, finding in exceptions if finding.verdict is Verdict.MET]
    return [_lower(floor, met) for floor in floors]


def _lower(floor: Floor, met: list[Exemption]) -> Floor:
    for exception in met:
        if floor.by in exception.lowers and is_stricter(floor.outcome, exception.to):
            floor = Floor(exception.to, floor.by, lowered_by=exception.id)
    return floor


def outcome_of(floors: Iterable[Floor]) -> Outcome:
    """The strictest floor; *no objection* where nothing sets one."""
    return strictest([Outcome.NO_OBJECTION, *(floor.outcome for floor in floors)])
