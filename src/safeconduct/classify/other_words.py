"""What a seller, a customs officer or a newspaper calls what a paragraph describes (``other_words.tsv``).

Written for this project, paragraph by paragraph, from what the goods are; card: docs/classification.md, "Search by
words". A line holds the paragraph's code without signs, the stems of its own first words, and the other words. They
count for a paragraph of that code in any list, and in later editions, while it has at least half of those stems.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from itertools import islice
from pathlib import Path

from safeconduct.classify.words import words

FILE = Path(__file__).with_suffix(".tsv")
STEMS = 6  # of its own words, by which a paragraph is known again
_SIGNS = re.compile(r"[^0-9A-Z]+")
_Told = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def plain(code: str) -> str:
    """A code without signs: lists write one code in several ways."""
    return _SIGNS.sub("", code.partition("#")[0].upper())


def first_stems(text: str) -> tuple[str, ...]:
    """The stems of the first words of a paragraph, each once."""
    return tuple(islice(dict.fromkeys(stem for stem, _ in words(text)), STEMS))


def other_words(code: str, text: str) -> str:
    """Other words for a paragraph; none where nobody wrote any, or where it reads otherwise now."""
    told = _told().get(plain(code), ())
    if not told:
        return ""
    has = {stem for stem, _ in words(text)}
    kept, other = max((sum(stem in has for stem in stems) / len(stems), other) for stems, other in told)
    return other if kept >= 0.5 else ""


@cache
def edition() -> str:
    """The hash of the file, for what is made of it."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]


@cache
def _told() -> _Told:
    told: _Told = {}
    for line in FILE.read_text("utf-8").splitlines():
        code, stems, other = line.split("\t")
        told[code] = (*told.get(code, ()), (tuple(stems.split()), other))
    return told
