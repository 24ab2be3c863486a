"""What the paired words and those left over come to: how near two names are, and the points that rank them.

Points are 600 times the share of both names' weight that answers. A word left out on one side costs some of its
weight; a word of one's own on both sides costs more (``COSTS``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from safeconduct.screen import abjad, words
from safeconduct.screen.fold import SOUND
from safeconduct.screen.model import Mode, Word

Level = Literal["same", "near", "partial", "alike", "apart"]

_SLIPS = {"nickname": 1, "related": 1, "one_letter_apart": 1, "sounds_alike": 1, "similar": 2}
_LIGHT = ("title", "patronymic", "generic")
_KIND_OF_BODY = frozenset(
    [f"DOMAIN:{one}" for one in ("ACADEMY", "RESEARCH", "SCIENTIFIC", "LAB", "FACTORY", "UNITED", "OPERATIONS")]
    + [f"SYMBOL:{one}" for one in ("INSTITUTE", "GENERAL", "CENTER", "DEPT", "BUREAU", "OFFICE", "UNION", "BRANCH")]
    + ["SYMBOL:ASSOC", "SYMBOL:ASSOCIATION", "SYMBOL:COMMITTEE"]
)
NAME_POINTS = 600
MOST_WORDS = 16  # words of a name that are compared; longer names are organisations described in a sentence

# Percent of its weight that a left-over word costs, by role: left out on one side; left out while the other side only
# has titles or general words of its own; beside other words of the other side.
COSTS: dict[str, tuple[int, int, int]] = {
    "": (25, 150, 300),
    "trade": (25, 200, 300),
    "place": (100, 100, 150),
    "number": (200, 200, 100),
    "generic": (60, 150, 100),
    "title": (50, 50, 100),
    "patronymic": (25, 50, 400),
}


class Pair(msgspec.Struct, frozen=True):
    """Words of the query and of the listed name that answer to one another."""

    query: tuple[Word, ...]
    listed: tuple[Word, ...]
    finding: str


class Compared(msgspec.Struct, frozen=True):
    """The outcome for two readings. ``weight`` is how much the answering words tell (rare words more),
    ``rarest`` the most telling of them, ``share`` the percentage of both names' weight that answers, ``points``
    0–600. ``loose`` where words answer as short or related names only (``Sam``, ``Samuel``; ``J``, ``John``)."""

    level: Level
    points: int
    weight: int
    rarest: int
    share: int
    answering: int
    loose: bool
    pairs: tuple[Pair, ...]
    only_query: tuple[Word, ...]
    only_listed: tuple[Word, ...]


def judge(
    pairs: Sequence[Pair], left: Sequence[Word], right: Sequence[Word], mode: Mode, rarity: words.Rarity
) -> Compared:
    """The outcome for these pairs and the words left over on either side."""
    earned = total = answering = weight = rarest = 0
    for pair in pairs:
        weighs = worth(pair, rarity)
        earned += weighs * words.EARNS[pair.finding]
        total += weighs * 100
        if weighs > 1 and pair.finding != "initial" and pair.finding not in words.WEAK:
            answering += 1
            weight += weighs * words.EARNS[pair.finding] // 100
            rarest = max(rarest, weighs)
    only_query, only_listed = (tuple(word for word in side if rarity(word)) for side in (left, right))
    if not only_query or not only_listed:
        only_query, only_listed = _new(only_query, pairs), _new(only_listed, pairs)
    lost = _sum(only_query, rarity) + _sum(only_listed, rarity)
    cost = _cost(only_query, only_listed, mode == "person" and len(pairs) == 1, rarity)
    return Compared(
        level=_level(pairs, only_query, only_listed, answering, rarity),
        points=NAME_POINTS * 2 * earned // max(1, 2 * total + cost),
        weight=weight,
        rarest=rarest,
        share=100 * weight * 2 // max(1, weight * 2 + lost),
        answering=answering,
        loose=any(pair.finding in ("nickname", "related", "initial") for pair in pairs),
        pairs=tuple(pairs),
        only_query=only_query,
        only_listed=only_listed,
    )


def _cost(left: Sequence[Word], right: Sequence[Word], lone: bool, rarity: words.Rarity) -> int:
    """What the left-over words cost, in hundredths of weight; a lone word is no name to leave others out of."""
    place = beside(left, right, lone)
    return sum(rarity(word) * COSTS[word.role][place] for word in (*left, *right))


def beside(left: Sequence[Word], right: Sequence[Word], lone: bool) -> int:
    """Which column of ``COSTS`` holds for words left over on these sides."""
    return min(_own(left), _own(right)) or int(lone)


def worth(pair: Pair, rarity: words.Rarity) -> int:
    """How much the paired words tell: the side that tells less, but of first letters the words they stand for."""
    sums = _sum(pair.query, rarity), _sum(pair.listed, rarity)
    return max(sums) if pair.finding == "acronym" else min(sums)


def _own(side: Sequence[Word]) -> int:
    """Whether a side has words of its own: 0 none or titles, 1 only general words, 2 words that tell."""
    return max((2 if word.role != "generic" else 1 for word in side if word.role != "title"), default=0)


def _new(side: Sequence[Word], pairs: Sequence[Pair]) -> tuple[Word, ...]:
    """Words left over without those said before: the second Khan of ``Dilawar Khan Zain Khan`` tells nothing more."""
    told = {word.form for pair in pairs for word in (*pair.query, *pair.listed)} if len(pairs) > 1 else set()
    return tuple(word for word in side if word.form not in told)


def _sum(side: Sequence[Word], rarity: words.Rarity) -> int:
    return sum(rarity(word) for word in side)


def _level(
    pairs: Sequence[Pair], left: Sequence[Word], right: Sequence[Word], answering: int, rarity: words.Rarity
) -> Level:
    slips = sum(_SLIPS.get(pair.finding, 0) for pair in pairs if rarity(pair.listed[0]))
    if not answering or slips > (answering + 1) // 2 or (slips and answering == 1 and _short(pairs)):
        return "apart"
    heavy_left, heavy_right = ([word for word in side if not _is_light(word)] for side in (left, right))
    if heavy_left and heavy_right and not _loosely_translated(pairs, heavy_left, heavy_right):
        return "apart"
    if any(_both_have(role, left, right) for role in ("number", "patronymic")):
        return "apart"
    if answering == 1 and all(pair.finding == "heard" and len(words.text(pair.listed)) < 5 for pair in pairs):
        return "apart"
    if any(pair.finding in words.WEAK for pair in pairs):
        return "alike"
    if heavy_left or heavy_right or any(pair.finding == "initial" for pair in pairs):
        return "partial"
    if all(pair.finding in ("same", "spelling") for pair in pairs):
        return "same"
    return "near"


def _loosely_translated(pairs: Sequence[Pair], left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether what is left over on both sides of a translation only says what kind of body it is, *academy* beside
    *institute*, which translators choose as they please."""
    read = any(SOUND in word.symbols for pair in pairs for word in (*pair.query, *pair.listed))
    return read and all(word.role == "generic" or _KIND_OF_BODY & set(word.symbols) for word in (*left, *right))


def _is_light(word: Word) -> bool:
    """Whether a word may be left out and the name still be whole: titles, fathers' names, an initial."""
    return word.role in _LIGHT or (len(word.form) == 1 and not abjad.written(word))


def _short(pairs: Sequence[Pair]) -> bool:
    """One word of a few letters, with a slip in it, is any word."""
    return max(len(words.text(pair.query)) for pair in pairs) < 7


def _both_have(role: str, left: Sequence[Word], right: Sequence[Word]) -> bool:
    return any(word.role == role for word in left) and any(word.role == role for word in right)
