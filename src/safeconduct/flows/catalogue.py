"""The catalogue of facts: what every room declares, joined."""

from __future__ import annotations

from functools import cache

from safeconduct.assess.facts import FACTS as DERIVED
from safeconduct.classify import FACTS as CLASSIFIED
from safeconduct.intake.facts import FACTS as STATED
from safeconduct.policy import Catalogue
from safeconduct.screen import FACTS as OF_A_MATCH


@cache
def catalogue() -> Catalogue:
    """Every fact that a condition may read."""
    return Catalogue([*STATED, *CLASSIFIED, *DERIVED, *OF_A_MATCH])
