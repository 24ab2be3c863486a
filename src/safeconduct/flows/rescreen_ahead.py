"""Whom the changed entries of a list touch, told for all live parties at once by an index of them that is kept.

To screen parties is to analyse their names, whatever changed. The index has them analysed already: the next edition of
a list costs what came since, and the look-up of its changed entries (``screen.delta``).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.live_parties import concerned, live_rows
from safeconduct.flows.rescreen_looking import MOST_CHANGED, Task
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.screen.delta import touched
from safeconduct.screen.matcher import Matcher
from safeconduct.store.models import Rescreening, Screening

AT_ONCE = 1000  # parties read at a time


class Ahead(NamedTuple):
    """Screenings by number: all that were looked at, and those that the changed entries touch."""

    looked: frozenset[int]
    touched: frozenset[int]

    def among(self, numbers: Sequence[int]) -> frozenset[int]:
        """The places of those that have to be screened: touched, or there only since."""
        return frozenset(
            place for place, number in enumerate(numbers) if number in self.touched or number not in self.looked
        )


def look_ahead(
    run: Rescreening, task: Task, matcher: Callable[[], Matcher], where: Path, meanwhile: Callable[[], object]
) -> Ahead | None:
    """Look for the changed entries among the parties that the rescreening has still to pass; the index of these is
    kept under ``where``. None where everybody is looked at on whole lists, or no entry is new or otherwise.
    ``meanwhile`` is done after every thousand: all take a minute for each few hundred thousand."""
    if task.whole or not 0 < task.records.count(b"\n") <= MOST_CHANGED:
        return None
    looked = array("q")

    def parties() -> Iterator[Party]:
        for row in _rows(run, meanwhile):
            looked.append(row.pk)
            yield canonical.decode(row.party.encode(), Party)

    found = [place for place, _ in touched(task.records, parties(), where, matcher(), task.source)]
    return Ahead(frozenset(looked), frozenset(looked[place] for place in found))


def _rows(run: Rescreening, meanwhile: Callable[[], object]) -> Iterator[Screening]:
    chain, at = Chain(), run.mark
    wanted = live_rows().filter(pk__lte=run.upto).only("state", "editions", "party")
    while rows := list(wanted.filter(pk__gt=at)[:AT_ONCE]):
        yield from concerned(run, rows, chain)
        at = rows[-1].pk
        if len(rows) == AT_ONCE:
            meanwhile()
