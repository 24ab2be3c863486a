"""Two names beside one another: which words answer to one another, and what is left over.

A word left over on one side only is an *omission* (people leave names out); words left over on
both sides *differ*. The order of words never counts. Levels, from near to far:

``same``     every word answers to an equal one or to its known spelling
``near``     every word answers to one, some a slip of the pen apart
``partial``  one side's words all answer, the other has more of them
``apart``    both sides have words of their own, or too little answers to tell anything
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from rapidfuzz.distance import OSA

from safeconduct.screen.analyse import SOUND
from safeconduct.screen.fold import skeleton, sound
from safeconduct.screen.model import AnalysedName, Mode, Part, Word

Level = Literal["same", "near", "partial", "apart"]
Rarity = Callable[[Word], int]

# How much of a word's weight a pair earns (percent), by what was found.
EARNS = {
    "same": 100,
    "spelling": 96,
    "nickname": 90,
    "one_letter_apart": 85,
    "related": 75,
    "similar": 70,
    "initial": 40,
}
_SLIPS = {"nickname": 1, "related": 1, "one_letter_apart": 1, "similar": 2}
_WEIGHT_OF = {"title": 1, "particle": 0, "legal": 0, "generic": 1, "trade": 3, "place": 4, "number": 4}
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
        return min(told, 7) if any(symbol.startswith("NAME") for symbol in word.symbols) else told

    return rarity


def compare(query: AnalysedName, listed: AnalysedName, rarity: Rarity) -> Compared:
    """How the two readings answer to one another; symmetric but for which side is which."""
    left, right = list(query.words[:MOST_WORDS]), list(listed.words[:MOST_WORDS])
    pairs = _pair(left, right, query.mode, _sure)
    pairs += _joined(left, right)
    pairs += _pair(left, right, query.mode, word_finding)
    pairs += _joined(left, right)
    if query.mode == "organization":
        _drop_free(left, right)
    return _judge(pairs, left, right, query.mode, rarity)


def _pair(left: list[Word], right: list[Word], mode: Mode, find: Callable[[Word, Word, Mode], str]) -> list[Pair]:
    """Greedy pairing, the best first; takes the paired words out of both lists."""
    options = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if finding := find(one, other, mode):
                options.append((-EARNS[finding], abs(i - j), i + j, i, j, finding))
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, _, _, i, j, finding in sorted(options):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, Pair((left[i],), (right[j],), finding)))
    left[:] = [word for place, word in enumerate(left) if place not in used_left]
    right[:] = [word for place, word in enumerate(right) if place not in used_right]
    return [pair for _, pair in sorted(pairs, key=lambda one: one[0])]


def _sure(one: Word, other: Word, mode: Mode) -> str:  # noqa: ARG001  # takes what word_finding takes
    """``same`` or ``""``: equal words answer to one another before any likeness is looked for."""
    return "same" if one.form == other.form else ""


def word_finding(one: Word, other: Word, mode: Mode) -> str:
    """What two words are to one another: a key of ``EARNS``, or ``""`` for unlike words."""
    if one.form == other.form:
        return "same"
    shared = set(one.symbols) & set(other.symbols) - {SOUND}
    if one.role == "number" or other.role == "number":
        return "same" if shared else ""
    short, long = sorted((one.form, other.form), key=lambda form: (len(form), form))
    if shared:
        return _by_library(shared, short, long, mode)
    if one.role != other.role and "particle" in (one.role, other.role):
        return ""
    if len(short) > 2 and sound(short) == sound(long):
        return "spelling"
    if SOUND in one.symbols or SOUND in other.symbols:
        return ""
    if len(short) == 1:
        return "initial" if mode == "person" and long.startswith(short) else ""
    return _letters(short, long, bool(one.symbols), bool(other.symbols))


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


@functools.lru_cache(maxsize=200_000)
def _letters(short: str, long: str, short_known: bool, long_known: bool) -> str:
    """Likeness by letters alone.

    Two names that the library knows, and knows as different, are different however alike they look (``Mario``,
    ``Maria``); a slip of the pen mostly makes a word that is no name.
    """
    least = len(short)
    if (short_known and long_known) or least < 3 or len(long) - least > 3:
        return ""
    distance = OSA.distance(short, long, score_cutoff=3)
    if distance == 1:
        if least < 6 and short[0] != long[0]:
            return ""
        return "one_letter_apart" if least > 3 or len(long) > 3 else ""
    if distance == 2 and least >= 7:
        return "similar"
    if distance <= 3 and least >= 6 and skeleton(short) == skeleton(long) and len(skeleton(short)) > 2:
        return "similar"
    return "similar" if distance == 3 and least >= 12 else ""


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
    for size in (2, 3):
        for start in range(len(many) - size + 1):
            run = tuple(many[start : start + size])
            whole = _text(run).replace(" ", "")
            for other in few:
                if finding := _join_finding(whole, other.form, (*run, other)):
                    return run, (other,), finding
    finding = _join_finding(_text(many).replace(" ", ""), _text(few).replace(" ", ""), (*many, *few))
    return (tuple(many), tuple(few), finding) if finding and len(many) > 1 and len(few) > 1 else None


def _join_finding(whole: str, other: str, words: Sequence[Word]) -> str:
    if whole == other:
        return "spelling"
    if any(SOUND in word.symbols for word in words):
        return ""
    short, long = sorted((whole, other), key=lambda form: (len(form), form))
    return "one_letter_apart" if len(short) >= 7 and OSA.distance(short, long, score_cutoff=1) <= 1 else ""


def _drop_free(left: list[Word], right: list[Word]) -> None:
    """Legal forms and particles come and go; they are reported as parts of their own."""
    for side in (left, right):
        side[:] = [word for word in side if word.role not in ("legal", "particle")]


def _judge(pairs: list[Pair], left: list[Word], right: list[Word], mode: Mode, rarity: Rarity) -> Compared:
    earned = total = answering = weight = rarest = 0
    for pair in pairs:
        worth = min(_sum(pair.query, rarity), _sum(pair.listed, rarity))
        earned += worth * EARNS[pair.finding]
        total += worth * 100
        if worth > 1 and pair.finding != "initial":
            answering += 1
            weight += worth * EARNS[pair.finding] // 100
            rarest = max(rarest, worth)
    only_query, only_listed = _new(left, pairs, rarity), _new(right, pairs, rarity)
    level = _level(pairs, only_query, only_listed, mode, answering)
    lost_query, lost_listed = _sum(only_query, rarity), _sum(only_listed, rarity)
    lost = (lost_query + lost_listed) * (100 if level == "apart" else 50)
    share = 100 * weight * 2 // max(1, weight * 2 + lost_query + lost_listed)
    points = NAME_POINTS * 2 * earned // max(1, 2 * total + lost)
    loose = any(pair.finding in ("nickname", "related", "initial") for pair in pairs)
    return Compared(level, points, weight, rarest, share, answering, loose, tuple(pairs), only_query, only_listed)


def _new(words: Sequence[Word], pairs: Sequence[Pair], rarity: Rarity) -> tuple[Word, ...]:
    """Words left over that tell something; a word said twice (``Dilawar Khan Zain Khan``) tells nothing more."""
    told = {word.form for pair in pairs for word in (*pair.query, *pair.listed)} if len(pairs) > 1 else set()
    return tuple(word for word in words if rarity(word) and word.form not in told)


def _sum(words: Sequence[Word], rarity: Rarity) -> int:
    return sum(rarity(word) for word in words)


def _level(pairs: Sequence[Pair], left: Sequence[Word], right: Sequence[Word], mode: Mode, answering: int) -> Level:
    slips = sum(_SLIPS.get(pair.finding, 0) for pair in pairs)
    if not answering or slips > (answering + 1) // 2:
        return "apart"
    heavy_left, heavy_right = ([w for w in side if w.role not in ("title", "generic")] for side in (left, right))
    if heavy_left and heavy_right:
        return "apart"
    if mode == "organization" and _numbers_differ(left, right):
        return "apart"
    if heavy_left or heavy_right or any(pair.finding == "initial" for pair in pairs):
        return "partial"
    if all(pair.finding in ("same", "spelling") for pair in pairs):
        return "same"
    return "near"


def _numbers_differ(left: Sequence[Word], right: Sequence[Word]) -> bool:
    return any(w.role == "number" for w in left) and any(w.role == "number" for w in right)


def parts(query: AnalysedName, listed: AnalysedName, compared: Compared) -> tuple[Part, ...]:
    """The comparison as named parts for people to read."""
    found = [_pair_part(pair, query.mode) for pair in compared.pairs if _tells(pair)]
    found += _left_over(compared, query.mode)
    if query.mode == "organization":
        found += _legal_forms(query, listed)
    if len(compared.pairs) > 1:
        found.append(_order(query, listed, compared))
    return tuple(found)


def _tells(pair: Pair) -> bool:
    return any(word.role not in ("particle", "legal") for word in (*pair.query, *pair.listed))


_PART_OF = {
    "trade": "trade_word",
    "place": "place_word",
    "generic": "generic_word",
    "number": "number",
    "title": "title",
}


def _pair_part(pair: Pair, mode: Mode) -> Part:
    role = pair.listed[0].role or pair.query[0].role
    tag = pair.listed[0].tag or pair.query[0].tag
    if role in _PART_OF:
        part = _PART_OF[role]
    elif mode == "organization":
        part = "distinctive_word"
    else:
        part = {"g": "given_name", "f": "family_name"}.get(tag, "name_word")
    return Part(part, pair.finding, _text(pair.query), _text(pair.listed))


def _left_over(compared: Compared, mode: Mode) -> list[Part]:
    part = "distinctive_word" if mode == "organization" else "extra_names"
    query, listed = _text(compared.only_query), _text(compared.only_listed)
    if query and listed:
        return [Part(part, "different", query, listed)]
    return [Part(part, "omitted", query, listed)] if query or listed else []


def _legal_forms(query: AnalysedName, listed: AnalysedName) -> list[Part]:
    mine, theirs = ([word for word in name.words if word.role == "legal"] for name in (query, listed))
    if not mine and not theirs:
        return []
    if not mine or not theirs:
        return [Part("legal_form", "omitted", _text(mine), _text(theirs))]
    shared = {w.form for w in mine} & {w.form for w in theirs} or {s for w in mine for s in w.symbols} & {
        s for w in theirs for s in w.symbols
    }
    return [Part("legal_form", "same" if shared else "different", _text(mine), _text(theirs))]


def _order(query: AnalysedName, listed: AnalysedName, compared: Compared) -> Part:
    paired = sorted(compared.pairs, key=lambda pair: query.words.index(pair.query[0]))
    places = [listed.words.index(pair.listed[0]) for pair in paired]
    finding = "same" if places == sorted(places) else "different"
    return Part("name_order", finding, _text(query.words), _text(listed.words))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.form for word in words)
