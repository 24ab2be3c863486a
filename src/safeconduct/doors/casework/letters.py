"""Which letters of two texts differ, so that an eye finds them and a screen reader can say them.

Order of words, capitals and accents are no differences here: lists write ``KHAN ZADRAN, Dilawar``
where an application has ``Dilawar Khan``. How much a difference counts is for ``screen`` to say;
this only shows where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

import msgspec

Pieces = tuple[tuple[str, bool], ...]
KIN = 0.5  # two words are set against each other letter by letter where at least half of them agrees
LONGEST = 200  # characters compared; what follows is shown, unmarked


class Side(msgspec.Struct, frozen=True):
    """One text of a pair: whole, cut into pieces with whether each differs, and what differs, for the ear."""

    text: str
    pieces: Pieces

    @property
    def differing(self) -> str:
        return ", ".join(piece.strip() for piece, differs in self.pieces if differs and piece.strip())


def side_by_side(query: str, listed: str) -> tuple[Side, Side]:
    """Both texts with their differing letters; where one is empty, nothing of the other is marked."""
    if not query or not listed:
        return Side(query, ((query, False),)), Side(listed, ((listed, False),))
    ours, theirs = _words(query), _words(listed)
    marks: tuple[set[int], set[int]] = (set(), set())
    for left, right in _pairs(ours, theirs):
        _mark(left, right, marks)
    return Side(query, _cut(query, marks[0])), Side(listed, _cut(listed, marks[1]))


class _Word(msgspec.Struct, frozen=True):
    start: int
    letters: tuple[str, ...]  # one folded text for each character as written

    @property
    def folded(self) -> str:
        return "".join(self.letters)


def _words(text: str) -> list[_Word]:
    found = re.finditer(r"\w+", text[:LONGEST])
    return [_Word(match.start(), tuple(_fold(char) for char in match.group())) for match in found]


def _fold(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)).casefold()


def _pairs(ours: list[_Word], theirs: list[_Word]) -> list[tuple[_Word | None, _Word | None]]:
    """Equal words find each other first, then kin, closest first; whoever is left stands alone."""
    left, right = list(ours), list(theirs)
    pairs: list[tuple[_Word | None, _Word | None]] = []
    candidates = sorted(
        ((_likeness(one, other), one.start, other.start, one, other) for one in ours for other in theirs),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    for likeness, _, _, one, other in candidates:
        if likeness >= KIN and one in left and other in right:
            pairs.append((one, other))
            left.remove(one)
            right.remove(other)
    return [*pairs, *((one, None) for one in left), *((None, other) for other in right)]


def _likeness(one: _Word, other: _Word) -> float:
    return 1.0 if one.folded == other.folded else SequenceMatcher(None, one.folded, other.folded, False).ratio()


def _mark(left: _Word | None, right: _Word | None, marks: tuple[set[int], set[int]]) -> None:
    if left and right:
        if left.folded == right.folded:
            return
        for tag, a, b, c, d in SequenceMatcher(None, left.letters, right.letters, False).get_opcodes():
            if tag != "equal":
                marks[0].update(range(left.start + a, left.start + b))
                marks[1].update(range(right.start + c, right.start + d))
        return
    for word, marked in ((left, marks[0]), (right, marks[1])):
        if word:
            marked.update(range(word.start, word.start + len(word.letters)))


def _cut(text: str, marked: set[int]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    for at, char in enumerate(text):
        differs = at in marked
        if pieces and pieces[-1][1] == differs:
            pieces[-1] = (pieces[-1][0] + char, differs)
        else:
            pieces.append((char, differs))
    return tuple(pieces)
