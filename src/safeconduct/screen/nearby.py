"""The changed entries among indexed parties: which party alerts on one of them, without screening each party.

Readings that resemble by their letters are found in the index. Facts that settle it, and names that are certainly
unlike, take most of these pairs out; the rest is compared as screening compares.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from safeconduct.core.party import Party
from safeconduct.screen import building, compare, unlike
from safeconduct.screen.index import LEAST, Index
from safeconduct.screen.matcher import Matcher
from safeconduct.screen.words import Rarity

_SLACK = 1e-6  # of a cosine: roots are rounded differently one by one and together
_ALL_YEARS = (0, 9999)
_Numbers = npt.NDArray[np.int64]
_Truths = npt.NDArray[np.bool_]


class Nearby:
    """The entries, weighed as they are sought, ready to be looked for among parties."""

    def __init__(self, entries: Index, matcher: Matcher) -> None:
        self._entry_of, self._matcher = entries.entry_of, matcher
        found, places = entries.forward()
        self._weights = entries.weights()
        self._wanted = [one[self._weights[one] > 0] for one in np.split(found, places[1:-1])] if len(found) else []
        self._lengths = entries.length_of_each().astype(np.float64)
        self._names = [entries.name(one) for one in range(len(entries.entry_of))]
        self._words = unlike.Names(self._names, 1, matcher.rarity)
        self._listed = [entries.entry(one) for one in range(entries.parties)]
        self._facts = _Facts((one.kind, one.born) for one in self._listed)

    def identified(self, opened: Index) -> list[int]:
        """Places of the parties that share an identifier with an entry."""
        return opened.identified(number for one in self._listed for number in one.identifiers)

    def alerted(self, run: Sequence[Party], opened: Index, known: Collection[int]) -> Iterator[int]:
        """Places of the parties that alert on an entry whose name one of their own readings found. The ``known`` ones
        are passed over; whoever shares an identifier with an entry must be among them."""
        found, numbers = self._resembling(opened)
        places = opened.entry_of[found]
        parties = _Facts((one.kind, (one.born,) if one.born else ()) for one in run)
        left = ~parties.settle(places, self._facts, self._entry_of[numbers])
        left[np.isin(places, list(known))] = False
        read = _Read(run, opened, np.bincount(places[left], minlength=len(run)) > 0, self._matcher.rarity)
        left[left] = read.own[read.place_of[found[left]]]
        pairs = _once(places[left].astype(np.int64) * len(self._names) + numbers[left])
        places, numbers = np.divmod(pairs, max(1, len(self._names)))
        kept = self._may_be_one(read, places, numbers)
        asked = zip(places[kept].tolist(), numbers[kept].tolist(), strict=True)
        for place, some in itertools.groupby(asked, lambda one: one[0]):
            if self._alerts(run[place], read, place, [number for _, number in some]):
                yield place

    def _resembling(self, opened: Index) -> tuple[_Numbers, _Numbers]:
        """Readings of parties and of entries whose cosine suffices."""
        least = np.sqrt(opened.weight_of_each(self._weights)) * (LEAST - _SLACK)
        none = np.zeros(0, np.int64)
        hits = [
            opened.near(wanted, self._weights, np.maximum(least * length, 1)) if len(wanted) else none
            for wanted, length in zip(self._wanted, self._lengths, strict=True)
        ]
        return np.concatenate([*hits, none]), np.repeat(np.arange(len(hits)), [len(one) for one in hits])

    def _may_be_one(self, read: _Read, places: _Numbers, numbers: _Numbers) -> _Truths:
        """Which of the parties and readings of entries must be compared: some reading of the party is not unlike, one
        of its kind or, beside an entry of no stated kind, any."""
        counts = read.until[places] - read.begin[places]
        pair = np.repeat(np.arange(len(places)), counts)
        mine = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts) + read.begin[places][pair]
        theirs = numbers[pair]
        kept = read.own[mine] | self._facts.unknown[self._entry_of[theirs]]
        kept &= read.words.person[mine] == self._words.person[theirs]
        pair, mine, theirs = pair[kept], mine[kept], theirs[kept]
        found = np.zeros(len(places), np.bool_)
        trouble = ~unlike.unlike(read.words, mine, self._words, theirs, read.dated[places][pair])
        found[pair[trouble]] = True
        return found

    def _alerts(self, party: Party, read: _Read, place: int, numbers: Sequence[int]) -> bool:
        by_entry = itertools.groupby(numbers, lambda one: int(self._entry_of[one]))
        theirs = ((self._listed[entry], [self._names[one] for one in same]) for entry, same in by_entry)
        return self._matcher.alerts(party, read.names[read.begin[place] : read.until[place]], theirs)


class _Read:
    """What the names of the wanted parties were read as, one party's after the other's: from ``begin`` to ``until``, by
    the party's place. ``own`` readings are those of its kind; ``place_of`` tells where one of the index is here."""

    def __init__(self, run: Sequence[Party], opened: Index, wanted: _Truths, rarity: Rarity) -> None:
        first = np.searchsorted(opened.entry_of, np.arange(len(run) + 1, dtype=np.int32))
        counts = np.where(wanted, np.diff(first), 0)
        self.until = np.cumsum(counts)
        self.begin = self.until - counts
        numbers = np.flatnonzero(np.repeat(counts > 0, np.diff(first)))
        self.place_of = np.zeros(len(opened.entry_of), np.int64)
        self.place_of[numbers] = np.arange(len(numbers))
        self.names = [opened.name(one) for one in numbers.tolist()]
        self.words = unlike.Names(self.names, 0, rarity)
        modes = (building.modes(run[place].kind) for place in opened.entry_of[numbers].tolist())
        self.dated = np.array([bool(one.born or one.identifiers) for one in run], np.bool_)
        self.own = np.array([name.mode in own for name, own in zip(self.names, modes, strict=True)], np.bool_)


