"""Making the index of an edition: whole, or from an older edition's index and the entries whose names changed.

Both ways write the same bytes. What costs time is analysing names (100 µs each), so an entry whose kind and names
an older index already holds, under the same layout and libraries, is taken over from it.
"""

from __future__ import annotations

import functools
import hashlib
import io
import itertools
import os
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from safeconduct.core.errors import Refusal
from safeconduct.screen import analyse
from safeconduct.screen.features import FEATURES, listed_features, stable
from safeconduct.screen.identifiers import identifier_key
from safeconduct.screen.index import Index, directory, lengths, seal
from safeconduct.screen.model import AnalysedName, Mode, Word
from safeconduct.screen.sharing import Share
from safeconduct.sources.model import Listed, Record

WEIGHT = 1 << 16  # squared weights are whole numbers of this part: their sums are exact in any order
_BLOCK = 500  # entries that are read at a time
_MODES: dict[str, tuple[Mode, ...]] = {"person": ("person",), "unknown": ("person", "organization")}
_number = functools.lru_cache(maxsize=1 << 16)(stable)  # of words, which come again and again
_encode = msgspec.msgpack.Encoder(order="sorted").encode
_record = msgspec.json.Decoder(Record).decode


def modes(kind: str) -> tuple[Mode, ...]:
    """How names of a party of this kind are read; both ways where nobody says what it is."""
    return _MODES.get(kind, ("organization",))


def build(
    records: bytes | Iterable[bytes], where: Path, normalised: str = "", before: str = "", share: Share = map
) -> Path:
    """Index the watchlist records among normalised JSON Lines; the directory that ``Index`` opens.

    ``normalised`` is the SHA-256 of the bytes, where the caller knows it; ``before`` that of an older edition,
    whose index is used if it stands under ``where`` and is whole. Done in a directory beside the final one and then
    renamed, so that a killed build leaves nothing half-made; an index already there is kept. ``share`` says who reads
    the entries; whoever does, the bytes are the same. A ``Refusal`` names the line that is no record.
    """
    if isinstance(records, bytes):
        normalised = normalised or hashlib.sha256(records).hexdigest()
        records = io.BytesIO(records)
    final = directory(where, normalised)
    if final.is_dir():
        return final
    where.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=where))
    try:
        _write(making, _read(records, _older(where, before), share))
        seal(making, normalised)
        os.replace(making, final)
    except OSError:
        if not final.is_dir():  # another process finished the same index first
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return final


def listed_readings(listed: Listed) -> list[AnalysedName]:
    """Every reading of every name of a listed party, each once, in the publisher's order."""
    found: dict[tuple[str, tuple[Word, ...]], AnalysedName] = {}
    for name in listed.names:
        for mode in modes(listed.kind):
            for reading in analyse.analyse(name.text, mode, name.kind, name.given, name.family):
                found.setdefault((mode, reading.words), reading)
    return list(found.values())


def _read(lines: Iterable[bytes], older: _Known, share: Share) -> Iterator[_Entry]:
    """What the index keeps of each entry, in their order."""
    numbered = enumerate(lines, 1)
    blocks = iter(lambda: list(itertools.islice(numbered, _BLOCK)), [])
    for entries in share(functools.partial(_entries, older), blocks):
        yield from entries


def _entries(older: _Known, lines: Iterable[tuple[int, bytes]]) -> list[_Entry]:
    return [_entry(older, listed) for number, line in lines if (listed := _parsed(number, line))]


def _parsed(number: int, line: bytes) -> Listed | None:
    if not line.strip():
        return None
    try:
        record = _record(line)
    except msgspec.MsgspecError as error:
        raise Refusal(f"not a record: {error}", f"line {number}", "load the list again") from error
    return record if isinstance(record, Listed) else None


def _entry(older: _Known, listed: Listed) -> _Entry:
    key = names_key(listed)
    numbers = {stable(found) for one in listed.identifiers if (found := identifier_key(one))}
    return _Entry(_encode(listed), key, sorted(numbers), older(key) or _analysed(listed))


class Names(NamedTuple):
    """What the index keeps of one entry's names: each reading's bytes and features (``listed_features``), and the words
    of them all."""

    readings: list[bytes]
    features: list[bytes]
    words: list[int]


class _Entry(NamedTuple):
    """What the index keeps of one entry: itself, the key of its names, its identifiers' numbers, its names."""

    listed: bytes
    key: bytes
    identifiers: list[int]
    names: Names


_Known = Callable[[bytes], Names | None]


def _analysed(listed: Listed) -> Names:
    readings = listed_readings(listed)
    forms = {word.form for reading in readings for word in reading.words}
    found = [listed_features(one.words) for one in readings]
    return Names([_encode(one) for one in readings], found, sorted({_number(one) for one in forms}))


def names_key(listed: Listed) -> bytes:
    """What the readings of an entry's names depend on, in 16 bytes."""
    return hashlib.blake2b(_encode((listed.kind, listed.names)), digest_size=16).digest()


