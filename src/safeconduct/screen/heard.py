"""Words of Chinese, Japanese and Korean script beside Latin ones: what a word written there may sound like.

A character has readings in Mandarin, Cantonese, Korean and Japanese, each romanised in several ways, and is also used
for the sound of a foreign word: ``洛克希德`` answers to ``lockheed``, ``金正恩`` to ``kim jong un``, ``三菱`` to
``mitsubishi``. A pattern is one step a sound, each step the spellings it may have; a Latin word answers if the steps
spell it from end to end. Work is bounded by the product of both lengths.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from safeconduct.screen import cyrillic, han, syllables
from safeconduct.screen.model import Word

Heard = Literal["mandarin", "cantonese", "korean", "japanese", "foreign"]
MARK = "HAN:"  # the symbol that carries a word as it was written, its characters simplified
OWN = "SOUND:own"  # the symbol of a word that is a name of its own language, never the sound of a foreign one
MEANING = "EN:"  # the symbol of a translation
LANGUAGES: tuple[Heard, ...] = ("mandarin", "korean", "japanese", "cantonese", "foreign")
# What a word that answers is to the other: one of its own spellings, or a foreign word heard in it.
FINDING = {"": "", "foreign": "heard"} | dict.fromkeys(("mandarin", "cantonese", "korean", "japanese"), "spelling")
_LONGEST = 24  # characters of one written word that are read; nothing longer is a word
_VOWELS = frozenset("aeiouyw")
_ANY, _SOME = "*", "+"  # steps: vowels that may be left out; vowels that may not, and with which they begin
_MOST_SYLLABLES = 8
_MOST_KEYS = (0, 8, 36, 36, 32, 32)  # spellings that are looked for, by number of characters


def written(word: Word) -> str:
    """The word in its own script, if it was read from one of these."""
    for symbol in word.symbols:
        if symbol.startswith(MARK):
            return symbol[len(MARK) :]
    return ""


def meanings(word: Word) -> Iterator[str]:
    """The translations of a word, the usual one first."""
    return (symbol.removeprefix(MEANING) for symbol in word.symbols if symbol.startswith(MEANING))


def marked(words: Sequence[Word]) -> bool:
    """Whether any of the words is also something else than it seems."""
    return any(symbol.startswith((MARK, MEANING)) for word in words for symbol in word.symbols)


def usual(text: str) -> str:
    """The first romanisation of a word that Chinese or Koreans are called by."""
    for language in ("mandarin", "korean"):
        parts = [
            syllables.spelt(sounds, char, language, first=not at)
            for at, (sounds, char) in enumerate(syllables.parted(text))
        ]
        if all(parts):
            return "".join(part[0] for part in parts)
    return ""


def runs(words: Sequence[Word]) -> list[str]:
    """Each written word, and words of a name beside one another, that may be one name in Latin letters; bounded."""
    texts = [written(word) for word in words[:16]]
    pairs = (one + other for one, other in itertools.pairwise(texts) if one and other)
    return [one for one in (*texts, *(pair for pair in pairs if len(pair) < 7)) if one]


def is_own(word: Word) -> bool:
    """Whether the word cannot be the sound of a foreign one: it has a meaning, or is a name of its own language."""
    return any(symbol == OWN or symbol.startswith(MEANING) for symbol in word.symbols)


def means(word: Word, other: str) -> bool:
    """Whether the other word is a translation of this one."""
    return _stem(other) in _stems(word.symbols)


@functools.lru_cache(maxsize=4096)
def _stems(symbols: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_stem(symbol[len(MEANING) :]) for symbol in symbols if symbol.startswith(MEANING))


@functools.lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """An English word without the ending of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def how(words: Sequence[Word], latin: str) -> str:
    """How words of another script were read to answer to a Latin one: a language, ``foreign``, ``translated``."""
    found = answers("".join(map(written, words)), latin)
    if found in ("", "foreign") and any(next(meanings(word), "") for word in words):
        return "translated"
    return found or "mandarin"


def answers(text: str, latin: str) -> Heard | Literal[""]:
    """In which language the text sounds like the Latin word; ``foreign`` where it spells a foreign word's sound."""
    return next(iter(languages(text, latin)), "")


def languages(text: str, latin: str) -> tuple[Heard, ...]:
    """Every language in which the text sounds like the Latin word, in the order of ``LANGUAGES``."""
    return _languages(text, latin) if latin[:1] in _openings(text) else ()


@functools.lru_cache(maxsize=20_000)
def _languages(text: str, latin: str) -> tuple[Heard, ...]:
    least = 1 if cyrillic.is_cyrillic(text) else max(1, len(text) - 1)
    if not 0 < len(text) <= _LONGEST or not least < len(latin) <= min(2 * _LONGEST, 8 * len(text)):
        return ()
    return tuple(language for language in LANGUAGES if _sounds_in(language, text, latin))


def _sounds_in(language: Heard, text: str, latin: str) -> bool:
    steps = _pattern(text, language)
    if language == "foreign":
        return bool(steps) and len(text) > 1 and len(latin) > 3 and _spells(steps, _bare(latin))
    return bool(steps) and _spells(steps, long_vowels(latin) if language == "japanese" else latin)


