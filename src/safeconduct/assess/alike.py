"""What two packs find alike on the same facts, so that a recorded finding need not be worked out again."""

from __future__ import annotations

from safeconduct.assess.judge import JUDGING, Assessment
from safeconduct.assess.line import Judged
from safeconduct.assess.model import LineOutcome
from safeconduct.policy.condition import Condition, checks_of
from safeconduct.policy.pack import Exemption, Pack, Rule, Scenario


def alike(old: Pack, new: Pack) -> frozenset[str]:
    """The rules, exceptions and scenarios of ``new`` that find what they find under ``old`` wherever facts are the
    same; what follows from a finding, and its words, may differ. Never a rule that reads what the scenarios come to:
    where it reads nothing else its finding is on record as one of the case, and lines may differ in it."""
    before = _conditions(old)
    ruled = {key for key, when in _conditions(new).items() if before.get(key) == when and _reads_no_scenario(when)}
    return _scenarios(old, new) | ruled


def recorded(old: Assessment, line: LineOutcome, alike: frozenset[str]) -> Judged:
    """The findings of ``alike`` on a line as they stand in the record; none where it was judged in another way."""
    if old.judging != JUDGING:
        return {}
    subjects = ("case", f"line:{line.line}")
    found = {each.rule: each for each in old.findings if each.rule in alike and each.subject in subjects}
    return found | {each.scenario: each for each in line.scenarios if each.scenario in alike}


def _conditions(pack: Pack) -> dict[str, Condition]:
    rules: tuple[Rule | Exemption, ...] = (*pack.rules, *pack.exceptions)
    return {each.id: each.when for each in rules}


def _scenarios(old: Pack, new: Pack) -> frozenset[str]:
    if _measure(old) != _measure(new):
        return frozenset()
    before = {each.id: _weighs(each) for each in old.scenarios}
    return frozenset(each.id for each in new.scenarios if before.get(each.id) == _weighs(each))


def _measure(pack: Pack) -> tuple[object, ...]:
    """What every scenario is weighed by."""
    return (
        pack.grid,
        [(each.id, each.level, each.when) for each in pack.likelihoods],
        [each.when for each in pack.lowers],
    )


def _weighs(scenario: Scenario) -> tuple[object, ...]:
    anchors = [(each.dimension, each.level, each.when) for each in scenario.severity]
    return scenario.when, scenario.right, scenario.actor, scenario.at_risk, anchors


def _reads_no_scenario(when: Condition) -> bool:
    return all(check.fact.key != "case.scenario_named" for check in checks_of(when))
