"""Two names beside one another: which words answer to one another, and what is left over.

A word left over on one side only is an *omission* (people leave names out); words left over on
both sides *differ*. The order of words never counts. Levels, from near to far:

``same``     every word answers to an equal one or to its known spelling
``near``     every word answers to one, some a slip of the pen apart
``partial``  one side's words all answer, the other has more of them
``alike``    one of these, but a word only looks alike (``Meyer``, ``Meier``; ``Mario``, ``Maria``)
``apart``    both sides have words of their own, or too little answers to tell anything
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import msgspec
from rapidfuzz.distance import OSA

from safeconduct.screen import across, kin, mandarin, words
from safeconduct.screen.fold import SOUND
from safeconduct.screen.model import AnalysedName, Mode, Word
from safeconduct.screen.weighing import MOST_WORDS, Compared, Pair, judge

__all__ = ["MOST_WORDS", "Compared", "Pair", "compare"]

_Join = Callable[[Sequence[Word], Sequence[Word]], tuple[tuple[Word, ...], tuple[Word, ...], str] | None]
_VOWELS = frozenset("aeiouy")


def compare(query: AnalysedName, listed: AnalysedName, rarity: words.Rarity) -> Compared:
    """How the two readings answer to one another; symmetric but for which side is which."""
    left, right = list(query.words[:MOST_WORDS]), list(listed.words[:MOST_WORDS])
    pairs = _pair(left, right, query.mode, words.sure)
    pairs += _joined(left, right)
    pairs += _spelt_out(left, right, query.mode)
    pairs += _pair(left, right, query.mode, words.finding)
    pairs += _joined(left, right)
    if left and right and across.needed([*left, *right]):
        pairs += _joined(left, right, across.join)
    if query.mode == "person" and any(
        SOUND in pair.query[0].symbols or SOUND in pair.listed[0].symbols for pair in pairs
    ):
        pairs = across.in_one_language(pairs, left, right)
    if query.mode == "organization":
        _drop_free(left, right, pairs)
    compared = judge(pairs, left, right, query.mode, rarity)
    if query.mode == "person" and compared.level != "apart" and kin.of_one_family(query, listed):
        return msgspec.structs.replace(compared, level="alike")
    return compared


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


def _joined(left: list[Word], right: list[Word], join: _Join | None = None) -> list[Pair]:
    """Words written apart on one side and together on the other: ``Yong-chol`` and ``Yongchol``."""
    join, pairs = join or _one_join, []
    while left and right:
        if found := join(left, right):
            query, listed, finding = found
        elif found := join(right, left):
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
    ends = list(itertools.accumulate([len(word.form) for word in many], initial=0))
    for size in (2, 3):
        for start in range(len(many) - size + 1):
            length = ends[start + size] - ends[start]
            for other in few:
                gap = abs(length - len(other.form))
                if gap < 2 or (gap == 2 and mandarin.older(many[start].form)):
                    run = tuple(many[start : start + size])
                    if finding := _join_finding(run, (other,)):
                        return run, (other,), finding
    if len(few) > 1 and (finding := _join_finding(many, few)):
        return tuple(many), tuple(few), finding
    return None


def _join_finding(run: Sequence[Word], others: Sequence[Word]) -> str:
    """``spelling`` or ``one_letter_apart`` where the words of both sides, written together, are one word."""
    one, other = words.together(run), words.together(others)
    if one == other or (len(others) == 1 and mandarin.same([word.form for word in run], other)):
        return "spelling"
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 7:
        return ""
    if any(SOUND in word.symbols for word in (*run, *others)):
        return ""
    return "one_letter_apart" if OSA.distance(one, other, score_cutoff=1) <= 1 else ""


def _spelt_out(left: list[Word], right: list[Word], mode: Mode) -> list[Pair]:
    """First letters beside the words they stand for: ``JC`` and ``Jean-Claude``, ``PLA`` and an army."""
    pairs = []
    if len(right) > 1:
        pairs += [Pair((word,), run, finding) for word, run, finding in _letters_of(left, right, mode)]
    if len(left) > 1:
        pairs += [Pair(run, (word,), finding) for word, run, finding in _letters_of(right, left, mode)]
    return pairs


def _letters_of(few: list[Word], many: list[Word], mode: Mode) -> list[tuple[Word, tuple[Word, ...], str]]:
    """Takes out of both lists each word that is the first letters of words beside one another."""
    least, most, finding = (2, 3, "initial") if mode == "person" else (3, 6, "acronym")
    found = []
    for word in [one for one in few if least <= len(one.form) <= most and len(one.form) <= len(many)]:
        start = "".join([one.form[0] for one in many]).find(word.form)
        if start >= 0 and (mode != "person" or not _VOWELS & set(word.form)):
            run = tuple(many[start : start + len(word.form)])
            few.remove(word)
            del many[start : start + len(word.form)]
            found.append((word, run, finding))
    return found


def _drop_free(left: list[Word], right: list[Word], pairs: Sequence[Pair]) -> None:
    """Legal forms and particles come and go; they are reported as parts of their own. Words that stand with a paired
    one for a single thing (``United Arab`` beside ``Emirates`` and ``UAE``) are no words of their own."""
    told = {
        symbol
        for pair in pairs
        if pair.finding == "spelling" and (left or right)
        for symbol in set(pair.query[0].symbols) & set(pair.listed[0].symbols)
    }
    for side in (left, right):
        side[:] = [word for word in side if word.role not in ("legal", "particle") and not told & set(word.symbols)]
