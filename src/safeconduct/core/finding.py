"""A finding: a rule, its verdict in three values, and the reasons a person can check."""

from __future__ import annotations

import enum

import msgspec

from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Why
from safeconduct.core.message import Message


class Verdict(enum.StrEnum):
    """Strong Kleene logic's three values."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that is missing, and why."""

    fact: str
    why: Why
    subject: str = "case"


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule applied to one subject.

    CANNOT_TELL exactly when something is missing; MET and NOT_MET rest on evidence. A finding
    that breaks this cannot be made (ValueError).
    """

    rule: str
    verdict: Verdict
    reason: Message
    citation: str
    subject: str = "case"
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Gap, ...] = ()
    would_change: tuple[Message, ...] = ()
    edition: str = ""

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.CANNOT_TELL) != bool(self.missing):
            raise ValueError(f"{self.rule}: cannot tell exactly when something is missing")
        if self.verdict is not Verdict.CANNOT_TELL and not self.evidence:
            raise ValueError(f"{self.rule}: a verdict needs evidence")
