"""Where a screening stands now: on the lists it was made with, and on those that rescreenings carried it over to.

A rescreening from one edition of a list to another has looked at every live screening up to its mark that stood at
the first edition. Those it touched were replaced; the others stand at the second edition from then on, though nobody
wrote to their rows: the row of the rescreening, under the ledger, is the proof. Marks only grow, and rescreenings of
one list are done one after another, so that going through them in order tells where any screening stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from safeconduct.flows.editions import read, written
from safeconduct.screen.model import EditionUsed
from safeconduct.store.models import Rescreening

ALL = ""  # the source of a rescreening that looks at everybody on whole lists


class Step(NamedTuple):
    """One list from one edition to another, by their hashes; empty where it was not, or is not, in use.

    With an empty source: everybody on all lists.
    """

    source: str
    before: str = ""
    after: str = ""


class _Passed(NamedTuple):
    number: int
    mark: int
    before: str
    after: str


class _End(NamedTuple):
    """``mark`` is the least of those on the way."""

    after: str
    mark: int


class Chain:
    """All rescreenings so far, as a screening goes through them. Read when first asked for something that needs them.

    Those before the newest one that looked at everybody are left out: whoever was there then stands where that one
    left him, and whoever came later was screened on newer lists than theirs.
    """

    def __init__(self, rows: Iterable[Rescreening] | None = None) -> None:
        self._given = rows
        self._known: dict[tuple[str, int], dict[str, _End]] = {}
        self._read: dict[str, dict[str, str]] = {}

    @cached_property
    def _whole(self) -> list[tuple[int, int, dict[str, str], str]]:
        """Number, mark, lists and matcher of those that look at everybody."""
        return [(row.pk, row.mark, hashes(row.lists), row.matcher) for row in self._rows if row.source == ALL]

    @cached_property
    def _passed(self) -> dict[str, list[_Passed]]:
        """The others, by source."""
        found: dict[str, list[_Passed]] = defaultdict(list)
        for row in self._rows:
            if row.source != ALL:
                found[row.source].append(_Passed(row.pk, row.mark, row.before, row.after))
        return found

    @cached_property
    def _rows(self) -> list[Rescreening]:
        if self._given is not None:
            return list(self._given)
        rows = Rescreening.objects.defer("lists", "failure").order_by("id")
        newest = rows.filter(source=ALL, failure="").exclude(finished="").last()
        return list(rows.filter(pk__gte=newest.pk) if newest else rows)

    @cached_property
    def matcher(self) -> str:
        """The matcher of the newest rescreening on whole lists; a screening by another is to be made anew. Empty
        while there was none."""
        if self._given is not None:
            return self._whole[-1][3] if self._whole else ""
        newest = Rescreening.objects.filter(source=ALL).order_by("id").values_list("matcher", flat=True).last()
        return newest or ""

    def stands(self, source: str, sha256: str, number: int) -> str:
        """The edition of ``source`` at which screening ``number`` stands, made with ``sha256`` (empty: none)."""
        begins, at = 0, sha256
        for run, mark, lists, _ in self._whole:
            if number <= mark:
                begins, at = run, lists.get(source, "")
        end = self._ends(source, begins).get(at)
        if end is None:
            return at
        return end.after if number <= end.mark else self._step_by_step(source, at, number, begins)

    def _ends(self, source: str, begins: int) -> dict[str, _End]:
        """Where whoever is under every mark on his way ends, by where he stands after rescreening ``begins``."""
        if (source, begins) not in self._known:
            found: dict[str, _End] = {}
            for one in reversed(self._passed.get(source, ())):
                if one.number > begins:
                    further = found.get(one.after, _End(one.after, one.mark))
                    found[one.before] = _End(further.after, min(one.mark, further.mark))
            self._known[source, begins] = found
        return self._known[source, begins]

    def _step_by_step(self, source: str, at: str, number: int, begins: int) -> str:
        for one in self._passed.get(source, ()):
            if one.number > begins and number <= one.mark and one.before == at:
                at = one.after
        return at

    def lists(self, editions: str, number: int, among: Iterable[str]) -> dict[str, str]:
        """Where it stands on each list of ``among``, and on those it was made with; lists not in use are left out."""
        made = self._read.get(editions)
        if made is None:
            made = self._read[editions] = hashes(editions)
        found = {source: self.stands(source, made.get(source, ""), number) for source in {*made, *among}}
        return {source: sha256 for source, sha256 in found.items() if sha256}

    def looked_by(self, matcher: str, number: int, made: str) -> bool:
        """Whether this matcher made screening ``number`` (``made``: the one that did), or looked at it again since."""
        return made == matcher or any(number <= mark and by == matcher for _, mark, _, by in self._whole)

    def is_current(self, editions: str, number: int, made: str, wanted: tuple[EditionUsed, ...]) -> bool:
        """Whether screening ``number`` stands at ``wanted``, and by no older matcher than is known of."""
        if self.matcher and not self.looked_by(self.matcher, number, made):
            return False
        if editions == written(wanted):
            return True
        now = {one.key: one.normalised for one in wanted}
        return self.lists(editions, number, now) == now


def hashes(editions: str) -> dict[str, str]:
    """A set of editions, as a screening writes it, by source."""
    return {one.key: one.normalised for one in read(editions)}
