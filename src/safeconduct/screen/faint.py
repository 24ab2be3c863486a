"""What is too little to trouble anybody with where names of different scripts answer to one another."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.screen import abjad, heard
from safeconduct.screen.model import Word
from safeconduct.screen.weighing import Compared, Pair

RARE = 8  # how much a word tells that few listed parties bear
_LEAST_PART, _LEAST_WHOLE = 7, 4  # letters: heard in part of a name; of a whole one that answers to Arabic script


def thinly_read(compared: Compared) -> bool:
    """Whether part of a name answers by common words that were translated, or by one word that only sounds like a
    foreign one while something else that tells is left over, or by a short one."""
    told = [pair for pair in compared.pairs if not _is_translated(pair)]
    if compared.rarest < RARE and not told:
        return True
    rest = [pair for pair in told if not any(word.role for word in pair.listed)]
    if not rest or any(one.finding != "heard" for one in rest):
        return False
    little = len(rest) == 1 and not all(map(_says_firm, (*compared.only_query, *compared.only_listed)))
    return little or _letters(rest) < _LEAST_PART


def only_a_sound(compared: Compared) -> bool:
    """Whether all that tells of an organisation is a few letters that may be read so in Arabic script: first letters,
    a registration, a call sign."""
    rest = [pair for pair in compared.pairs if not any(word.role for word in pair.listed)]
    return bool(rest) and all(map(_is_read, rest)) and _letters(rest) < _LEAST_WHOLE


def _letters(pairs: Sequence[Pair]) -> int:
    return sum(len(word.form) for pair in pairs for word in pair.listed)


def _says_firm(word: Word) -> bool:
    """Whether a word left over says no more than that it is a firm."""
    return word.role == "generic" or "SYMBOL:INDUSTRY" in word.symbols


def _is_read(pair: Pair) -> bool:
    """Whether one side was read from Arabic script, and the other was not."""
    mine, theirs = (any(abjad.written(word) for word in side) for side in (pair.query, pair.listed))
    return mine != theirs and pair.finding == "spelling"


def _is_translated(pair: Pair) -> bool:
    """Whether the words answer only because one was translated."""
    return pair.finding == "translated" or (
        pair.finding == "same"
        and any(symbol.startswith(heard.MEANING) for word in (*pair.query, *pair.listed) for symbol in word.symbols)
    )
