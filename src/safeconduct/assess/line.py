"""The policy pack on the facts of one line of goods: scenarios first, then rules, floors, questions, outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from safeconduct.assess.argued import Argued, named
from safeconduct.assess.argued import floors as argued_floors
from safeconduct.assess.model import Floor, Override, Question, Weighed
from safeconduct.assess.questions import Asking, asked_by_rule, asked_by_scenario, joined
from safeconduct.assess.rules import apply_rule, floors_of, lowered, outcome_of
from safeconduct.assess.scenarios import Facts, scenario_named, weigh
from safeconduct.core.finding import Finding, Gap
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.outcome import Outcome, strictest
from safeconduct.policy.pack import Exemption, Pack, Rule

Judged = Mapping[str, Finding | Weighed]


class Policy(NamedTuple):
    """The pack in force, the facts it speaks of, and what persons have set or accepted in this case."""

    pack: Pack
    catalogue: Catalogue
    overrides: tuple[Override, ...] = ()
    accepted: tuple[str, ...] = ()
    argued: tuple[Argued, ...] = ()


class LineJudgement(NamedTuple):
    """Everything the pack says on one line. ``facts`` include what the scenarios themselves settle."""

    outcome: Outcome
    floors: tuple[Floor, ...]
    scenarios: tuple[Weighed, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    facts: Facts


def judge_line(
    policy: Policy,
    facts: Facts,
    subject: str,
    listing: tuple[Gap, ...] = (),
    left_out: Iterable[Finding] = (),
    fields: Iterable[Question] = (),
    unchanged: Judged = MappingProxyType({}),
    decisive: Mapping[str, bool] = MappingProxyType({}),
) -> LineJudgement:
    """Apply the pack. ``listing`` are the gaps that keep the control status open; ``left_out`` says what
    the application lacks; ``fields`` are questions about its parties; ``unchanged`` are results, by id, of
    rules and scenarios that read no fact which differs from an earlier judgement, and ``decisive`` is the same
    of questions, by fact."""
    pack = policy.pack
    weighed = tuple(
        each
        if isinstance(each := unchanged.get(scenario.id), Weighed)
        else weigh(scenario, pack, facts, subject, policy.overrides)
        for scenario in pack.scenarios
    )
    facts = {
        **facts,
        "case.scenario_named": named(policy.argued, subject, scenario_named(pack, weighed, facts, subject)),
    }

    def ruling(rule: Rule | Exemption) -> Finding:
        before = unchanged.get(rule.id)
        return before if isinstance(before, Finding) else apply_rule(rule, pack, facts, subject)

    ruled = [(rule, ruling(rule)) for rule in pack.rules]
    exempted = [(each, ruling(each)) for each in pack.exceptions]
    asking = Asking(pack, policy.catalogue, facts, subject, listing, policy.accepted, decisive)
    for finding in left_out:
        asking.ask_missing(finding)
    for rule, finding in ruled:
        for gap in asked_by_rule(rule, finding, facts):
            asking.ask(gap, rule.id)
    for each in weighed:
        for gap in asked_by_scenario(each):
            asking.ask(gap, each.scenario)
    asking.ask_decisive()
    questions = _joined(asking.questions(), fields)
    floors = floors_of(ruled) + [_scenario_floor(each, questions) for each in weighed]
    floors += argued_floors(policy.argued, pack, subject)
    floors += [Floor(Outcome.NEED_INFORMATION, each.id) for each in questions if stands_in_the_way(each)]
    floors = [floor for floor in lowered(floors, exempted) if floor.outcome is not Outcome.NO_OBJECTION]
    findings = tuple(finding for _, finding in (*ruled, *exempted))
    return LineJudgement(outcome_of(floors), tuple(floors), weighed, findings, questions, facts)


def stands_in_the_way(question: Question) -> bool:
    """Whether the question must be answered, or accepted by an official, before an approval."""
    return question.decisive and not question.accepted


def _joined(asked: tuple[Question, ...], fields: Iterable[Question]) -> tuple[Question, ...]:
    found = {each.id: each for each in asked}
    for each in fields:
        found[each.id] = joined(found[each.id], each) if each.id in found else each
    return tuple(sorted(found.values(), key=lambda each: (not each.decisive, each.id)))


def _scenario_floor(weighed: Weighed, questions: tuple[Question, ...]) -> Floor:
    """The grid's outcome; at its lower end, but at least *need information*, while something decisive is open."""
    if weighed.lower is weighed.upper:
        return Floor(weighed.upper, weighed.scenario)
    waiting = any(weighed.scenario in each.why and stands_in_the_way(each) for each in questions)
    if waiting:
        return Floor(strictest((weighed.lower, Outcome.NEED_INFORMATION)), weighed.scenario)
    return Floor(weighed.upper, weighed.scenario)
