"""The candidate index of one edition: files a process maps into memory and shares with its children.

A directory ``<sha256 of the normalised edition>.<INDEX>.<libraries>`` holds numpy arrays and three blobs: each
reading of each name (analysed once, when the index was built), each listed party, and what each party's names were
read from. Names are found by the letter triples and consonant skeletons of their words, rare ones counting more
(cosine of inverse document frequencies); parties also by exact identifiers. Everything is a function of the
edition's bytes and of the libraries named in ``analyse.versions``: no ``hash()``, no clock. ``seal.json`` names
edition, layout, libraries, and every file with its SHA-256; an index that differs from its seal is not opened.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.screen import analyse
from safeconduct.screen.features import FEATURES, HEARD, TRIPLES, Sought, stable
from safeconduct.screen.identifiers import identifier_key
from safeconduct.screen.model import AnalysedName
from safeconduct.screen.spellings import Spelt
from safeconduct.sources.model import Listed

INDEX = "7"  # raised whenever what is read from a name changes
CANDIDATES = 48  # readings a query compares; .997 of altered listed names are among the first 20
_HEARD_CANDIDATES, _LEAST_HEARD = 32, 0.45  # for names of other scripts; docs/scripts.md has what more would find
_EXACT, _NAMESAKES = np.float32(0.999), 500
LEAST = 0.25  # cosine of a candidate
_PASSED_OVER = LEAST**2 / 2  # the share of a name's weight that common features may have and be looked up last
_ARRAYS = (
    "starts", "postings", "squares", "norms", "bare_norms", "entry_of", "name_at", "entry_at",
    "id_hash", "id_entry", "word_hash", "bearers", "bearers_at", "words", "words_at",
)  # fmt: skip
_BLOBS = ("names", "entries", "keys")
FILES = (*(f"{name}.npy" for name in _ARRAYS), *(f"{name}.bin" for name in _BLOBS))
_KEY = 16

_name = msgspec.msgpack.Decoder(AnalysedName).decode
_listed = msgspec.msgpack.Decoder(Listed).decode
_Floats = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.int32]


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an index was made from and consists of; ``files`` are SHA-256 by name."""

    edition: str
    layout: str
    libraries: str
    files: dict[str, str]


def directory(where: Path, normalised: str) -> Path:
    """Where the index of an edition stands: its own hash, this layout and the libraries' versions."""
    libraries = hashlib.sha256(analyse.versions().encode()).hexdigest()[:12]
    return where / f"{normalised}.{INDEX}.{libraries}"


