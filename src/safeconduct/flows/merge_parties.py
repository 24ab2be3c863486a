"""Merge two entries of the register: a person says, with reasons, that they are one party."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import refuse_bad_reason
from safeconduct.flows.register_reach import concern_cases
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Merge


class MergeParties(Order, frozen=True, kw_only=True):
    """``one`` and ``other`` are ids of entries (``R-7``); which of them stands first does not matter."""

    one: str
    other: str
    reason: str


class Merged(msgspec.Struct, frozen=True):
    """``party`` is the id under which both are shown from now on."""

    party: str


@flow(Action.KEEP_REGISTER)
def merge_parties(work: Work, order: MergeParties) -> Merged:
    """From now on all their appearances and ties are shown together; nothing of either entry is changed."""
    refuse_bad_reason(order.reason, f"{order.one}, {order.other}")
    sight = Sight(work.actor)
    one, other = sorted((sight.named(order.one), sight.named(order.other)), key=lambda entry: entry.pk)
    if other.pk in sight.group(one.pk):
        raise Refusal("they are one party already", f"{one}, {other}", "see why on the party's page")
    Merge.objects.create(one=one, other=other, reason=order.reason.strip(), by=work.actor.id, at=work.now)
    concern_cases((one.pk, other.pk))
    return Merged(f"R-{Sight(work.actor).head(one.pk)}")
