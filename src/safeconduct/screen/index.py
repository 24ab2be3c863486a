"""The candidate index of one edition: files a process maps into memory and shares with its children.

A directory ``<sha256 of the normalised edition>.<INDEX>`` holds numpy arrays and two blobs:
each reading of each name (analysed once, here), and each listed party. Names are found by the
letter triples and consonant skeletons of their words, rare ones counting more (cosine of
inverse document frequencies); parties also by exact identifiers. Everything is a function of
the edition's bytes and of the libraries named in ``analyse.versions``: no ``hash()``, no clock.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.screen import abjad, analyse, fold
from safeconduct.screen.model import AnalysedName, Mode, Word
from safeconduct.sources.model import Listed, Record

INDEX = "2"  # raised whenever what is read from a name changes
CANDIDATES = 48  # readings a query compares; .997 of altered listed names are among the first 20
_EXACT, _NAMESAKES = np.float32(0.999), 500
_LEAST = np.float32(0.25)
_ALPHABET = {char: place for place, char in enumerate("^abcdefghijklmnopqrstuvwxyz0123456789$")}
_TRIPLES = 38**3
_SKELETONS = 1 << 16
_FEATURES = _TRIPLES + _SKELETONS
_ARRAYS = (
    "starts", "postings", "squares", "norms", "bare_norms", "entry_of", "name_at", "entry_at",
    "id_hash", "id_entry", "word_hash", "word_count",
)  # fmt: skip
_MODES: dict[str, tuple[Mode, ...]] = {"person": ("person",), "unknown": ("person", "organization")}

_encode = msgspec.msgpack.Encoder(order="sorted").encode
_name = msgspec.msgpack.Decoder(AnalysedName).decode
_listed = msgspec.msgpack.Decoder(Listed).decode
_record = msgspec.json.Decoder(Record).decode


def modes(kind: str) -> tuple[Mode, ...]:
    """How names of a party of this kind are read; both ways where nobody says what it is."""
    return _MODES.get(kind, ("organization",))


@functools.lru_cache(maxsize=1 << 17)
def stable(text: str) -> int:
    """64 bits of BLAKE2b: the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def identifier_key(identifier: Identifier) -> str:
    """What two identifiers share when they are one: the bare letters and digits, and the kind."""
    bare = "".join(char for char in identifier.value.casefold() if char.isalnum())
    return f"{identifier.kind}:{bare}" if len(bare) > 3 else ""


def features(words: Sequence[Word]) -> list[int]:
    """Feature numbers of a reading, sorted, each once."""
    found: set[int] = set()
    for word in words:
        if word.role not in ("legal", "particle"):
            found.update(_of_word(word.form, bool(abjad.written(word))))
    return sorted(found)


@functools.lru_cache(maxsize=1 << 17)
def _of_word(form: str, without_vowels: bool) -> tuple[int, ...]:
    """A word's skeleton and, unless it was written without vowels, its letter triples."""
    bones = fold.skeleton(form)
    found = [_TRIPLES + stable(bones) % _SKELETONS] if len(bones) > 1 else []
    if not without_vowels:
        places = [_ALPHABET.get(char, 0) for char in f"^{form}$"]
        found += [(a * 38 + b) * 38 + c for a, b, c in zip(places, places[1:], places[2:], strict=False)]
    return tuple(found)


class Sought(msgspec.Struct, frozen=True):
    """A reading as the index looks for it, made once for all editions."""

    features: list[int]
    without_vowels: bool

    @classmethod
    def of(cls, words: Sequence[Word]) -> Sought:
        """What to look for: where a word was written without vowels, consonants alone are compared."""
        return cls(features(words), any(abjad.written(word) for word in words))


def directory(where: Path, normalised: str) -> Path:
    """Where the index of an edition stands: its own hash, this layout and the libraries' versions."""
    libraries = hashlib.sha256(analyse.versions().encode()).hexdigest()[:12]
    return where / f"{normalised}.{INDEX}.{libraries}"


