"""The table of permissions. What no rule grants is denied; no rule takes away what another grants."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from safeconduct.access.model import (
    LIVE_STATES,
    MARKINGS,
    OPEN_STATES,
    WITHOUT_CASE,
    Action,
    Actor,
    CaseFacts,
    Permission,
    Role,
    State,
)
from safeconduct.core.message import Message, Param


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One grant, with what it still asks of actor and case.

    ``own``: the case is of the actor's own organisation. ``cleared``: the actor's clearance
    reaches the case's marking, and a compartmented case is of one of the actor's teams.
    ``closed``: the actor may read closed text. ``states``: the case stands in one of these.
    """

    id: str
    roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    own: bool = False
    cleared: bool = False
    closed: bool = False
    states: tuple[State, ...] = tuple(State)


_R, _A = Role, Action
RULES = (
    Rule("AC-01", (_R.OFFICER, _R.ADVISER, _R.COUNTERSIGNER, _R.POLICY_LEAD, _R.AUDITOR), (_A.READ,), cleared=True),
    Rule(
        "AC-02",
        (_R.OFFICER, _R.ADVISER, _R.COUNTERSIGNER, _R.AUDITOR),
        (_A.READ_CLOSED,),
        cleared=True,
        closed=True,
    ),
    Rule("AC-03", (_R.OFFICER,), (_A.SUBMIT,), cleared=True),
    Rule(
        "AC-04",
        (_R.OFFICER, _R.ADVISER, _R.COUNTERSIGNER),
        (_A.ASSESS, _A.ANSWER),
        cleared=True,
        states=OPEN_STATES,
    ),
    Rule(
        "AC-05",
        (_R.OFFICER, _R.COUNTERSIGNER),
        (_A.LAPSE, _A.CLEAR_MATCH, _A.DECIDE),
        cleared=True,
        states=OPEN_STATES,
    ),
    Rule("AC-50", (_R.OFFICER, _R.ADVISER), (_A.APPRAISE,), cleared=True, states=OPEN_STATES),
    Rule("AC-53", (_R.ADVISER,), (_A.ARGUE,), cleared=True, states=OPEN_STATES),
    Rule("AC-06", (_R.OFFICER, _R.COUNTERSIGNER, _R.AUDITOR), (_A.EXPORT_RECORD,), cleared=True, closed=True),
    Rule("AC-07", (_R.EXPORTER,), (_A.READ, _A.SUBMIT), own=True),
    Rule("AC-08", (_R.EXPORTER,), (_A.ANSWER,), own=True, states=OPEN_STATES),
    Rule("AC-09", (_R.SYSTEM,), (_A.SCREEN, _A.ASSESS), states=OPEN_STATES),
    Rule("AC-10", (_R.OFFICER, _R.POLICY_LEAD, _R.OPERATOR), (_A.LOAD_EDITION,)),
    Rule("AC-11", (_R.OFFICER, _R.POLICY_LEAD), (_A.RELEASE_EDITION,)),
    Rule("AC-12", (_R.COUNTERSIGNER, _R.POLICY_LEAD), (_A.SIGN_PACK,)),
    Rule("AC-13", (_R.OPERATOR,), (_A.ADMIT_PERSON,)),
    Rule("AC-14", (_R.OFFICER, _R.COUNTERSIGNER, _R.POLICY_LEAD, _R.AUDITOR, _R.OPERATOR), (_A.VERIFY_LEDGER,)),
    Rule("AC-15", (_R.OFFICER, _R.COUNTERSIGNER, _R.AUDITOR), (_A.EXPORT_LEDGER,), closed=True),
    Rule("AC-16", (_R.OPERATOR,), (_A.EXPORT_LEDGER,)),
    Rule(
        "AC-17",
        (_R.OFFICER, _R.ADVISER, _R.COUNTERSIGNER, _R.POLICY_LEAD, _R.AUDITOR, _R.OPERATOR),
        (_A.LOOK_UP,),
    ),
    Rule("AC-18", (_R.SYSTEM,), (_A.REOPEN,), states=LIVE_STATES),
    Rule("AC-19", (_R.OFFICER, _R.POLICY_LEAD, _R.OPERATOR, _R.SYSTEM), (_A.RESCREEN,)),
    # Of the register, nobody sees more than the cases he may read give him: ``flows.register_sight``.
    Rule("AC-20", (_R.OFFICER, _R.ADVISER, _R.COUNTERSIGNER, _R.POLICY_LEAD, _R.AUDITOR), (_A.READ_REGISTER,)),
    Rule("AC-21", (_R.OFFICER, _R.COUNTERSIGNER), (_A.KEEP_REGISTER,)),
    Rule("AC-22", (_R.OPERATOR, _R.SYSTEM), (_A.TAKE_IN_PARTIES,)),
    Rule("AC-30", (_R.OFFICER, _R.AUDITOR), (_A.READ_LOOKUPS,)),
    Rule("AC-31", (_R.SYSTEM,), (_A.RECORD_LOOKUP,)),
    Rule("AC-32", (_R.OPERATOR,), (_A.KEEP_API_KEYS,)),
    Rule("AC-40", (_R.OFFICER, _R.POLICY_LEAD, _R.OPERATOR, _R.SYSTEM), (_A.FETCH_EDITION,)),
    Rule("AC-41", (_R.OFFICER, _R.COUNTERSIGNER, _R.POLICY_LEAD, _R.AUDITOR, _R.OPERATOR), (_A.SEE_LISTS,)),
)

