"""What can be supposed of one line: which facts, which values of each, and what reads them.

Of the values of a fact, those that no check of the policy tells apart are one: the first stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.assess.changes_model import Supposed
from safeconduct.assess.judge import CaseInHand
from safeconduct.assess.line import LineJudgement
from safeconduct.assess.scenarios import Facts, all_facts_read, weigh
from safeconduct.assess.supposing import FOLLOWING, Assignment, Supposing, Supposition
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Known, Unknown, Value
from safeconduct.core.finding import Verdict
from safeconduct.policy.catalogue import NONE
from safeconduct.policy.condition import Check, Condition, checks_of, evaluate
from safeconduct.policy.outcome import Outcome, is_stricter
from safeconduct.policy.pack import Pack, Rule, Scenario

Reads = frozenset[str]
SAID = "stated"  # of a text only its presence matters
NUMBERS = (0, 1, 3)
_SOURCES: Mapping[str, str] = {fact: source for source, facts in FOLLOWING.items() for fact in facts}


class Changeable:
    """The facts that somebody can state and that what sets, or could raise, the outcome of a line reads."""

    def __init__(self, case: CaseInHand, supposing: Supposing) -> None:
        self._pack, self._kinds = case.policy.pack, {fact.key: fact for fact in case.policy.catalogue}
        self._line, self._base = supposing.subject, supposing.base
        self._facts, self._tested = supposing.base.judged.facts, supposing.tested
        self._checks = _checks_by_fact(self._pack)
        self._values: dict[str, tuple[Value, ...]] = {}
        self._listing = _of_open_entries(self._base)
        self.unknown = tuple(sorted(key for key in self._all() if self._is_unknown(key)))

    def _all(self) -> Reads:
        asked = {one.fact for one in self._base.judged.questions}
        reads = frozenset(self._checks) | self._listing | asked
        return self._statable(reads)

    def _is_unknown(self, key: str) -> bool:
        return isinstance(self._facts.get(key, Unknown("absent")), Unknown)

    def subject(self, key: str) -> str:
        """``case``, or the line for facts of a line."""
        return self._line if self._kinds[key].subject == "line" else "case"

    def supposed(self, key: str, value: Value) -> Supposed:
        """One fact of a set, beside what is known of it now."""
        fact = self._facts.get(key, Unknown("absent"))
        sealed = any(item.source.sealed for item in fact.evidence)
        return Supposed(key, self.subject(key), fact.value if isinstance(fact, Known) else None, value, sealed)

    def values(self, key: str) -> tuple[Value, ...]:
        """Values that the policy tells apart from what is known now, and from each other."""
        if key not in self._values:
            self._values[key] = tuple(self._distinct(self._kinds[key]))
        return self._values[key]

    def _distinct(self, kind: FactType) -> Iterator[Value]:
        now = self._facts.get(kind.key, Unknown("absent"))
        if kind.kind == "text":
            yield from () if isinstance(now, Known) else (SAID,)
            return
        checks, tested = self._checks.get(kind.key, ()), kind.key in self._tested
        whole = isinstance(now, Known) and now.complete
        seen: set[object] = {now.value if tested else _told(checks, now)} if isinstance(now, Known) and whole else set()
        for value in _values(kind, checks):
            told = value if tested else _told(checks, Known(value, ()))  # control entries are told apart by each value
            if told not in seen:
                seen.add(told)
                yield value

    def setting(self, judged: LineJudgement, outcome: Outcome) -> list[Reads]:
        """For each floor that sets the outcome, the facts of which one at least must change for it to go."""
        return [self._statable(self._reads_of(floor.by, judged)) for floor in judged.floors if floor.outcome is outcome]

    def _reads_of(self, name: str, judged: LineJudgement) -> Reads:
        every: list[Rule | Scenario] = [*self._pack.rules, *self._pack.scenarios]
        for one in every:
            if one.id == name:
                return self._widened(_reads(one, self._pack), name)
        question = next((one for one in judged.questions if one.id == name), None)
        if question is None or question.subject.startswith("party:"):
            return frozenset()
        decisive = _decisive(self._pack).values() if question.fact in self._listing else (
            [when] if (when := _decisive(self._pack).get(question.fact)) is not None else []
        )  # fmt: skip
        read = {question.fact, *(key for when in decisive for key in _keys(when))}
        return frozenset(read) | (self._listing if question.fact in self._listing else frozenset())

    def _widened(self, reads: Reads, name: str) -> Reads:
        """With what lowers it, and the questions that keep its two ends apart."""
        lowering = [each.when for each in self._pack.exceptions if name in each.lowers]
        decisive = [when for fact, when in _decisive(self._pack).items() if fact in reads]
        reads |= {key for when in (*lowering, *decisive) for key in _keys(when)}
        if "case.scenario_named" in reads:
            scenarios = [_keys(each.when) for each in self._pack.scenarios]
            reads = reads.union(*scenarios, {"item.kind", "item.capability"})
        return frozenset(reads)

    def raising(self, outcome: Outcome) -> Iterator[tuple[Reads, Rule | Scenario | Condition]]:
        """What could set a stricter outcome, with the facts it reads."""
        for rule in self._pack.rules:
            if rule.then is not None and is_stricter(rule.then, outcome):
                yield self._statable(self._widened(_reads(rule, self._pack), rule.id)), rule
        for scenario in self._pack.scenarios:
            if is_stricter(self._pack.grid.cell(5, 5), outcome):
                yield self._statable(self._widened(_reads(scenario, self._pack), scenario.id)), scenario
        if is_stricter(Outcome.NEED_INFORMATION, outcome):
            for fact, when in _decisive(self._pack).items():
                if self._is_unknown(fact):
                    yield self._statable(_keys(when)), when

    def can_raise(self, what: Rule | Scenario | Condition, keys: tuple[str, ...], outcome: Outcome) -> bool:
        """Whether some values of ``keys`` might make it set a stricter outcome: they are taken as unknown, and what
        is not met even then cannot be met. Not told where something asks whether one of them is known at all."""
        hidden = {*keys, *(one for key in keys for one in FOLLOWING.get(key, ()))}
        conditions = _conditions(what, self._pack)
        if any(c.form == "known" and c.fact.key in hidden for when in conditions for c in checks_of(when)):
            return True
        facts = {key: fact for key, fact in self._facts.items() if key not in hidden}
        return self._reads_others(conditions) or self._may_raise(what, facts, outcome)

    def raises(self, what: Rule | Scenario | Condition, assignment: Assignment, outcome: Outcome) -> bool:
        """Whether, with these values, it may set a stricter outcome; told by itself, without judging the rest."""
        if self._reads_others(_conditions(what, self._pack)) or any(key in FOLLOWING for key, _ in assignment):
            return True
        return self._may_raise(
            what, {**self._facts, **{key: Known(to, (_supposed(key),)) for key, to in assignment}}, outcome
        )

    def _reads_others(self, conditions: list[Condition]) -> bool:
        """Whether it reads what follows from control entries or from the scenarios."""
        return any(key in _DERIVED for when in conditions for key in _keys(when))

    def _may_raise(self, what: Rule | Scenario | Condition, facts: Facts, outcome: Outcome) -> bool:
        if isinstance(what, Scenario):
            return is_stricter(weigh(what, self._pack, facts, self._line).upper, outcome)
        return evaluate(what.when if isinstance(what, Rule) else what, facts).verdict is not Verdict.NOT_MET

    def _statable(self, reads: Reads | set[str]) -> Reads:
        found = {_SOURCES.get(key, key) for key in reads}
        if found & {"item.listed", "item.caught_by"}:
            found |= self._listing
        kinds = ((key, self._kinds.get(key)) for key in found)
        return frozenset(
            key for key, kind in kinds if kind and "system" not in kind.may_state[:1] and kind.kind not in _NEVER
        )


def _supposed(key: str) -> Evidence:
    return Evidence(key, "supposed", Source("derived"))


_DERIVED = ("item.listed", "item.caught_by", "case.scenario_named")
_NEVER = ("incident", "date", "decimal")


def _conditions(what: Rule | Scenario | Condition, pack: Pack) -> list[Condition]:
    if isinstance(what, Rule):
        return [what.when]
    if isinstance(what, Scenario):
        own = [what.when, *(each.when for each in what.severity if each.when is not None)]
        return own + [each.when for each in pack.likelihoods] + [each.when for each in pack.lowers]
    return [what]


def _reads(what: Rule | Scenario, pack: Pack) -> Reads:
    return all_facts_read(what, pack) if isinstance(what, Scenario) else _keys(what.when)


def _keys(when: Condition) -> Reads:
    return frozenset(check.fact.key for check in checks_of(when))


def _decisive(pack: Pack) -> dict[str, Condition]:
    return {one.fact: one.decisive for one in pack.questions if not isinstance(one.decisive, bool)}


def _of_open_entries(base: Supposition) -> Reads:
    """The facts that could settle a control entry which cannot be told, or take it out of question."""
    open_ = [entry for entry in base.found.entries if entry.status == "cannot_tell"]
    found = {gap.fact for entry in open_ for gap in entry.questions}
    for entry in open_:
        for finding in (*entry.elements, *entry.notes):
            found |= {item.fact for item in finding.evidence} | {gap.fact for gap in finding.missing}
    return frozenset(found | {"item.kind"}) if open_ else frozenset()


def _checks_by_fact(pack: Pack) -> dict[str, tuple[Check, ...]]:
    every: list[Condition] = [one.when for one in pack.rules] + [one.when for one in pack.exceptions]
    every += [when for one in pack.scenarios for when in _conditions(one, pack)]
    every += _decisive(pack).values()
    found: dict[str, dict[Check, None]] = {}
    for check in (check for when in every for check in checks_of(when)):
        found.setdefault(check.fact.key, {})[check] = None
    return {key: tuple(checks) for key, checks in found.items()}


def _told(checks: tuple[Check, ...], fact: Fact) -> tuple[Verdict, ...]:
    return tuple(evaluate(check, {check.fact.key: fact}).verdict for check in checks)


def _values(kind: FactType, checks: tuple[Check, ...]) -> Iterator[Value]:
    """Values worth supposing. Of sets: each word, and what one check names together; the empty set as *none*."""
    match kind.kind:
        case "flag":
            yield from (True, False)
        case "word" | "level":
            yield from kind.words
        case "words":
            yield from ((word,) for word in kind.words)
            for check in checks:
                if len(check.values) > 1 and NONE not in check.values:
                    yield tuple(word for word in kind.words if word in check.values)
        case "number":
            yield from NUMBERS
