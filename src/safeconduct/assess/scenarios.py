"""Misuse scenarios weighed: severity and likelihood as ranges from written anchors, read on the pack's grid.

Severity is the worst of scale, scope and irremediability, never their mean (UNGP 14 and 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.assess.model import Anchor, Dimension, Override, Range, Weighed
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.condition import Condition, checks_of, evaluate
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import Pack, Scenario

Facts = Mapping[str, Fact]
LEAST = 1  # severity and likelihood where no anchor is met


def weigh(scenario: Scenario, pack: Pack, facts: Facts, subject: str, overrides: Iterable[Override] = ()) -> Weighed:
    """One scenario on the facts of one line; ``lower`` is *no objection* where it cannot be told whether it fits."""
    fits = evaluate(scenario.when, facts, subject)
    anchors = _anchors(scenario, pack, facts, subject) if fits.verdict is not Verdict.NOT_MET else ()
    set_by_hand = tuple(each for each in overrides if each.scenario == scenario.id)
    severity = _overridden("severity", _range(a for a in anchors if a.dimension != "likelihood"), set_by_hand)
    likelihood = _lowered(_range(a for a in anchors if a.dimension == "likelihood"), pack, facts, subject)
    likelihood = _overridden("likelihood", likelihood, set_by_hand)
    shown = fits.verdict is Verdict.MET
    lower = pack.grid.cell(severity.low, likelihood.low) if shown else Outcome.NO_OBJECTION
    upper = pack.grid.cell(severity.high, likelihood.high)
    if fits.verdict is Verdict.NOT_MET:
        lower = upper = Outcome.NO_OBJECTION
    gaps = _widening(anchors, severity, likelihood) | set(fits.gaps) if lower is not upper else set()
    return Weighed(
        scenario=scenario.id,
        right=scenario.right,
        actor=scenario.actor,
        at_risk=scenario.at_risk,
        severity=severity,
        likelihood=likelihood,
        anchors=anchors,
        lower=lower,
        upper=upper,
        finding=_finding(scenario, pack, subject, fits.verdict, fits.evidence, gaps),
        overrides=set_by_hand,
    )


def _anchors(scenario: Scenario, pack: Pack, facts: Facts, subject: str) -> tuple[Anchor, ...]:
    """Every anchor that is met or cannot be told, severity first."""
    stated: list[tuple[Dimension, int, Condition | None, str]] = [
        (anchor.dimension, anchor.level, anchor.when, f"{scenario.id}/{number}")
        for number, anchor in enumerate(scenario.severity, 1)
    ]
    stated += [("likelihood", anchor.level, anchor.when, anchor.id) for anchor in pack.likelihoods]
    found = []
    for dimension, level, when, text in stated:
        if when is None:
            found.append(Anchor(dimension, level, Verdict.MET, text))
            continue
        judged = evaluate(when, facts, subject)
        if judged.verdict is not Verdict.NOT_MET:
            facts_read = tuple(sorted({item.fact for item in judged.evidence} | {gap.fact for gap in judged.gaps}))
            found.append(Anchor(dimension, level, judged.verdict, text, facts_read, judged.gaps))
    return tuple(found)


def _range(anchors: Iterable[Anchor]) -> Range:
    low = high = LEAST
    for anchor in anchors:
        high = max(high, anchor.level)
        if anchor.verdict is Verdict.MET:
            low = max(low, anchor.level)
    return Range(low, high)


def _lowered(likelihood: Range, pack: Pack, facts: Facts, subject: str) -> Range:
    """One step less where an assurance can be verified; once, however many there are."""
    verdicts = {evaluate(each.when, facts, subject).verdict for each in pack.lowers}
    if Verdict.MET in verdicts:
        return Range(max(LEAST, likelihood.low - 1), max(LEAST, likelihood.high - 1))
    if Verdict.CANNOT_TELL in verdicts:
        return Range(max(LEAST, likelihood.low - 1), likelihood.high)
    return likelihood


def _overridden(what: str, found: Range, overrides: tuple[Override, ...]) -> Range:
    levels = [each.level for each in overrides if each.what == what]
    return Range(levels[-1], levels[-1]) if levels else found


def _widening(anchors: tuple[Anchor, ...], severity: Range, likelihood: Range) -> set[Gap]:
    """The unknown facts that keep the two ends of a range apart."""
    return {
        gap
        for anchor in anchors
        if anchor.level > (likelihood.low if anchor.dimension == "likelihood" else severity.low)
        for gap in anchor.missing
    }


def _finding(
    scenario: Scenario, pack: Pack, subject: str, fits: Verdict, evidence: tuple[Evidence, ...], gaps: set[Gap]
) -> Finding:
    verdict = Verdict.CANNOT_TELL if gaps else fits
    if verdict is Verdict.CANNOT_TELL and not gaps:  # it may or may not fit, and the outcome is the same
        verdict = Verdict.NOT_MET
        evidence = evidence or (Evidence(scenario.id, "same outcome either way", Source("derived"), subject),)
    return Finding(
        rule=scenario.id,
        verdict=verdict,
        reason=Message("policy.text", {"id": scenario.id}),
        citation=scenario.cites,
        subject=subject,
        evidence=evidence,
        missing=tuple(sorted(gaps, key=lambda gap: (gap.fact, gap.subject))),
        edition=pack.sha256,
    )


def scenario_named(pack: Pack, weighed: tuple[Weighed, ...], facts: Facts, subject: str) -> Fact:
    """Whether somebody can say who could do what to whom, or that facts of the case rule it out.

    Yes where a scenario fits or may fit; where the item cannot be turned on people; and where the pack
    has scenarios for this kind of item and the facts rule each of them out. No where it can be
    turned on people and the pack has no scenario for its kind.
    """
    key = "case.scenario_named"
    fitting = [each.scenario for each in weighed if each.finding.verdict is not Verdict.NOT_MET]
    if fitting:
        return Known(True, (Evidence(key, ", ".join(fitting), Source("derived"), subject),))
    capability, kind = facts.get("item.capability"), facts.get("item.kind")
    if not isinstance(capability, Known) or not isinstance(kind, Known):
        return Unknown("absent")
    evidence = (*capability.evidence, *kind.evidence)
    if capability.value in ("none", "incidental"):
        return Known(True, evidence)
    about = [each for each in pack.scenarios if kind.value in _kinds(each)]
    ruled_out = [
        item for each in weighed if each.scenario in {one.id for one in about} for item in each.finding.evidence
    ]
    return Known(bool(about), (*evidence, *ruled_out))


def _kinds(scenario: Scenario) -> frozenset[object]:
    """The kinds of item a scenario names."""
    return frozenset(
        value for check in checks_of(scenario.when) if check.fact.key == "item.kind" for value in check.values
    )


def all_facts_read(scenario: Scenario, pack: Pack) -> frozenset[str]:
    """The facts whose change could change how a scenario is weighed, whatever the others are."""
    conditions = [scenario.when, *(each.when for each in scenario.severity if each.when is not None)]
    conditions += [each.when for each in pack.likelihoods] + [each.when for each in pack.lowers]
    return frozenset(check.fact.key for condition in conditions for check in checks_of(condition))