@functools.lru_cache(maxsize=4096)
def _openings(text: str) -> frozenset[str]:
    """The letters that a Latin word for the text may begin with."""
    found: set[str] = set()
    for language in LANGUAGES:
        for step in _pattern(text[:_LONGEST], language):
            found.update(_VOWELS if step[0][:1] in (_ANY, _SOME) else {one[:1] for one in step} - {""})
            if step[0] != _ANY and "" not in step:
                break
    return frozenset(found | {"c", "x", "q"} if found & {"k", "s"} else found) | ({"p"} if "f" in found else set())


@functools.lru_cache(maxsize=4096)
def _pattern(text: str, language: Heard) -> tuple[tuple[str, ...], ...]:
    """The steps of a text; none where a character of it is not read in the language."""
    steps: list[tuple[str, ...]] = []
    for place, (sounds, char) in enumerate(syllables.parted(text)):
        if char.isascii() and char:
            more: syllables.Steps = ((char,),)
        elif language == "foreign":
            more = syllables.foreign(sounds, char)
        elif options := syllables.spelt(sounds, char, language, first=not place):
            more = (options,)
        else:
            return ()
        if not more:
            return ()
        steps += more
    return tuple(steps)


def _spells(steps: tuple[tuple[str, ...], ...], latin: str) -> bool:
    reached = {0}
    for step in steps:
        if step[0][:1] in (_ANY, _SOME):
            reached = _vowels(latin, reached, step[0])
        else:
            reached = {at + len(one) for at in reached for one in step if latin.startswith(one, at)}
        if not reached:
            return False
    return len(latin) in reached


def _vowels(latin: str, reached: set[int], step: str) -> set[int]:
    """Past any vowels (``*``), or past some that begin with one of the letters after ``+``."""
    out = set(reached) if step == _ANY else set()
    for start in reached:
        place = start
        if len(step) > 1 and latin[start : start + 1] not in step[1:]:
            continue
        while place < len(latin) and latin[place] in _VOWELS and place < start + 4:
            place += 1
            out.add(place)
    return out


_FOREIGN_SPELLINGS = (("x", "ks"), ("sch", "sh"), ("tch", "ch"), ("ck", "k"), ("ph", "f"), ("wh", "w"), ("qu", "kw"),
                      ("q", "k"))  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_HARD_C = re.compile(r"c(?!h)")
_DOUBLED = re.compile(r"(.)\1+")


@functools.lru_cache(maxsize=1 << 13)
def _bare(latin: str) -> str:
    """A European word by its sounds: ``c`` as ``s`` or ``k``, ``x`` as ``ks``, no letter twice."""
    latin = _DOUBLED.sub(r"\1", latin)
    for spelling, sound in _FOREIGN_SPELLINGS:
        latin = latin.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", _HARD_C.sub("k", _SOFT_C.sub("s", latin)))


@functools.lru_cache(maxsize=65536)
def long_vowels(latin: str) -> str:
    """A Japanese word as everybody would romanise it: long vowels short, ``m`` before ``b`` as ``n``."""
    latin = latin.replace("ou", "o").replace("oh", "o") if "ou" in latin or "oh" in latin else latin
    return _DOUBLED.sub(r"\1", re.sub(r"m(?=[bp])", "n", latin))


_HISSES = re.compile(r"dzh|tch|sch|sh|zh|ts|tz|dj|dz|ch(?=.)")
_SILENT = re.compile(r"[rlw](?![aeiouy])")
_CLASSES = str.maketrans("pvwgqdzjml", "bffkktssnr")
_BREATH = re.compile(r"[aeiouyhc]+")


@functools.lru_cache(maxsize=1 << 13)
def key(latin: str) -> str:
    """What is left of a word in every one of these scripts: whether it begins with a vowel, and classes of consonants,
    ``r`` only before a vowel.

    It finds candidates and never decides; ``""`` where too little is left to find anything by.
    """
    heard = _HISSES.sub("s", _bare(latin).replace("tion", "sn")).replace("ch", "k").replace("ng", "n")
    heard = _SILENT.sub("", heard)
    bones = _DOUBLED.sub(r"\1", _BREATH.sub("", heard.translate(_CLASSES)))
    return ("a" if latin[:1] in _VOWELS - {"w"} else "") + bones if len(bones) > 1 else ""


@functools.lru_cache(maxsize=4096)
def keys(text: str) -> tuple[tuple[bool, frozenset[str]], ...]:
    """The keys of Latin words that the text may sound like (``True``), and that its beginnings or ends may; bounded."""
    units = tuple(syllables.parted(text[:_LONGEST]))
    parts = {part: False for size in range(2, min(len(units), 5)) for part in (units[:size], units[-size:])}
    parts[units[:_MOST_SYLLABLES]] = True
    return tuple((whole, _keys(part)) for part, whole in parts.items())


def _keys(units: tuple[tuple[str, str], ...]) -> frozenset[str]:
    found = {key(one) for language in LANGUAGES for one in _romanised(units, language)}
    return frozenset(found - {""})


def _romanised(units: tuple[tuple[str, str], ...], language: Heard) -> Iterator[str]:
    """Some romanisations of the syllables, enough for every key that they may have."""
    size = len(units)
    most = _MOST_KEYS[min(size, 5)]
    each = max(1, next(count for count in range(8, 0, -1) if count**size <= max(most, 1)))
    options = [syllables.heard(sounds, char, language, each) for sounds, char in units]
    if all(options):
        yield from ("".join(one) for one in itertools.islice(itertools.product(*options), most))


def simplified(text: str) -> str:
    """The text as words are marked with it."""
    return han.simplified(text)
