"""The life cycle against its own statement: what may never happen, whatever the situation."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from safeconduct.access import Role, State
from safeconduct.decide import MOVES, TEXTS, Act, OpenQuestion, Situation, moves_from, obstacles, target

TODAY = dt.date(2026, 11, 2)
OUTCOMES = [
    "", "prohibited", "minded-to-refuse", "refer", "need-information", "conditions", "no-objection", "not-controlled",
    "catch-all-notice",
]  # fmt: skip

questions = st.builds(
    OpenQuestion,
    id=st.sampled_from(["Q1", "Q2", "Q3"]),
    fact=st.just("use.people"),
    decisive=st.booleans(),
    due=st.dates(TODAY - dt.timedelta(days=30), TODAY + dt.timedelta(days=30)),
    accepted=st.booleans(),
)
situations = st.builds(
    Situation,
    state=st.sampled_from(State),
    today=st.just(TODAY),
    role=st.sampled_from([Role.OFFICER, Role.COUNTERSIGNER]),
    actor=st.sampled_from(["ada", "bo"]),
    reasons=st.sampled_from(["", "  ", "seen by two advisers"]),
    outcome=st.sampled_from(OUTCOMES),
    assessed_by=st.sampled_from(["ada", "bo", "system"]),
    assessment_current=st.booleans(),
    screening=st.sampled_from(["current", "pending", "failed", "older", "none"]),
    questions=st.lists(questions, max_size=3).map(tuple),
    alerts=st.lists(st.just("NSO Group / bis-el"), max_size=1).map(tuple),
    listed_holder=st.booleans(),
    second_assessment=st.sampled_from([(), ("SP-02",)]),
)

READY = Situation(
    state=State.ASSESSED,
    today=TODAY,
    role=Role.OFFICER,
    actor="ada",
    outcome="no-objection",
    assessed_by="system",
    assessment_current=True,
    screening="current",
)


def needs_of(act: Act, situation: Situation) -> list[str]:
    return [item.need for item in obstacles(act, situation)]


def test_a_case_with_nothing_open_is_approved() -> None:
    assert target(Act.APPROVE, READY) is State.APPROVED


@given(situations)
@settings(max_examples=2000)
def test_an_approval_is_possible_exactly_when_nothing_stands_against_it(situation: Situation) -> None:
    harmless = (
        situation.state.value in ("submitted", "awaiting_information", "assessed", "reopened")
        and situation.assessment_current
        and situation.screening == "current"
        and not situation.alerts
        and not situation.second_assessment
        and not [item for item in situation.questions if item.decisive and not item.accepted]
    )
    alone = situation.outcome in ("no-objection", "conditions", "not-controlled")
    by_two = (
        situation.outcome in ("refer", "minded-to-refuse", "catch-all-notice")
        and situation.role.value == "countersigner"
        and situation.actor != situation.assessed_by
        and situation.reasons.strip() != ""
    )
    said_why = situation.state.value != "reopened" or situation.reasons.strip() != ""
    assert (not obstacles(Act.APPROVE, situation)) == (harmless and (alone or by_two) and said_why)


@given(situations, st.sampled_from(Act))
def test_a_move_with_an_obstacle_cannot_be_made(situation: Situation, act: Act) -> None:
    if obstacles(act, situation):
        with pytest.raises(ValueError, match=act.value):
            target(act, situation)
    else:
        assert target(act, situation) in State


@given(situations, st.sampled_from(Act))
def test_a_decided_case_never_moves_again_unless_something_was_found_against_a_licence(
    situation: Situation, act: Act
) -> None:
    if situation.state in (State.REFUSED, State.REVOKED):
        assert needs_of(act, situation) == ["no_such_move"]
    if situation.state is State.APPROVED and act is not Act.REOPEN:
        assert needs_of(act, situation) == ["no_such_move"]
    if act is Act.REOPEN:
        found = bool(situation.alerts or situation.confirmed or situation.listed_holder)
        found |= situation.screening == "failed"
        assert (not obstacles(act, situation)) == (situation.state is State.APPROVED and found)


def test_a_match_found_to_be_the_same_reopens_a_licence() -> None:
    licence = msgspec.structs.replace(READY, state=State.APPROVED)
    assert needs_of(Act.REOPEN, licence) == ["something_found"]
    assert target(Act.REOPEN, msgspec.structs.replace(licence, confirmed=("P1 / un-sc 1",))) is State.REOPENED


@given(situations, st.sampled_from(Act))
def test_a_licence_under_review_stays_so_until_it_is_kept_or_ended(situation: Situation, act: Act) -> None:
    reopened = msgspec.structs.replace(situation, state=State.REOPENED)
    if obstacles(act, reopened):
        return
    after = {Act.APPROVE: "approved", Act.REFUSE: "revoked", Act.REFUSE_FOR_SILENCE: "revoked"}
    assert target(act, reopened).value == after.get(act, "reopened")


@given(situations)
def test_silence_ends_a_case_only_after_the_day_it_was_due(situation: Situation) -> None:
    late = any(item.decisive and not item.accepted and item.due < TODAY for item in situation.questions)
    assert (not obstacles(Act.REFUSE_FOR_SILENCE, situation)) == (
        late and situation.state in (State.AWAITING_INFORMATION, State.REOPENED)
    )


@given(situations)
def test_an_assessment_either_asks_or_concludes(situation: Situation) -> None:
    possible = [act for act in (Act.ASK, Act.CONCLUDE) if not obstacles(act, situation)]
    running = Act.ASK in {move.act for move in moves_from(situation.state)}
    assert running == (situation.state.value in ("submitted", "awaiting_information", "assessed", "reopened"))
    assert len(possible) == (1 if situation.screening == "current" and running else 0)


@given(situations, st.sampled_from(Act))
def test_every_obstacle_has_words(situation: Situation, act: Act) -> None:
    for item in obstacles(act, situation):
        assert TEXTS[item.reason.key].format(**item.reason.params)


def test_one_state_and_act_name_one_move() -> None:
    assert len({(move.before, move.act) for move in MOVES}) == len(MOVES)


class CaseLife(RuleBasedStateMachine):
    """Anything may be tried in any order; what happened to the case is then held against the law of it."""

    def __init__(self) -> None:
        super().__init__()
        self.situation = Situation(state=State.SUBMITTED, today=TODAY, role=Role.OFFICER, actor="ada")
        self.history: list[State] = [State.SUBMITTED]

    @rule(situation=situations)
    def the_world_changes(self, situation: Situation) -> None:
        self.situation = msgspec.structs.replace(situation, state=self.history[-1])

    @rule(act=st.sampled_from(Act))
    def somebody_tries(self, act: Act) -> None:
        if not obstacles(act, self.situation):
            after = target(act, self.situation)
            if after is State.APPROVED:
                assert not [item for item in self.situation.questions if item.decisive and not item.accepted]
                assert self.situation.screening == "current"
                assert not self.situation.alerts
            self.history.append(after)
            self.situation = msgspec.structs.replace(self.situation, state=after)

    @invariant()
    def nothing_follows_a_decision_but_the_review_of_a_licence(self) -> None:
        for before, after in pairwise(self.history):
            assert before not in (State.REFUSED, State.REVOKED)
            assert (before is State.APPROVED) <= (after is State.REOPENED)
            assert (before is State.REOPENED) <= (after in (State.REOPENED, State.APPROVED, State.REVOKED))
            assert (after is State.REOPENED) <= (before in (State.APPROVED, State.REOPENED))
            assert (after is State.REVOKED) <= (before is State.REOPENED)


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=50, stateful_step_count=30)
