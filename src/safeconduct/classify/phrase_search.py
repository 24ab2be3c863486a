"""Finding many phrases in one go: time grows with the words of a text, not with words times phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from safeconduct.classify.phrase_notation import Member, Phrase

Key = TypeVar("Key", bound=Hashable)
Span = tuple[int, int]
"""First word, and the one after the last."""
Match = tuple[Span, ...]
"""The words of each part of a phrase."""

_REMEMBERED = 50_000
"""Words whose members are kept; a text of more different ones starts anew, so that memory stays flat."""

_Parts = tuple[tuple[int, int], ...]  # for each part its number and the gap before it


class Searcher(Generic[Key]):
    """Phrases by what they stand for."""

    def __init__(self, phrases: Iterable[tuple[Key, Phrase]]) -> None:
        numbers: dict[tuple[Member, ...], int] = {}
        written: list[tuple[Key, _Parts]] = []
        for key, phrase in phrases:
            parts = tuple((numbers.setdefault(part.members, len(numbers)), part.gap) for part in phrase)
            written.append((key, parts))
        self.keys = tuple(dict.fromkeys(key for key, _ in written))
        self._starting: dict[str, list[tuple[int, Member]]] = defaultdict(list)
        for members, number in numbers.items():
            for member in members:
                self._starting[member[0]].append((number, member[1:]))
        self._longest = max(map(len, self._starting), default=0)
        self._known: dict[str, tuple[tuple[int, Member], ...]] = {}
        self._by_rarest = _by_rarest(written)

    def search(self, words: Sequence[str]) -> dict[Key, list[Match]]:
        """Where each phrase stands in ``words``, from the first to the last place."""
        places = self._places(words)
        found: dict[Key, list[Match]] = {}
        for number in places:
            for key, parts in self._by_rarest.get(number, ()):
                if all(each in places for each, _ in parts):
                    matches = [match for match in _matches(parts, places) if match]
                    if matches:
                        found.setdefault(key, []).extend(matches)
        for each in found.values():
            each.sort(key=_nearest_first)
        return found

    def _places(self, words: Sequence[str]) -> dict[int, list[Span]]:
        places: dict[int, list[Span]] = {}
        for at, word in enumerate(words):
            for number, rest in self._members(word):
                end = at + 1 + len(rest)
                if not rest or _follow(rest, words[at + 1 : end]):
                    places.setdefault(number, []).append((at, end))
        return places

    def _members(self, word: str) -> tuple[tuple[int, Member], ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = list(self._starting.get(word, ()))
            for length in range(1, min(len(word), self._longest) + 1):
                found += self._starting.get(f"{word[:length]}*", ())
            known = self._known[word] = tuple(found)
        return known


def _by_rarest(written: Sequence[tuple[Key, _Parts]]) -> dict[int, list[tuple[Key, _Parts]]]:
    """Each phrase under the one of its parts that fewest phrases have: the others are looked at only where it is."""
    uses = Counter(number for _, parts in written for number, _ in parts)
    found: dict[int, list[tuple[Key, _Parts]]] = defaultdict(list)
    for key, parts in dict.fromkeys(written):
        found[min((number for number, _ in parts), key=lambda number: uses[number])].append((key, parts))
    return dict(found)


def _follow(rest: Member, words: Sequence[str]) -> bool:
    return len(rest) == len(words) and all(
        word.startswith(one[:-1]) if one.endswith("*") else word == one for one, word in zip(rest, words, strict=True)
    )


def _matches(parts: _Parts, places: dict[int, list[Span]]) -> Iterable[Match]:
    for first in places[parts[0][0]]:
        yield _rest_of(parts, 1, (first,), places)


def _rest_of(parts: _Parts, number: int, so_far: Match, places: dict[int, list[Span]]) -> Match:
    """The match that ends soonest, or nothing; gaps are short, so few ways are tried."""
    if number == len(parts):
        return so_far
    element, gap = parts[number]
    end = so_far[-1][1]
    spans = places[element]
    for at in range(bisect_left(spans, (end, 0)), len(spans)):
        if spans[at][0] > end + gap:
            break
        if match := _rest_of(parts, number + 1, (*so_far, spans[at]), places):
            return match
    return ()


def _nearest_first(match: Match) -> Span:
    return match[0][0], match[-1][1]
