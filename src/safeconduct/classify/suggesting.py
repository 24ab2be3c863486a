"""Entries suggested by words: a place to look, explained by the words that led there, never a rating.

Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) over the lowest
paragraphs of a control list. Words are compared by their first letters, which brings *decrypts*
and *decryption* together without a dictionary.
"""

from __future__ import annotations

import array
import hashlib
import heapq
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from safeconduct.classify.model import Suggestion
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Item
from safeconduct.sources.model import ControlParagraph

K1, B = 1.2, 0.75  # saturation of repeated words, weight of a text's length: the usual values
LETTERS = 5  # of a word's beginning that count
LAYOUT = "1"  # of a kept index; raised whenever other bytes are made of the same paragraphs
MOST_PARAGRAPHS, MOST_TEXT, MOST_WORDS = 200_000, 10_000, 80
_PAIR = 2 * array.array("I").itemsize
_WORD = re.compile(r"\w+(?:\.\d+)?")
_COMMON_WORDS = (
    "a all also an and any are as at be by can for from had has have having if in into is it its made "
    "make makes more most not of on one or other our over so such than that the their them then there "
    "these they this to under up use used uses using was we were when which will with you your"
)
_COMMON = frozenset(_COMMON_WORDS.split())


class Paragraph(msgspec.Struct, frozen=True, array_like=True):
    """A lowest paragraph: where it stands, and how much its length weighs."""

    list: str
    code: str
    place: str
    length: int


class WordIndex(msgspec.Struct, frozen=True, array_like=True):
    """Paragraphs, for each beginning of a word the paragraphs that have it and how often, and the length of all.

    A posting list is bytes, so that an index of thousands of words opens at once: pairs of 32 bits, low byte first.
    """

    paragraphs: tuple[Paragraph, ...]
    postings: dict[str, bytes]
    length: int

    def having(self, stem: str) -> Iterator[tuple[int, int]]:
        """The paragraphs that have a word with this beginning, each with how often."""
        numbers = array.array("I", self.postings[stem])
        if sys.byteorder == "big":
            numbers.byteswap()
        return zip(numbers[::2], numbers[1::2], strict=True)

    def kept(self) -> bytes:
        """The index as bytes, headed by their hash."""
        body = _ENCODER.encode(self)
        return hashlib.sha256(body).digest() + body


_ENCODER = msgspec.msgpack.Encoder(order="sorted")


def opened(data: bytes) -> WordIndex | None:
    """The index in ``data`` as ``kept`` made it; None where the bytes are not whole."""
    body = memoryview(data)[32:]
    if hashlib.sha256(body).digest() != data[:32]:
        return None
    return msgspec.msgpack.decode(body, type=WordIndex)


def index_of(records: Iterable[ControlParagraph]) -> WordIndex:
    """An index over the lowest entries and paragraphs among ``records``, of one list or several."""
    kept: dict[tuple[str, str], ControlParagraph] = {}
    for record in records:
        if record.kind in ("entry", "paragraph"):
            kept.setdefault((record.list, record.code), record)
        if len(kept) > MOST_PARAGRAPHS:
            raise Refusal(f"more than {MOST_PARAGRAPHS} paragraphs", record.list, "load fewer control lists")
    parents = {(record.list, record.parent) for record in kept.values()}
    postings: dict[str, list[int]] = {}
    paragraphs: list[Paragraph] = []
    for key in sorted(kept.keys() - parents):
        record = kept[key]
        counts = Counter(stem for stem, _ in _stems(record.text))
        for stem, often in counts.items():
            postings.setdefault(stem, []).extend((len(paragraphs), often))
        paragraphs.append(Paragraph(record.list, record.code, record.place, counts.total()))
    length = sum(each.length for each in paragraphs)
    return WordIndex(tuple(paragraphs), {stem: _packed(pairs) for stem, pairs in postings.items()}, length)


def _packed(numbers: list[int]) -> bytes:
    packed = array.array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def suggest(index: WordIndex, item: Item, most: int = 5) -> tuple[Suggestion, ...]:
    """At most ``most`` paragraphs that share the rarest words with ``item``, best first.

    ``score`` is the share, in thousandths, of what a paragraph with all its words would reach.
    """
    sheet = item.datasheet.lines if item.datasheet else ()
    wanted = _rarest(index, "\n".join((item.name, item.description, *sheet)))
    mean = index.length / len(index.paragraphs) if index.length else 1.0
    scores: dict[int, float] = {}
    words: dict[int, list[str]] = {}
    for stem, (word, weight) in wanted.items():
        for number, often in index.having(stem):
            length = index.paragraphs[number].length / mean
            share = often * (K1 + 1) / (often + K1 * (1 - B + B * length))
            scores[number] = scores.get(number, 0.0) + weight * share
            words.setdefault(number, []).append(word)
    whole = sum(weight for _, weight in wanted.values()) * (K1 + 1)
    best = heapq.nsmallest(most, scores, key=lambda number: (-scores[number], number))
    return tuple(_suggestion(index.paragraphs[number], scores[number] / whole, words[number]) for number in best)


def _suggestion(found: Paragraph, share: float, words: list[str]) -> Suggestion:
    return Suggestion(found.list, found.code, round(1000 * share), tuple(sorted(set(words))), found.place)


def _rarest(index: WordIndex, text: str) -> dict[str, tuple[str, float]]:
    """The item's words that the index knows, by their beginning, the rarest ``MOST_WORDS`` in order."""
    size = len(index.paragraphs)
    known = {stem: word for stem, word in _stems(text) if stem in index.postings}
    weights = {stem: _rarity(size, len(index.postings[stem]) // _PAIR) for stem in known}
    ordered = sorted(known, key=lambda stem: (-weights[stem], stem))[:MOST_WORDS]
    return {stem: (known[stem], weights[stem]) for stem in ordered}


def _rarity(size: int, having: int) -> float:
    return math.log(1 + (size - having + 0.5) / (having + 0.5))


def _stems(text: str) -> Iterable[tuple[str, str]]:
    for word in _WORD.findall(text[:MOST_TEXT].casefold()):
        if word not in _COMMON:
            yield word[:LETTERS], word