def _once(numbers: _Numbers) -> _Numbers:
    """In order, each once; ``np.unique`` takes ten times as long."""
    numbers.sort()
    return numbers[np.diff(numbers, prepend=-1) > 0]


class _Facts:
    """Kinds and years of birth of many parties, or of many entries."""

    def __init__(self, of: Iterator[tuple[str, Sequence[str]]]) -> None:
        kinds: dict[str, int] = {}
        rows = [(kinds.setdefault(kind, len(kinds)), *_years(tuple(born))) for kind, born in of]
        self._kinds = list(kinds)
        self._kind, self._first, self._last = np.array(rows, np.int64).reshape(-1, 3).T
        self.unknown = np.isin(self._kind, [kinds.get("unknown", -1)])

    def settle(self, mine: npt.NDArray[np.integer], others: _Facts, theirs: npt.NDArray[np.integer]) -> _Truths:
        """Whether kind or birth date alone say, pair by pair, that the one is not the other, whatever their names."""
        table = np.array([[_contradict(one, other) for other in others._kinds] for one in self._kinds], np.bool_)
        kinds = table.reshape(len(self._kinds), -1)[self._kind[mine], others._kind[theirs]]
        gap = np.maximum(others._first[theirs] - self._last[mine], self._first[mine] - others._last[theirs])
        settled: _Truths = np.logical_or(kinds, gap > 1)
        return settled


def _contradict(kind: str, other: str) -> bool:
    found = compare.kind(kind, other)
    return found is not None and found.finding == "contradict"


@functools.lru_cache(maxsize=1 << 16)
def _years(dates: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last year that any of the dates may be in; dates a year and more apart are never a slip."""
    found = [reading for one in dates for reading in compare.date_readings(one)]
    if not found:
        return _ALL_YEARS
    return min(one.first.year for one in found), max(one.last.year for one in found)
