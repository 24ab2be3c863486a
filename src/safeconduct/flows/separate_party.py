"""Take one appearance out of an entry that the machine had put it under: it gets an entry of its own."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.register_orders import refuse_bad_reason
from safeconduct.flows.register_reach import concern_cases
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Appearance, Merge, RegisterEntry, RegisterKey


class SeparateParty(Order, frozen=True, kw_only=True):
    """``case`` and ``party`` (its id in the application) name the appearance."""

    entry: str
    case: str
    party: str
    reason: str


class Separated(msgspec.Struct, frozen=True):
    """The id of the new entry."""

    party: str


@flow(Action.KEEP_REGISTER)
def separate_party(work: Work, order: SeparateParty) -> Separated:
    """Nothing like it is joined by machine again while both stand; merging the two restores what was."""
    where = f"{order.entry}, {order.case[:40]} {order.party[:60]}"
    refuse_bad_reason(order.reason, where)
    sight = Sight(work.actor)
    entry = sight.named(order.entry)
    row = sight.appearances.filter(
        entry__in=sight.group(entry.pk), case__reference=order.case, party_id=order.party
    ).first()
    if row is None:
        raise Refusal("it does not appear there", where, "see the party's page for its appearances")
    if not sight.appearances.filter(entry=row.entry).exclude(pk=row.pk).exists():
        raise Refusal(
            "it is the only one under its entry", where, "take a merge back instead: safeconduct parties unmerge"
        )
    before, fresh = row.entry_id, _moved(work, row, order.reason.strip())
    concern_cases((before, fresh.pk))
    return Separated(str(fresh))


def _moved(work: Work, row: Appearance, reason: str) -> RegisterEntry:
    """The history of both shows it as a merge by the machine that a person took back."""
    before, since = row.entry, row.at
    row.entry = RegisterEntry.objects.create(opened=work.now, opened_by=work.actor.id)
    row.linked = Appearance.Linked.PERSON
    row.save()
    RegisterKey.objects.filter(appearance=row).update(entry=row.entry)
    Merge.objects.create(
        one=before,
        other=row.entry,
        reason="",
        by="system",
        at=since,
        undone=work.now,
        undone_by=work.actor.id,
        undone_reason=reason,
    )
    return row.entry
