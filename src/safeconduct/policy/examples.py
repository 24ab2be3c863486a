"""A pack held to its own examples: what it says must come out, and what it forgot to exemplify."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.finding import Verdict
from safeconduct.policy.condition import Condition, Evaluation, checks_of, evaluate, facts_of
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import CaseExample, Exemption, Pack, Rule, RuleExample, Scenario, SecondPerson


class CaseResult(msgspec.Struct, frozen=True):
    """What a case came to: its outcome, and verdicts by the id of rule, scenario or exception."""

    outcome: Outcome
    verdicts: dict[str, Verdict]


class Problem(msgspec.Struct, frozen=True):
    """One thing that keeps a pack from being put in force; ``where`` is file and line."""

    where: str
    what: str
    remedy: str


RunCase = Callable[[str], CaseResult]
_EXEMPLIFIED = ("met", "not met", "cannot tell", "cannot tell by conflict")


def check_pack(pack: Pack, run_case: RunCase | None = None) -> tuple[Problem, ...]:
    """Everything that keeps ``pack`` from being in force; nothing where it is fit.

    Examples of rules are judged here. ``run_case`` judges a case by its name; it raises
    ``Refusal`` for a case that does not exist. Without it, a pack with examples of cases has a problem.
    """
    return (*unfit(pack), *_cases(pack, run_case))


def unfit(pack: Pack) -> tuple[Problem, ...]:
    """As ``check_pack``, without the examples of whole cases: what can be told from the pack alone."""
    return (*failed_examples(pack), *_unexemplified(pack), *_unasked(pack))


def failed_examples(pack: Pack) -> tuple[Problem, ...]:
    """The examples of rules, scenarios and exceptions that do not come out as they say."""
    conditions = pack.conditions()
    found = [(example, _evaluate(example, conditions)) for example in pack.rule_examples]
    return tuple(_failure(example, result) for example, result in found if result.verdict is not example.expect)


def _evaluate(example: RuleExample, conditions: dict[str, Condition]) -> Evaluation:
    return evaluate(conditions[example.rule], example.facts)


def _failure(example: RuleExample, result: Evaluation) -> Problem:
    why = f" (unknown: {', '.join(gap.fact for gap in result.gaps)})" if result.gaps else ""
    what = f"the example of {example.rule} should be {_said(example.expect)}, but is {_said(result.verdict)}{why}"
    return Problem(example.place, what, "correct the example or the condition")


def _said(verdict: Verdict) -> str:
    return verdict.replace("_", " ")


def _cases(pack: Pack, run_case: RunCase | None) -> Iterator[Problem]:
    for example in pack.case_examples:
        if run_case is None:
            yield Problem(example.place, f"the case {example.case} was not judged", "check it where its cases are")
            continue
        try:
            result = run_case(example.case)
        except Refusal as refusal:
            yield Problem(example.place, f"the case {example.case}: {refusal}", refusal.remedy)
            continue
        yield from _case(example, result)


def _case(example: CaseExample, result: CaseResult) -> Iterator[Problem]:
    if example.outcome not in (None, result.outcome):
        what = f"the case {example.case} should end in {example.outcome}, but ends in {result.outcome}"
        yield Problem(example.place, what, "correct the policy or the example")
    for name, expected in example.verdicts.items():
        found = result.verdicts.get(name)
        if found is not expected:
            what = f"the case {example.case}: {name} should be {_said(expected)}, but is "
            what += _said(found) if found else "not applied"
            yield Problem(example.place, what, "correct the policy or the example")


def _unexemplified(pack: Pack) -> Iterator[Problem]:
    """A rule needs all four kinds of example; a scenario, exception or second person the two that settle it."""
    shown: dict[str, set[str]] = {}
    conditions = pack.conditions()
    for example in pack.rule_examples:
        shown.setdefault(example.rule, set()).add(_kind(_evaluate(example, conditions)))
    tables: tuple[Rule | Scenario | Exemption | SecondPerson, ...] = (
        *pack.rules, *pack.scenarios, *pack.exceptions, *pack.second_persons,
    )  # fmt: skip
    for table in tables:
        wanted = _EXEMPLIFIED if isinstance(table, Rule) and _can_be_unknown(table.when) else _EXEMPLIFIED[:2]
        missing = [kind for kind in wanted if kind not in shown.get(table.id, set())]
        if missing:
            yield Problem(
                table.place, f"{table.id} has no example of: {', '.join(missing)}", "add an [[example]] for each"
            )


def _can_be_unknown(condition: Condition) -> bool:
    return any(check.form != "known" for check in checks_of(condition))


def _kind(result: Evaluation) -> str:
    if result.verdict is Verdict.CANNOT_TELL and any(gap.why == "conflicting" for gap in result.gaps):
        return "cannot tell by conflict"
    return _said(result.verdict)


def _unasked(pack: Pack) -> Iterator[Problem]:
    """A rule that asks for what is unknown needs a question for each fact that somebody can state."""
    asked = {question.fact for question in pack.questions}
    for rule in pack.rules:
        if rule.unknown != "ask":
            continue
        for fact in facts_of(rule.when):
            if fact.key not in asked and fact.may_state != ("system",):
                what = f"{rule.id} asks for what is unknown, but {fact.key} has no question"
                yield Problem(rule.place, what, f"add a [[question]] for {fact.key}, or drop unknown")
