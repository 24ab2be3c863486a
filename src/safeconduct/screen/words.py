"""Two words beside one another: whether they are one, a spelling, a slip of the pen, or different words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA

from safeconduct.core.script import script
from safeconduct.screen import abjad, heard, mandarin, nicknames
from safeconduct.screen.fold import SOUND, skeleton, sound
from safeconduct.screen.model import Mode, Word

# A known name tells at most so much; so does a word of trade or place in a name that has no other words.
_KNOWN = {"NAME": 7, "SYMBOL": 4, "DOMAIN": 4, "LOC": 4}
Rarity = Callable[[Word], int]

# How much of a word's weight a pair earns (percent), by what was found.
EARNS = {
    "same": 100,
    "spelling": 98,
    "one_letter_apart": 95,
    "sounds_alike": 94,
    "translated": 94,
    "heard": 92,
    "nickname": 90,
    "similar": 90,
    "resembling": 82,
    "acronym": 90,
    "two_letters_apart": 80,
    "related": 60,
    "initial": 60,
}
_BOUND = ("abdul", "uddin", "ullah", "dottir")  # what tells is the rest: ``Abdul Hamid`` is not ``Abdul Ghani``
WEAK = frozenset({"acronym", "resembling", "two_letters_apart"})  # likenesses that alone trouble nobody
_WEIGHT_OF = {"title": 1, "patronymic": 2, "particle": 0, "legal": 0, "generic": 1, "trade": 3, "place": 4, "number": 4}


def rarity_of(frequency: Callable[[str], int], parties: int) -> Rarity:
    """How much a word tells, 1–10: from how many listed parties bear it (per 20,000), less for a known name."""

    @functools.lru_cache(maxsize=100_000)
    def rarity(word: Word) -> int:
        if word.role:
            return _WEIGHT_OF[word.role]
        count = frequency(word.form)
        if parties > 20_000:
            count = count * 20_000 // parties
        steps = (1, 3, 10, 30, 100, 300, 1000)
        told = min(10 - sum(count > step for step in steps), 2 * len(word.form))
        return min([told, *(most for kind, most in _KNOWN.items() if any(s.startswith(kind) for s in word.symbols))])

    return rarity


def sure(one: Word, other: Word, mode: Mode) -> str:
    """``same`` or ``""``: equal words answer to one another before any likeness is looked for."""
    return "same" if one.form == other.form and not _other_characters(one, other, mode) else ""


@functools.lru_cache(maxsize=4096)
def finding(one: Word, other: Word, mode: Mode) -> str:
    """What two words are to one another: a key of ``EARNS``, or ``""`` for unlike words."""
    if one.form == other.form:
        return "resembling" if _other_characters(one, other, mode) else "same"
    shared = _shared(one, other) if one.symbols and other.symbols else set()
    if one.role == "number" or other.role == "number":
        return "same" if shared else ""
    short, long = shorter_first(one.form, other.form)
    if SOUND in one.symbols or SOUND in other.symbols:
        return _across(one, other, shared, mode)
    if abjad.written(one) or abjad.written(other):
        if shared or _reads_as(one, other):
            return "spelling"
        means = heard.means(one, other.form) or heard.means(other, one.form)
        return "translated" if means else _written_alike(one, other)
    if shared and (found := _by_library(shared, short, long, mode)):
        return found
    return _by_letters(one, other, short, long, mode) if _digits(short) == _digits(long) else ""


def _other_characters(one: Word, other: Word, mode: Mode) -> bool:
    """Whether a person's names that sound the same are both written in Chinese characters, and in different ones."""
    if mode != "person" or SOUND not in one.symbols or SOUND not in other.symbols:
        return False
    mine, theirs = heard.written(one), heard.written(other)
    return mine != theirs and all(script(char) == "CJK" for char in mine + theirs)


def _across(one: Word, other: Word, shared: set[str], mode: Mode) -> str:
    """What a word of Chinese, Japanese or Korean script and another are: one as written, by meaning, or by sound."""
    if shared and (mode == "organization" or any(symbol.startswith(heard.MARK) for symbol in shared)):
        return "spelling"
    if heard.means(one, other.form) or heard.means(other, one.form):
        return "translated"
    mine, theirs = heard.written(one), heard.written(other)
    if bool(mine) == bool(theirs):
        return ""
    found = heard.answers(mine or theirs, other.form if mine else one.form)
    return "" if found == "foreign" and heard.is_own(one if mine else other) else heard.FINDING[found]