def build(records: bytes | Iterable[bytes], where: Path, normalised: str = "") -> Path:
    """Index the watchlist records among normalised JSON Lines; the directory that ``Index`` opens.

    ``normalised`` is the SHA-256 of the bytes, where the caller knows it. Done in a directory
    beside the final one and then renamed, so that a killed build leaves nothing half-made;
    an index already there is kept. A ``Refusal`` names the line that is no record.
    """
    if isinstance(records, bytes):
        normalised = normalised or hashlib.sha256(records).hexdigest()
        records = records.splitlines()
    final = directory(where, normalised)
    if final.is_dir():
        return final
    where.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=where))
    try:
        _write(making, _parsed(records))
        os.replace(making, final)
    except OSError:
        if not final.is_dir():  # another process finished the same index first
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return final


def _parsed(lines: Iterable[bytes]) -> Iterator[Listed]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except msgspec.MsgspecError as error:
            raise Refusal(f"not a record: {error}", f"line {number}", "load the list again") from error
        if isinstance(record, Listed):
            yield record


def _write(making: Path, records: Iterable[Listed]) -> None:
    names, entries = bytearray(), bytearray()
    name_at, entry_at = [0], [0]
    entry_of: list[int] = []
    owners: list[int] = []
    found: list[int] = []
    words: dict[int, int] = {}
    identifiers: list[tuple[int, int]] = []
    for number, listed in enumerate(records):
        entries += _encode(listed)
        entry_at.append(len(entries))
        identifiers += [(stable(key), number) for one in listed.identifiers if (key := identifier_key(one))]
        seen: set[int] = set()
        for reading in listed_readings(listed):
            mine = features(reading.words)
            owners += [len(entry_of)] * len(mine)
            found += mine
            names += _encode(reading)
            name_at.append(len(names))
            entry_of.append(number)
            seen.update(stable(word.form) for word in reading.words)
        for word in seen:
            words[word] = words.get(word, 0) + 1
    arrays = _weighed(np.array(found, np.int32), np.array(owners, np.int32), len(entry_of))
    arrays |= {"entry_of": np.array(entry_of, np.int32), "name_at": np.array(name_at), "entry_at": np.array(entry_at)}
    identifiers.sort()
    arrays["id_hash"] = np.array([key for key, _ in identifiers], np.uint64)
    arrays["id_entry"] = np.array([number for _, number in identifiers], np.int32)
    arrays["word_hash"] = np.array(sorted(words), np.uint64)
    arrays["word_count"] = np.array([words[word] for word in sorted(words)], np.int32)
    for key in _ARRAYS:
        np.save(making / f"{key}.npy", arrays[key])
    (making / "names.bin").write_bytes(names)
    (making / "entries.bin").write_bytes(entries)


def listed_readings(listed: Listed) -> list[AnalysedName]:
    """Every reading of every name of a listed party, each once, in the publisher's order."""
    found: dict[tuple[str, tuple[Word, ...]], AnalysedName] = {}
    for name in listed.names:
        for mode in modes(listed.kind):
            for reading in analyse.analyse(name.text, mode, name.kind, name.given, name.family):
                found.setdefault((mode, reading.words), reading)
    return list(found.values())


def _weighed(
    found: npt.NDArray[np.int32], owners: npt.NDArray[np.int32], count: int
) -> dict[str, npt.NDArray[np.generic]]:
    """Postings by feature, each feature's squared weight, and each reading's length."""
    order = np.argsort(found, kind="stable")
    starts = np.zeros(_FEATURES + 1, np.int64)
    frequency = np.bincount(found, minlength=_FEATURES)
    np.cumsum(frequency, out=starts[1:])
    squares = (np.log((count + 1) / (frequency + 0.5)) ** 2).astype(np.float32)
    norms = [
        np.sqrt(np.bincount(owners, weights=squares[found] * kept, minlength=count)).astype(np.float32)
        for kept in (found >= 0, found >= _TRIPLES)
    ]
    return {
        "starts": starts,
        "postings": owners[order],
        "squares": squares,
        "norms": np.maximum(norms[0], np.float32(1e-6)),
        "bare_norms": np.maximum(norms[1], np.float32(1e-6)),
    }


