"""Chinese characters: which forms are one character, and how each is read in four languages.

The table (``han.tsv``, made by ``scripts/make_han.py`` from the Unicode Han database) is read when the first such
name comes: 9,000 lines, 2 MB. Korean readings are Hangul syllables, Japanese ones Hepburn with long vowels written out.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Literal

Language = Literal["mandarin", "cantonese", "korean", "japanese"]
_COLUMN: dict[Language, int] = {"mandarin": 2, "cantonese": 3, "korean": 4, "japanese": 5}


@functools.lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[int, str]]:
    """Each simplified character's line, and which simplified character every other form is."""
    text = files("safeconduct.screen").joinpath("han.tsv").read_text(encoding="utf-8")
    lines = {line[0]: line for line in text.splitlines()}
    forms = {ord(form): simple for simple, line in lines.items() for form in line.split("\t", 2)[1]}
    return lines, forms


def simplified(text: str) -> str:
    """The text with old, Japanese and traditional forms of a character as its simplified one."""
    return text.translate(_table()[1])


@functools.lru_cache(maxsize=4096)
def read(char: str, language: Language) -> tuple[str, ...]:
    """Every way the simplified character is read in the language, the customary one first; empty where it is not."""
    line = _table()[0].get(char)
    return tuple(line.split("\t")[_COLUMN[language]].split()) if line else ()
