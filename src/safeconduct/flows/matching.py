"""Matchers for sets of editions, ready to use. For workers and the command line, never for a web process: the name
library takes seconds and hundreds of megabytes in each process that loads it."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from safeconduct.core import canonical
from safeconduct.flows import forked
from safeconduct.screen import Matcher, build_index
from safeconduct.screen.index import directory
from safeconduct.screen.model import EditionUsed
from safeconduct.store import blobs

KEPT = 2
LARGE = 1 << 20  # bytes of records; a smaller list is indexed sooner than processes are started
Tell = Callable[[str], None]


class Matchers:
    """Opens matchers, building the indexes that are missing; keeps the last few.

    A source's index is made from the last one that was made for it, which is noted beside them.
    """

    def __init__(self, home: Path, tell: Tell = lambda _doing: None) -> None:
        self._home, self._indexes, self._tell = home, home / "index", tell
        self._ready: OrderedDict[tuple[EditionUsed, ...], Matcher] = OrderedDict()

    def of(self, editions: tuple[EditionUsed, ...]) -> Matcher:
        """The matcher for these editions. ``tell`` hears of each index that is built; a ``Refusal`` where the
        edition's kept bytes are gone or altered."""
        if editions not in self._ready:
            for number, edition in enumerate(editions, 1):
                self._index(edition, f"{number} of {len(editions)}")
            pairs = [(edition.key, edition.normalised) for edition in editions]
            self._ready[editions] = Matcher.open(self._indexes, pairs)
            while len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        self._ready.move_to_end(editions)
        return self._ready[editions]

    def _index(self, edition: EditionUsed, place: str) -> None:
        if not directory(self._indexes, edition.normalised).is_dir():
            self._tell(f"indexing {edition.key}, {place}")
            note = self._indexes / f"{canonical.sha256(edition.key.encode())[:16]}.last"
            before = note.read_text() if note.is_file() else ""
            self._build(blobs.read(self._home, edition.normalised), before)
            note.write_text(edition.normalised)

    def _build(self, records: bytes, before: str) -> None:
        """By several processes where a large list has no older index; by this one where they are killed."""
        anew = not before or not directory(self._indexes, before).is_dir()
        if anew and len(records) >= LARGE:
            with contextlib.suppress(forked.Killed):
                build_index(records, self._indexes, share=forked.by(forked.cores()))
                return
        build_index(records, self._indexes, before)