def _by_letters(one: Word, other: Word, short: str, long: str, mode: Mode) -> str:
    """What two words are that the library does not take for one."""
    if one.role != other.role and "particle" in (one.role, other.role):
        known = (other if one.role == "particle" else one).symbols
        slip = len(long) < 4 and not known and OSA.distance(short, long, score_cutoff=1) < 2
        return "one_letter_apart" if slip else ""
    if len(short) > 1 and (sound(short) == sound(long) or mandarin.spellings(short, long)):
        return "spelling"
    if mode == "person" and nicknames.short_for(short, long):
        return "nickname"
    if len(short) == 1:
        return "initial" if mode == "person" and long.startswith(short) else ""
    if long.startswith("abdul") and sound(long[5:]) == sound(short):
        return "related"
    if len(short) < 4 and mode == "organization":
        return ""  # short words of firms are first letters: each tells
    both = bool(one.symbols), bool(other.symbols)
    whole = _letters(short, long, *both)
    return whole if not whole or whole == "one_letter_apart" else _letters(*_unbound(short, long), *both)


def _unbound(short: str, long: str) -> tuple[str, str]:
    """Two words without a part that many compound names share: what tells is the rest."""
    for part in _BOUND:
        if short.startswith(part) and long.startswith(part):
            return short[len(part) :], long[len(part) :]
        if short.endswith(part) and long.endswith(part):
            return short[: -len(part)], long[: -len(part)]
    return short, long


def shorter_first(one: str, other: str) -> tuple[str, str]:
    """Both, the shorter first (of equal length the first in the alphabet), so that sides do not matter."""
    return (one, other) if (len(one), one) <= (len(other), other) else (other, one)


def _shared(one: Word, other: Word) -> set[str]:
    """What the library takes both words for; how they were written is no such thing."""
    both = set(one.symbols) & set(other.symbols)
    return {symbol for symbol in both if not symbol.startswith((SOUND, heard.MEANING, abjad.MARK))}


def _reads_as(one: Word, other: Word) -> bool:
    """Whether the one word in Arabic script may be read as the other in Latin."""
    mine, theirs = abjad.written(one), abjad.written(other)
    return not (mine and theirs) and abjad.answers(mine or theirs, other.form if mine else one.form)


def _written_alike(one: Word, other: Word) -> str:
    """A slip between two words that are both written in Arabic script."""
    mine, theirs = abjad.written(one), abjad.written(other)
    apart = OSA.distance(mine, theirs, score_cutoff=1) if min(len(mine), len(theirs)) > 3 else 2
    return "resembling" if apart == 1 else ""


@functools.lru_cache(maxsize=100_000)
def _digits(form: str) -> str:
    """The digits of a word, which no slip of the pen may change: the 711th is not the 714th."""
    return "" if form.isalpha() else "".join(char for char in form if char.isdigit())


def _by_library(shared: set[str], short: str, long: str, mode: Mode) -> str:
    """The library takes both words for one: a spelling where they look or sound alike, else a related name."""
    if mode == "organization":
        return "spelling"
    if all(symbol.startswith("NICK") for symbol in shared):
        return "nickname"
    distance = OSA.distance(short, long)
    if len(short) < 5:
        if sound(short) == sound(long) or (short[0] == long[0] and distance == 1):
            return "spelling"
        return "nickname" if any(symbol.startswith("NICK") for symbol in shared) else ""
    return "spelling" if distance * 3 <= len(long) or skeleton(short) == skeleton(long) else "related"


@functools.lru_cache(maxsize=1 << 13)
def _letters(short: str, long: str, short_known: bool, long_known: bool) -> str:
    """Likeness by letters alone.

    Two names that the library knows, and knows as different, are hardly one however alike they look (``Mario`` and
    ``Maria`` never); a slip of the pen mostly makes a word that is no name.
    """
    least = len(short)
    if least < 3 or len(long) - least > 3:
        return "resembling" if mandarin.sound_alike(short, long) else ""
    distance = OSA.distance(short, long, score_cutoff=3)
    if short_known and long_known:
        slip = distance == 1 and least >= 5 and (short[-1] == long[-1] or long == short + "e")
        return "one_letter_apart" if slip else _two_names(distance, short, long)
    if distance == 1 and (least > 5 or short[0] == long[0]) and len(long) > 3:
        return "one_letter_apart"
    if 1 < distance <= 3 and least >= 6 and skeleton(short) == skeleton(long) and len(skeleton(short)) > 2:
        return "sounds_alike"
    if (distance == 2 and least >= 7) or (distance == 3 and least >= 12):
        return "similar"
    return _resembling(distance, least, len(long))


def _two_names(distance: int, short: str, long: str) -> str:
    """Two known names that look alike: ``Schulze`` and ``Scholz`` may be a slip, ``Ali`` and ``Adil`` are not."""
    near = distance == 2 and len(short) > 3 and len(long) > 5 and short[0] == long[0]
    return "resembling" if distance == 1 else "two_letters_apart" if near else ""


def _resembling(distance: int, least: int, most: int) -> str:
    """Words that look alike and may well be different ones."""
    if distance == 1:
        return "resembling"
    near = (distance == 2 and most >= 5 and least >= 4) or (distance == 3 and least >= 10)
    return "two_letters_apart" if near else ""


def together(words: Sequence[Word]) -> str:
    """The words written as one."""
    return "".join([word.form for word in words])


def text(words: Sequence[Word]) -> str:
    return " ".join(word.form for word in words)
