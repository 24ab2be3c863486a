"""What a move needs, each need one function: an ``Obstacle`` says what stands in the way, None that nothing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

import msgspec

from safeconduct.access import Role
from safeconduct.access.model import State
from safeconduct.core.message import Message, Param


class OpenQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question without an answer. ``accepted``: a named official accepted, with reasons, that it stays unknown."""

    id: str
    fact: str
    decisive: bool
    due: dt.date
    accepted: bool = False


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the needs look at.

    ``outcome`` is that of the newest assessment, empty where there is none; ``assessment_current``
    says that it has seen every answer, clearance and screening, and was made under the policy in
    force. ``screening`` is ``older`` where a list has a newer edition than the one looked at.
    ``second_assessment`` names what in the policy asks for two assessments made apart, while both are not in.
    ``alerts`` names each uncleared alert, ``confirmed`` each match that a person found to be the same.
    """

    state: State
    today: dt.date
    role: Role
    actor: str
    reasons: str = ""
    outcome: str = ""
    assessed_by: str = ""
    assessment_current: bool = False
    screening: Literal["current", "pending", "failed", "older", "none"] = "none"
    questions: tuple[OpenQuestion, ...] = ()
    alerts: tuple[str, ...] = ()
    listed_holder: bool = False
    confirmed: tuple[str, ...] = ()
    second_assessment: tuple[str, ...] = ()


class Obstacle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One need that is not met, and why."""

    need: str
    reason: Message


Need = Callable[[Situation], Obstacle | None]

PASSES = frozenset({"no-objection", "conditions", "not-controlled"})
"""Outcomes that one official may approve alone."""


def _obstacle(need: str, **params: Param) -> Obstacle:
    return Obstacle(need, Message(f"decide.{need}", params))


def _blocking(situation: Situation) -> tuple[OpenQuestion, ...]:
    return tuple(item for item in situation.questions if item.decisive and not item.accepted)


def nothing_decisive_unknown(situation: Situation) -> Obstacle | None:
    """No decisive question is open, unless an official accepted that it stays so."""
    blocking = _blocking(situation)
    if not blocking:
        return None
    return _obstacle("nothing_decisive_unknown", questions=tuple(item.id for item in blocking))


def something_decisive_unknown(situation: Situation) -> Obstacle | None:
    """Some decisive question is open."""
    return None if _blocking(situation) else _obstacle("something_decisive_unknown")


def screening_current(situation: Situation) -> Obstacle | None:
    """Every party was screened against the current edition of every list."""
    if situation.screening == "current":
        return None
    return Obstacle("screening_current", Message(f"decide.screening_{situation.screening}"))


def no_uncleared_alert(situation: Situation) -> Obstacle | None:
    """Every alert was cleared with grounds."""
    return _obstacle("no_uncleared_alert", alerts=situation.alerts) if situation.alerts else None


def assessment_current(situation: Situation) -> Obstacle | None:
    """There is an assessment, and nothing it rests on has changed since."""
    if situation.outcome and situation.assessment_current:
        return None
    return _obstacle("assessment_current")


def outcome_allows(situation: Situation) -> Obstacle | None:
    """The outcome is neither a prohibition nor a call for information."""
    if situation.outcome in ("prohibited", "need-information"):
        return _obstacle("outcome_allows", outcome=situation.outcome)
    return None


def second_person(situation: Situation) -> Obstacle | None:
    """An approval that the outcome does not suggest, or with a party found to be on a list, is a countersigner's, who
    did not assess it, with reasons."""
    if situation.outcome in PASSES and not situation.confirmed:
        return None
    alone = situation.role is not Role.COUNTERSIGNER or situation.actor == situation.assessed_by
    if alone or not situation.reasons.strip():
        if situation.outcome in PASSES:
            return Obstacle("second_person", Message("decide.second_person_listed", {"listed": situation.confirmed}))
        return _obstacle("second_person", outcome=situation.outcome)
    return None


def two_assessors(situation: Situation) -> Obstacle | None:
    """Where the policy asks for two assessments made apart, both are in, on the case as it stands."""
    rules = situation.second_assessment
    return _obstacle("two_assessors", rules=rules) if rules else None


def reasons_given(situation: Situation) -> Obstacle | None:
    """Whoever decides says why: a refusal needs concrete facts (VG Frankfurt, 5 K 2195/21.F)."""
    return None if situation.reasons.strip() else _obstacle("reasons_given")


def something_found(situation: Situation) -> Obstacle | None:
    """A screening alerts on one of its parties, one was found to be on a list or could not be screened, or somebody
    listed holds one, or a policy, a figure or a finding bears on the case."""
    if situation.alerts or situation.confirmed or situation.screening == "failed" or situation.listed_holder:
        return None
    return _obstacle("something_found")


def lawful_end_reached(situation: Situation) -> Obstacle | None:
    """A decisive question was not answered by the day it was due."""
    blocking = _blocking(situation)
    if any(item.due < situation.today for item in blocking):
        return None
    due = min((item.due for item in blocking), default=None)
    return _obstacle("lawful_end_reached", due=due.isoformat() if due else "")
