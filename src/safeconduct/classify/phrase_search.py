"""Finding many phrases in one go: time grows with the words of a text, not with words times phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from safeconduct.classify.phrase_notation import Member, Phrase

Key = TypeVar("Key", bound=Hashable)
Span = tuple[int, int]
"""First word, and the one after the last."""
Match = tuple[Span, ...]
"""The words of each part of a phrase."""

_REMEMBERED = 50_000
"""Words whose members are kept; a text of more different ones starts anew, so that memory stays flat."""

_ANY = "*"
_Members = tuple[frozenset[int], dict[str, list[tuple[int, Member]]]]
_Parts = tuple[tuple[int, int], ...]  # for each part its number and the gap before it


class _Places:
    """Which parts of phrases stand in the words of a clause, and, where asked, where."""

    def __init__(self, words: Sequence[str], members: Callable[[str], _Members]) -> None:
        self.present: set[int] = set()
        self._alone: list[frozenset[int]] = []
        self._longer: dict[int, list[Span]] = {}
        self._spans: dict[int, list[Span]] = {}
        for at, word in enumerate(words):
            alone, beginning = members(word)
            self._alone.append(alone)
            self.present |= alone
            if beginning and at + 1 < len(words):
                for number, rest in (*beginning.get(words[at + 1], ()), *beginning.get(_ANY, ())):
                    end = at + 1 + len(rest)
                    if _follow(rest, words[at + 1 : end]):
                        self._longer.setdefault(number, []).append((at, end))
        self.present.update(self._longer)

    def __getitem__(self, number: int) -> list[Span]:
        spans = self._spans.get(number)
        if spans is None:
            spans = [(at, at + 1) for at, alone in enumerate(self._alone) if number in alone]
            if number in self._longer:
                spans = sorted([*spans, *self._longer[number]], key=lambda span: (span[0], -span[1]))
            self._spans[number] = spans
        return spans


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
        self._known: dict[str, _Members] = {}
        self._by_rarest = _by_rarest(written)
        self._rarest = frozenset(self._by_rarest)

    def search(self, words: Sequence[str]) -> dict[Key, list[Match]]:
        """Where each phrase stands in ``words``, from the first to the last place."""
        places = _Places(words, self._members)
        found: dict[Key, list[Match]] = {}
        for number in self._rarest & places.present:
            for key, parts in self._by_rarest[number]:
                for each, _ in parts:
                    if each not in places.present:
                        break
                else:
                    matches = [match for match in _matches(parts, places) if match]
                    if matches:
                        found.setdefault(key, []).extend(matches)
        for each_found in found.values():
            each_found.sort(key=_first_and_longest)
        return found

    def _members(self, word: str) -> _Members:
        """The parts that ``word`` is a member of by itself, and, by the word that follows, those it begins one of."""
        if (known := self._known.get(word)) is not None:
            return known
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found = list(self._starting.get(word, ()))
        for length in range(1, min(len(word), self._longest) + 1):
            found += self._starting.get(f"{word[:length]}*", ())
        alone = frozenset(number for number, rest in found if not rest)
        beginning: dict[str, list[tuple[int, Member]]] = {}
        for number, rest in found:
            if rest:
                beginning.setdefault(_ANY if rest[0].endswith("*") else rest[0], []).append((number, rest))
        members = self._known[word] = alone, beginning
        return members


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


def _matches(parts: _Parts, places: _Places) -> Iterable[Match]:
    for first in places[parts[0][0]]:
        yield _rest_of(parts, 1, (first,), places)


def _rest_of(parts: _Parts, number: int, so_far: Match, places: _Places) -> Match:
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


def _first_and_longest(match: Match) -> Span:
    return match[0][0], -match[-1][1]
