"""Two names beside one another: which words answer to one another, and what is left over.

A word left over on one side only is an *omission* (people leave names out); words left over on
both sides *differ*. The order of words never counts. Levels, from near to far:

``same``     every word answers to an equal one or to its known spelling
``near``     every word answers to one, some a slip of the pen apart
``partial``  one side's words all answer, the other has more of them
``apart``    both sides have words of their own, or too little answers to tell anything
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from rapidfuzz.distance import OSA

from safeconduct.screen import abjad, words
from safeconduct.screen.fold import SOUND
from safeconduct.screen.model import AnalysedName, Mode, Word

Level = Literal["same", "near", "partial", "apart"]

_SLIPS = {"nickname": 1, "related": 1, "one_letter_apart": 1, "sounds_alike": 1, "similar": 2}
_LIGHT = ("title", "patronymic", "generic")
MOST_WORDS = 16  # words of a name that are compared; longer names are organisations described in a sentence
NAME_POINTS = 600


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


def compare(query: AnalysedName, listed: AnalysedName, rarity: words.Rarity) -> Compared:
    """How the two readings answer to one another; symmetric but for which side is which."""
    left, right = list(query.words[:MOST_WORDS]), list(listed.words[:MOST_WORDS])
    pairs = _pair(left, right, query.mode, words.sure)
    pairs += _joined(left, right)
    pairs += _pair(left, right, query.mode, words.finding)
    pairs += _joined(left, right)
    if query.mode == "organization":
        _drop_free(left, right)
    return _judge(pairs, left, right, rarity)


def _pair(left: list[Word], right: list[Word], mode: Mode, find: Callable[[Word, Word, Mode], str]) -> list[Pair]:
    """Greedy pairing, the best first; takes the paired words out of both lists."""
    options = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if finding := find(one, other, mode):
                options.append((-words.EARNS[finding], sorted((one.form, other.form)), i, j, finding))
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, _, i, j, finding in sorted(options):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, Pair((left[i],), (right[j],), finding)))
    left[:] = [word for place, word in enumerate(left) if place not in used_left]
    right[:] = [word for place, word in enumerate(right) if place not in used_right]
    return [pair for _, pair in sorted(pairs, key=lambda one: one[0])]


def _joined(left: list[Word], right: list[Word]) -> list[Pair]:
    """Words written apart on one side and together on the other: ``Yong-chol`` and ``Yongchol``."""
    pairs = []
    while left and right:
        if found := _one_join(left, right):
            query, listed, finding = found
        elif found := _one_join(right, left):
            listed, query, finding = found
        else:
            break
        for word in query:
            left.remove(word)
        for word in listed:
            right.remove(word)
        pairs.append(Pair(query, listed, finding))
    return pairs


def _one_join(many: Sequence[Word], few: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...], str] | None:
    if len(many) < 2:
        return None
    for size in (2, 3):
        for start in range(len(many) - size + 1):
            run = many[start : start + size]
            together = words.together(run)
            for other in few:
                if abs(len(together) - len(other.form)) < 2 and (finding := _join_finding(run, (other,))):
                    return tuple(run), (other,), finding
    if len(few) > 1 and (finding := _join_finding(many, few)):
        return tuple(many), tuple(few), finding
    return None


def _join_finding(run: Sequence[Word], others: Sequence[Word]) -> str:
    """``spelling`` or ``one_letter_apart`` where the words of both sides, written together, are one word."""
    one, other = words.together(run), words.together(others)
    if one == other:
        return "spelling"
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 7:
        return ""
    if any(SOUND in word.symbols for word in (*run, *others)):
        return ""
    return "one_letter_apart" if OSA.distance(one, other, score_cutoff=1) <= 1 else ""


def _drop_free(left: list[Word], right: list[Word]) -> None:
    """Legal forms and particles come and go; they are reported as parts of their own."""
    for side in (left, right):
        side[:] = [word for word in side if word.role not in ("legal", "particle")]


def _judge(pairs: list[Pair], left: list[Word], right: list[Word], rarity: words.Rarity) -> Compared:
    earned = total = answering = weight = rarest = 0
    for pair in pairs:
        worth = min(_sum(pair.query, rarity), _sum(pair.listed, rarity))
        earned += worth * words.EARNS[pair.finding]
        total += worth * 100
        if worth > 1 and pair.finding != "initial":
            answering += 1
            weight += worth * words.EARNS[pair.finding] // 100
            rarest = max(rarest, worth)
    only_query, only_listed = (tuple(word for word in side if rarity(word)) for side in (left, right))
    if not only_query or not only_listed:
        only_query, only_listed = _new(only_query, pairs), _new(only_listed, pairs)
    level = _level(pairs, only_query, only_listed, answering, rarity)
    lost_query, lost_listed = _sum(only_query, rarity), _sum(only_listed, rarity)
    lost = (lost_query + lost_listed) * (100 if level == "apart" else 50)
    share = 100 * weight * 2 // max(1, weight * 2 + lost_query + lost_listed)
    points = NAME_POINTS * 2 * earned // max(1, 2 * total + lost)
    loose = any(pair.finding in ("nickname", "related", "initial") for pair in pairs)
    return Compared(level, points, weight, rarest, share, answering, loose, tuple(pairs), only_query, only_listed)


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
    if heavy_left and heavy_right:
        return "apart"
    if any(_both_have(role, left, right) for role in ("number", "patronymic")):
        return "apart"
    if heavy_left or heavy_right or any(pair.finding == "initial" for pair in pairs):
        return "partial"
    if all(pair.finding in ("same", "spelling") for pair in pairs):
        return "same"
    return "near"


def _is_light(word: Word) -> bool:
    """Whether a word may be left out and the name still be whole: titles, fathers' names, an initial."""
    return word.role in _LIGHT or (len(word.form) == 1 and not abjad.written(word))


def _short(pairs: Sequence[Pair]) -> bool:
    """One word of a few letters, with a slip in it, is any word."""
    return max(len(words.text(pair.query)) for pair in pairs) < 7


def _both_have(role: str, left: Sequence[Word], right: Sequence[Word]) -> bool:
    return any(word.role == role for word in left) and any(word.role == role for word in right)
