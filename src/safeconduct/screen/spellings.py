"""What a person's Chinese, Japanese or Korean name may be spelt like, word by word, to be found among exact words.

Each syllable has a bit. A spelling of one syllable, or of neighbours written together, carries theirs; a listed party
whose words together carry every bit in one language may bear the name, however it is divided and ordered. That
finds candidates and decides nothing.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from safeconduct.screen import heard, syllables
from safeconduct.screen.model import Word

_SPOKEN: tuple[heard.Heard, ...] = ("mandarin", "korean", "japanese", "cantonese")
_MOST_SYLLABLES = 12
_MOST = (0, 64, 1000, 300, 200)  # spellings of so many syllables written together

_Units = tuple[tuple[str, str], ...]


class Spelt(NamedTuple):
    """Spellings as ascending numbers; the bits of each (a row) in each language (a column); all bits."""

    numbers: npt.NDArray[np.uint64]
    bits: npt.NDArray[np.uint16]
    whole: int


def of(words: Sequence[Word], number: Callable[[str], int]) -> Spelt | None:
    """The spellings of a name that is written in one of these scripts throughout and has no translated word."""
    texts = [heard.written(word) for word in words]
    if not all(texts) or any(next(heard.meanings(word), "") for word in words):
        return None
    forms = {word.form: text for word, text in zip(words, texts, strict=True)}
    return _spelt(tuple(texts), tuple(forms), number)


@functools.lru_cache(maxsize=256)
def _spelt(texts: tuple[str, ...], forms: tuple[str, ...], number: Callable[[str], int]) -> Spelt | None:
    parts = [tuple(syllables.parted(text)) for text in texts]
    units = tuple(unit for part in parts for unit in part)
    if not 1 < len(units) <= _MOST_SYLLABLES:
        return None
    found: dict[str, list[int]] = {}
    ends = list(itertools.accumulate(map(len, parts)))
    for form, part, end in zip(forms, parts, ends, strict=False):  # as a list in the same script is read
        found[form] = [_bits(end - len(part), end)] * len(_SPOKEN)
    for column, language in enumerate(_SPOKEN):
        for start, end, spelling in _spellings(units, language):
            found.setdefault(spelling, [0] * len(_SPOKEN))[column] |= _bits(start, end)
    numbers = np.fromiter(map(number, found), np.uint64, len(found))
    order = np.argsort(numbers)
    return Spelt(numbers[order], np.array(list(found.values()), np.uint16)[order], _bits(0, len(units)))


def _bits(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


def _spellings(units: _Units, language: heard.Heard) -> list[tuple[int, int, str]]:
    """Where a run of syllables begins and ends, and how it may be spelt; none where one of all is not read so."""
    first = [syllables.spelt(*unit, language, first=True) for unit in units]
    later = [syllables.spelt(*unit, language, first=False) for unit in units]
    if not all(first):
        return []
    found = []
    for size in range(1, min(len(units), 5)):
        for start in range(len(units) - size + 1):
            options = [first[start], *later[start + 1 : start + size]]
            found += [(start, start + size, one) for one in _together(options, language)]
    return found


def _together(options: list[tuple[str, ...]], language: heard.Heard) -> list[str]:
    """The options in a row, bounded: of each at most so many that not too many come of them all."""
    most = _MOST[len(options)]
    each = next(count for count in range(64, 0, -1) if _product(options, count) <= most or count == 1)
    found = ["".join(one) for one in itertools.product(*(option[:each] for option in options))]
    if language == "japanese":
        found += [one + more for one in found if one.endswith("o") for more in ("u", "h")]
    return found


def _product(options: list[tuple[str, ...]], each: int) -> int:
    found = 1
    for option in options:
        found *= min(len(option), each)
    return found
