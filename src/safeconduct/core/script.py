"""The script of a letter."""

from __future__ import annotations

import unicodedata


def script(char: str) -> str:
    """The first word of the character's Unicode name (``LATIN``, ``CYRILLIC``, ``CJK`` …), ``""`` where it has none."""
    return unicodedata.name(char, "").partition(" ")[0]
