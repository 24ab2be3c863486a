"""Whether a datasheet is in a language that is read here: said, never guessed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from safeconduct.classify.phrases import raw_tables
from safeconduct.classify.sheet_text import MOST_CHARS, MOST_LINES, fold

NO_TEXT, UNKNOWN = "none", "unknown"
TERSE = 20
"""A list of so few words need hold no common word of its language, and one of another language may be chance."""
SHARE = 0.15
"""Of the lines that tell their language, how many make it one of the sheet; fewer may be names and quotations."""

_WORD = re.compile(r"[^\W\d_]+")


def language_of(lines: Sequence[str]) -> str:
    """``en``, ``fr``, ``es``; another language's code, the name of a script (``arabic``), ``unknown``; ``none`` where
    there is no text at all."""
    words = [word for line in lines[:MOST_LINES] for word in _WORD.findall(line[:MOST_CHARS])]
    if not words:
        return NO_TEXT
    script = _other_script(words)
    if script:
        return script
    seen = Counter(_WORD.findall(fold(" ".join(words))))
    counts = _counts(seen)
    best = max(counts, key=lambda name: (counts[name], name in raw_tables()))
    is_terse = len(words) < TERSE
    if counts[best] > (is_terse and best not in raw_tables()):
        return best
    return "en" if is_terse else UNKNOWN


def is_read(lines: Sequence[str]) -> bool:
    """Whether there is a table of phrases for the language of ``lines``."""
    return language_of(lines) in raw_tables()


def languages_in(lines: Sequence[str]) -> tuple[str, ...]:
    """The languages that are read in which the lines of a sheet stand, in the order of the tables: those of a share
    of the lines that tell theirs; all of them where no line does."""
    told = Counter(filter(None, (language_told(fold(line[:MOST_CHARS])) for line in lines[:MOST_LINES])))
    return tuple(name for name in raw_tables() if told[name] > told.total() * SHARE) or tuple(raw_tables())


@lru_cache(4096)
def language_told(folded: str) -> str:
    """The language that is read of which two common words stand in a clause and more than of any other; or ``""``."""
    counts = _counts(Counter(_WORD.findall(folded)))
    read = sorted(((counts[name], name) for name in raw_tables()), reverse=True)
    return read[0][1] if read[0][0] > max(read[1][0], 1) else ""


def is_foreign(line: str) -> bool:
    """Whether one line of a sheet that is read stands in another language."""
    counts = _counts(Counter(_WORD.findall(fold(line[:MOST_CHARS]))))
    read = max(counts[name] for name in raw_tables())
    return max(counts.values()) > max(read, 1)


def _counts(seen: Counter[str]) -> dict[str, int]:
    counts = dict.fromkeys(_common(), 0)
    languages = _languages_of()
    for word, times in seen.items():
        for name in languages.get(word, ()):
            counts[name] += times
    return counts


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages in which each common word is one."""
    words = {word for common in _common().values() for word in common}
    return {word: tuple(name for name, common in _common().items() if word in common) for word in words}


@cache
def _common() -> dict[str, frozenset[str]]:
    unread = tomllib.loads((resources.files("safeconduct.classify") / "phrases" / "unread.toml").read_text("utf-8"))
    read = {name: one.common for name, one in raw_tables().items()}
    return {name: frozenset(fold(word) for word in words) for name, words in {**read, **unread}.items()}


def _other_script(words: list[str]) -> str:
    """The script of most letters, where it is not Latin."""
    text = "".join(words)
    if text.isascii():
        return ""
    letters = Counter[str]()
    for char, times in Counter(text).items():
        name = "latin" if char.isascii() else unicodedata.name(char, "unknown").partition(" ")[0].lower()
        letters[name] += times
    most, count = letters.most_common(1)[0]
    return most if most != "latin" and 2 * count > letters.total() else ""
