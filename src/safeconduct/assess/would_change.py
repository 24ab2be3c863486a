"""What would change an outcome: facts whose other value, alone, leads elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from safeconduct.assess.line import LineJudgement, Policy, judge_line, stands_in_the_way
from safeconduct.assess.model import Weighed
from safeconduct.assess.scenarios import facts_read
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import FactType, Known, Unknown, Value
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.condition import checks_of
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import Exemption, Pack, Rule, is_decisive

MOST_FACTS = 12
MOST_SHOWN = 12
MOST_OF_ONE = 2  # values of one fact that are shown


def what_would_change(
    policy: Policy, judged: LineJudgement, subject: str, listing: tuple[Gap, ...]
) -> tuple[Message, ...]:
    """Messages ``change.fact`` (fact, now, to, outcome), for facts that set the outcome or are asked for.

    Each fact is tried alone at each value its type allows; facts that the system derives are
    left out, since nobody can state them. Only the first value that leads to an outcome is named.
    """

    reads, decisive = _reads(policy.pack, judged), _decisive(policy.pack, judged, subject)

    def outcome_with(key: str, value: Value) -> Outcome:
        fact = Known(value, (Evidence(key, "supposed", Source("derived"), subject),))
        unchanged = {name: result for name, (result, facts) in reads.items() if key not in facts}
        same = {name: result for name, (result, facts) in decisive.items() if key not in facts}
        supposed = {**judged.facts, key: fact}
        return judge_line(policy, supposed, subject, listing, unchanged=unchanged, decisive=same).outcome

    found: list[Message] = []
    for key in _worth_trying(judged)[:MOST_FACTS]:
        kind = policy.catalogue.get(key)
        if kind is not None and "system" not in kind.may_state:
            found += itertools.islice(_changes(kind, judged, outcome_with), MOST_OF_ONE)
    return tuple(found[:MOST_SHOWN])


def _reads(pack: Pack, judged: LineJudgement) -> dict[str, tuple[Finding | Weighed, frozenset[str]]]:
    """Each result with the facts it reads. What reads the scenarios themselves is always judged again."""
    found: dict[str, tuple[Finding | Weighed, frozenset[str]]] = {
        scenario.id: (result, facts_read(scenario, pack, result))
        for scenario, result in zip(pack.scenarios, judged.scenarios, strict=True)
    }
    rules: list[Rule | Exemption] = [*pack.rules, *pack.exceptions]
    for rule, finding in zip(rules, judged.findings, strict=True):
        facts = frozenset(check.fact.key for check in checks_of(rule.when))
        if "case.scenario_named" not in facts:
            found[rule.id] = (finding, facts)
    return found


def _decisive(pack: Pack, judged: LineJudgement, subject: str) -> dict[str, tuple[bool, frozenset[str]]]:
    """Of each fact the policy asks for whether it is decisive here, with the facts that say so."""
    found = {}
    for each in pack.questions:
        facts = () if isinstance(each.decisive, bool) else checks_of(each.decisive)
        keys = frozenset(check.fact.key for check in facts)
        if "case.scenario_named" not in keys:
            found[each.fact] = (is_decisive(each, judged.facts, subject), keys)
    return found


def _worth_trying(judged: LineJudgement) -> list[str]:
    """Facts that decisive questions ask for, then those the strictest floors rest on; for a pass, those
    that rule the scenarios out."""
    asked = [each.fact for each in judged.questions if stands_in_the_way(each)]
    setting = {floor.by for floor in judged.floors if floor.outcome is judged.outcome}
    findings = [*judged.findings, *(each.finding for each in judged.scenarios)]
    resting = [item.fact for finding in findings if finding.rule in setting for item in finding.evidence]
    anchored = [fact for each in judged.scenarios if each.scenario in setting for a in each.anchors for fact in a.facts]
    ruled_out = [
        item.fact
        for each in judged.scenarios
        if each.finding.verdict is Verdict.NOT_MET and judged.outcome is Outcome.NO_OBJECTION
        for item in each.finding.evidence
    ]
    ruled_out.sort(key=lambda fact: fact.startswith("item."))  # what people do with it comes before what it is
    return list(dict.fromkeys([*asked, *anchored, *resting, *ruled_out]))


def _changes(kind: FactType, judged: LineJudgement, outcome_with: Callable[[str, Value], Outcome]) -> Iterator[Message]:
    fact = judged.facts.get(kind.key, Unknown("absent"))
    now = fact.value if isinstance(fact, Known) else "?"
    seen = {judged.outcome}
    for value in _values(kind):
        if value != now and (outcome := outcome_with(kind.key, value)) not in seen:
            seen.add(outcome)
            yield Message(
                "change.fact", {"fact": kind.key, "now": _shown(now), "to": _shown(value), "outcome": outcome.value}
            )


def _values(kind: FactType) -> tuple[Value, ...]:
    """Values worth supposing; texts and decimals have none."""
    match kind.kind:
        case "flag":
            return (True, False)
        case "word" | "level":
            return kind.words
        case "words":
            return tuple((word,) for word in kind.words)
        case "number":
            return (0, 1, 3)
        case _:
            return ()


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
