"""What a page of the register needs of many parties, read in a few queries before the parties are told one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import Count, Q

from safeconduct.assess.matches import Settled
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.requesting import LIVE
from safeconduct.flows.settled import clearances, confirmations, settled
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Appearance, Record, Screening, Tie

MOST_ROWS = 40  # appearances of one party that are read ahead; whoever has more is read by himself


class Ahead:
    """Appearances, live screenings with their records, and whether there are ties, of the parties of these entries."""

    def __init__(self, sight: Sight, entries: Iterable[int]) -> None:
        ids = {one for entry in entries for one in sight.group(entry)}
        appearances = sight.appearances.filter(entry__in=ids)
        counted = {row["entry"]: row for row in appearances.values("entry").annotate(n=Count("pk"))}
        few = {one for one in ids if one not in counted or counted[one]["n"] <= MOST_ROWS}
        self._rows: dict[int, list[Appearance]] = {one: [] for one in few}
        for row in appearances.filter(entry__in=few).select_related("case").order_by("-pk"):
            self._rows[row.entry_id].append(row)
        tied = Tie.objects.filter(Q(held__in=ids) | Q(holder__in=ids)).values_list("held", "holder")
        self._tied = frozenset(one for pair in tied for one in pair)
        self._read = ids
        self._screenings = self._live({row.case_id for rows in self._rows.values() for row in rows})
        self._bodies = _bodies(self._screenings.values())

    def holds(self, ids: Iterable[int]) -> bool:
        """Whether everything of these entries was read."""
        return all(one in self._rows for one in ids)

    def of(self, ids: Iterable[int]) -> list[Appearance]:
        """Appearances of these entries, the newest first."""
        return sorted((row for one in ids for row in self._rows[one]), key=lambda row: -row.pk)

    def untied(self, ids: Iterable[int]) -> bool:
        """Whether nobody stated a tie of any of these entries."""
        return all(one in self._read and one not in self._tied for one in ids)

    def screening(self, row: Appearance) -> Screening | None:
        """The live screening of a party in a case."""
        return self._screenings.get((row.case_id, row.party_id))

    def settled(self, seen: Sequence[Observed]) -> Settled:
        """What people decided about what was observed of some parties."""
        known = {one.party for one in seen} <= self._fingerprints
        return self._settled if known else settled(seen)

    @cached_property
    def _fingerprints(self) -> frozenset[str]:
        return frozenset(row.fingerprint for rows in self._rows.values() for row in rows)

    @cached_property
    def _settled(self) -> Settled:
        return Settled(clearances(self._fingerprints), confirmations(self._fingerprints))

    def body(self, row: Screening) -> str | None:
        """The record of a screening, where it was read."""
        return self._bodies.get((row.case_id, row.record))

    @staticmethod
    def _live(cases: set[int]) -> dict[tuple[int | None, str], Screening]:
        rows = Screening.objects.filter(case__in=cases, state__in=LIVE).order_by("pk")
        return {(row.case_id, row.party_id): row for row in rows}


def _bodies(rows: Iterable[Screening]) -> dict[tuple[int | None, int | None], str]:
    wanted = {(row.case_id, row.record) for row in rows if row.state == Screening.State.DONE}
    cases, numbers = {case for case, _ in wanted}, {number for _, number in wanted}
    found = Record.objects.filter(case__in=cases, number__in=numbers, kind="screening")
    read = found.values_list("case", "number", "body")
    return {(case, number): body for case, number, body in read if (case, number) in wanted}
