"""Who may do what to which case: ``may`` answers from one declared table, and denies by default."""

from safeconduct.access.model import Action, Actor, CaseFacts, Marking, Permission, Role, State
from safeconduct.access.rules import RULES, Rule, may, rules_for
from safeconduct.access.texts import TEXTS

__all__ = [
    "RULES",
    "TEXTS",
    "Action",
    "Actor",
    "CaseFacts",
    "Marking",
    "Permission",
    "Role",
    "Rule",
    "State",
    "may",
    "rules_for",
]
