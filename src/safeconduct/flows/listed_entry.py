"""One entry of an edition, from the bytes that are kept; the rest of them is not read."""

from __future__ import annotations

import mmap
from functools import lru_cache
from pathlib import Path

import msgspec

from safeconduct.core import canonical
from safeconduct.sources.model import Listed
from safeconduct.store import blobs

MOST_HITS = 10_000  # places at which an edition may name one entry before we stop looking


@lru_cache(maxsize=256)
def listed_entry(home: Path, normalised: str, entry: str) -> Listed | None:
    """The entry with this id in the edition of this hash; None where it is not there, or the file is gone.

    An edition may hold millions of bytes: only lines that name the entry are decoded. Whether they are as they were
    is for ``ledger verify`` to say, and for whoever compares the entry's fingerprint with the recorded one.
    """
    mark = b'"entry":' + canonical.encode(entry)
    try:
        with blobs.path_of(home, normalised).open("rb") as file:
            return _found(file.fileno(), mark, entry)
    except (OSError, ValueError):  # gone, or empty
        return None


def _found(handle: int, mark: bytes, entry: str) -> Listed | None:
    with mmap.mmap(handle, 0, access=mmap.ACCESS_READ) as data:
        at = data.find(mark)
        for _ in range(MOST_HITS):
            if at < 0:
                return None
            start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
            end = end if end >= 0 else len(data)
            listed = _decoded(data[start:end])
            if listed is not None and listed.entry == entry:
                return listed
            at = data.find(mark, end)
    return None


def _decoded(line: bytes) -> Listed | None:
    try:
        return canonical.decode(line, Listed)
    except msgspec.ValidationError:
        return None
