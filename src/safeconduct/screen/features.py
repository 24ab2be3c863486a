"""What the index knows a name by: letter triples and consonant skeletons of its words, as numbers."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence

import msgspec

from safeconduct.screen import abjad, fold, heard
from safeconduct.screen.model import Word

TRIPLES = 38**3
_SKELETONS = 1 << 16
HEARD = TRIPLES + _SKELETONS  # from here on: what a word sounds like to other scripts; no part of a name's length
_SOUNDS = 1 << 16
_WHOLE, _PART = 8, 3  # how often a sound counts that stands for a whole word of several triples, or for part of one
FEATURES = HEARD + _SOUNDS
_ALPHABET = {char: place for place, char in enumerate("^abcdefghijklmnopqrstuvwxyz0123456789$")}


@functools.lru_cache(maxsize=1 << 17)
def stable(text: str) -> int:
    """64 bits of BLAKE2b: the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def features(words: Sequence[Word]) -> set[int]:
    """Feature numbers of a reading."""
    found: set[int] = set()
    for word in words:
        if word.role not in ("legal", "particle"):
            found.update(_of_word(word.form, bool(word.symbols) and bool(abjad.written(word))))
    return found


def listed_features(words: Sequence[Word]) -> set[int]:
    """Feature numbers of a listed reading: also what its words sound like to other scripts."""
    found = features(words)
    for word in words:
        if word.role not in ("legal", "particle"):
            found.update(_of_key(heard.key(word.form)))
    return found


@functools.lru_cache(maxsize=1 << 17)
def _of_key(key: str) -> tuple[int, ...]:
    return (HEARD + stable(key) % _SOUNDS,) if key else ()


def _heard(words: Sequence[Word]) -> dict[int, int]:
    """What else words of another script may be, and how much each tells: by their meaning, by the sound of the whole
    word or of neighbours, and by that of its beginnings and ends."""
    found: dict[int, int] = {}
    for meaning in (one for word in words for one in heard.meanings(word)):
        found.update(dict.fromkeys(_of_word(meaning, False), 1))
    for text in heard.runs(words):
        for whole, keys in heard.keys(text):
            for number in (number for key in keys for number in _of_key(key)):
                found[number] = max(found.get(number, 0), _WHOLE if whole else _PART)
    return found


@functools.lru_cache(maxsize=1 << 17)
def _of_word(form: str, without_vowels: bool) -> tuple[int, ...]:
    """A word's skeleton and, unless it was written without vowels, its letter triples."""
    bones = fold.skeleton(form)
    found = [TRIPLES + stable(bones) % _SKELETONS] if len(bones) > 1 else []
    if not without_vowels:
        places = [_ALPHABET.get(char, 0) for char in f"^{form}$"]
        found += [(a * 38 + b) * 38 + c for a, b, c in zip(places, places[1:], places[2:], strict=False)]
    return tuple(found)


class Sought(msgspec.Struct, frozen=True):
    """A reading as the index looks for it, made once for all editions; ``heard`` is what it may be besides,
    and ``told`` how much each of that counts."""

    features: list[int]
    without_vowels: bool
    heard: tuple[int, ...] = ()
    told: tuple[int, ...] = ()

    @classmethod
    def of(cls, words: Sequence[Word]) -> Sought:
        """What to look for: where a word was written without vowels, consonants alone are compared."""
        found = features(words)
        more = _heard(words) if heard.marked(words) else {}
        more = {number: more[number] for number in sorted(more) if number not in found}
        bare = any(abjad.written(word) for word in words if word.symbols)
        return cls(sorted(found), bare, tuple(more), tuple(more.values()))
