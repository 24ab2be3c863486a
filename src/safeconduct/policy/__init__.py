"""Policy as data: facts, conditions, packs, and how a State's own words become an outcome."""

from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.condition import Condition, Evaluation, evaluate
from safeconduct.policy.load import load_pack
from safeconduct.policy.outcome import LICENSING, Outcome, is_stricter, strictest
from safeconduct.policy.pack import Pack, is_decisive
from safeconduct.policy.parse import parse_condition
from safeconduct.policy.table import Place

__all__ = [
    "LICENSING",
    "Catalogue",
    "Condition",
    "Evaluation",
    "Outcome",
    "Pack",
    "Place",
    "evaluate",
    "is_decisive",
    "is_stricter",
    "load_pack",
    "parse_condition",
    "strictest",
]
