"""What would change an outcome: the smallest sets of facts that, stated otherwise, lead elsewhere.

A set is *smallest* where no part of it leads elsewhere. The search leaves out only what cannot matter, so that up to
``searched_to`` facts nothing is overlooked among the facts and values it supposes (docs/what-would-change.md):

- an outcome becomes less strict only if each floor that sets it goes, so a set must touch what each of them reads;
- it becomes stricter only if one rule, scenario or question raises it, and that one must read every fact of the set.

It is bounded by a count of judgements, not by a clock, so that the same inputs give the same answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from safeconduct.assess.changeable import Changeable
from safeconduct.assess.changes_model import Change, Changes, Open
from safeconduct.assess.judge import CaseInHand
from safeconduct.assess.supposing import Assignment, Supposing
from safeconduct.core.fact import Value
from safeconduct.policy.outcome import Outcome

LARGEST = 3  # facts in a set
MOST_TRIED = 400  # judgements of one line
WEIGHED = 8  # rules or scenarios weighed alone cost as much as one judgement
ENOUGH = 24  # sets of facts; with so many, larger ones are not looked for


def changes_of(supposing: Supposing, changeable: Changeable, line: int, most: int = MOST_TRIED) -> Changes:
    """Every smallest set of facts whose change leads elsewhere, the smallest first."""
    search = _Search(supposing, changeable, most)
    searched = 0
    for size in range(1, LARGEST + 1):
        if not search.look(size):
            break
        searched = size
        if len({(found.outcome, tuple(each.fact for each in found.facts)) for found in search.changes()}) >= ENOUGH:
            break
    sets = tuple(sorted(search.changes(), key=_order))
    unknowns = _unknowns(sets, changeable)
    return Changes(line, supposing.base.outcome, sets, unknowns, searched, supposing.tried)


class _Search:
    """Sets of one size after another; what holds a smaller set that leads elsewhere is not looked at."""

    def __init__(self, supposing: Supposing, changeable: Changeable, most: int) -> None:
        self._supposing, self._changeable, self._most = supposing, changeable, most
        self._outcomes: dict[Assignment, Outcome] = {(): supposing.base.outcome}
        self._found: dict[frozenset[tuple[str, Value]], Outcome] = {}
        self._weighed = 0
        self._level: list[Assignment] = [()]  # those that lead nowhere else yet could with more

    def look(self, size: int) -> bool:
        """All sets of ``size`` facts; False where the bound came first."""
        down = {one: None for each in self._level for one in self._lowering(each)}
        tried = itertools.chain(down, self._raising(size))
        for assignment in tried:
            if self._spent():
                return False
            if self._holds_smaller(assignment):
                continue
            if self._outcome(assignment) is not self._supposing.base.outcome:
                self._found[frozenset(assignment)] = self._outcome(assignment)
        if self._spent():
            return False
        self._level = [one for one in down if frozenset(one) not in self._found and not self._holds_smaller(one)]
        return True

    def _spent(self) -> bool:
        return self._supposing.tried + self._weighed // WEIGHED >= self._most

    def _lowering(self, assignment: Assignment) -> Iterator[Assignment]:
        """With one fact more, of those that what still sets the outcome reads."""
        setting = self._changeable.setting(self._supposing.judge(assignment).judged, self._supposing.base.outcome)
        fewest = min(setting, key=len, default=frozenset[str]())
        taken = {key for key, _ in assignment}
        for key in sorted(fewest - taken):
            for value in self._changeable.values(key):
                yield tuple(sorted((*assignment, (key, value)), key=lambda one: one[0]))

    def _raising(self, size: int) -> Iterator[Assignment]:
        outcome = self._supposing.base.outcome
        for reads, what in self._changeable.raising(outcome):
            for keys in itertools.combinations(sorted(reads), size):
                self._weighed += 1
                if not self._changeable.can_raise(what, keys, outcome):
                    continue
                for values in itertools.product(*(self._changeable.values(key) for key in keys)):
                    assignment = tuple(zip(keys, values, strict=True))
                    self._weighed += 1
                    if assignment not in self._outcomes and self._changeable.raises(what, assignment, outcome):
                        yield assignment
                    elif self._spent():
                        return

    def _holds_smaller(self, assignment: Assignment) -> bool:
        return any(
            frozenset(part) in self._found
            for size in range(1, len(assignment))
            for part in itertools.combinations(assignment, size)
        )

    def _outcome(self, assignment: Assignment) -> Outcome:
        if assignment not in self._outcomes:
            self._outcomes[assignment] = self._supposing.judge(assignment).outcome
        return self._outcomes[assignment]

    def changes(self) -> list[Change]:
        """What was found so far."""
        return [
            Change(outcome, tuple(self._changeable.supposed(*one) for one in sorted(facts, key=lambda one: one[0])))
            for facts, outcome in self._found.items()
        ]


def _order(change: Change) -> tuple[object, ...]:
    """Fewer facts first, then what is known before what is not, what people do with the goods before what they are."""
    about_goods = sum(each.fact.startswith("item.") for each in change.facts)
    unknown = sum(each.now is None for each in change.facts)
    return (len(change.facts), unknown, about_goods, list(Outcome).index(change.outcome), repr(change.facts))


def _unknowns(sets: tuple[Change, ...], changeable: Changeable) -> tuple[Open, ...]:
    """Unknown facts by how many outcomes they reach, then how strict the strictest is, then how few facts it takes."""
    found = []
    for key in changeable.unknown:
        holding = [one for one in sets if any(each.fact == key for each in one.facts)]
        outcomes = tuple(sorted({one.outcome for one in holding}, key=list(Outcome).index))
        fewest = min((len(one.facts) for one in holding), default=0)
        found.append(Open(key, changeable.subject(key), outcomes, fewest))
    strict = {each: place for place, each in enumerate(Outcome)}
    return tuple(
        sorted(
            found,
            key=lambda one: (-len(one.outcomes), [strict[each] for each in one.outcomes[:1]], one.facts, one.fact),
        )
    )


def changes_in(case: CaseInHand) -> tuple[Changes, ...]:
    """What would change each line of a case."""
    found = []
    for item in case.inputs.case_file.lines:
        supposing = Supposing(case, item)
        found.append(changes_of(supposing, Changeable(case, supposing), item.line))
    return tuple(found)
