"""Conditions on the facts of a case, judged in strong Kleene logic.

A condition knows the types of its facts (see ``parse``) and nothing of packs, so that control
entries can be stated in the same language. Unknown facts make a check *cannot tell*; a set or
count that is not complete is a lower bound. Logic: S. C. Kleene, Introduction to
Metamathematics (1952), § 64.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

import msgspec

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, FactType, Known, Unknown
from safeconduct.core.finding import Gap, Verdict
from safeconduct.policy.catalogue import NONE, fits

Form = Literal["in", "at_least", "at_most", "has_any", "has_all", "known"]
Plain = bool | int | str
MAX_WEIGHED = 7  # unknown checks whose every combination is tried (3^7) before gaps are named


class Check(msgspec.Struct, frozen=True, tag="check"):
    """One fact against values of its own type; ``known`` and the bounds have exactly one value."""

    fact: FactType
    form: Form
    values: tuple[Plain, ...]


class AllOf(msgspec.Struct, frozen=True, tag="all"):
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    """Holds when some part holds."""

    parts: tuple[Condition, ...]


class Not(msgspec.Struct, frozen=True, tag="not"):
    """Holds when its part does not."""

    part: Condition


class Term(msgspec.Struct, frozen=True, tag="term"):
    """A condition under a name, with what the name says in English; it holds when its condition does."""

    name: str
    says: str
    when: Condition


Condition = Check | AllOf | AnyOf | Not | Term


class Evaluation(msgspec.Struct, frozen=True):
    """A verdict, the evidence it rests on, and the unknown facts that could still change it.

    Gaps exist exactly when the verdict is *cannot tell*. Both are sorted, without repetition,
    and do not depend on the order in which a condition states its parts. Evidence is never
    empty for *met* and *not met* when each known fact has some.
    """

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    gaps: tuple[Gap, ...]


def evaluate(condition: Condition, facts: Mapping[str, Fact], subject: str = "case") -> Evaluation:
    """Judge ``condition`` on ``facts`` (by key; a missing key is unknown, *absent*).

    ``subject`` names the line (``line:1``) whose facts these are; gaps of case facts keep
    ``case``. A value that its fact cannot have is read as unknown, *conflicting*.
    """

    at_hand: dict[str, Fact] = {}

    def fact_of(kind: FactType) -> Fact:
        found = at_hand.get(kind.key)
        if found is None:
            found = at_hand[kind.key] = _fact(kind, facts)
        return found

    def read(check: Check) -> Verdict:
        return _check(check, fact_of(check.fact))

    verdict, carrying = _judge(condition, read)
    evidence = {item for check in carrying for item in _evidence(check.fact, fact_of(check.fact), subject, check.form)}
    gaps: set[Gap] = set()
    if verdict is Verdict.CANNOT_TELL:
        unknown = [check for check in carrying if read(check) is Verdict.CANNOT_TELL]
        gaps = {_gap(check.fact, fact_of(check.fact), subject) for check in _weighed(condition, read, unknown)}
    return Evaluation(verdict, _in_order(evidence), tuple(sorted(gaps, key=lambda gap: gap.fact)))


def checks_of(condition: Condition) -> Iterator[Check]:
    """Every check in a condition, in the order written."""
    match condition:
        case Check():
            yield condition
        case Not(part) | Term(when=part):
            yield from checks_of(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from checks_of(part)


def depth(condition: Condition) -> int:
    """How many levels a condition has; a single check has one."""
    match condition:
        case Check():
            return 1
        case Not(part) | Term(when=part):
            return depth(part) + 1
        case AllOf(parts) | AnyOf(parts):
            return max(map(depth, parts)) + 1


def spelt_out(condition: Condition) -> Condition:
    """The same condition with each term replaced by what it stands for."""
    match condition:
        case Check():
            return condition
        case Term(when=part):
            return spelt_out(part)
        case Not(part):
            return Not(spelt_out(part))
        case AllOf(parts):
            return AllOf(tuple(map(spelt_out, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(spelt_out, parts)))


def facts_of(condition: Condition) -> tuple[FactType, ...]:
    """The facts a condition reads, once each, sorted by key."""
    return tuple(sorted({check.fact for check in checks_of(condition)}, key=lambda fact: fact.key))


def is_about_a_line(condition: Condition) -> bool:
    """Whether it reads a fact that is stated for one line of goods."""
    return any(check.fact.subject == "line" for check in checks_of(condition))


_FLIPPED = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET, Verdict.CANNOT_TELL: Verdict.CANNOT_TELL}


def _judge(condition: Condition, read: Callable[[Check], Verdict]) -> tuple[Verdict, tuple[Check, ...]]:
    """The verdict and the checks that carry it: one part that settles it makes the others idle."""
    match condition:
        case Check():
            return read(condition), (condition,)
        case Not(part):
            verdict, carrying = _judge(part, read)
            return _FLIPPED[verdict], carrying
        case Term(when=part):
            return _judge(part, read)
        case AllOf(parts):
            return _settle([_judge(part, read) for part in parts], Verdict.NOT_MET)
        case AnyOf(parts):
            return _settle([_judge(part, read) for part in parts], Verdict.MET)


def _settle(judged: list[tuple[Verdict, tuple[Check, ...]]], settling: Verdict) -> tuple[Verdict, tuple[Check, ...]]:
    settled = [carrying for verdict, carrying in judged if verdict is settling]
    if settled:
        return settling, tuple(itertools.chain.from_iterable(settled))
    open_ = any(verdict is Verdict.CANNOT_TELL for verdict, _ in judged)
    carrying = tuple(itertools.chain.from_iterable(carrying for _, carrying in judged))
    return (Verdict.CANNOT_TELL if open_ else _FLIPPED[settling]), carrying


def _weighed(condition: Condition, read: Callable[[Check], Verdict], unknown: list[Check]) -> list[Check]:
    """Those of the unknown checks that could still change the verdict.

    Where each fact is read once, all of them can. Where one is read twice, as in *x, or x and y*,
    every combination is tried; beyond ``MAX_WEIGHED`` checks all are named, which asks too much, never too little.
    """
    distinct = sorted(set(unknown), key=repr)
    if max(Counter(check.fact.key for check in unknown).values(), default=0) < 2 or len(distinct) > MAX_WEIGHED:
        return distinct
    results: dict[tuple[Verdict, ...], Verdict] = {}
    for guess in itertools.product(Verdict, repeat=len(distinct)):
        results[guess] = _judge(condition, _supposing(dict(zip(distinct, guess, strict=True)), read))[0]
    return [check for place, check in enumerate(distinct) if _matters(place, results)]


def _supposing(guess: dict[Check, Verdict], read: Callable[[Check], Verdict]) -> Callable[[Check], Verdict]:
    return lambda check: guess[check] if check in guess else read(check)


def _matters(place: int, results: dict[tuple[Verdict, ...], Verdict]) -> bool:
    return any(
        results[guess] is not results[(*guess[:place], other, *guess[place + 1 :])]
        for guess in results
        for other in Verdict
    )


def _check(check: Check, fact: Fact) -> Verdict:
    if check.form == "known":
        return _yes(isinstance(fact, Known) is check.values[0])
    if isinstance(fact, Unknown):
        return Verdict.CANNOT_TELL
    match check.form:
        case "in":
            return _among(check, fact)
        case "at_least":
            return _reaches(check, fact)
        case "at_most":
            return _stays_within(check, fact)
        case _:
            return _holds_words(check, fact)


def _yes(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.NOT_MET


def _among(check: Check, fact: Known) -> Verdict:
    if fact.complete:
        return _yes(fact.value in check.values)
    can_be = any(_rank(check.fact, value) >= _rank(check.fact, fact.value) for value in check.values)
    return Verdict.CANNOT_TELL if can_be else Verdict.NOT_MET


def _reaches(check: Check, fact: Known) -> Verdict:
    if _rank(check.fact, fact.value) >= _rank(check.fact, check.values[0]):
        return Verdict.MET
    return Verdict.NOT_MET if fact.complete else Verdict.CANNOT_TELL


def _stays_within(check: Check, fact: Known) -> Verdict:
    if _rank(check.fact, fact.value) > _rank(check.fact, check.values[0]):
        return Verdict.NOT_MET
    return Verdict.MET if fact.complete else Verdict.CANNOT_TELL


def _rank(fact: FactType, value: object) -> Decimal:
    return Decimal(fact.words.index(str(value)) if fact.kind == "level" else str(value))


def _holds_words(check: Check, fact: Known) -> Verdict:
    found = {_has(str(word), fact) for word in check.values}
    first, last = (Verdict.MET, Verdict.NOT_MET) if check.form == "has_any" else (Verdict.NOT_MET, Verdict.MET)
    if first in found:
        return first
    return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in found else last


def _has(word: str, fact: Known) -> Verdict:
    """Whether a set has a word; it has ``none`` when it is complete and empty."""
    members = set(fact.value) - {NONE} if isinstance(fact.value, tuple) else set()
    if word == NONE and members:
        return Verdict.NOT_MET
    if word in members:
        return Verdict.MET
    return _yes(word == NONE) if fact.complete else Verdict.CANNOT_TELL


def _fact(kind: FactType, facts: Mapping[str, Fact]) -> Fact:
    """The fact as it can be used; what its type cannot hold is nobody's statement."""
    fact = facts.get(kind.key, Unknown("absent"))
    if isinstance(fact, Unknown):
        return fact
    if fits(kind, fact.value) and (fact.complete or kind.kind in ("words", "number")):
        return fact
    return Unknown("conflicting", fact.evidence)


def _gap(kind: FactType, fact: Fact, subject: str) -> Gap:
    why = fact.why if isinstance(fact, Unknown) else "not_searched"  # what is there is not all there may be
    return Gap(kind.key, why, subject if kind.subject == "line" else "case")


def _evidence(kind: FactType, fact: Fact, subject: str, form: Form) -> tuple[Evidence, ...]:
    """The fact's own; where a condition asks whether it is known and it is not, that very absence."""
    if isinstance(fact, Unknown) and not fact.evidence and form == "known":
        about = subject if kind.subject == "line" else "case"
        return (Evidence(kind.key, f"unknown: {fact.why}", Source("derived"), about),)
    return fact.evidence


def _in_order(evidence: set[Evidence]) -> tuple[Evidence, ...]:
    return tuple(evidence) if len(evidence) < 2 else tuple(sorted(evidence, key=_order))


def _order(item: Evidence) -> tuple[str, ...]:
    source = item.source
    places = (source.date, source.kind, source.ref, source.place, source.author, str(source.sealed))
    return (item.fact, item.subject, item.value, *places, item.edition, item.by)
