"""What a seller, a customs officer or a newspaper calls what a paragraph describes (``other_words.tsv``).

Written for this project, paragraph by paragraph, from what the goods are; card: docs/classification.md, "Search by
words". A line holds the paragraph's code, the first letters of the hash of its own words, and the other words. They
count for a paragraph of that code in any list only while it reads as it did when they were written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".tsv")
_OF_CODE = re.compile(r"[^0-9A-Z]+")
_OF_TEXT = re.compile(r"\W+")


def key(code: str, text: str) -> tuple[str, str]:
    """A paragraph's code without signs, and what its words come to: signs, case and spaces do not count."""
    plain = _OF_TEXT.sub(" ", text.casefold()).strip()
    return _OF_CODE.sub("", code.partition("#")[0].upper()), hashlib.sha256(plain.encode()).hexdigest()[:8]


def other_words(code: str, text: str) -> str:
    """Other words for a paragraph; none where nobody wrote any or its own have changed since."""
    return _written().get(key(code, text), "")


@cache
def edition() -> str:
    """The hash of the file, for what is made of it."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]


@cache
def _written() -> dict[tuple[str, str], str]:
    return dict(_lines())


def _lines() -> Iterator[tuple[tuple[str, str], str]]:
    for line in FILE.read_text("utf-8").splitlines():
        code, reads, words = line.split("\t")
        yield (code, reads), words
