"""End a tie that was stated: from a day on, or on every day, because it was stated wrongly."""

from __future__ import annotations

import re

import msgspec

from safeconduct.access import Action
from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import refuse_bad_reason
from safeconduct.flows.register_reach import concern_cases
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Tie

_NAME = re.compile(r"T-([1-9][0-9]{0,17})")


class EndTie(Order, frozen=True, kw_only=True):
    """``tie`` is its id (``T-4``). ``last_day`` is the last on which it held; empty says that it never did."""

    tie: str
    reason: str
    last_day: str = ""


class TieEnded(msgspec.Struct, frozen=True):
    """``held`` is the party that was held by it."""

    tie: str
    held: str


@flow(Action.KEEP_REGISTER)
def end_tie(work: Work, order: EndTie) -> TieEnded:
    """It stays on record, with who ended it and why; on later days (or on any day) it counts no more."""
    refuse_bad_reason(order.reason, order.tie[:60])
    sight = Sight(work.actor)
    tie = _tie(sight, order.tie)
    if tie.withdrawn or tie.ended_at:
        raise Refusal("it was ended already", order.tie, f"on {tie.ended_at[:10]}, by {tie.ended_by}")
    if order.last_day:
        last = parse_partial(order.last_day, order.tie)
        if tie.begins and last.last < parse_partial(tie.begins).first:
            raise Refusal(
                "it ends before it begins", order.tie, f"it began {tie.begins}; leave the day out if it never held"
            )
    tie.last_day, tie.withdrawn = order.last_day, not order.last_day
    tie.ended_by, tie.ended_at, tie.ended_reason = work.actor.id, work.now, order.reason.strip()
    tie.save()
    concern_cases([tie.held_id], tie)
    return TieEnded(order.tie, f"R-{sight.head(tie.held_id)}")


def _tie(sight: Sight, name: str) -> Tie:
    read = _NAME.fullmatch(name.strip())
    row = Tie.objects.filter(pk=int(read[1])).first() if read else None
    seen = sight.ties([row.held_id]) if row else ()
    found = next((one for one in seen if row and one.pk == row.pk), None)
    if found is None:
        raise Refusal("no such tie in the register", name[:60], "see the party's page for its ties")
    return found
