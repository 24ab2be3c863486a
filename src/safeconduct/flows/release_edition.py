"""Release an edition that was held: a person looked at why it shrank."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import EditionRow


class ReleaseEdition(Order, frozen=True, kw_only=True):
    """``normalised`` is the edition's hash, or as much of its beginning as names one edition of the source."""

    source: str
    normalised: str
    grounds: str


class Released(msgspec.Struct, frozen=True):
    """The edition that is in use from now on."""

    source: str
    normalised: str


@flow(Action.RELEASE_EDITION)
def release_edition(work: Work, order: ReleaseEdition) -> Released:
    """Somebody other than who loaded it releases it."""
    where = f"{order.source[:60]} {order.normalised[:12]}"
    refuse_unsafe_text(order.grounds, where)
    rows = EditionRow.objects.filter(
        key=order.source, normalised__startswith=order.normalised, state=EditionRow.State.HELD
    )
    if len(rows) != 1 or not order.normalised:
        raise Refusal("no edition of this source and hash is held", where, "see `safeconduct sources list`")
    if not order.grounds.strip():
        raise Refusal("no grounds are given", where, "say what was checked")
    row = rows[0]
    if row.loaded_by == work.actor.id:
        raise Refusal("you loaded it yourself", where, "let a second person look at it")
    row.state, row.released_by = EditionRow.State.ACTIVE, work.actor.id
    row.save()
    work.note = order.grounds
    work.wakes = row.kind == "watchlist"
    return Released(row.key, row.normalised)
