"""The notation in which phrases of datasheets are written (``phrases/en.toml`` shows it), and its word classes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from math import prod

import msgspec

from safeconduct.classify.sheet_text import fold
from safeconduct.policy import Place

GAP = 3
"""Words that ``~`` and ``&`` let stand between, where they name no number."""

MOST_MEMBERS = 10_000
"""Choices of words that one writing in a class may stand for; more are nearly always a bar in the wrong place."""

Member = tuple[str, ...]
"""The words of one member of a class; a word that ends in ``*`` may go on."""

_WORD = re.compile(r"[^\W_]+\*?")
_APART = re.compile(r"([~&])(\d*)")


class Part(msgspec.Struct, frozen=True):
    """Any of ``members``, after at most ``gap`` other words."""

    members: tuple[Member, ...]
    gap: int = 0


Phrase = tuple[Part, ...]


class Classes:
    """The word classes of one language: ``@name`` in a phrase, or in another class, stands for any of its members."""

    def __init__(self, written: Mapping[str, Sequence[str]], place: Place) -> None:
        self._written, self._place = written, place
        self._read: dict[str, tuple[Member, ...]] = {}
        for name in written:
            self._members(name, place.at(name), ())

    def phrases(self, written: str, place: Place) -> tuple[Phrase, ...]:
        """Every order in which the parts of ``written`` may stand; a ``Refusal`` with line and nearest class."""
        sides: list[list[Part]] = [[]]
        gaps: list[int] = []
        gap = 0
        for token in written.split():
            if apart := _APART.fullmatch(token):
                gap = int(apart[2] or GAP)
                if apart[1] == "&":
                    gaps.append(gap)
                    sides.append([])
                    gap = 0
                continue
            sides[-1].append(Part(self._alternatives(token, place, ()), gap if sides[-1] else 0))
            gap = 0
        if not all(sides):
            place.refuse(f"{written[:60]!r} lacks a word beside & or ~", "write a word on both sides")
        return tuple(_in_order(order, max(gaps, default=0)) for order in permutations(sides))

    def _alternatives(self, token: str, place: Place, within: tuple[str, ...]) -> tuple[Member, ...]:
        members: list[Member] = []
        for word in token.split("|"):
            if word.startswith("@"):
                members.extend(self._members(word[1:], place, within))
            else:
                members.extend(_spellings(word))
        if not all(members):
            place.refuse(f"{token[:60]!r} holds no word between its bars", "write a word, or take the bar out")
        return tuple(dict.fromkeys(members))

    def _members(self, name: str, place: Place, within: tuple[str, ...]) -> tuple[Member, ...]:
        if name not in self._written:
            place.refuse_word(f"@{name[:40]} is no class of words of this language", name, sorted(self._written))
        if name in within:
            place.refuse(f"the class @{name} holds itself", "take it out of " + ", ".join(f"@{one}" for one in within))
        if name not in self._read:
            members: list[Member] = []
            for number, written in enumerate(self._written[name]):
                members.extend(self._member(written, self._place.at(name, number), (*within, name)))
            self._read[name] = tuple(dict.fromkeys(members))
        return self._read[name]

    def _member(self, written: str, place: Place, within: tuple[str, ...]) -> Iterator[Member]:
        """``rogue|fake base station`` in a class: its words in every choice, with nothing between."""
        if any(_APART.fullmatch(token) for token in written.split()):
            place.refuse(f"{written[:60]!r} in a class has words between", "write ~ and & in phrases alone")
        choices = [self._alternatives(token, place, within) for token in written.split()]
        if prod(map(len, choices)) > MOST_MEMBERS:
            place.refuse(
                f"{written[:60]!r} stands for {prod(map(len, choices)):,} choices of words",
                "write what has several words by itself: a bar parts words, not groups of them",
            )
        for chosen in product(*choices):
            yield tuple(word for member in chosen for word in member)


def _in_order(sides: Sequence[Sequence[Part]], gap: int) -> Phrase:
    parts = list(sides[0])
    for side in sides[1:]:
        parts += [Part(side[0].members, gap), *side[1:]]
    return tuple(parts)


def _spellings(written: str) -> tuple[Member, ...]:
    """``e-mail*`` stands for *e-mail*, *e mail* and *email*."""
    folded = fold(written)
    apart = tuple(word for piece in folded.split() for word in _WORD.findall(piece))
    joined = tuple(_WORD.findall(folded.replace("-", "")))
    return (apart,) if "-" not in folded or "*-" in folded or joined == apart else (apart, joined)
