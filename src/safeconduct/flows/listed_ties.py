"""Ties that publishers state between the entries of the lists in use.

An entry is looked up where it stands in the kept bytes. Where a publisher gives only a name, whoever bears it is
looked for once in each edition, and put aside beside the indexes, since a page cannot wait for a whole list.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from safeconduct.flows.listed_entries import listed_entry
from safeconduct.screen.model import EditionUsed
from safeconduct.screen.same_party import name_key
from safeconduct.sources.model import Listed
from safeconduct.store import blobs

LAYOUT = "1"  # raised whenever what is put aside changes
NOT_LISTED = "linked, not itself listed"  # what a reader says of a party that is there for its ties alone
_TIED = b'"relations":['
_decode = msgspec.json.Decoder(Listed).decode
Bearers = dict[str, tuple[str, ...]]


class ListedTies:
    """Entries of these editions with their ties, by source and the publisher's id; it keeps what it has read."""

    def __init__(self, home: Path, editions: Sequence[EditionUsed]) -> None:
        self._home, self._editions = home, {one.key: one.normalised for one in editions}
        self._read: dict[tuple[str, str], Listed | None] = {}

    def of(self, source: str, entry: str) -> Listed | None:
        """The record of an entry; None for one that is not on a list in use."""
        key = (source, entry)
        if key not in self._read:
            normalised = self._editions.get(source)
            self._read[key] = listed_entry(self._home, normalised, entry) if normalised else None
        return self._read[key]

    def bearer(self, source: str, name: str) -> str:
        """The one entry of the source that bears this name; ``""`` where none or several do."""
        normalised = self._editions.get(source)
        found = _kept_bearers(self._home, normalised).get(name_key(name), ()) if normalised else ()
        return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=16)
def _kept_bearers(home: Path, normalised: str) -> Bearers:
    """Who bears the names that ties of an edition give without an entry."""
    path = home / "index" / f"bearers-{LAYOUT}-{normalised}"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Bearers)
    except (FileNotFoundError, msgspec.DecodeError):
        found = bearers(blobs.read(home, normalised))
        _keep(path, msgspec.msgpack.encode(found))
        return found


def bearers(data: bytes) -> Bearers:
    """Entries of normalised bytes by those of their names that some tie gives alone."""
    tied = (record for record in map(_decode, _lines_with(_TIED, data)))
    wanted = {name_key(tie.name) for record in tied for tie in record.relations if not tie.entry}
    return _bearers(data, wanted - {""})


def _bearers(data: bytes, wanted: set[str]) -> Bearers:
    """Entries by those of their names that are wanted; names that the publisher calls weak tell nothing."""
    found: dict[str, dict[str, None]] = {}
    for line in data.splitlines() if wanted else ():
        record = _decode(line)
        for key in {name_key(name.text) for name in record.names if name.kind != "weak_alias"} & wanted:
            found.setdefault(key, {})[record.entry] = None
    return {key: tuple(entries) for key, entries in sorted(found.items())}


def _lines_with(mark: bytes, data: bytes) -> Iterator[bytes]:
    """Each line that holds ``mark``, once for each time."""
    at = data.find(mark)
    while at >= 0:
        start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = end if end >= 0 else len(data)
        yield data[start:end]
        at = data.find(mark, end)


def _keep(path: Path, data: bytes) -> None:
    """Under its name only when whole. A disk that does not take it costs the same reading again, no more."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".bearers-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError:
        return
