"""One line of goods judged under suppositions: facts stated otherwise, everything else as recorded.

The rules are the same as in ``judge``, applied to the same inputs with some statements replaced; only what reads no
fact that was changed is taken over instead of being worked out again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from safeconduct.assess.judge import CaseInHand, left_out, listing_of, raised
from safeconduct.assess.line import LineJudgement, judge_line
from safeconduct.assess.model import Weighed
from safeconduct.assess.scenarios import all_facts_read
from safeconduct.classify import LineClassification, classify_line, listed_facts
from safeconduct.core.evidence import Source
from safeconduct.core.fact import By, Fact, FactType, Statement, Value
from safeconduct.core.finding import Finding
from safeconduct.core.item import Item
from safeconduct.intake import completeness, facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.policy.condition import Condition, checks_of
from safeconduct.policy.outcome import Outcome
from safeconduct.policy.pack import Exemption, Rule, is_decisive

Assignment = tuple[tuple[str, Value], ...]  # sorted by fact
VOICES: tuple[By, ...] = ("officer", "adviser", "recipient", "exporter")
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "user.record_searched": ("user.incidents", "user.incidents_established", "user.incidents_of_state")
}
LISTED = ("item.listed", "item.caught_by")


def supposing(file: CaseFile, catalogue: Mapping[str, FactType], assignment: Assignment, line: str) -> CaseFile:
    """The case file as it would be if an official had found each fact so, and nobody had said otherwise."""
    kinds = {key: catalogue[key] for key, _ in assignment}
    about = {key: line if kind.subject == "line" else "case" for key, kind in kinds.items()}
    kept = tuple(one for one in file.statements if about.get(one.fact) != one.subject)
    source = Source("derived", ref="supposed")
    stated = tuple(
        Statement(key, value, _voice(kinds[key]), source, about[key], searched="supposed") for key, value in assignment
    )
    return msgspec.structs.replace(file, statements=(*kept, *stated))


def _voice(kind: FactType) -> By:
    return next(voice for voice in VOICES if voice in kind.may_state)


class Supposition(NamedTuple):
    """What came out under one assignment: of an enquiry, what a licence would come to."""

    outcome: Outcome
    judged: LineJudgement
    found: LineClassification


class Supposing:
    """Judges one line under one assignment after another; ``tried`` counts them."""

    def __init__(self, case: CaseInHand, item: Item) -> None:
        self._case, self._item, self.subject = case, item, f"line:{item.line}"
        self._classified: dict[Assignment, LineClassification] = {}
        self._results: dict[tuple[str, Assignment], Finding | Weighed] = {}
        self._asked = {gap.fact for each in left_out(case.complete, self.subject) for gap in each.missing}
        self._reads = self._what_each_reads()
        self._questions = {one.fact: _facts(one.decisive) for one in case.policy.pack.questions}
        self._decisive: dict[tuple[str, Assignment], bool] = {}
        self._kinds = {fact.key: fact for fact in case.policy.catalogue}
        self.tested = tested(case)
        self._facts = facts_of(case.inputs.case_file, self.subject)
        self.tried = 0
        self.base = self.judge(())

    def judge(self, assignment: Assignment) -> Supposition:
        """The line's outcome if the facts were so; with no fact assigned, as it is."""
        self.tried += 1
        case, policy = self._case, self._case.policy
        file = supposing(case.inputs.case_file, self._kinds, assignment, self.subject) if assignment else None
        facts = self._stated(file)
        found = self._classify(assignment, facts)
        facts |= listed_facts(found)
        missing = case.complete
        if file is not None and any(key in self._asked for key, _ in assignment):
            missing = completeness(file)
        judged = judge_line(
            policy,
            facts,
            self.subject,
            listing_of(found),
            (*left_out(missing, self.subject), *raised(case, facts, self.subject)),
            case.fields,
            unchanged=self._known(assignment),
            decisive=self._known_decisive(assignment),
        )
        self._keep(assignment, judged)
        return Supposition(judged.outcome, judged, found)

    def _stated(self, file: CaseFile | None) -> dict[str, Fact]:
        if file is None:
            return {**self._facts, **self._case.shared}
        return {**facts_of(file, self.subject), **self._case.shared}

    def _classify(self, assignment: Assignment, facts: Mapping[str, Fact]) -> LineClassification:
        key = tuple(one for one in assignment if one[0] in self.tested)
        if key not in self._classified:
            inputs = self._case.inputs
            suggested = tuple(each.found for each in inputs.suggestions if each.line == self._item.line)
            day = dt.date.fromisoformat(inputs.on)
            self._classified[key] = classify_line(
                self._item, facts, self._case.tests, day, suggestions=suggested, ratings=inputs.rated
            )
        return self._classified[key]

    def _what_each_reads(self) -> dict[str, frozenset[str]]:
        """The facts by which each rule and scenario can change. What reads the scenarios themselves is judged anew."""
        pack = self._case.policy.pack
        rules: Sequence[Rule | Exemption] = (*pack.rules, *pack.exceptions)
        found = {one.id: frozenset(check.fact.key for check in checks_of(one.when)) for one in rules}
        found = {key: facts for key, facts in found.items() if "case.scenario_named" not in facts}
        return found | {one.id: all_facts_read(one, pack) for one in pack.scenarios}

    def _touching(self, assignment: Assignment, facts: frozenset[str]) -> Assignment:
        """The part of an assignment that can change what reads ``facts``."""
        return tuple(one for one in assignment if not facts.isdisjoint(self._effects(one[0])))

    def _effects(self, key: str) -> tuple[str, ...]:
        return (key, *FOLLOWING.get(key, ()), *(LISTED if key in self.tested else ()))

    def _known(self, assignment: Assignment) -> dict[str, Finding | Weighed]:
        parts = ((name, self._touching(assignment, facts)) for name, facts in self._reads.items())
        return {name: self._results[name, part] for name, part in parts if (name, part) in self._results}

    def _known_decisive(self, assignment: Assignment) -> dict[str, bool]:
        parts = ((name, self._touching(assignment, facts)) for name, facts in self._questions.items())
        return {name: self._decisive[name, part] for name, part in parts if (name, part) in self._decisive}

    def _keep(self, assignment: Assignment, judged: LineJudgement) -> None:
        pack = self._case.policy.pack
        ids = [one.id for one in pack.scenarios] + [one.id for one in pack.rules] + [one.id for one in pack.exceptions]
        results: list[Finding | Weighed] = [*judged.scenarios, *judged.findings]
        for name, result in zip(ids, results, strict=True):
            if name in self._reads:
                self._results.setdefault((name, self._touching(assignment, self._reads[name])), result)
        for one in pack.questions:
            facts = self._questions[one.fact]
            part = self._touching(assignment, facts)
            if "case.scenario_named" not in facts and (one.fact, part) not in self._decisive:
                self._decisive[one.fact, part] = is_decisive(one, judged.facts, self.subject)


def _facts(decisive: bool | Condition) -> frozenset[str]:
    return frozenset() if isinstance(decisive, bool) else frozenset(one.fact.key for one in checks_of(decisive))


def tested(case: CaseInHand) -> frozenset[str]:
    """The facts by which control entries are decided; and the kind of item, which makes questions idle."""
    entries = [entry for tests in case.tests for entry in tests.entries]
    conditions = [entry.form for entry in entries]
    conditions += [each.when for entry in entries for each in entry.elements]
    conditions += [each.when for entry in entries for each in entry.notes]
    return frozenset({"item.kind", *(check.fact.key for when in conditions for check in checks_of(when))})
