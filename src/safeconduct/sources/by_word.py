"""Listed parties by the words of their names, for looking a list through: all of the words, in any order, accents and
case apart. It compares nothing and weighs nothing; that is screening.

An array sorted by its first column: 64 bits of BLAKE2b of a word, and where a line begins that has it in a name.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from safeconduct.sources.by_entry import MOST_LINE
from safeconduct.sources.model import Listed, Record

MOST_WORDS = 20
_record = msgspec.json.Decoder(Record).decode
_WORD = re.compile(r"\w+")


def words(text: str) -> set[str]:
    """The words of a name as they are looked for."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return set(_WORD.findall(bare.casefold()))


def build(normalised: bytes, out: Path) -> None:
    """Write the words of all listed parties to ``out`` (a ``.npy`` file), whole or not at all."""
    found = np.fromiter((number for pair in _pairs(normalised) for number in pair), np.uint64).reshape(-1, 2)
    table = found[np.lexsort((found[:, 1], found[:, 0]))]
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=out.parent, prefix=".making-", suffix=".npy")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, table)
        os.replace(draft, out)
    finally:
        Path(draft).unlink(missing_ok=True)


def find(table: Path, normalised: Path, text: str, most: int) -> tuple[list[Listed], int]:
    """The first ``most`` parties with all words of ``text`` among those of their names, and how many have them."""
    wanted = sorted(words(text))[:MOST_WORDS]
    if not wanted:
        return [], 0
    places = np.load(table, mmap_mode="r")
    lines = sorted((_lines(places, word) for word in wanted), key=len)
    common = lines[0]
    for others in lines[1:]:
        common = np.intersect1d(common, others)
    with normalised.open("rb") as file:
        return [_read(file, int(start)) for start in common[:most]], len(common)


def _read(file: BinaryIO, start: int) -> Listed:
    file.seek(start)
    record = _record(file.readline(MOST_LINE))
    if not isinstance(record, Listed):
        raise TypeError("the places of words do not fit their edition")
    return record


def _pairs(normalised: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for line in normalised.splitlines(keepends=True):
        if line.strip() and isinstance(record := _record(line), Listed):
            for word in {word for name in record.names for word in words(name.text)}:
                yield _key(word), start
        start += len(line)


def _lines(places: npt.NDArray[np.uint64], word: str) -> npt.NDArray[np.uint64]:
    wanted = np.uint64(_key(word))
    low, high = (int(np.searchsorted(places[:, 0], wanted, side)) for side in ("left", "right"))
    return np.asarray(places[low:high, 1])


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
