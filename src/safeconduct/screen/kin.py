"""A name that goes on with the father's: ``قصي صدام حسين`` is a son of *Saddam Hussein*, and not he himself.

In Arabic script a person's own name comes first, then the father's and his. So a name that is another one with one more
name before it is that of a child. Only so where one side is written in that script, whose order is certain; and not
where the name before is *Muhammad*, which many bear besides the name they go by.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.screen import abjad, fold, words
from safeconduct.screen.model import AnalysedName, Word

_BESIDE = fold.skeleton("muhammad")


def of_one_family(query: AnalysedName, listed: AnalysedName) -> bool:
    """Whether the one name is that of a child of whoever bears the other."""
    if not any(abjad.written(word) for word in (*query.words, *listed.words)):
        return False
    mine, theirs = _own(query.words), _own(listed.words)
    short, long = sorted((mine, theirs), key=len)
    return 1 < len(short) < len(long) and _goes_on(long, short)


def _own(name: Sequence[Word]) -> list[Word]:
    return [word for word in name if word.role not in ("particle", "title")]


def _goes_on(long: Sequence[Word], short: Sequence[Word]) -> bool:
    """Whether the shorter name begins with the second of the longer, and its others follow there in their order."""
    if fold.skeleton(long[0].form) == _BESIDE or any(_same(long[0], word) for word in short[:1]):
        return False
    rest = iter(long[2:])
    return _same(long[1], short[0]) and all(any(_same(word, other) for other in rest) for word in short[1:])


def _same(one: Word, other: Word) -> bool:
    return bool(words.finding(one, other, "person"))
