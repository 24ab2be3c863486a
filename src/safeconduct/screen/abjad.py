"""Arabic script beside Latin: which Latin words a written word may be read as.

Arabic, Persian, Urdu and Pashto write consonants and long vowels; romanisations add the short
ones and differ in the rest. So ``دلاور`` answers to ``dilawar``, ``delavar`` and ``dlawr``,
but ``حسن`` answers to ``hasan`` and not to ``husayn``.
"""

from __future__ import annotations

import functools
import re

from safeconduct.screen import fold
from safeconduct.screen.model import Word

MARK = "ABJAD:"  # the symbol that carries a word as it was written
_VOWELS = frozenset("aeiou")
_LONGEST = 40
# What each letter may become; short vowels are free everywhere, and a consonant may be doubled. ``C`` is a ``c`` that
# sounds like ``k``: none stands before ``e`` or ``i``.
_WRITTEN = """
    ا - | ع - | ء - | ئ -,y | ؤ -,w | ب b,p | پ p | ت t | ث th,s,t | ج j,g,dj,dzh,zh,c | چ ch,tch,c | ح h | خ kh,h,k,x
    ګ g | د d | ذ dh,z,d,th | ر r | ز z | ژ zh,j,z | س s,c | ش sh,ch,s | ص s | ض d,dh,z | ط t | ظ z,dh,th,d
    غ gh,g,q | ف f,ph,v | ق q,k,gh,g,C | ك k,C,q | ک k,C,q | گ g | ل l | م m | ن n | ه h | ہ h | ھ h
    و w,v,o,u,ou,aw,au,oo | ي y,i,e,iy,j | ی y,i,e,iy,j | ې i,e,y | ے i,e,y,a | ں n,- | ټ t | ٹ t | ډ d | ڈ d | ړ r
    ڑ r | ږ g,gh,zh,j | ښ sh,kh,h,x | ڼ n | ځ z,dz,j | څ ts,s,c | ڤ v
    ٱ - | ە -,h | ۆ o,u | ۇ u,o | ۋ v,w | ێ e,i | ڕ r | ڵ l | ڭ ng,n | ۍ i,y,ay
"""
_READINGS = {
    letter: tuple("" if one == "-" else one for one in sounds.split(","))
    for letter, sounds in (pair.split() for line in _WRITTEN.split("\n") for pair in line.split("|") if pair.strip())
}


# Words that are written in one way: how they sound.
_KNOWN = {"عبد": "abd", "ابو": "abu", "ابي": "abu", "ال": "al", "بن": "bin", "ابن": "bin", "بنت": "bint", "دين": "din",
          "و": "wa", "ب": "bi", "ل": "li", "حاجي": "haji", "ملا": "mulla", "مولوي": "mawlawi", "قاري": "qari",
          "شيخ": "shaikh", "دكتور": "dr", "دكتر": "dr", "استاد": "ustad", "سيد": "sayyid", "مفتي": "mufti",
          "ولد": "ould"}  # fmt: skip
BETWEEN = frozenset({"al", "wa", "bi", "li"})  # article, *and*, *in*, *for*
_ARABIC = str.maketrans("یک", "يك")  # letters that Persian and Urdu write in another form
_USUAL = {sound: text for text, sound in reversed(_KNOWN.items())}
_OPEN, _LONG = frozenset("اويیىهہھعءئےېۍە"), ("a", "e", "o", "u")
_YEH, _HEH = frozenset("يی"), frozenset("هہھ")
_SUN = frozenset("تثدذرزسشصضطظلن")  # letters to which the article's l is assimilated
_JOINED = re.compile(r"\b(?:([وب])ال|(ل)ل)(?=\w{3})")
_SERVANT = re.compile(r"(?<=\w\w[ادذرزوه])عبد(?= )")
_FATHER = re.compile(r"\bاب[وي]ال(?=\w{3})")
_ARTICLE = re.compile(r"[ae]l(?=\w{3})|[ae](?=([rstdznl])\1\w)")


def latin(text: str) -> tuple[str, tuple[str, ...]]:
    """A word's sound in Latin letters, and the mark that carries how it was written (none for the commonest)."""
    bare = fold.plain(text)
    known = _KNOWN.get(bare.translate(_ARABIC))
    return (known, ()) if known else (fold.roman(bare).replace(" ", ""), (MARK + bare,))


def usual(form: str) -> str:
    """How a word that carries no mark is written."""
    return _USUAL.get(form, "")


def written(word: Word) -> str:
    """The word in Arabic script, if it was read from there."""
    for symbol in word.symbols:
        if symbol.startswith(MARK):
            return symbol[len(MARK) :]
    return ""


def parted(text: str) -> str:
    """``plain`` text in Arabic script with *and*, *in*, *for* apart from the article and noun they are written with."""
    return _JOINED.sub(lambda found: f"{found[1] or found[2]} ال ", text)


