"""Words of a text as a search compares them: a word by its stem, in one spelling, a number with its unit as a quantity.

No dictionary: endings of number and tense come off, and of what is left the first letters count, which brings
*decrypts* and *decryption* together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from safeconduct.classify.quantities import quantities

LETTERS = 6  # of a stem that count
MOST_TEXT = 10_000  # letters of one text that are read
_TOKEN = re.compile(r"\d[a-e]\d{3}(?!\w)|\d+(?:\.\d+)?|[^\W\d_]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PLURAL_KEEPS = ("ss", "us", "is")
_NUMBER_NAMES = ("zero one two three four five six seven eight nine ten eleven twelve").split()  # noqa: SIM905
_NUMBERS = {name: str(number) for number, name in enumerate(_NUMBER_NAMES)}
_SPELLINGS = {
    "fibre": "fiber",
    "metre": "meter",
    "litre": "liter",
    "aluminium": "aluminum",
    "calibre": "caliber",
    "armour": "armor",
    "colour": "color",
    "defence": "defense",
    "centre": "center",
    "sulph": "sulf",
    "vapour": "vapor",
    "analys": "analyz",
    "isation": "ization",
    "mould": "mold",
}
_COMMON_WORDS = (
    "a all also an and any are as at be by can for from had has have having if in into is it its made "
    "make makes most not of on or other our so such than that the their them then there "
    "these they this to up used uses using was we were when which will with you your"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def words(text: str) -> Iterator[tuple[str, str]]:
    """(stem, word as it stands) of each word that is not one of the commonest, in order, then of each quantity."""
    plain = _THOUSANDS.sub("", text[:MOST_TEXT])
    for word in _TOKEN.findall(plain.casefold()):
        if word not in _COMMON:
            yield stem(word), word
    yield from quantities(plain)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a word that is compared."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word[0].isdigit():
        return word.rstrip("0").rstrip(".") if "." in word else word
    for other, ours in _SPELLINGS.items():
        word = word.replace(other, ours)
    return _without_tense(_without_number(word))[:LETTERS]


def _without_number(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(_PLURAL_KEEPS) else word


def _without_tense(word: str) -> str:
    for ending, least in (("ing", 3), ("ed", 4)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("eed"):
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
