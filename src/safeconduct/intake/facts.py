"""Every fact that an application may state, and those that intake itself derives from it.

The tables of docs/facts.md hold the same; a test compares them. Indicator figures, screening and
``item.listed`` are declared by the rooms that find them.
"""

from __future__ import annotations

from safeconduct.core.fact import FactType
from safeconduct.intake.crime_control_facts import CRIME_CONTROL
from safeconduct.intake.goods_facts import GOODS
from safeconduct.intake.trade_facts import TRADE_AND_PLACE
from safeconduct.intake.use_facts import USER_AND_USE

FACTS: tuple[FactType, ...] = (*GOODS, *CRIME_CONTROL, *USER_AND_USE, *TRADE_AND_PLACE)
BY_KEY: dict[str, FactType] = {fact.key: fact for fact in FACTS}
