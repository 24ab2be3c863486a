"""Letters that ICU has no Latin table for (Khmer, Lao, Sinhala, Tibetan …), by what Unicode calls them.

``KHMER LETTER PO`` sounds like its name. It is coarse, and better than to refuse a name that half a State can read.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_VOWELS = "aeiou"
_FINAL = ("KHMER LETTER", "LAO LETTER")  # at the end of a word these have no vowel
_SOUND = re.compile(r"(?:LETTER|SYLLABLE|VOWEL|SIGN) (?:\S+ )*?(\S+)$")
# Sinhala calls its vowel signs by their shape.
_SHAPES = {
    "AELA-PILLA": "aa", "KETTI AEDA-PILLA": "ae", "DIGA AEDA-PILLA": "ae", "KETTI IS-PILLA": "i", "DIGA IS-PILLA": "i",
    "KETTI PAA-PILLA": "u", "DIGA PAA-PILLA": "u", "KOMBUVA": "e", "DIGA KOMBUVA": "e", "KOMBU DEKA": "ai",
    "KOMBUVA HAA AELA-PILLA": "o", "KOMBUVA HAA DIGA AELA-PILLA": "o", "KOMBUVA HAA GAYANUKITTA": "au",
}  # fmt: skip


def spelt(text: str) -> str:
    """The text with every letter outside ASCII by its name: a consonant with its own vowel unless a vowel follows."""
    out, bare = "", False
    for char in text:
        sound, vowel = (char, False) if char.isascii() else _letter(char)
        if (vowel and out[-1:].isalpha()) or (bare and sound.isspace()):
            out = out.rstrip(_VOWELS)
        out += sound
        bare = not vowel and unicodedata.name(char, "").startswith(_FINAL) if sound else bare
    return out.rstrip(_VOWELS) if bare else out


@functools.lru_cache(maxsize=4096)
def _letter(char: str) -> tuple[str, bool]:
    """How a letter sounds, and whether it is a sign that replaces the vowel of the letter before it."""
    name, kind = unicodedata.name(char, ""), unicodedata.category(char)[0]
    if kind not in "LM":
        return " ", False
    shape = name.partition("VOWEL SIGN ")[2]
    if shape:
        return _SHAPES.get(shape, "".join(re.findall("[a-z]+", shape.lower().rpartition(" ")[2]))), True
    if kind == "M" and "SUBJOINED LETTER" not in name:
        return "", False
    found = _SOUND.search(name)
    return (found[1].lower().removesuffix("yanna").replace("-", ""), False) if found else ("", False)
