"""``visible(actor)`` and ``access.may`` are one rule, in SQL and in Python."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.access import Action, Actor, Marking, Role, State, may
from safeconduct.store.models import Case
from safeconduct.store.permit import permitted
from safeconduct.store.visible import case_facts, visible

ORGANISATIONS = ["", "Norvik Systems", "norvik systems", "Halden Optics"]
TEAMS = ["", "dual-use", "military", "%"]

actors = st.builds(
    Actor,
    id=st.just("p"),
    name=st.just("Ada Verhoeven"),
    role=st.sampled_from(Role),
    organisation=st.sampled_from(ORGANISATIONS),
    may_read_closed=st.booleans(),
    cleared_to=st.sampled_from(Marking),
    teams=st.lists(st.sampled_from(TEAMS), max_size=3).map(tuple),
)


@pytest.fixture
def every_kind_of_case(db: None) -> list[Case]:
    with permitted():
        for number, (organisation, state, marking, team) in enumerate(product(ORGANISATIONS, State, Marking, TEAMS), 1):
            Case(
                reference=f"XX-2026-{number:04d}",
                state=state.value,
                organisation=organisation,
                marking=marking.value,
                compartment=team,
                opened="2026-10-05T08:00:00Z",
            ).save()
    return list(Case.objects.order_by("id"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    actor=actors, action=st.sampled_from([Action.READ, Action.READ_CLOSED, Action.ANSWER, Action.DECIDE, Action.SCREEN])
)
def test_the_query_finds_exactly_the_cases_that_may_grants(
    every_kind_of_case: list[Case], actor: Actor, action: Action
) -> None:
    granted = {case.reference for case in every_kind_of_case if may(actor, action, case_facts(case)).allowed}
    assert set(visible(actor, action).values_list("reference", flat=True)) == granted