def apart(text: str) -> str:
    """``plain`` text in Arabic script with names parted that are written with the one before: no space shows after a
    letter that joins nothing."""
    return _FATHER.sub("ابو ال ", _SERVANT.sub(" عبد", text))


def is_abjad(text: str) -> bool:
    """Whether a word is written in Arabic script."""
    return not text.isascii() and not _READINGS.keys().isdisjoint(text)


@functools.lru_cache(maxsize=1 << 13)
def answers(written: str, latin: str) -> bool:
    """Whether the Latin word is one reading of the written one. Work is bounded by the product of their lengths."""
    if (
        not written
        or len(written) > _LONGEST
        or len(latin) > _LONGEST
        or any(char not in _READINGS for char in written)
    ):
        return False
    return _spells(written, latin) or bool((found := _ARTICLE.match(latin)) and _spells(written, latin[found.end() :]))


def _spells(written: str, latin: str) -> bool:
    if written[0] == "ا" and len(written) < 6 and latin[0] not in _VOWELS:
        return False  # a short word keeps its first vowel; Brahim is Ibrahim
    reached = {0}
    for letter in _steps(written):
        reached = _step(latin, _past_vowels(latin, reached), letter)
        if not reached:
            return False
    if written[-1] not in _OPEN:  # no more than a mute e or the vowel of a case follows a last consonant
        return len(latin) in reached or (len(latin) - 1 in reached and latin[-1] in "eu")
    reached = _past_vowels(latin, reached)
    silent = written[-1] in "هايی"  # a last letter that romanisations close with h or t
    return len(latin) in reached or (silent and len(latin) - 1 in reached and latin[-1] in "ht")


@functools.lru_cache(maxsize=4096)
def _steps(written: str) -> tuple[tuple[str, ...], ...]:
    """What each letter may become where it stands.

    A last ``ی`` is also read ``a``, a last ``ه`` is mute, of two ``ی`` one is heard, a first ``ك`` may stand for ``گ``,
    and the article's ``l`` becomes the letter after it (``nur al-din``, ``nuruddin``).
    """
    found: list[tuple[str, ...]] = []
    for place, letter in enumerate(written):
        after = written[place + 1 : place + 2]
        mute = (letter in _YEH and after and after in _YEH) or (letter in _HEH and not after)
        if letter == "ا" and place and after != "ل":  # a long vowel is never left out; the article's is
            found.append(_LONG)
            continue
        mute = mute or (letter == "ل" and place > 1 and written[place - 1] == "ا" and after in _SUN)
        sounds = (*_READINGS[letter], "g") if letter == "ك" and not place else _READINGS[letter]
        sounds = (*sounds, "a", "e") if letter in _YEH and not after else sounds
        found.append((*sounds, "") if mute else sounds)
    return tuple(found)


# What a letter may leave of itself in ``fold.skeleton``; all others are what one of their spellings leaves.
_BONES = {
    letter: tuple(dict.fromkeys(fold.skeleton(one.lower() + "a") for one in sounds if one != "j" or letter == "ج"))
    for letter, sounds in _READINGS.items()
}
_UNJOINED = frozenset("ادذرزوهىةء")
_MOST_BONES = 8


@functools.lru_cache(maxsize=20_000)
def skeletons(written: str) -> tuple[str, ...]:
    """What ``fold.skeleton`` may make of a word's readings in Latin letters, at most so many; the likeliest first."""
    found = [""]
    for letter in written[:_LONGEST]:
        options = _BONES.get(letter, ("",))
        found = [one if one.endswith(more) else one + more for more in options for one in found][:_MOST_BONES]
    return tuple(dict.fromkeys(bones for one in found for bones in (one, one.rstrip("h"))))


def run_together(written: str) -> list[str]:
    """The words that one may be where a letter joins nothing and no space would show."""
    cuts = [cut for cut in range(3, len(written) - 2) if written[cut - 1] in _UNJOINED]
    return [part for cut in cuts[:4] for part in (written[:cut], written[cut:])]


def _past_vowels(latin: str, reached: set[int]) -> set[int]:
    out = set(reached)
    for start in reached:
        place = start
        while place < len(latin) and latin[place] in _VOWELS:
            place += 1
            out.add(place)
    return out


def _step(latin: str, places: set[int], sounds: tuple[str, ...]) -> set[int]:
    out: set[int] = set()
    for place in places:
        for sound in sounds:
            if sound == "C":
                if latin[place : place + 1] == "c" and latin[place + 1 : place + 2] not in ("e", "i", "y"):
                    out.update((place + 1, place + 2) if latin[place + 1 : place + 2] in ("c", "k") else (place + 1,))
            elif latin.startswith(sound, place):
                after = place + len(sound)
                out.add(after)
                if sound and latin.startswith(sound[-1], after):
                    out.add(after + 1)
    return out
