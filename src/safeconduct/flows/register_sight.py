"""What of the register one actor may see: nothing that only a case he may not read would tell him.

An entry is seen through its appearances in cases he may read; one that an officer noted, through the entry it was
noted beside. A merge or a tie is seen where both its ends are. Everything shown, counted or searched goes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.screen.holdings import SYMMETRIC
from safeconduct.store.models import Appearance, Case, Merge, RegisterEntry, RegisterKey, Tie
from safeconduct.store.visible import granted, visible

NO_PARTY = "no such party in the register"
_NAME = re.compile(r"R-([1-9][0-9]{0,17})")


class Sight:
    """The register as ``actor`` may see it; made for one request or act, since it keeps what it has read."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.cases: QuerySet[Case] = visible(actor)
        self.appearances: QuerySet[Appearance] = Appearance.objects.filter(granted(actor, through="case__"))

    def entries(self) -> QuerySet[RegisterEntry]:
        """Every entry that is seen."""
        appears = Exists(self.appearances.filter(entry=OuterRef("pk")))
        return RegisterEntry.objects.filter(appears | Q(pk__in=self.noted))

    def count(self) -> int:
        """How many parties are seen, each group once."""
        appearing = self.appearances.values("entry").distinct().count()
        return appearing + len(self.noted) - len(self.folded)

    def keys(self) -> QuerySet[RegisterKey]:
        """What those may be found by, as far as what it is taken from is seen."""
        stated = ~Q(appearance=None) & granted(self._actor, through="appearance__case__")
        return RegisterKey.objects.filter(stated | Q(appearance=None, entry__in=self.noted))

    def named(self, name: str) -> RegisterEntry:
        """The entry with this id (``R-7``); to whoever may not see it, it does not exist: ``Refusal``."""
        read = _NAME.fullmatch(name.strip())
        found = self.entries().filter(pk=int(read[1])).first() if read else None
        if found is None:
            raise Refusal(NO_PARTY, name[:60], "look it up: safeconduct parties list")
        return found

    def seen(self, entries: Iterable[int]) -> frozenset[int]:
        """Which of these entries are seen."""
        return frozenset(self.entries().filter(pk__in=list(entries)).values_list("pk", flat=True))

    @cached_property
    def noted(self) -> frozenset[int]:
        """Entries that an officer noted, as far as they are seen."""
        rows = list(RegisterEntry.objects.exclude(party=""))
        readable = self._readable((row.case_id, row.sealed) for row in rows)
        beside = {row.pk: row.beside_id for row in rows if row.case_id is None or (row.case_id, row.sealed) in readable}
        found = set(self.appearances.filter(entry__in=set(beside.values())).values_list("entry", flat=True))
        while more := {pk for pk, anchor in beside.items() if anchor in found and pk not in found}:
            found |= more
        return frozenset(found & beside.keys())

    def _readable(self, needed: Iterable[tuple[int | None, bool]]) -> frozenset[tuple[int | None, bool]]:
        wanted = {one for one in needed if one[0] is not None}
        cases = {case for case, _ in wanted}
        may_read = set(self.cases.filter(pk__in=cases).values_list("pk", flat=True))
        closed = set(visible(self._actor, Action.READ_CLOSED).filter(pk__in=cases).values_list("pk", flat=True))
        return frozenset(one for one in wanted if one[0] in (closed & may_read if one[1] else may_read))

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """Every merge that stands, both of its entries seen, the oldest first."""
        rows = list(Merge.objects.filter(undone="").order_by("pk"))
        seen = self.seen({pk for row in rows for pk in (row.one_id, row.other_id)})
        return tuple(row for row in rows if row.one_id in seen and row.other_id in seen)

    @cached_property
    def _groups(self) -> dict[int, tuple[int, ...]]:
        return groups((row.one_id, row.other_id) for row in self.merges)

    def group(self, entry: int) -> tuple[int, ...]:
        """The entries that are one party with this one, itself among them, the lowest number first."""
        return self._groups.get(entry, (entry,))

    def head(self, entry: int) -> int:
        """The entry under whose number the whole party is shown."""
        return self.group(entry)[0]

    @property
    def folded(self) -> frozenset[int]:
        """Entries that are shown under the number of another."""
        return frozenset(pk for pk, group in self._groups.items() if pk != group[0])

    def ties(self, entries: Iterable[int], *, also_holding: bool = False) -> tuple[Tie, ...]:
        """Ties by which these are held (and, on demand, hold others), both ends seen, in the order they were stated."""
        ids = list(entries)
        which = Q(held__in=ids) | (Q(holder__in=ids) if also_holding else Q(holder__in=ids, what__in=SYMMETRIC))
        rows = list(Tie.objects.filter(which).order_by("pk"))
        ends = {pk for row in rows for pk in (row.holder_id, row.held_id) if pk is not None}
        seen, readable = self.seen(ends), self._readable((row.case_id, row.sealed) for row in rows)
        return tuple(
            row
            for row in rows
            if {row.holder_id, row.held_id} - {None} <= seen
            and (row.case_id is None or (row.case_id, row.sealed) in readable)
        )


def groups(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Who is one party with whom, when these pairs are: each member with all of its group in order."""
    members: dict[int, set[int]] = {}
    for one, other in pairs:
        joined = members.get(one, {one}) | members.get(other, {other})
        for each in joined:
            members[each] = joined
    return {each: tuple(sorted(group)) for each, group in members.items()}
