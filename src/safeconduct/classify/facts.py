"""The facts that classification finds and nobody states (docs/facts.md, *Goods*)."""

from __future__ import annotations

from safeconduct.core.fact import FactType

LISTED, CAUGHT_BY = "item.listed", "item.caught_by"

FACTS: tuple[FactType, ...] = (
    FactType(
        key=LISTED,
        kind="flag",
        may_state=("system",),
        unknown_means="an entry cannot be decided",
        means="whether some control entry catches it (from classification)",
        subject="line",
    ),
    FactType(
        key=CAUGHT_BY,
        kind="words",
        may_state=("system",),
        unknown_means="as above",
        means="entries that catch it (`list code`)",
        subject="line",
    ),
)
