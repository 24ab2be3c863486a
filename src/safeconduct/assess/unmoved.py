"""Which recorded cases a newer policy, or newer figures, cannot move: told from few facts, without judging them.

Only what is certain counts: a case that may come out otherwise, or of which another rule may be met, is left to be
judged (``under_another``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from safeconduct.assess.inputs import Inputs
from safeconduct.assess.judge import shared_facts
from safeconduct.assess.questions import ANSWERED_THROUGH
from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Verdict
from safeconduct.intake import facts_of
from safeconduct.intake.facts import BY_KEY
from safeconduct.policy.condition import Condition, checks_of, evaluate, spelt_out
from safeconduct.policy.differences import differences
from safeconduct.policy.pack import Pack, Question

_FOUND_BY_JUDGING = frozenset({"item.listed", "item.caught_by", "case.scenario_named"})
# Facts that are asked for by themselves, and only while somebody has yet to state them.
_PLAINLY_ASKED = frozenset(BY_KEY) - {"case.kind", "case.datasheet", *ANSWERED_THROUGH, *ANSWERED_THROUGH.values()}


class _Part(NamedTuple):
    """A rule or exception that one of two packs has otherwise. ``open_too``: it also bears on a case where it cannot
    be told."""

    when: Condition
    open_too: bool

    def bears(self, facts: Mapping[str, Fact]) -> bool:
        """Whether it sets, lowers or asks for something on these facts, or may, for what judging finds."""
        verdict = evaluate(self.when, facts).verdict
        return verdict is Verdict.MET or (verdict is Verdict.CANNOT_TELL and (self.open_too or _waits(self.when)))


class _Turned(NamedTuple):
    """A question that is decisive otherwise; one that a pack does not have is not decisive."""

    fact: str
    ways: tuple[bool | Condition, bool | Condition]

    def bears(self, facts: Mapping[str, Fact]) -> bool:
        """Whether the answer is missing and the two differ on whether that stands in the way, or may differ."""
        fact = facts.get(self.fact)
        if isinstance(fact, Known) and fact.complete:
            return False
        before, after = (_decisive(way, facts) for way in self.ways)
        return before is None or before is not after


class Unmoved:
    """The cases that a newer policy cannot move, of those judged by an older one."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self._parts = _parts(old, new)
        read = {check.fact.key for part in self._parts or () for each in _read(part) for check in checks_of(each)}
        self._shared = bool(read - BY_KEY.keys())

    def is_certain(self, inputs: Inputs) -> bool:
        """Whether nothing in which the packs differ bears on any line of the case."""
        if self._parts is None:
            return False
        shared = shared_facts(inputs) if self._shared else {}
        for item in inputs.case_file.lines if self._parts else ():
            facts = {**facts_of(inputs.case_file, f"line:{item.line}"), **shared}
            if any(part.bears(facts) for part in self._parts):
                return False
        return True


def _parts(old: Pack, new: Pack) -> tuple[_Part | _Turned, ...] | None:
    """None where they differ in what bears on every case: a scenario, an anchor, the grid, some questions."""
    differing = {each.id for each in differences(old, new)} - _idle(old, new)
    differing -= {each.fact for each in old.questions if _as_decisive(each, new.question(each.fact))}
    found: list[_Part | _Turned] = []
    for pack in (old, new):
        rules = [each for each in pack.rules if each.id in differing]
        found += [_Part(each.when, each.unknown == "ask") for each in rules]
        found += [_Part(each.when, open_too=False) for each in pack.exceptions if each.id in differing]
    found += [_turned(name, old, new) for name in sorted(differing & _PLAINLY_ASKED)]
    ruled = {each.id for each in (*old.rules, *new.rules)} | {each.id for each in (*old.exceptions, *new.exceptions)}
    blind = any(
        check.form == "known" and check.fact.key in _FOUND_BY_JUDGING
        for part in found
        for each in _read(part)
        for check in checks_of(each)
    )
    return None if blind or differing - ruled - _PLAINLY_ASKED else tuple(found)


def _idle(old: Pack, new: Pack) -> set[str]:
    """What judges no case: rules are compared as terms spell them out, second persons judge matches. A name that means
    something else in one of the two packs is not idle."""
    idle, judging = {"title", "threshold", "begins"}, set[str]()
    for pack in (old, new):
        idle |= {each.id for each in pack.terms} | {each.id for each in pack.second_persons}
        judging |= pack.conditions().keys() - {each.id for each in pack.second_persons}
    return idle - judging


def _as_decisive(one: Question, other: Question | None) -> bool:
    """Words, days and source of a question move nothing."""
    first, second = (
        each if isinstance(each, bool | None) else spelt_out(each)
        for each in (one.decisive, other.decisive if other else None)
    )
    return first == second


def _turned(fact: str, old: Pack, new: Pack) -> _Turned:
    before, after = old.question(fact), new.question(fact)
    return _Turned(fact, (before.decisive if before else False, after.decisive if after else False))


def _read(part: _Part | _Turned) -> tuple[Condition, ...]:
    if isinstance(part, _Part):
        return (part.when,)
    return tuple(way for way in part.ways if not isinstance(way, bool))


def _decisive(way: bool | Condition, facts: Mapping[str, Fact]) -> bool | None:
    """As ``is_decisive``; None where it rests on what judging finds."""
    if isinstance(way, bool):
        return way
    verdict = evaluate(way, facts).verdict
    if verdict is Verdict.CANNOT_TELL and _waits(way):
        return None
    return verdict is not Verdict.NOT_MET


def _waits(condition: Condition) -> bool:
    """Whether it reads facts that only judging finds, which are unknown here."""
    return any(check.fact.key in _FOUND_BY_JUDGING for check in checks_of(condition))


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
