"""Putting the parties of a case into the register, in the same act that states them.

A party goes under the entry of another application's only where all its facts, or a number of one bearer, say so, and
only among cases of the same marking and team: elsewhere the number of the entry alone would tell of a case that its
reader may not read. Whoever may read both sees them proposed as one.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.register_sight import groups
from safeconduct.flows.work import Work
from safeconduct.screen import fingerprint
from safeconduct.screen.same_party import keys, own_numbers, same_by_number, telling
from safeconduct.store.models import Appearance, Case, Merge, RegisterEntry, RegisterKey

MOST_COMPARED = 200
Linked = Appearance.Linked


def register(work: Work, case: Case, parties: Iterable[Party]) -> int:
    """Take these parties of the case into the register, or what changed of them; how many rows were written."""
    before = {row.party_id: row for row in Appearance.objects.filter(case=case)}
    count = 0
    for party in parties:
        body, row = canonical.encode(party).decode(), before.get(party.id)
        if row is not None and row.party == body:
            continue
        if row is None:
            row = _appears(work, case, party)
        row.party, row.fingerprint = body, fingerprint(party)
        row.save()
        index(row.entry, party, row)
        count += 1
    return count


def _appears(work: Work, case: Case, party: Party) -> Appearance:
    entry, linked = _known(case, party)
    if entry is None:
        entry = RegisterEntry.objects.create(opened=work.now, opened_by=work.actor.id)
    return Appearance(entry=entry, case=case, party_id=party.id, linked=linked, at=work.now)


def index(entry: RegisterEntry, party: Party, appearance: Appearance | None = None) -> None:
    """Make the party findable by its names and numbers."""
    if appearance is not None:
        RegisterKey.objects.filter(appearance=appearance).delete()
    rows = [RegisterKey(entry=entry, appearance=appearance, key=key) for key in keys(party)]
    RegisterKey.objects.bulk_create(rows)


def _known(case: Case, party: Party) -> tuple[RegisterEntry | None, Linked]:
    """The one entry that surely is the party's, and why; None where there is none, or more than one."""
    peers = Appearance.objects.filter(case__marking=case.marking, case__compartment=case.compartment)
    if telling(party):
        alike = peers.filter(fingerprint=fingerprint(party)).values_list("entry", flat=True).distinct()
        if entry := _the_one(set(alike)):
            return entry, Linked.FACTS
    if entry := _the_one(_by_number(peers, party)):
        return entry, Linked.NUMBER
    return None, Linked.NEW


def _by_number(peers: QuerySet[Appearance], party: Party) -> set[int]:
    numbers = own_numbers(party)
    if not numbers:
        return set()
    found = peers.filter(keys__key__in=numbers).distinct().order_by("-pk")[:MOST_COMPARED]
    return {row.entry_id for row in found if same_by_number(party, canonical.decode(row.party.encode(), Party))}


def _the_one(entries: set[int]) -> RegisterEntry | None:
    """Of several, the first, where somebody has merged them all."""
    if len(entries) > 1:
        merged = groups(Merge.objects.filter(undone="").values_list("one", "other"))
        if not entries <= set(merged.get(min(entries), ())):
            return None
    return RegisterEntry.objects.get(pk=min(entries)) if entries else None
