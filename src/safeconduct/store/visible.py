"""The cases an actor may read, as a query made from the same table of rules that ``access.may`` reads."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from safeconduct.access import Action, Actor, CaseFacts, Marking, Rule, State, rules_for
from safeconduct.access.model import MARKINGS
from safeconduct.store.models import Case


def visible(actor: Actor, action: Action = Action.READ) -> QuerySet[Case]:
    """Cases to which ``actor`` may do ``action``; the same answer as ``access.may`` on each."""
    return Case.objects.filter(granted(actor, action))


def granted(actor: Actor, action: Action = Action.READ, through: str = "") -> Q:
    """The same as a condition; ``through`` leads from another table to its case (``case__``)."""
    rules = rules_for(actor, action)
    if not rules:
        return Q(pk__in=[])
    return reduce(or_, (_granted(rule, actor, through) for rule in rules))


def _granted(rule: Rule, actor: Actor, through: str) -> Q:
    found = Q(**{f"{through}state__in": [state.value for state in rule.states]})
    if rule.own:
        found &= Q(**{f"{through}organisation": actor.organisation}) & ~Q(**{f"{through}organisation": ""})
    if rule.cleared:
        reach = MARKINGS[: MARKINGS.index(actor.cleared_to) + 1]
        found &= Q(**{f"{through}marking__in": [marking.value for marking in reach]})
        found &= Q(**{f"{through}compartment": ""}) | Q(**{f"{through}compartment__in": actor.teams})
    if rule.closed and not actor.may_read_closed:
        found &= Q(pk__in=[])
    return found


def case_facts(row: Case) -> CaseFacts:
    """What permission depends on, of one case."""
    return CaseFacts(row.reference, row.organisation, State(row.state), Marking(row.marking), row.compartment)