Check = Callable[[Rule, Actor, CaseFacts], bool]


def _is_own(rule: Rule, actor: Actor, case: CaseFacts) -> bool:
    return not rule.own or (actor.organisation != "" and actor.organisation == case.organisation)


def _is_cleared(rule: Rule, actor: Actor, case: CaseFacts) -> bool:
    if not rule.cleared:
        return True
    reaches = MARKINGS.index(case.marking) <= MARKINGS.index(actor.cleared_to)
    return reaches and (case.compartment == "" or case.compartment in actor.teams)


def _may_read_closed(rule: Rule, actor: Actor, _case: CaseFacts) -> bool:
    return not rule.closed or actor.may_read_closed


def _is_in_state(rule: Rule, _actor: Actor, case: CaseFacts) -> bool:
    return case.state in rule.states


# In the order in which a person is told what stands in the way; who owns a case is never told to a stranger.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("access.not_yours", _is_own),
    ("access.not_cleared", _is_cleared),
    ("access.closed_text", _may_read_closed),
    ("access.case_is_closed", _is_in_state),
)
CHECKS_WITHOUT_CASE: tuple[tuple[str, Check], ...] = (("access.closed_text", _may_read_closed),)


def rules_for(actor: Actor, action: Action) -> tuple[Rule, ...]:
    """The rules that grant ``action`` to the actor's role, before the case is looked at."""
    return tuple(rule for rule in RULES if actor.role in rule.roles and action in rule.actions)


def may(actor: Actor, action: Action, case: CaseFacts | None = None) -> Permission:
    """Whether ``actor`` may do ``action`` to ``case`` (to the installation, for actions without a case)."""
    rules = rules_for(actor, action)
    said: dict[str, Param] = {"action": action.value, "role": actor.role.value, "name": actor.name}
    if not rules:
        return Permission(False, "", Message("access.role", said))
    if action in WITHOUT_CASE:
        case, checks = CaseFacts("", ""), CHECKS_WITHOUT_CASE
    elif case is None:
        return Permission(False, "", Message("access.no_case", said))
    else:
        checks = CHECKS
    failed = []
    for rule in rules:
        key = next((key for key, check in checks if not check(rule, actor, case)), None)
        if key is None:
            return Permission(True, rule.id, Message("access.granted", said))
        failed.append(key)
    return Permission(False, "", Message(failed[0], {**said, "state": case.state.value}))
