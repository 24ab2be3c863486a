"""Chinese names in Latin letters: what was written by the system of Wade and Giles beside pinyin.

``Mao Tse-tung`` is ``Mao Zedong``, ``Hsi`` is ``Xi``. Passports of Taiwan and older lists have the one, the mainland's
the other. Without its apostrophes the older spelling leaves open which of two sounds is meant, so a word has several.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

# The syllables of pinyin: an initial and the finals that follow it.
_SYLLABLES = """
    - a ai an ang ao e en er o ou | b a ai an ang ao ei en eng i ian iao ie in ing o u | p a ai an ang ao ei
    en eng i ian iao ie in ing o ou u | m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u | f a an
    ang ei en eng o ou u | d a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo | t a ai an ang
    ao e eng i ian iao ie ing ong ou u uan ui un uo | n a ai an ang ao e ei en eng i ian iang iao ie in ing iu
    ong ou u uan uo ue | l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo ue | g a
    ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo | k a ai an ang ao e en eng ong ou u ua uai uan
    uang ui un uo | h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo | j i ia ian iang iao ie in
    ing iong iu u uan ue un | q i ia ian iang iao ie in ing iong iu u uan ue un | x i ia ian iang iao ie in
    ing iong iu u uan ue un | zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo | ch a ai an ang
    ao e en eng i ong ou u uai uan uang ui un uo | sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un
    uo | r an ang ao e en eng i ong ou u uan ui un uo | z a ai an ang ao e ei en eng i ong ou u uan ui un uo |
    c a ai an ang ao e en eng i ong ou u uan ui un uo | s a ai an ang ao e en eng i ong ou u uan ui un uo | y
    a an ang ao e i in ing ong ou u uan ue un | w a ai an ang ei en eng o u
"""
_INITIALS = {"b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "r": "j", "z": "ts", "c": "ts"}
_FINALS = {"ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "ue": "ueh", "uo": "o", "ui": "uei"}
_WHOLE = {"zi": "tzu", "ci": "tzu", "si": "ssu", "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "er": "erh",
          "you": "yu", "ye": "yeh", "yan": "yen", "yong": "yung", "yue": "yueh", "ge": "ko", "ke": "ko", "he": "ho",
          "gui": "kuei", "kui": "kuei"}  # fmt: skip
_KEPT = ("guo", "kuo", "huo", "shuo", "hui", "rui")  # whose final the older system writes as pinyin does
LONGEST = 6


@functools.lru_cache(maxsize=1)
def _pinyin() -> frozenset[str]:
    groups = (group.split() for group in _SYLLABLES.split("|"))
    return frozenset(group[0].strip("-") + final for group in groups for final in group[1:])


def syllables() -> list[str]:
    """Every syllable of pinyin, without tones."""
    return sorted(_pinyin())


@functools.lru_cache(maxsize=1)
def _older() -> dict[str, tuple[str, ...]]:
    """Spellings that are not pinyin, and the syllables each may stand for."""
    found: dict[str, list[str]] = {}
    for syllable in sorted(_pinyin()):
        for spelt in _wade(syllable):
            if spelt not in _pinyin():
                found.setdefault(spelt, []).append(syllable)
    return {spelt: tuple(syllables) for spelt, syllables in found.items()}


def _wade(syllable: str) -> tuple[str, ...]:
    if syllable in _WHOLE:
        return (_WHOLE[syllable],)
    initial = next((one for one in ("zh", "ch", "sh") if syllable.startswith(one)), syllable[:1])
    final = syllable[len(initial) :]
    start = _INITIALS.get(initial, initial)
    if syllable in _KEPT:
        return (start + final,)
    ends = ("e", "o") if final == "e" else (_FINALS.get(final, final),)
    return tuple(start + end for end in ends)


def _readings(form: str) -> tuple[str, ...]:
    """What a syllable may be in pinyin: itself, or what its older spelling stands for."""
    return (form,) if form in _pinyin() else _older().get(form, ())


def same(run: Sequence[str], other: str) -> bool:
    """Whether words in the older spelling, one at least that pinyin has not, are the word in pinyin."""
    if len(other) > LONGEST * len(run) or not any(form in _older() for form in run):
        return False
    ways = itertools.product(*(_readings(form) for form in run[:4]))
    return len(run) < 5 and any("".join(way) == other for way in ways)


def spellings(one: str, other: str) -> bool:
    """Whether one of two words is the older spelling of the other."""
    older = _older()
    return (one in older and other in older[one]) or (other in older and one in older[other])


def older(form: str) -> bool:
    """Whether a word is a syllable that only the older system spells so."""
    return form in _older()


# Initials that those who hear them write for one another.
_HEARD = {"x": "sh", "s": "sh", "hs": "sh", "zh": "j", "z": "j", "q": "ch", "c": "ch", "ts": "ch"}


def sound_alike(one: str, other: str) -> bool:
    """Whether two syllables are hardly told apart by those who do not speak the language: ``xi`` and ``shi``."""
    if len(one) > LONGEST or len(other) > LONGEST or not (_readings(one) and _readings(other)):
        return False
    return _heard(one) == _heard(other)


def _heard(syllable: str) -> str:
    initial = next((one for one in ("zh", "ch", "sh", "hs", "ts") if syllable.startswith(one)), syllable[:1])
    return _HEARD.get(initial, initial) + syllable[len(initial) :]
