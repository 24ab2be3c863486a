"""A policy pack as values: what a State asks, forbids and weighs, with its sources and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from safeconduct.core.fact import Fact
from safeconduct.core.finding import Verdict
from safeconduct.policy.condition import Condition, evaluate
from safeconduct.policy.outcome import Outcome

Texts = dict[str, str]  # a text by language tag; English is always there
Group = Literal["code_test", "red_flag", "safeguard", "reason_for", "question"]
Dimension = Literal["scale", "scope", "irremediability"]
STEPS = 5  # of severity and of likelihood


class Definition(msgspec.Struct, frozen=True):
    """A ``[[term]]``: a condition with a name, so that rules read as sentences."""

    id: str
    when: Condition
    text: Texts
    place: str


class Rule(msgspec.Struct, frozen=True):
    """A condition and what follows when it is met. ``then`` is the floor of the outcome (none for
    reasons for an export and for mere questions); ``asks`` are facts to ask for; ``unknown`` says
    whether a *cannot tell* asks for its gaps or is only shown. ``place`` is file and line."""

    id: str
    group: Group
    when: Condition
    then: Outcome | None
    asks: tuple[str, ...]
    unknown: Literal["ask", "show"]
    cites: str
    text: Texts
    ground: str
    place: str


class Question(msgspec.Struct, frozen=True):
    """How a fact is asked for, the lawful days to answer, and when not knowing it is decisive."""

    fact: str
    decisive: bool | Condition
    days: int
    cites: str
    text: Texts
    ground: str
    place: str


class Severity(msgspec.Struct, frozen=True):
    """One anchor of a scenario's severity, 1 to 5; without ``when`` it always holds."""

    dimension: Dimension
    level: int
    when: Condition | None
    text: Texts


class Scenario(msgspec.Struct, frozen=True):
    """Who could do what to whom: a *violation* by a State or an *abuse* by others."""

    id: str
    when: Condition
    right: str
    actor: Literal["violation", "abuse"]
    at_risk: str
    severity: tuple[Severity, ...]
    cites: str
    text: Texts
    ground: str
    place: str


class Likelihood(msgspec.Struct, frozen=True):
    """One anchor of likelihood, 1 to 5."""

    id: str
    level: int
    when: Condition
    cites: str
    text: Texts
    place: str


class Lowering(msgspec.Struct, frozen=True):
    """An assurance that can be verified: lowers likelihood by one step, once."""

    id: str
    when: Condition
    cites: str
    text: Texts
    ground: str
    place: str


class Exemption(msgspec.Struct, frozen=True):
    """An ``[[exception]]``: the only way an outcome is lowered, and only of the rules and scenarios named."""

    id: str
    lowers: tuple[str, ...]
    to: Outcome
    when: Condition
    ground: str
    cites: str
    text: Texts
    place: str


class Grid(msgspec.Struct, frozen=True):
    """Outcome by severity and likelihood; no cell is less strict than the one before it or above it."""

    rows: tuple[tuple[Outcome, ...], ...]

    def cell(self, severity: int, likelihood: int) -> Outcome:
        """The outcome at steps 1 to 5; ValueError outside."""
        if not (1 <= severity <= STEPS and 1 <= likelihood <= STEPS):
            raise ValueError(f"severity {severity}, likelihood {likelihood}: steps are 1 to {STEPS}")
        return self.rows[severity - 1][likelihood - 1]


class SecondPerson(msgspec.Struct, frozen=True):
    """A ``[[second_person]]``: a match of this kind is cleared by two people. Its condition reads the facts of one
    match (``match.…``) and of its case; where it cannot be told, two are needed."""

    id: str
    when: Condition
    cites: str
    text: Texts
    ground: str
    place: str


class RuleExample(msgspec.Struct, frozen=True):
    """Facts on which a rule, scenario or exception must come out as expected."""

    rule: str
    facts: dict[str, Fact]
    expect: Verdict
    place: str


class CaseExample(msgspec.Struct, frozen=True):
    """A whole case that must come out as expected; ``outcome`` may be left open."""

    case: str
    outcome: Outcome | None
    verdicts: dict[str, Verdict]
    place: str


class Pack(msgspec.Struct, frozen=True):
    """A policy pack, with what it inherits already in it.

    ``sha256`` is of the file's bytes, which people sign; ``meaning`` of its canonical form, which
    comments and layout do not change. ``ancestry`` names the packs it extends, nearest first, as
    ``name@sha256:…``. ``texts`` holds every text by id (``title``, ``threshold``, a rule's id, a
    question's fact, ``MS-01/2`` for a scenario's second anchor), then by language.
    ``grounds`` are the pack's own reasons for weakening what it inherits, by id. ``begins`` is the day (ISO) before
    which it is not in force though it be signed; empty: none.
    """

    name: str
    sha256: str
    meaning: str
    ancestry: tuple[str, ...]
    terms: tuple[Definition, ...]
    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    scenarios: tuple[Scenario, ...]
    likelihoods: tuple[Likelihood, ...]
    lowers: tuple[Lowering, ...]
    grid: Grid
    exceptions: tuple[Exemption, ...]
    second_persons: tuple[SecondPerson, ...]
    rule_examples: tuple[RuleExample, ...]
    case_examples: tuple[CaseExample, ...]
    texts: dict[str, Texts]
    grounds: dict[str, str]
    begins: str = ""

    def text(self, name: str, lang: str = "en") -> str:
        """The text of the table ``name`` in ``lang``, else in its language without region, else in
        English; KeyError for no such table."""
        texts = self.texts[name]
        return texts.get(lang) or texts.get(lang.split("-")[0]) or texts["en"]

    def question(self, fact: str) -> Question | None:
        """How ``fact`` is asked for; none when this pack never asks for it."""
        return next((question for question in self.questions if question.fact == fact), None)

    def conditions(self) -> dict[str, Condition]:
        """The conditions that examples may name: of rules, scenarios, exceptions and second persons, by id."""
        examined: tuple[Rule | Scenario | Exemption | SecondPerson, ...] = (
            *self.rules, *self.scenarios, *self.exceptions, *self.second_persons,
        )  # fmt: skip
        return {each.id: each.when for each in examined}


def is_decisive(question: Question, facts: Mapping[str, Fact], subject: str = "case") -> bool:
    """Whether not knowing the answer stands in the way of approval, on these facts.

    Decisive too where the facts do not tell: what is missing is never read as harmless.
    """
    if isinstance(question.decisive, bool):
        return question.decisive
    return evaluate(question.decisive, facts, subject).verdict is not Verdict.NOT_MET
