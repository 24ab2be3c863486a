"""What an assessment says, as values: ranges, floors, questions, and the outcome for each line."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.classify.model import EntryResult, Suggestion
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.outcome import Outcome

Dimension = Literal["scale", "scope", "irremediability", "likelihood"]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step from 1 to 5 as what is shown (``low``) and what cannot be ruled out (``high``)."""

    low: int
    high: int


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One written anchor that was met or cannot be told; ``text`` is its id in the pack's texts,
    ``facts`` are those it rests on."""

    dimension: Dimension
    level: int
    verdict: Verdict
    text: str
    facts: tuple[str, ...] = ()
    missing: tuple[Gap, ...] = ()


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person sets a scenario's severity or likelihood by hand, with a reason."""

    scenario: str
    what: Literal["severity", "likelihood"]
    level: int
    by: str
    reason: str
    at: str


class Weighed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A misuse scenario on the facts of one line.

    ``lower`` and ``upper`` are the grid's outcomes at both ends of the ranges. ``finding`` is
    *cannot tell* where they differ, and names the facts that widen the ranges.
    """

    scenario: str
    right: str
    actor: str
    at_risk: str
    severity: Range
    likelihood: Range
    anchors: tuple[Anchor, ...]
    lower: Outcome
    upper: Outcome
    finding: Finding
    overrides: tuple[Override, ...] = ()


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least strict outcome a line may have, and what sets it. ``lowered_by`` names an exception."""

    outcome: Outcome
    by: str
    lowered_by: str = ""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A missing fact, asked of somebody. ``id`` is the fact's key, with ``@line:N`` for a fact of one line.

    ``to`` says who can answer; ``days`` is the lawful time. ``accepted`` is set where a named
    official has accepted, with reasons, that it stays unknown.
    """

    id: str
    fact: str
    subject: str
    text: Message
    decisive: bool
    to: Literal["exporter", "authority"]
    days: int
    why: tuple[str, ...]
    citation: str = ""
    accepted: bool = False


class LineOutcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of goods: outcome, control entries, the floors that made it, scenarios.

    ``would_change`` is of assessments of earlier releases; it is worked out when it is read (``changes``).
    """

    line: int
    outcome: Outcome
    entries: tuple[EntryResult, ...]
    suggestions: tuple[Suggestion, ...]
    floors: tuple[Floor, ...]
    scenarios: tuple[Weighed, ...]
    would_change: tuple[Message, ...] = ()
