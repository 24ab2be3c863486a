"""Names as plain Latin words: case, accents, punctuation and script taken away, nothing else.

``readings`` gives every way a written name may be read (a Chinese name by its sound, a word
that mixes look-alike letters by its look), always as lower-case words of ``a-z0-9``. The
tables are small on purpose: what a library of names knows is in ``analyse``.
"""

from __future__ import annotations

import functools
import importlib
import re
import unicodedata
from typing import Any

from safeconduct.core.errors import Refusal
from safeconduct.core.script import script
from safeconduct.screen import named_letters

MAX_LETTERS = 384  # longer "names" are several names or a text; the longest real one on the lists loaded has 230
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng",
     "ə": "a", "ʻ": "", "ʼ": "", "‘": "", "’": "", "'": "", "`": "", "´": "", "ʿ": "", "ʾ": "", "′": "", "ˈ": "",
     "&": " and ", "ـ": "", "ى": "ي", "ة": "ه", "آ": "ا", "أ": "ا", "إ": "ا"}
)  # fmt: skip
# Letters of other alphabets that look like Latin ones (Unicode TR 39, the common ones).
_LOOKALIKES = str.maketrans("авекмнорстухіјѕґԁԛԝαεικνορτυχ", "abekmhopctyxijsgdqwaeiknoptux")
SOUND = "SOUND"  # the symbol of a word read from a script of sounds: its letters are exact, no slips of the pen
_SOUND_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_MARKED = ("LATIN", "GREEK", "ARABIC", "HEBREW")
_ARTICLE = re.compile(r"(?:\b|(?<=\bعبد))ال(?=\w{2,})")  # Arabic writes the article with its noun
_ROMAN, _READ = re.compile(r"[^a-z0-9]+"), re.compile(r"[a-z0-9]")
_CHANGED = re.compile("['`&]")  # what of ASCII is in _LETTERS


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def icu() -> Any:
    """PyICU, which has no types; loaded when first needed, for names in Latin letters never are."""
    return importlib.import_module("icu")


@functools.lru_cache(maxsize=1)
def _romaniser() -> Any:
    return icu().Transliterator.createInstance("Any-Latin; Latin-ASCII")


def plain(text: str) -> str:
    """Lower-case text without accents, format characters and apostrophes, in its own script.

    Marks are dropped only where they are accents (Latin, Greek) or optional vowels (Arabic,
    Hebrew); in Indic scripts they are letters and stay.
    """
    if text.isascii():
        lower = text.lower()
        return lower.translate(_LETTERS) if _CHANGED.search(lower) else lower
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()):
        kind = unicodedata.category(char)
        if kind == "Mn" and (not base or base in _MARKED):
            continue
        if kind in ("Cf", "Cc", "Cs", "Co", "Cn"):
            kept.append(" " if char in "\n\r\t" else "")
            continue
        if kind[0] == "L":
            base = script(char)
        kept.append(" " if kind[0] == "P" and ord(char) not in _LETTERS else char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def roman(text: str) -> str:
    """``plain`` text as words of ``a-z0-9`` parted by one space; other scripts by ICU's sound tables."""
    folded = plain(text)
    if not folded.isascii():
        folded = named_letters.spelt(plain(_romaniser().transliterate(folded)))
    return _ROMAN.sub(" ", folded.lower()).strip()


def readings(text: str) -> tuple[str, ...]:
    """Each plausible reading of a name, the likeliest first; empty where no letter or digit is in it.

    A name whose words are in an alphabet comes back in that alphabet's ``plain`` form first
    (a name library knows it); one in Chinese, Japanese or Korean script by its sound.
    """
    folded = plain(text)
    if folded.isascii():
        return (folded,) if _READ.search(folded) else ()
    folded = _ARTICLE.sub(" ال ", folded)
    found = [roman(folded) if by_sound(folded) else folded]
    if _mixes_alphabets(folded):
        found.insert(0, plain(folded.translate(_LOOKALIKES)))
    return tuple(dict.fromkeys(one for one in found if roman(one)))


def by_sound(text: str) -> bool:
    """Whether a name is written in Chinese characters, kana or Hangul, and so is read by its sound."""
    return not text.isascii() and any(script(char) in _SOUND_SCRIPTS for char in text)


def _mixes_alphabets(folded: str) -> bool:
    for word in folded.split():
        scripts = {script(char) for char in word if char.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"}:
            return True
    return False


def checked(text: str, where: str) -> str:
    """The text, if it can be screened as a name; else a ``Refusal`` that says why."""
    if len(text) > MAX_LETTERS:
        raise Refusal(
            f"a name of {len(text)} characters; at most {MAX_LETTERS} can be screened",
            where,
            "give the name alone, and further names as aliases",
        )
    if not readings(text):
        raise Refusal("no letter or digit in the name", where, "write the name in any script")
    return text


_SOFT = re.compile(r"[aeiouwy]+")
_SKELETON = str.maketrans({"c": "k", "q": "k", "g": "k", "j": "k", "p": "b", "v": "f", "z": "s", "x": "k"})
_DIGRAPHS = (("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "k"), ("th", "t"), ("dh", "d"), ("ph", "f"),
             ("zh", "s"), ("ts", "s"), ("dj", "k"))  # fmt: skip


@functools.lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """A word's consonants as coarse classes: what Arabic and Hebrew write, and what romanisations agree on.

    ``muhammad``, ``mohamed`` and ``mhmd`` share one; so do unlike words, so it finds candidates and never decides.
    """
    for pair, one in _DIGRAPHS:
        word = word.replace(pair, one)
    bare = _SOFT.sub("", word.rstrip("h").translate(_SKELETON))
    return "".join(char for place, char in enumerate(bare) if not place or bare[place - 1] != char)


_SOUNDS = (
    ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ph", "f"), ("dj", "j"),
    ("ck", "k"), ("ya", "ia"), ("yi", "i"), ("iy", "i"), ("tch", "ch"), ("sch", "sh"), ("ts", "c"), ("tz", "c"),
    ("zh", "j"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("x", "ks"),
)  # fmt: skip
_LETTER_SOUNDS = str.maketrans({"q": "k", "y": "i", "e": "i", "o": "u", "w": "v"})


@functools.lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word as romanisations vary it: doubled letters, ``ou`` or ``u``, ``q`` or ``k``, ``e`` or ``i``.

    Finer than ``skeleton``: ``mohamad`` is ``mohammad``, but ``hasan`` is not ``husayn`` nor ``mario`` ``maria``.
    """
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = word.translate(_LETTER_SOUNDS)
    word = "".join(char for place, char in enumerate(word) if not place or word[place - 1] != char)
    return word.removesuffix("h")
