"""Outcomes of an assessment and their order; which facts lead where is the pack's matter, never code's."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Outcome(enum.StrEnum):
    """What an assessment comes to. The first six answer a licence application, strictest first;
    the last two answer enquiries, stand beside that order and cannot be compared with it."""

    PROHIBITED = "prohibited"
    MINDED_TO_REFUSE = "minded-to-refuse"
    REFER = "refer"
    NEED_INFORMATION = "need-information"
    CONDITIONS = "conditions"
    NO_OBJECTION = "no-objection"
    NOT_CONTROLLED = "not-controlled"
    CATCH_ALL_NOTICE = "catch-all-notice"


LICENSING: tuple[Outcome, ...] = tuple(Outcome)[:6]


def is_stricter(one: Outcome, other: Outcome) -> bool:
    """Whether ``one`` stands above ``other``; ValueError for outcomes that answer enquiries."""
    return _place(one) < _place(other)


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """The strictest of at least one outcome; ValueError for none, or for one that answers an enquiry."""
    return min(outcomes, key=_place)


def _place(outcome: Outcome) -> int:
    if outcome not in LICENSING:
        raise ValueError(f"{outcome} answers an enquiry and has no place in the order of licences")
    return LICENSING.index(outcome)