def _older(where: Path, before: str) -> _Known:
    """The names of an older index by their key; of none where it is missing, damaged or of other libraries."""
    place = directory(where, before)
    if not before or not place.is_dir():
        return lambda _key: None
    try:
        return _Older(Index(place)).names
    except Refusal:  # not needed: everything is analysed anew
        return lambda _key: None


class _Older:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._entry = {key: number for number, key in enumerate(index.keys())}
        self._features, self._features_at = index.forward()

    def names(self, key: bytes) -> Names | None:
        """What was kept of the names with this key."""
        entry = self._entry.get(key)
        if entry is None:
            return None
        numbers = self._index.readings_of(entry)
        found = [self._features[self._features_at[one] : self._features_at[one + 1]].tobytes() for one in numbers]
        return Names([self._index.name_bytes(one) for one in numbers], found, self._index.words_of(entry))


class _Collected:
    """What is known of all entries, in plain arrays: at 230,000 entries lists of numbers would take a gigabyte."""

    def __init__(self) -> None:
        self.found, self.counts, self.name_sizes = array("i"), array("i"), array("q")
        self.entry_of, self.entry_sizes = array("i"), array("q")
        self.words, self.word_counts = array("i"), array("i")
        self.word_number: dict[int, int] = {}
        self.identifiers: list[tuple[int, int]] = []

    def add(self, entry: _Entry) -> None:
        """One more entry."""
        number, names = len(self.entry_sizes), entry.names
        for reading, found in zip(names.readings, names.features, strict=True):
            self.found.frombytes(found)
            self.counts.append(len(found) // self.found.itemsize)
            self.name_sizes.append(len(reading))
            self.entry_of.append(number)
        known = self.word_number
        self.words.extend([known.setdefault(word, len(known)) for word in names.words])
        self.word_counts.append(len(names.words))
        self.identifiers += [(one, number) for one in entry.identifiers]
        self.entry_sizes.append(len(entry.listed))


def _write(making: Path, entries: Iterable[_Entry]) -> None:
    all_of = _Collected()
    with (
        (making / "names.bin").open("wb") as names_file,
        (making / "entries.bin").open("wb") as entries_file,
        (making / "keys.bin").open("wb") as keys_file,
    ):
        for entry in entries:
            all_of.add(entry)
            entries_file.write(entry.listed)
            names_file.writelines(entry.names.readings)
            keys_file.write(entry.key)
    for name, values in _arrays(all_of).items():
        np.save(making / f"{name}.npy", values)


def _arrays(all_of: _Collected) -> dict[str, npt.NDArray[np.generic]]:
    found = np.frombuffer(all_of.found, np.int32)
    counts = np.frombuffer(all_of.counts, np.int32)
    arrays = _weighed(found, counts)
    hashes = np.array(list(all_of.word_number), np.uint64)
    order = np.argsort(hashes)
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    words = number[np.frombuffer(all_of.words, np.int32)]
    borne = np.frombuffer(all_of.word_counts, np.int32)
    identifiers = sorted(all_of.identifiers)
    return arrays | {
        "entry_of": np.frombuffer(all_of.entry_of, np.int32),
        "name_at": _offsets(np.frombuffer(all_of.name_sizes, np.int64)),
        "entry_at": _offsets(np.frombuffer(all_of.entry_sizes, np.int64)),
        "id_hash": np.array([key for key, _ in identifiers], np.uint64),
        "id_entry": np.array([one for _, one in identifiers], np.int32),
        "word_hash": hashes[order],
        "bearers": np.repeat(np.arange(len(borne), dtype=np.int32), borne)[np.argsort(words, kind="stable")],
        "bearers_at": _offsets(np.bincount(words, minlength=len(order))),
        "words": words,
        "words_at": _offsets(borne),
    }


def _offsets(sizes: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    places = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=places[1:])
    return places


def _weighed(found: npt.NDArray[np.int32], counts: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[np.generic]]:
    """Readings by feature, each feature's squared weight, and each reading's length."""
    pairs = found.astype(np.uint64) << np.uint64(32)
    pairs |= np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    pairs.sort()
    pairs = pairs[np.concatenate((np.ones(1, np.bool_), pairs[1:] != pairs[:-1]))[: len(pairs)]]
    found, owners = (pairs >> np.uint64(32)).astype(np.int32), pairs.astype(np.int32)
    frequency = np.bincount(found, minlength=FEATURES)
    inverse = np.log((len(counts) + 1) / (frequency + 0.5))
    squares = np.maximum(np.rint(inverse**2 * WEIGHT), 1).astype(np.float32)
    norms, bare_norms = lengths(found, owners, len(counts), squares)
    return {
        "starts": _offsets(frequency),
        "postings": owners,
        "squares": squares,
        "norms": norms,
        "bare_norms": bare_norms,
    }
