"""Which recorded cases a newer policy, or newer figures, cannot move: told from few facts, without judging them.

Only what is certain counts: a case that may come out otherwise, or of which another rule may be met, is left to be
judged (``under_another``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from safeconduct.assess.inputs import Inputs
from safeconduct.assess.judge import shared_facts
from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Verdict
from safeconduct.intake import facts_of
from safeconduct.intake.facts import BY_KEY
from safeconduct.policy.condition import Condition, checks_of, evaluate, spelt_out
from safeconduct.policy.differences import differences
from safeconduct.policy.pack import Exemption, Pack, Question, Rule

_FOUND_BY_JUDGING = frozenset({"item.listed", "item.caught_by", "case.scenario_named"})


class _Part(NamedTuple):
    """A rule or exception that one of two packs has otherwise. ``open_too``: it also bears on a case where it cannot
    be told; ``found``: it reads facts that only judging finds, which are unknown here."""

    when: Condition
    open_too: bool
    found: bool


class Unmoved:
    """The cases that a newer policy cannot move, of those judged by an older one."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self._parts = _parts(old, new)
        read = {check.fact.key for part in self._parts or () for check in checks_of(part.when)}
        self._shared = bool(read - BY_KEY.keys())

    def is_certain(self, inputs: Inputs) -> bool:
        """Whether nothing in which the packs differ bears on any line of the case."""
        if self._parts is None:
            return False
        shared = shared_facts(inputs) if self._shared else {}
        for item in inputs.case_file.lines if self._parts else ():
            facts = {**facts_of(inputs.case_file, f"line:{item.line}"), **shared}
            if any(_bears(part, facts) for part in self._parts):
                return False
        return True


def _parts(old: Pack, new: Pack) -> tuple[_Part, ...] | None:
    """None where they differ in what bears on every case: a question, a scenario, an anchor, the grid."""
    differing = {each.id for each in differences(old, new)} - {"title", "threshold", "begins"}
    found: list[_Part] = []
    for pack in (old, new):
        own: tuple[Rule | Exemption, ...] = (*pack.rules, *pack.exceptions)
        found += [_part(each) for each in own if each.id in differing]
    idle = {each.id for pack in (old, new) for each in pack.terms}  # rules are compared as terms spell them out
    idle |= {each.id for pack in (old, new) for each in pack.second_persons}  # these judge matches
    idle |= {each.fact for each in old.questions if _as_decisive(each, new.question(each.fact))}
    ruled = {each.id for each in (*old.rules, *new.rules)} | {each.id for each in (*old.exceptions, *new.exceptions)}
    known = {check.fact.key for part in found for check in checks_of(part.when) if check.form == "known"}
    return None if differing - idle - ruled or known & _FOUND_BY_JUDGING else tuple(found)


def _as_decisive(question: Question, other: Question | None) -> bool:
    """Words, days and source of a question move nothing."""
    return other is not None and _spelt(question.decisive) == _spelt(other.decisive)


def _spelt(decisive: bool | Condition) -> bool | Condition:
    return decisive if isinstance(decisive, bool) else spelt_out(decisive)


def _part(one: Rule | Exemption) -> _Part:
    reads = {check.fact.key for check in checks_of(one.when)}
    return _Part(one.when, isinstance(one, Rule) and one.unknown == "ask", bool(reads & _FOUND_BY_JUDGING))


def _bears(part: _Part, facts: Mapping[str, Fact]) -> bool:
    verdict = evaluate(part.when, facts).verdict
    return verdict is Verdict.MET or (verdict is Verdict.CANNOT_TELL and (part.open_too or part.found))


class SameToPolicy:
    """Whether figures of today say to a policy what earlier ones did: no check of it turns, and nothing that was known
    is unknown now, or the other way round."""

    def __init__(self, pack: Pack) -> None:
        self._checks = {check for condition in _conditions(pack) for check in checks_of(condition)}

    def __call__(self, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> bool:
        """``before`` and ``after`` are the same keys of figures (``indicator_facts``)."""
        if any(isinstance(before[key], Known) is not isinstance(after[key], Known) for key in before):
            return False
        checks = (check for check in self._checks if check.fact.key in before)
        return all(evaluate(check, before).verdict is evaluate(check, after).verdict for check in checks)


def _conditions(pack: Pack) -> Iterator[Condition]:
    yield from pack.conditions().values()
    yield from (each.decisive for each in pack.questions if not isinstance(each.decisive, bool))
    yield from (each.when for scenario in pack.scenarios for each in scenario.severity if each.when is not None)
    yield from (each.when for each in pack.likelihoods)
    yield from (each.when for each in pack.lowers)
