"""Policy as data: facts, conditions, packs, and how a State's own words become an outcome."""

from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.condition import Condition, Evaluation, evaluate
from safeconduct.policy.differences import Difference, differences
from safeconduct.policy.examples import CaseResult, Problem, check_pack
from safeconduct.policy.inheritance import reference
from safeconduct.policy.load import load_pack
from safeconduct.policy.outcome import LICENSING, Outcome, is_stricter, strictest
from safeconduct.policy.pack import Pack, is_decisive
from safeconduct.policy.parse import parse_condition
from safeconduct.policy.show import show
from safeconduct.policy.table import Place
from safeconduct.policy.weakening import Weakening, weakenings

__all__ = [
    "LICENSING",
    "CaseResult",
    "Catalogue",
    "Condition",
    "Difference",
    "Evaluation",
    "Outcome",
    "Pack",
    "Place",
    "Problem",
    "Weakening",
    "check_pack",
    "differences",
    "evaluate",
    "is_decisive",
    "is_stricter",
    "load_pack",
    "parse_condition",
    "reference",
    "show",
    "strictest",
    "weakenings",
]
