"""The list's words for plain words (``plain_words.txt``), so that *know-how* also looks for *technology*."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from safeconduct.classify.words import words

Stems = tuple[str, ...]
_FILE = Path(__file__).with_suffix(".txt")


@cache
def of_the_lists() -> dict[Stems, tuple[tuple[str, Stems], ...]]:
    """For the stems of a plain word or phrase, the list's words for it: as written, and by their stems."""
    found: dict[Stems, dict[str, Stems]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        listed, colon, plain = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for phrase in plain.split(","):
            key = stems_of(phrase)
            if key and stems_of(listed) not in ((), key):
                found.setdefault(key, {})[listed] = stems_of(listed)
    return {key: tuple(sorted(each.items())) for key, each in found.items()}


@cache
def longest() -> int:
    """Words of the longest plain phrase."""
    return max(map(len, of_the_lists()))


def stems_of(text: str) -> Stems:
    """The stems of a text, in order."""
    return tuple(stem for stem, _ in words(text))
