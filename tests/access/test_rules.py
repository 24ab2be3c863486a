"""The table against a separately written model, over every role, action, state, marking and ownership."""

from __future__ import annotations

from itertools import product

import pytest

from safeconduct.access import RULES, TEXTS, Action, Actor, CaseFacts, Marking, Role, State, may

OURS, THEIRS = "Norvik Systems", "Halden Optics"


def expected(actor: Actor, action: Action, case: CaseFacts) -> bool:
    """The rules of need-to-know as the office explains them to a new colleague."""
    about_the_house = {
        Action.LOOK_UP: {"officer", "adviser", "countersigner", "policy_lead", "auditor", "operator"},
        Action.READ_LOOKUPS: {"officer", "auditor"},
        Action.RECORD_LOOKUP: {"system"},
        Action.KEEP_API_KEYS: {"operator"},
        Action.SEE_LISTS: {"officer", "countersigner", "policy_lead", "auditor", "operator"},
        Action.LOAD_EDITION: {"officer", "policy_lead", "operator"},
        Action.FETCH_EDITION: {"officer", "policy_lead", "operator", "system"},
        Action.RELEASE_EDITION: {"officer", "policy_lead"},
        Action.RESCREEN: {"officer", "policy_lead", "operator", "system"},
        Action.READ_REGISTER: {"officer", "adviser", "countersigner", "policy_lead", "auditor"},
        Action.KEEP_REGISTER: {"officer", "countersigner"},
        Action.TAKE_IN_PARTIES: {"operator", "system"},
        Action.SIGN_PACK: {"countersigner", "policy_lead"},
        Action.ADMIT_PERSON: {"operator"},
        Action.VERIFY_LEDGER: {"officer", "countersigner", "policy_lead", "auditor", "operator"},
    }
    role = actor.role.value
    if action is Action.EXPORT_LEDGER:
        return role == "operator" or (role in ("officer", "countersigner", "auditor") and actor.may_read_closed)
    if action in about_the_house:
        return role in about_the_house[action]
    running = case.state.value not in ("approved", "refused", "revoked")
    if role == "exporter":
        mine = case.organisation == actor.organisation and actor.organisation != ""
        return mine and (action.value in ("read", "submit") or (action is Action.ANSWER and running))
    if role == "system":
        if action is Action.REOPEN:
            return running or case.state.value == "approved"
        return action.value in ("screen", "assess") and running
    return role not in ("operator", "contact_point") and expected_of_staff(actor, action, case, running)


def expected_of_staff(actor: Actor, action: Action, case: CaseFacts, running: bool) -> bool:
    role = actor.role.value
    height = {"open": 0, "restricted": 1, "secret": 2}
    if height[case.marking] > height[actor.cleared_to]:
        return False
    if case.compartment and case.compartment not in actor.teams:
        return False
    deciders = {"officer", "countersigner"}
    roles = {
        "read": {"officer", "adviser", "countersigner", "policy_lead", "auditor"},
        "submit": {"officer"},
        "read_closed": {"officer", "adviser", "countersigner", "auditor"} if actor.may_read_closed else set(),
        "export_record": {"officer", "countersigner", "auditor"} if actor.may_read_closed else set(),
        "argue": {"adviser"} if running else set(),
        "assess": {"officer", "adviser", "countersigner"} if running else set(),
        "appraise": {"officer", "adviser"} if running else set(),
        "answer": {"officer", "adviser", "countersigner"} if running else set(),
        "decide": deciders if running else set(),
        "lapse": deciders if running else set(),
        "clear_match": deciders if running else set(),
    }
    return role in roles.get(action.value, set())


@pytest.mark.parametrize("role", Role)
def test_the_table_grants_exactly_what_the_model_grants(role: Role) -> None:
    compared = 0
    for organisation, closed, cleared, teams in product(
        ("", OURS, THEIRS), (True, False), Marking, ((), ("dual-use",))
    ):
        actor = Actor("p-1", "Ada Verhoeven", role, organisation, closed, cleared, teams)
        for action, owner, state, marking, compartment in product(
            Action, (OURS, ""), State, Marking, ("", "dual-use", "military")
        ):
            case = CaseFacts("XX-2026-0001", owner, state, marking, compartment)
            given = may(actor, action, case)
            assert given.allowed == expected(actor, action, case), (actor, action, case)
            assert bool(given.rule) == given.allowed
            compared += 1
    assert compared == 36 * len(Action) * 2 * len(State) * 3 * 3


@pytest.mark.parametrize("action", Action)
def test_nothing_about_a_case_is_allowed_when_no_case_is_named(action: Action) -> None:
    officer = Actor("p-1", "Ada Verhoeven", Role.OFFICER, cleared_to=Marking.SECRET, may_read_closed=True)
    case_free = {
        "look_up",
        "read_lookups",
        "see_lists",
        "load_edition",
        "fetch_edition",
        "release_edition",
        "verify_ledger",
        "export_ledger",
        "rescreen",
        "read_register",
        "keep_register",
    }
    assert may(officer, action).allowed == (action.value in case_free)


def test_an_organisation_without_a_name_owns_no_case() -> None:
    stray = Actor("p-2", "Nobody's clerk", Role.EXPORTER, organisation="")
    assert not may(stray, Action.READ, CaseFacts("XX-2026-0001", organisation="")).allowed


def test_a_stranger_is_not_told_whether_the_case_exists() -> None:
    exporter = Actor("p-3", "Ivo Lindqvist", Role.EXPORTER, organisation=THEIRS)
    reason = may(exporter, Action.ANSWER, CaseFacts("XX-2026-0001", OURS, State.APPROVED)).reason
    assert reason.key == "access.not_yours"
    assert OURS not in TEXTS[reason.key].format(**reason.params)


def test_every_refusal_has_words_and_every_rule_one_id() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for role, action, state in product(Role, Action, State):
        actor = Actor("p-1", "Ada Verhoeven", role)
        for case in (None, CaseFacts("XX-2026-0001", OURS, state, Marking.SECRET)):
            reason = may(actor, action, case).reason
            assert TEXTS[reason.key].format(**reason.params)
