"""What the index knows a name by: letter triples and consonant skeletons of its words, as numbers."""

from __future__ import annotations

import functools
import hashlib
import itertools
import operator
from array import array
from collections.abc import Sequence

import msgspec

from safeconduct.screen import abjad, fold, heard, spellings
from safeconduct.screen.model import Word

TRIPLES = 38**3
_SKELETONS = 1 << 16
HEARD = TRIPLES + _SKELETONS  # from here on: what a word sounds like to other scripts; no part of a name's length
_SOUNDS = 1 << 16
_WHOLE, _PART = 8, 3  # how often a sound counts that stands for a whole word of several triples, or for part of one
FEATURES = HEARD + _SOUNDS
_LEFT_OUT = frozenset({"legal", "particle"})  # roles of words that everybody has, or leaves out
_is_mark = operator.methodcaller("startswith", abjad.MARK)
_ALPHABET = {char: place for place, char in enumerate("^abcdefghijklmnopqrstuvwxyz0123456789$")}


def stable(text: str) -> int:
    """64 bits of BLAKE2b: the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def features(words: Sequence[Word]) -> set[int]:
    """Feature numbers of a reading."""
    found: set[int] = set()
    for word in words:
        if word.role not in _LEFT_OUT:
            found.update(_sought(word.form, _without_vowels(word.symbols)))
    return found


def listed_features(words: Sequence[Word]) -> bytes:
    """Feature numbers of a listed reading, also what its words sound like to other scripts: 32 bits each, word by word,
    so that some may come more than once."""
    found = [_listed(word.form, _without_vowels(word.symbols)) for word in words if word.role not in _LEFT_OUT]
    return b"".join(found)


def _without_vowels(symbols: Sequence[str]) -> bool:
    """Whether a word was written in Arabic script, by its symbols."""
    return bool(symbols) and any(map(_is_mark, symbols))


@functools.lru_cache(maxsize=1 << 17)
def _listed(form: str, without_vowels: bool) -> bytes:
    """As bytes: they take a tenth of what numbers do."""
    return array("i", (*_of_word(form, without_vowels), *_of_key(heard.key(form)))).tobytes()


def _of_key(key: str) -> tuple[int, ...]:
    return (HEARD + stable(key) % _SOUNDS,) if key else ()


def _heard(words: Sequence[Word]) -> dict[int, int]:
    """What else words of another script may be, and how much each tells: by their meaning, by the sound of the whole
    word or of neighbours, and by that of its beginnings and ends."""
    found: dict[int, int] = {}
    for meaning in (one for word in words for one in heard.meanings(word)):
        found.update(dict.fromkeys(_sought(meaning, False), 1))
    for text in heard.runs(words):
        for whole, keys in heard.keys(text):
            for number in (number for key in keys for number in _of_key(key)):
                found[number] = max(found.get(number, 0), _WHOLE if whole else _PART)
    return found


def _unvowelled(words: Sequence[Word]) -> dict[int, int]:
    """What consonants else words of Arabic script may have in Latin letters; also joined with a neighbour, or parted
    where no space would show."""
    texts = [abjad.written(word) for word in words if word.role not in _LEFT_OUT]
    joined = [one + other for one, other in itertools.pairwise(texts) if 0 < min(len(one), len(other)) < 5]
    several = [part for text in texts if len(text) > 6 for part in abjad.run_together(text)]
    every = (bones for text in (*texts, *joined, *several) for bones in abjad.skeletons(text))
    return {number: 1 for bones in every for number in _of_bones(bones)}


def _of_bones(bones: str) -> tuple[int, ...]:
    return (TRIPLES + stable(bones) % _SKELETONS,) if len(bones) > 1 else ()


def _of_word(form: str, without_vowels: bool) -> list[int]:
    """A word's skeleton and, unless it was written without vowels, its letter triples."""
    found = [*_of_bones(fold.skeleton(form))]
    if not without_vowels:
        places = [_ALPHABET.get(char, 0) for char in f"^{form}$"]
        found += [(a * 38 + b) * 38 + c for a, b, c in zip(places, places[1:], places[2:], strict=False)]
    return found


@functools.lru_cache(maxsize=1 << 14)
def _sought(form: str, without_vowels: bool) -> tuple[int, ...]:
    return tuple(_of_word(form, without_vowels))


class Sought(msgspec.Struct, frozen=True):
    """A reading as the index looks for it, made once for all editions; ``heard`` is what it may be besides,
    and ``told`` how much each of that counts. ``spelt`` are whole words it may be, ``exact`` if
    nothing else."""

    features: list[int]
    without_vowels: bool
    heard: tuple[int, ...] = ()
    told: tuple[int, ...] = ()
    spelt: spellings.Spelt | None = None
    exact: bool = False

    @classmethod
    def of(cls, words: Sequence[Word]) -> Sought:
        """What to look for: where a word was written without vowels, consonants alone are compared."""
        found = features(words)
        spelt = spellings.of(words, stable) if heard.marked(words) else None
        if spelt and all(map(heard.is_own, words)):
            return cls(sorted(found), False, spelt=spelt, exact=True)
        more = _heard(words) if heard.marked(words) else {}
        bare = any(abjad.written(word) for word in words if word.symbols)
        more = _unvowelled(words) | more if bare else more
        more = {number: more[number] for number in sorted(more) if number not in found}
        return cls(sorted(found), bare, tuple(more), tuple(more.values()), spelt)
