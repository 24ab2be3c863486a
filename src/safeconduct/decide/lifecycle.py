"""The life cycle, one row a move. Buttons, refusals and documentation come from this table."""

from __future__ import annotations

import enum

import msgspec

from safeconduct.access.model import State
from safeconduct.core.message import Message
from safeconduct.decide.needs import (
    Need,
    Obstacle,
    Situation,
    assessment_current,
    lawful_end_reached,
    no_uncleared_alert,
    nothing_decisive_unknown,
    outcome_allows,
    reasons_given,
    screening_current,
    second_person,
    something_decisive_unknown,
    something_found,
    two_assessors,
)


class Act(enum.StrEnum):
    """What is done to a case. An assessment *concludes*, or *asks* where something decisive is unknown. A list that
    touches a live licence *reopens* its case."""

    CONCLUDE = "conclude"
    ASK = "ask"
    ANSWER = "answer"
    CLEAR = "clear"
    ACCEPT_UNKNOWN = "accept_unknown"
    REFUSE_FOR_SILENCE = "refuse_for_silence"
    APPROVE = "approve"
    REFUSE = "refuse"
    REOPEN = "reopen"


class Move(msgspec.Struct, frozen=True):
    """``act`` takes a case from one state to another once every need is met."""

    before: State
    act: Act
    after: State
    needs: tuple[Need, ...] = ()


_APPROVAL = (
    assessment_current, screening_current, nothing_decisive_unknown, no_uncleared_alert, outcome_allows, second_person,
    two_assessors,
)  # fmt: skip

_FIRST = (State.SUBMITTED, State.AWAITING_INFORMATION, State.ASSESSED)
_OPEN = (*_FIRST, State.REOPENED)

MOVES = (
    *(Move(state, Act.CONCLUDE, State.ASSESSED, (screening_current, nothing_decisive_unknown)) for state in _FIRST),
    *(
        Move(state, Act.ASK, State.AWAITING_INFORMATION, (screening_current, something_decisive_unknown))
        for state in _FIRST
    ),
    *(Move(state, Act.ANSWER, state) for state in _OPEN),
    *(Move(state, Act.CLEAR, state, (reasons_given,)) for state in _OPEN),
    Move(
        State.AWAITING_INFORMATION, Act.ACCEPT_UNKNOWN, State.AWAITING_INFORMATION, (lawful_end_reached, reasons_given)
    ),
    Move(State.AWAITING_INFORMATION, Act.REFUSE_FOR_SILENCE, State.REFUSED, (lawful_end_reached,)),
    *(Move(state, Act.APPROVE, State.APPROVED, _APPROVAL) for state in _FIRST),
    *(Move(state, Act.REFUSE, State.REFUSED, (reasons_given,)) for state in _FIRST),
    # A licence under review stays so until somebody decides, with reasons either way: it is kept, or ended.
    Move(State.APPROVED, Act.REOPEN, State.REOPENED, (something_found,)),
    Move(State.REOPENED, Act.CONCLUDE, State.REOPENED, (screening_current, nothing_decisive_unknown)),
    Move(State.REOPENED, Act.ASK, State.REOPENED, (screening_current, something_decisive_unknown)),
    Move(State.REOPENED, Act.ACCEPT_UNKNOWN, State.REOPENED, (lawful_end_reached, reasons_given)),
    Move(State.REOPENED, Act.REFUSE_FOR_SILENCE, State.REVOKED, (lawful_end_reached,)),
    Move(State.REOPENED, Act.APPROVE, State.APPROVED, (*_APPROVAL, reasons_given)),
    Move(State.REOPENED, Act.REFUSE, State.REVOKED, (reasons_given,)),
)

_BY_STATE = {(move.before, move.act): move for move in MOVES}


def moves_from(state: State) -> tuple[Move, ...]:
    """Every move of the table that starts in ``state``."""
    return tuple(move for move in MOVES if move.before is state)


def obstacles(act: Act, situation: Situation) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of ``act``; empty when it may be done."""
    move = _BY_STATE.get((situation.state, act))
    if move is None:
        reason = Message("decide.no_such_move", {"act": act.value, "state": situation.state.value})
        return (Obstacle("no_such_move", reason),)
    return tuple(found for need in move.needs if (found := need(situation)))


def target(act: Act, situation: Situation) -> State:
    """The state after ``act``; ValueError where something stands in the way (ask ``obstacles`` first)."""
    if found := obstacles(act, situation):
        raise ValueError(f"{act}: {', '.join(item.need for item in found)}")
    return _BY_STATE[situation.state, act].after
