"""Pairs of names that trouble nobody, told many at a time: what is left is compared in earnest.

Two names are *apart* where both sides have a telling word that nothing on the other side answers; where one side has,
the names must share enough that tells. Most pairs that share a common word need no comparison to say so: here a word
*may* answer another wherever letters, sound or library could make it do so, and a pair is unlike only where even so
a telling word is left over on either side, or on one and the words that may answer come to too little. Names
of other scripts, with older spellings of Chinese, or of very many words are never called unlike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from safeconduct.screen import abjad, mandarin, nicknames, rules, words
from safeconduct.screen.features import stable
from safeconduct.screen.fold import SOUND, skeleton, sound
from safeconduct.screen.model import AnalysedName, Word

LONGEST = 8  # words of a name; the work grows with its square
_TELLING = ("", "trade", "place", "number")
_BOUND = ("abdul", "uddin", "ullah", "dottir")  # parts that words are compared without
_ACRONYM = (2, 6)  # letters
_AT_ONCE = 8192  # pairs
_SLIPS_FROM = 7  # letters of words written together in which one slip is allowed
# What the answering words must come to for an incomplete name to trouble anybody: an organisation's, a person's
_LEAST = np.array(
    [
        min(rules.BRANCH, rules.PARTIAL_WEIGHT["organization"], rules.PARTIAL_WITH_RARE["organization"]),
        min(rules.PARTIAL_WEIGHT["person"], rules.PARTIAL_WITH_RARE["person"]),
    ]
)
# ``ones`` and ``twos`` have a bit for each letter that stands in the word at least once, and at least twice
_WORD = np.dtype(
    [(name, np.uint64) for name in ("form", "sound", "bones", "ones", "twos", "symbols")]
    + [(name, np.int16) for name in ("length", "first", "weight")]
    + [(name, np.bool_) for name in ("telling", "syllable", "bound", "abdul", "short")]
)
_LETTERS = {char: 1 << place for place, char in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
_Bits = npt.NDArray[Any]
_Truths = npt.NDArray[np.bool_]
_Numbers = npt.NDArray[np.integer]


class Names:
    """Readings of names as tables of their words; ``side`` is 0 or 1, so that blanks of two sides are never alike."""

    def __init__(self, readings: Iterable[AnalysedName], side: int, rarity: words.Rarity) -> None:
        known: dict[Word, int] = {}
        rows: list[list[int]] = []
        usable: list[bool] = []
        persons: list[bool] = []
        for one in readings:
            fits = _fits(one.words)
            kept = [known.setdefault(word, len(known) + 1) for word in one.words] if fits else []
            rows.append(kept + [0] * (LONGEST - len(kept)))
            usable.append(fits)
            persons.append(one.mode == "person")
        blank = (side, side, side, 0, 0, 0, -99, -1 - side, 0, False, False, False, False, False)
        self.words = np.array([blank, *(_row(word, rarity(word)) for word in known)], _WORD)
        self.rows = np.array(rows, np.int32).reshape(-1, LONGEST)
        self.sizes = np.count_nonzero(self.rows, axis=1)
        self.usable, self.person = np.array(usable, np.bool_), np.array(persons, np.bool_)
        forms = self.words["form"][self.rows]
        self.again = ((forms[:, :, None] == forms[:, None, :]).sum(2) > 1) & (self.rows > 0)
        first = np.array([0, *(_bits(word.form[:1])[0] for word in known)], np.uint64)
        self.initials = _together(first[self.rows], np.zeros(self.rows.shape, np.uint64))


def _fits(name: Sequence[Word]) -> bool:
    return len(name) <= LONGEST and not any(map(_strange, name))


def _strange(word: Word) -> bool:
    """Whether a word may answer to others in ways that are not weighed here."""
    return SOUND in word.symbols or bool(abjad.written(word)) or mandarin.older(word.form) or not word.form.isascii()


def _row(word: Word, weight: int) -> tuple[int | bool, ...]:
    form = word.form
    symbols = 0
    for symbol in word.symbols:
        symbols |= 1 << stable(symbol) % 64
    return (
        stable(form), stable(sound(form)), stable(skeleton(form)), *_bits(form), symbols,
        len(form), ord(form[0]), weight,
        word.role in _TELLING and len(form) > 1,
        mandarin.sound_alike(form, form),
        form.startswith(_BOUND) or form.endswith(_BOUND),
        form.startswith("abdul"),
        nicknames.is_short(form),
    )  # fmt: skip


def _bits(text: str) -> tuple[int, int]:
    ones = twos = 0
    for char in text:
        bit = _LETTERS.get(char, 0)
        twos |= ones & bit
        ones |= bit
    return ones, twos


def unlike(mine: Names, left: _Numbers, theirs: Names, right: _Numbers, dated: _Truths) -> _Truths:
    """Whether readings ``left`` of parties and ``right`` of entries, pair by pair and both read in one way, are certain
    to trouble nobody, where no number is shared; ``dated`` where a fact may make a name matter that tells little."""
    found = np.zeros(len(left), np.bool_)
    order = np.argsort(mine.sizes[left] * theirs.sizes[right], kind="stable")  # short names among themselves
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        found[some] = _unlike(mine, left[some], theirs, right[some], dated[some])
    return found


def _unlike(mine: Names, left: _Numbers, theirs: Names, right: _Numbers, dated: _Truths) -> _Truths:
    one, other = _Side(mine, left), _Side(theirs, right)
    same = one.words["form"][:, :, None] == other.words["form"][:, None, :]
    one.remains, other.remains = ~_any(same, 2) | one.again, ~_any(same, 1) | other.again
    there = one.remains[:, :, None] & other.remains[:, None, :]
    may = same | (there & _may(one.words, other.words, mine.person[left]))
    made, parts = one.made(other), other.made(one)
    alone = (
        one.alone(_any(may, 2), _any(made, 2) | _any(parts, 1)),
        other.alone(_any(may, 1), _any(parts, 2) | _any(made, 1)),
    )
    little = np.minimum(one.weight(alone[0]), other.weight(alone[1])) < _LEAST[mine.person[left].astype(np.int8)]
    apart: _Truths = mine.usable[left] & theirs.usable[right] & ~one.acronym(other) & ~other.acronym(one)
    apart &= (_any(alone[0], 1) & _any(alone[1], 1)) | (little & ~dated)
    return apart & (_any(alone[0] & one.foreign(other), 1) | _any(alone[1] & other.foreign(one), 1))


class _Side:
    """One side of many pairs. ``again``: words said twice; ``remains``: words that no equal one is certain to take."""

    def __init__(self, names: Names, which: _Numbers) -> None:
        longest = int(names.sizes[which].max(initial=1))
        self.words = names.words[names.rows[which, :longest]]
        self.again = self.remains = names.again[which, :longest]
        self.ones, self.twos = self.words["ones"], self.words["twos"]
        self.initials = names.initials[0][which, None], names.initials[1][which, None]

    def made(self, other: _Side) -> _Truths:
        """For each word of this side and of the other, whether the one may be several words of the other side written
        together, this one among them."""
        whole, part = self.words["length"][:, :, None], other.words["length"][:, None, :]
        slips = whole >= _SLIPS_FROM
        mine, theirs = (self.ones[:, :, None], self.twos[:, :, None]), (other.ones[:, None, :], other.twos[:, None, :])
        parts = self.remains[:, :, None] & other.remains[:, None, :] & (whole >= part)
        parts &= _missing(*theirs, *mine) <= slips
        letters = _together(np.where(parts, theirs[0], 0), np.where(parts, theirs[1], 0))
        all_there = _missing(self.ones, self.twos, *letters) <= slips[..., 0]
        made: _Truths = parts & (all_there & (parts.sum(2) > 1))[:, :, None]
        return made

    def alone(self, answered: _Truths, joined: _Truths) -> _Truths:
        """Telling words that no word of the other side answers, nor could as part of words written together."""
        found: _Truths = self.words["telling"] & self.remains & ~answered & ~joined
        return found

    def weight(self, alone: _Truths) -> _Numbers:
        """How much the words tell that are not alone."""
        found: _Numbers = np.where(alone, 0, self.words["weight"]).sum(1)
        return found

    def foreign(self, other: _Side) -> _Truths:
        """Words of which two letters stand in none of the words that remain on the other side: where there is one,
        what is left of both sides is not the same written together."""
        ones, twos = _together(np.where(other.remains, other.ones, 0), np.where(other.remains, other.twos, 0))
        found: _Truths = _missing(self.ones, self.twos, ones[:, None], twos[:, None]) > 1
        return found

    def acronym(self, other: _Side) -> _Truths:
        """Whether a word may be the first letters of words of the other side."""
        length = self.words["length"]
        fits = self.remains & (length >= _ACRONYM[0]) & (length <= _ACRONYM[1])
        return _any(fits & (_missing(self.ones, self.twos, *other.initials) == 0), 1)


def _may(one: _Bits, other: _Bits, person: _Truths) -> _Truths:
    """Whether a word of the one side may answer to one of the other, by itself."""

    def each(name: str) -> tuple[_Bits, _Bits]:
        return one[name][:, :, None], other[name][:, None, :]

    def either(name: str) -> _Truths:
        found: _Truths = np.logical_or(*each(name))
        return found

    length, longer = each("length")
    least, differ = np.minimum(length, longer), np.abs(length - longer)
    bones = np.equal(*each("bones")) | either("bound")
    slips = 1 + (least >= 4) + ((least >= 10) | ((least >= 6) & bones))
    found = (differ <= 3) & (_apart(each("ones"), each("twos")) <= 2 * slips)
    found |= np.equal(*each("sound")) | (np.bitwise_and(*each("symbols")) != 0)
    found |= np.logical_and(*each("syllable")) | (either("abdul") & (least > 0))
    initial = (least == 1) & np.equal(*each("first"))
    found |= person[:, None, None] & (initial | (either("short") & (least > 0)))
    may: _Truths = found
    return may


def _any(found: _Truths, axis: int) -> _Truths:
    return np.asarray(found.any(axis=axis), np.bool_)


def _missing(ones: _Bits, twos: _Bits, others: _Bits, others_twos: _Bits) -> _Bits:
    """How many letters of the one are not in the other, or fewer."""
    missing: _Bits = np.bitwise_count(ones & ~others) + np.bitwise_count(twos & ~others_twos)
    return missing


def _apart(ones: tuple[_Bits, _Bits], twos: tuple[_Bits, _Bits]) -> _Bits:
    """No more than the letters that the one word has and the other has not, and the other way round."""
    apart: _Bits = np.bitwise_count(ones[0] ^ ones[1]) + np.bitwise_count(twos[0] ^ twos[1])
    return apart


def _together(ones: _Bits, twos: _Bits) -> tuple[_Bits, _Bits]:
    """The letters of all words along the last axis."""
    once = np.zeros(ones.shape[:-1], np.uint64)
    twice = np.zeros(ones.shape[:-1], np.uint64)
    for place in range(ones.shape[-1]):
        twice |= twos[..., place] | (once & ones[..., place])
        once |= ones[..., place]
    return once, twice
