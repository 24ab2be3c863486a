"""Where each listed party stands in an edition's normalised bytes, so that one is read without reading them all.

Two arrays sorted by the first: 64 bits of BLAKE2b of the publisher's id, and where the line begins.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from safeconduct.sources.model import Listed, Record

_record = msgspec.json.Decoder(Record).decode
MOST_LINE = 4_000_000  # bytes of one record; the largest on real lists has 60,000


def build(normalised: bytes, out: Path) -> None:
    """Write the places of all listed parties to ``out`` (a ``.npy`` file), whole or not at all."""
    found = sorted(_places(normalised))
    table = np.array(found, dtype=np.uint64).reshape(len(found), 2)
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=out.parent, prefix=".making-", suffix=".npy")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, table)
        os.replace(draft, out)
    finally:
        Path(draft).unlink(missing_ok=True)


def _places(normalised: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for line in normalised.splitlines(keepends=True):
        if line.strip() and isinstance(record := _record(line), Listed):
            yield _key(record.entry), start
        start += len(line)


def _key(entry: str) -> int:
    return int.from_bytes(hashlib.blake2b(entry.encode(), digest_size=8).digest(), "big")


def find(table: Path, normalised: Path, entry: str) -> Listed | None:
    """The listed party with this publisher's id, from the file of places and that of the normalised bytes."""
    places = np.load(table, mmap_mode="r")
    wanted = np.uint64(_key(entry))
    low, high = (int(np.searchsorted(places[:, 0], wanted, side)) for side in ("left", "right"))
    with normalised.open("rb") as file:
        for row in range(low, high):
            file.seek(int(places[row, 1]))
            record = _record(file.readline(MOST_LINE))
            if isinstance(record, Listed) and record.entry == entry:
                return record
    return None
