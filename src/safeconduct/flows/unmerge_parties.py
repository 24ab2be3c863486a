"""Take a merge back: the two entries are again what each was before."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import refuse_bad_reason
from safeconduct.flows.register_reach import concern_cases
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Merge, RegisterEntry


class UnmergeParties(Order, frozen=True, kw_only=True):
    """The two entries that were merged with each other."""

    one: str
    other: str
    reason: str


class Unmerged(msgspec.Struct, frozen=True):
    """Under which ids the two are shown from now on: the same one, where another merge still joins them."""

    one: str
    other: str


@flow(Action.KEEP_REGISTER)
def unmerge_parties(work: Work, order: UnmergeParties) -> Unmerged:
    """End every merge of just these two; merges of either with others stand."""
    refuse_bad_reason(order.reason, f"{order.one}, {order.other}")
    sight = Sight(work.actor)
    one, other = sorted((sight.named(order.one), sight.named(order.other)), key=lambda entry: entry.pk)
    rows = [row for row in sight.merges if (row.one_id, row.other_id) == (one.pk, other.pk)]
    if not rows:
        merged = ", ".join(f"R-{row.one_id} with R-{row.other_id}" for row in sight.merges if _touches(row, one, other))
        remedy = f"name two that were: {merged}" if merged else "nothing was merged with either"
        raise Refusal("these two were not merged with each other", f"{one}, {other}", remedy)
    for row in rows:
        row.undone, row.undone_by, row.undone_reason = work.now, work.actor.id, order.reason.strip()
        row.save()
    concern_cases((one.pk, other.pk))
    after = Sight(work.actor)
    return Unmerged(f"R-{after.head(one.pk)}", f"R-{after.head(other.pk)}")


def _touches(row: Merge, one: RegisterEntry, other: RegisterEntry) -> bool:
    return bool({row.one_id, row.other_id} & {one.pk, other.pk})