def seal(place: Path, normalised: str) -> None:
    """Write down what the finished index consists of."""
    files = {name: _sha256(place / name) for name in FILES}
    made = Seal(normalised, INDEX, analyse.versions(), files)
    (place / "seal.json").write_bytes(canonical.encode(made))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Index:
    """One edition's index, opened from its directory: checked against its seal, then mapped, not read."""

    def __init__(self, place: Path) -> None:
        try:
            _check(place)
            # plain views of the maps: slicing a np.memmap itself costs ten times as much
            arrays = {key: np.asarray(np.load(place / f"{key}.npy", mmap_mode="r")) for key in _ARRAYS}
            blobs = {key: _mapped(place / f"{key}.bin") for key in _BLOBS}
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise Refusal(f"the index cannot be read: {error}", str(place), "delete it; it is built again") from error
        self._names, self._entries, self._keys = blobs["names"], blobs["entries"], blobs["keys"]
        self._starts, self._postings = arrays["starts"], arrays["postings"]
        self._squares, self._norms, self._bare_norms = arrays["squares"], arrays["norms"], arrays["bare_norms"]
        self.entry_of, self._name_at, self._entry_at = arrays["entry_of"], arrays["name_at"], arrays["entry_at"]
        self._id_hash, self._id_entry = arrays["id_hash"], arrays["id_entry"]
        self._word_hash, self._bearers, self._bearers_at = arrays["word_hash"], arrays["bearers"], arrays["bearers_at"]
        self._words, self._words_at = arrays["words"], arrays["words_at"]

    @property
    def parties(self) -> int:
        """How many listed parties the edition has."""
        return len(self._entry_at) - 1

    def name(self, number: int) -> AnalysedName:
        """A reading by its number."""
        return _name(self._names[self._name_at[number] : self._name_at[number + 1]].data)

    def name_bytes(self, number: int) -> bytes:
        """A reading as it is kept."""
        return self._names[self._name_at[number] : self._name_at[number + 1]].tobytes()

    def entry(self, number: int) -> Listed:
        """A listed party by its number."""
        return _listed(self._entries[self._entry_at[number] : self._entry_at[number + 1]].data)

    def keys(self) -> Iterator[bytes]:
        """What each party's names were read from, in 16 bytes."""
        whole = self._keys.tobytes()
        return (whole[place : place + _KEY] for place in range(0, len(whole), _KEY))

    def readings_of(self, entry: int) -> range:
        """Numbers of the readings of a party's names."""
        # needles of the array's own type: others would have it copied
        low, high = np.searchsorted(self.entry_of, np.array((entry, entry + 1), np.int32))
        return range(int(low), int(high))

    def words_of(self, entry: int) -> list[int]:
        """The 64-bit numbers of the words in a party's names, in order."""
        found: list[int] = self._word_hash[self._words[self._words_at[entry] : self._words_at[entry + 1]]].tolist()
        return found

    def forward(self) -> tuple[_Numbers, npt.NDArray[np.int64]]:
        """Features by reading, the way back from the postings: their numbers, and where each reading's begin."""
        features = np.repeat(np.arange(FEATURES, dtype=np.uint64), np.diff(self._starts))
        pairs = (self._postings.astype(np.uint64) << np.uint64(32)) | features
        pairs.sort()
        places = np.searchsorted(pairs, np.arange(len(self.entry_of) + 1, dtype=np.uint64) << np.uint64(32))
        return (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32), places

    def weighed_as(self, other: Index) -> Index:
        """This index with the weights of another, so that a part of an edition is searched as the whole is."""
        found, places = self.forward()
        made = copy.copy(self)
        made._squares = other._squares
        owners = np.repeat(np.arange(len(places) - 1, dtype=np.int32), np.diff(places))
        made._norms, made._bare_norms = lengths(found, owners, len(places) - 1, other._squares)
        return made

    def weights(self) -> _Floats:
        """How much each feature tells (squared), in a reading that is sought."""
        return np.where(np.arange(FEATURES) < HEARD, self._squares.astype(np.float64), 0)

    def near(self, wanted: _Numbers, weights: _Floats, least: _Floats) -> npt.NDArray[np.int64]:
        """Readings whose shared features weigh at least ``least`` (one bound a reading, above 0)."""
        lists = [self._list(one) for one in wanted]
        shared = np.repeat(weights[wanted], [len(one) for one in lists])
        return np.flatnonzero(np.bincount(np.concatenate(lists), weights=shared, minlength=len(least)) >= least)

    def weight_of_each(self, weights: _Floats) -> _Floats:
        """The weight of all features of each reading."""
        shared = np.repeat(weights, np.diff(self._starts))
        return np.bincount(self._postings, weights=shared, minlength=len(self.entry_of)).astype(np.float64)

    def length_of_each(self) -> npt.NDArray[np.float32]:
        """The length of each reading, by which a cosine is divided."""
        return self._norms

    def frequency(self, form: str) -> int:
        """How many listed parties have the word in a name."""
        key = np.uint64(stable(form))
        place = int(np.searchsorted(self._word_hash, key))
        if place == len(self._word_hash) or self._word_hash[place] != key:
            return 0
        return int(self._bearers_at[place + 1] - self._bearers_at[place])

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
        if not sought.features or not len(self._norms):
            return []
        spelt = self._bearing(sought.spelt) if sought.spelt else []
        if sought.exact:
            return spelt
        touched, scores = self._heard(sought) if sought.heard else self._scored(sought)
        if sought.heard:
            most = _HEARD_CANDIDATES
        else:
            most = max(most, min(_NAMESAKES, int(np.count_nonzero(scores >= _EXACT))))
        if len(touched) > most:
            first = scores >= np.partition(scores, len(scores) - most)[len(scores) - most]
            touched, scores = touched[first], scores[first]
        best: list[int] = touched[np.lexsort((touched, -scores))][:most].tolist()
        return list(dict.fromkeys((*spelt, *best)))

    def _bearing(self, spelt: Spelt) -> list[int]:
        """The readings of the parties whose words together may spell the whole name in one language."""
        places = np.minimum(np.searchsorted(self._word_hash, spelt.numbers), len(self._word_hash) - 1)
        here = self._word_hash[places] == spelt.numbers
        places = places[here]
        found: list[int] = []
        for bits in spelt.bits[here].T:
            if np.bitwise_or.reduce(bits, initial=0) == spelt.whole:
                found += self._bearing_all(places[bits > 0], bits[bits > 0], spelt.whole)
        parties = list(dict.fromkeys(found))[:_NAMESAKES]
        return [number for party in parties for number in self.readings_of(party)]

    def _bearing_all(self, words: npt.NDArray[np.int64], bits: npt.NDArray[np.uint16], whole: int) -> list[int]:
        """The parties whose words carry every bit together."""
        lists = [self._bearers[self._bearers_at[word] : self._bearers_at[word + 1]] for word in words]
        parties = np.concatenate(lists)
        order = np.argsort(parties, kind="stable")
        parties = parties[order]
        starts = np.flatnonzero(np.concatenate(([True], parties[1:] != parties[:-1])))
        borne = np.bitwise_or.reduceat(np.repeat(bits, [len(one) for one in lists])[order], starts)
        found: list[int] = parties[starts[borne == whole]].tolist()
        return found

    def _scored(self, sought: Sought) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The readings of a cosine of at least ``LEAST``, and their cosines.

        The commonest features, which together weigh too little to make one, are looked up for the others' readings.
        """
        wanted = np.array(sought.features)
        squares = self._squares[wanted].astype(np.float64)
        order = np.argsort(squares, kind="stable")
        whole = float(squares.sum())
        late = int(np.searchsorted(np.cumsum(squares[order]), _PASSED_OVER * whole))
        early, late_ones = order[late:], order[:late]
        lists = [self._list(one) for one in wanted[early]]
        weights = np.repeat(squares[early], [len(one) for one in lists])
        sums = np.bincount(np.concatenate(lists), weights=weights, minlength=len(self._norms))
        norms = self._bare_norms if sought.without_vowels else self._norms
        least = LEAST * whole**0.5
        # whoever shares s of the weight has a norm of at least its root, so a cosine of LEAST needs s >= least²
        touched = np.flatnonzero(sums > least**2 - squares[late_ones].sum() - 1)
        found, length = sums[touched].astype(np.float64), norms[touched].astype(np.float64)
        kept = found + squares[late_ones].sum() >= least * length
        touched, found, length = touched[kept], found[kept], length[kept]
        for one in late_ones:
            found += squares[one] * _among(self._list(wanted[one]), touched)
        scores = (found / (length * whole**0.5)).astype(np.float32)
        kept = scores >= np.float32(LEAST)
        return touched[kept], scores[kept]

    def _heard(self, sought: Sought) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """As ``_scored``, where a name of another script may be more than its first reading: that adds to the sum
        and not to the length, so that the best of several readings counts."""
        wanted = np.array([*sought.features, *sought.heard])
        squares = self._squares[wanted] * np.array([*(1 for _ in sought.features), *sought.told], np.float64)
        lists = [self._list(one) for one in wanted]
        weights = np.repeat(squares, [len(one) for one in lists])
        sums = np.bincount(np.concatenate(lists), weights=weights, minlength=len(self._norms))
        whole = float(squares[: len(sought.features)].sum())
        touched = np.flatnonzero(sums > 0)  # of truths it is found ten times as fast as of floats
        norms = self._bare_norms if sought.without_vowels else self._norms
        scores = (sums[touched] / (norms[touched] * whole**0.5)).astype(np.float32)
        kept = scores >= np.float32(_LEAST_HEARD)
        return touched[kept], scores[kept]

    def _list(self, feature: int) -> _Numbers:
        return self._postings[self._starts[feature] : self._starts[feature + 1]]


def lengths(
    found: _Numbers, owners: _Numbers, readings: int, squares: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Each reading's length, and that of its consonants alone; ``owners`` says whose feature each one found is."""
    kept = ((found < HEARD), (found >= TRIPLES) & (found < HEARD))
    sums = (np.bincount(owners, weights=squares[found] * one, minlength=readings) for one in kept)
    whole, bare = (np.maximum(np.sqrt(one), 1e-3).astype(np.float32) for one in sums)
    return whole, bare


def _among(ordered: _Numbers, wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which of the wanted numbers stand in an ascending list."""
    if not len(ordered):
        return np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(ordered, wanted.astype(np.int32)), len(ordered) - 1)
    return np.equal(ordered[places], wanted)


def _check(place: Path) -> None:
    """Raises ValueError where the files are not those that were sealed."""
    sealed = msgspec.json.decode((place / "seal.json").read_bytes(), type=Seal)
    if sealed.edition != place.name.partition(".")[0]:
        raise ValueError(f"it is that of another edition, {sealed.edition[:12]}…")
    if (sealed.layout, sealed.libraries) != (INDEX, analyse.versions()):
        raise ValueError(f"made by layout {sealed.layout} and {sealed.libraries}")
    for name in FILES:
        if sealed.files.get(name) != _sha256(place / name):
            raise ValueError(f"{name} is not what was written")


def _mapped(path: Path) -> npt.NDArray[np.uint8]:
    if path.stat().st_size == 0:
        return np.zeros(0, np.uint8)
    return np.asarray(np.memmap(path, np.uint8, "r"))
