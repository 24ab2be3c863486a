"""What one assessor makes of a case on his own, and where two of them differ, each difference by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from safeconduct.policy.outcome import Outcome

Holds = Literal["holds", "does_not_hold", "cannot_tell"]
STEPS = 5  # of severity and of likelihood

SCALE: tuple[Outcome, ...] = (
    Outcome.NO_OBJECTION,
    Outcome.CONDITIONS,
    Outcome.NEED_INFORMATION,
    Outcome.REFER,
    Outcome.MINDED_TO_REFUSE,
    Outcome.PROHIBITED,
)
"""Outcomes an assessor may propose, the mildest first: the ordinal scale on which two of them are compared."""


class ScenarioView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Severity and likelihood, 1 to 5, that an assessor gives a misuse scenario of the policy, and why."""

    scenario: str
    severity: int
    likelihood: int
    reasons: str


class FlagView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether an assessor finds that a red flag of the policy holds, and why."""

    rule: str
    holds: Holds
    reasons: str


class Appraisal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's own assessment of a case. ``reasons`` are those of the outcome he proposes."""

    outcome: Outcome
    reasons: str
    scenarios: tuple[ScenarioView, ...] = ()
    flags: tuple[FlagView, ...] = ()


class Compared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that both were asked. ``one`` and ``other`` are what each said (``""``: nothing); ``steps`` is how far
    apart they are on the scale, None where somebody said nothing or there is no scale."""

    what: Literal["outcome", "severity", "likelihood", "flag"]
    subject: str
    one: str
    other: str
    one_reasons: str
    other_reasons: str
    steps: int | None

    @property
    def differs(self) -> bool:
        """Whether the two said something else, or one of them nothing."""
        return self.one != self.other


def side_by_side(one: Appraisal, other: Appraisal) -> tuple[Compared, ...]:
    """Everything that either said beside what the other did: the outcome, then scenarios and flags by id."""
    return (
        Compared(
            "outcome",
            "",
            one.outcome.value,
            other.outcome.value,
            one.reasons,
            other.reasons,
            abs(SCALE.index(one.outcome) - SCALE.index(other.outcome)),
        ),
        *_scenarios(one, other),
        *_flags(one, other),
    )


def _scenarios(one: Appraisal, other: Appraisal) -> Iterator[Compared]:
    mine, theirs = ({each.scenario: each for each in side.scenarios} for side in (one, other))
    for name in sorted({*mine, *theirs}):
        first, second = mine.get(name), theirs.get(name)
        for what in ("severity", "likelihood"):
            steps = abs(getattr(first, what) - getattr(second, what)) if first and second else None
            yield Compared(
                what,
                name,
                str(getattr(first, what)) if first else "",
                str(getattr(second, what)) if second else "",
                first.reasons if first else "",
                second.reasons if second else "",
                steps,
            )


def _flags(one: Appraisal, other: Appraisal) -> Iterator[Compared]:
    mine, theirs = ({each.rule: each for each in side.flags} for side in (one, other))
    for name in sorted({*mine, *theirs}):
        first, second = mine.get(name), theirs.get(name)
        yield Compared(
            "flag",
            name,
            first.holds if first else "",
            second.holds if second else "",
            first.reasons if first else "",
            second.reasons if second else "",
            None,
        )


def faults(given: Appraisal, scenarios: frozenset[str], rules: frozenset[str]) -> tuple[str, ...]:
    """What keeps an appraisal from being recorded, in plain words; ``scenarios`` and ``rules`` are the policy's."""
    found = [] if given.outcome in SCALE else [f"{given.outcome.value} is no outcome that an assessor proposes"]
    if not given.reasons.strip():
        found.append("the outcome has no reasons")
    named = [each.scenario for each in given.scenarios] + [each.rule for each in given.flags]
    if len(named) != len(set(named)):
        found.append("something is weighed twice")
    for each in given.scenarios:
        found += _faults_of(each.scenario, each.scenario in scenarios, each.reasons, "scenario")
        if not (1 <= each.severity <= STEPS and 1 <= each.likelihood <= STEPS):
            found.append(f"{each.scenario}: severity and likelihood are 1 to {STEPS}")
    for flag in given.flags:
        found += _faults_of(flag.rule, flag.rule in rules, flag.reasons, "red flag")
    return tuple(found)


def _faults_of(name: str, known: bool, reasons: str, kind: str) -> Iterator[str]:
    if not known:
        yield f"{name} is no {kind} of the policy"
    if not reasons.strip():
        yield f"{name} has no reasons"
