"""Which parties a changed list touches: the changed entries are looked for among the parties, not the other way round.

Analysing the parties' names costs most, so they are indexed as a list is, in runs of ``RUN``, and kept; a run whose
parties changed takes over what did not. Each changed name is then looked up in every run, and only parties that it
resembles are screened. What comes out is what screening each party against the changed entries would say.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen import building, eastern, fold
from safeconduct.screen.fingerprints import fingerprint
from safeconduct.screen.index import Index
from safeconduct.screen.matcher import MOST_ALIASES, Matcher, matcher_edition
from safeconduct.screen.model import EditionUsed, Screening, alert
from safeconduct.screen.nearby import Nearby
from safeconduct.screen.runs import Runs
from safeconduct.screen.sharing import Share
from safeconduct.sources.model import Listed, ListedName

SOURCE = "changed"  # the source key of matches, where none is given
RUN = 20_000
FEW = 2_000  # parties; so many are sooner screened than indexed
_PLAIN = 0x530  # Latin, Greek and Cyrillic letters come before it; names in other scripts are sought in several ways


def touched(
    records: bytes,
    parties: Iterable[Party],
    where: Path,
    standing: Matcher | None = None,
    source: str = SOURCE,
    share: Share = map,
) -> Iterator[tuple[int, Screening]]:
    """Each party that any of the entries alerts on, by its position, with what was found.

    ``records`` are the added or changed entries as normalised JSON Lines; a ``Refusal`` names the line that is none.
    ``where`` is a folder where the indexes of the parties are kept, for one such question at a time. With
    ``standing``, lists that hold the entries in their edition of ``source``, whoever alerts there on one of them is
    touched; without, a word is as rare as it is among the entries given. A party one of whose names nobody can read is
    touched too, with that name in ``unread``. ``share`` says who looks through the runs.
    """
    where.mkdir(parents=True, exist_ok=True)
    changed = _Changed(records, where, standing, source)
    begun = 0
    runs = Runs(where / "parties")
    asked = ((run, runs.index(_lines(run)) if len(run) >= FEW else None) for run in _runs(parties))
    for size, found in share(changed.touched, asked):
        yield from ((begun + place, screening) for place, screening in found)
        begun += size
    runs.close()


def _runs(parties: Iterable[Party]) -> Iterator[list[Party]]:
    source = iter(parties)
    while run := list(itertools.islice(source, RUN)):
        yield run


def _lines(run: Sequence[Party]) -> bytes:
    """The parties as the index takes them, names read both ways; without names where they are screened anyway."""
    return b"".join(canonical.encode(_as_listed(one)) + b"\n" for one in run)


def _as_listed(party: Party) -> Listed:
    texts = (party.name, *party.aliases) if _plain(party) else ()
    return Listed("", "unknown", tuple(ListedName(one) for one in texts), "", identifiers=party.identifiers)


def _plain(party: Party) -> bool:
    """Whether every name can be read, and in one way only."""
    return len(party.aliases) <= MOST_ALIASES and all(_plainly_read(one) for one in (party.name, *party.aliases))


@functools.lru_cache(maxsize=1 << 16)
def _plainly_read(text: str) -> bool:
    if len(text) > fold.MAX_LETTERS or max(text, default="") >= chr(_PLAIN) or not fold.readings(text):
        return False
    return text.isascii() or not eastern.read_cyrillic(fold.plain(text))


class _Changed:
    """The changed entries, ready to be looked for."""

    def __init__(self, records: bytes, where: Path, standing: Matcher | None, source: str) -> None:
        self._entries = _indexed(records, where)
        whole = standing.index_of(source) if standing else None
        if whole:
            self._entries = self._entries.weighed_as(whole)
        used = EditionUsed(source, hashlib.sha256(records).hexdigest())
        self._matcher = Matcher([(used, self._entries)], standing)

    @functools.cached_property
    def _nearby(self) -> Nearby:
        return Nearby(self._entries, self._matcher)

    def touched(self, asked: tuple[Sequence[Party], Path | None]) -> tuple[int, list[tuple[int, Screening]]]:
        """How many parties were asked for, and those that are touched, by their places."""
        run, place = asked
        near = self.near(run, Index(place)) if place else range(len(run))
        found = ((one, self.screened(run[one])) for one in near)
        told = [(one, screening) for one, screening in found if screening.unread or any(map(alert, screening.matches))]
        return len(run), told

    def near(self, run: Sequence[Party], opened: Index) -> list[int]:
        """Places of the parties that must be screened: their names or identifiers answer, or they are not plain."""
        found = set(self._nearby.identified(opened))
        found.update(place for place, party in enumerate(run) if not _plain(party))
        found.update(self._nearby.alerted(run, opened, frozenset(found)))
        return sorted(found)

    def screened(self, party: Party) -> Screening:
        """The party beside the changed entries."""
        try:
            return self._matcher.screen(party)
        except Refusal:
            unread = (party.name[: fold.MAX_LETTERS],)
            return Screening(fingerprint(party), (), 0, self._matcher.editions, matcher_edition(), unread)


@functools.lru_cache(maxsize=1)
def _indexed(records: bytes, where: Path) -> Index:
    """The index of the entries; its files are gone once it is open, their pages last as long as it is used."""
    with tempfile.TemporaryDirectory(prefix=".changed-", dir=where) as folder:
        return Index(building.build(records, Path(folder)))
