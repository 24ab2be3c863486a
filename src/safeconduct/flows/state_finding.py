"""State what was found out about a party of the register: every live case in which it appears is looked at again."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import refuse_bad_reason
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import PartyFinding

MOST_SOURCE = 400


class StateFinding(Order, frozen=True, kw_only=True):
    """``party`` is its name in the register (``R-7``), ``said`` what was found, ``source`` who says so and where,
    ``date`` when (year, month or day). ``sealed``: its source is told in no case."""

    party: str
    kind: Literal["denial", "finding"]
    said: str
    source: str
    date: str
    sealed: bool = False


class FindingStated(msgspec.Struct, frozen=True):
    """The finding's id, as ``F-3``."""

    finding: str


@flow(Action.KEEP_REGISTER)
def state_finding(work: Work, order: StateFinding) -> FindingStated:
    """It is kept for ever; the screening worker tells the cases it touches, once each."""
    refuse_bad_reason(order.said, order.party[:60])
    refuse_unsafe_text(order.source, "source")
    if not 0 < len(order.source.strip()) <= MOST_SOURCE:
        raise Refusal(
            "no source is named", order.party[:60], f"say who found it and where, in {MOST_SOURCE} characters"
        )
    parse_partial(order.date, "date of the finding")
    entry = Sight(work.actor).named(order.party)
    row = PartyFinding.objects.create(
        entry=entry,
        kind=order.kind,
        said=order.said.strip(),
        source=order.source.strip(),
        date=order.date.strip(),
        sealed=order.sealed,
        by=work.actor.id,
        at=work.now,
    )
    work.wakes = True
    return FindingStated(f"F-{row.pk}")