class Index:
    """One edition's index, opened from its directory (milliseconds: nothing is read until asked for)."""

    def __init__(self, place: Path) -> None:
        try:
            # plain views of the maps: slicing a np.memmap itself costs ten times as much
            arrays = {key: np.asarray(np.load(place / f"{key}.npy", mmap_mode="r")) for key in _ARRAYS}
            self._names = _mapped(place / "names.bin")
            self._entries = _mapped(place / "entries.bin")
        except (OSError, ValueError) as error:
            raise Refusal(f"the index cannot be read: {error}", str(place), "delete it; it is built again") from error
        self._starts, self._postings = arrays["starts"], arrays["postings"]
        self._squares, self._norms, self._bare_norms = arrays["squares"], arrays["norms"], arrays["bare_norms"]
        self.entry_of, self._name_at, self._entry_at = arrays["entry_of"], arrays["name_at"], arrays["entry_at"]
        self._id_hash, self._id_entry = arrays["id_hash"], arrays["id_entry"]
        self._word_hash, self._word_count = arrays["word_hash"], arrays["word_count"]

    @property
    def parties(self) -> int:
        """How many listed parties the edition has."""
        return len(self._entry_at) - 1

    def name(self, number: int) -> AnalysedName:
        """A reading by its number."""
        return _name(self._names[self._name_at[number] : self._name_at[number + 1]].data)

    def entry(self, number: int) -> Listed:
        """A listed party by its number."""
        return _listed(self._entries[self._entry_at[number] : self._entry_at[number + 1]].data)

    def frequency(self, form: str) -> int:
        """How many listed parties have the word in a name."""
        key = np.uint64(stable(form))
        place = int(np.searchsorted(self._word_hash, key))
        return int(self._word_count[place]) if place < len(self._word_hash) and self._word_hash[place] == key else 0

    def identified(self, identifiers: Iterable[Identifier]) -> list[int]:
        """Numbers of the listed parties that have one of the identifiers."""
        found: set[int] = set()
        for identifier in identifiers:
            if key := identifier_key(identifier):
                wanted = np.uint64(stable(key))  # a plain int would be compared as a float
                low, high = (int(np.searchsorted(self._id_hash, wanted, side)) for side in ("left", "right"))
                found.update(self._id_entry[low:high].tolist())
        return sorted(found)

    def candidates(self, sought: Sought, most: int = CANDIDATES) -> list[int]:
        """Numbers of the readings most like what is sought, the likest first (``most``, and all of the very same)."""
        wanted = sought.features
        if not wanted or not len(self._norms):
            return []
        squares = self._squares[wanted]
        lists = [self._postings[self._starts[one] : self._starts[one + 1]] for one in wanted]
        weights = np.repeat(squares, [len(one) for one in lists])
        sums = np.bincount(np.concatenate(lists), weights=weights, minlength=len(self._norms))
        touched = np.flatnonzero(sums)  # partitioning the mostly-zero array itself is 30 times slower
        norms = self._bare_norms if sought.without_vowels else self._norms
        scores = (sums[touched] / (norms[touched] * np.sqrt(squares.sum()))).astype(np.float32)
        kept = scores >= _LEAST
        touched, scores = touched[kept], scores[kept]
        most = max(most, min(_NAMESAKES, int(np.count_nonzero(scores >= _EXACT))))
        if len(touched) > most:
            first = scores >= np.partition(scores, len(scores) - most)[len(scores) - most]
            touched, scores = touched[first], scores[first]
        best: list[int] = touched[np.lexsort((touched, -scores))][:most].tolist()
        return best


def _mapped(path: Path) -> npt.NDArray[np.uint8]:
    if path.stat().st_size == 0:
        return np.zeros(0, np.uint8)
    return np.asarray(np.memmap(path, np.uint8, "r"))
