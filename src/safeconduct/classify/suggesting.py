"""Entries suggested by words: a place to look, explained by the words that led there, never a rating.

BM25 with weighted fields (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) over the lowest
paragraphs of a control list, each read with the headings above it, which count less the higher they stand: *having a
frequency above 40 GHz* says nothing alone. A plain word also looks for the list's words for it (``plain_words.txt``),
and a paragraph is also found by what people call the thing (``other_words.tsv``).
Words do not tell paragraphs of the same wording apart: each of them names the others.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from safeconduct.classify.model import Suggestion
from safeconduct.classify.other_words import other_words
from safeconduct.classify.plain_words import Stems, longest, of_the_lists
from safeconduct.classify.words import words
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Item
from safeconduct.sources.model import ControlParagraph

if TYPE_CHECKING:  # functions load it: a command that only assesses starts without it
    import numpy as np
    import numpy.typing as npt

K1, B = 1.2, 0.75  # saturation of repeated words, weight of a text's length: the usual values
HEADING, HIGHER = 0.15, 0.7  # weight of the heading next above, and of each further one by the one below it
OTHER = 0.7  # weight of the other words that are written for a paragraph
CITED = 0.2  # weight of what a paragraph names by code, shared by all that it names
FIRST, FIRST_MORE = 3, 0.4  # the first words of a paragraph, and how much more each counts
LISTED = 0.8  # weight of a list's word looked for in place of a plain one
PLAIN = 1.25  # a plain word weighs at most so much more than the weightiest word it stands for
LAYOUT = "4"  # of a kept index; raised whenever other bytes are made of the same paragraphs
MOST_PARAGRAPHS, MOST_WORDS, MOST_HEADINGS = 200_000, 80, 12
MOST_SAME, MOST_LOOKED_AT = 50, 2_000  # paragraphs of one wording that name each other; the best, for further entries
_CODE = re.compile(r"\b\d[a-e]\d{3}(?:\.[a-z]\b(?:\.\d+)*)?")
_END = re.compile(r"[;,.:\s]*(?:\b(?:and|or)\b)?[;,.:\s]*$")
_UNIT = 1000  # of a kept weight
_Key = tuple[str, str]


class Paragraph(msgspec.Struct, frozen=True, array_like=True):
    """A lowest paragraph, the entry it stands in, and where; ``same`` are other codes of the list with its wording."""

    list: str
    code: str
    place: str
    entry: str
    same: tuple[str, ...] = ()


class Postings(msgspec.Struct, frozen=True, array_like=True):
    """Where a word stands: ``own`` counts the paragraphs that have it themselves, ``packed`` all that do with headings.

    ``packed`` holds their numbers, then the weight of the word in each in thousandths: 32 bits, low byte first.
    """

    own: int
    packed: bytes

    def numbers_and_weights(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
        """The paragraphs, and how often the word stands in each, long texts counting less."""
        import numpy as np

        numbers, weights = np.frombuffer(self.packed, "<u4").reshape(2, -1)
        return numbers, weights / _UNIT


class WordIndex(msgspec.Struct, frozen=True, array_like=True):
    """Paragraphs, and for each stem where it stands, and in whose ``other`` words. It opens at once, by its bytes."""

    paragraphs: tuple[Paragraph, ...]
    postings: dict[str, Postings]
    other: dict[str, Postings] = {}

    def knows(self, stem: str) -> bool:
        """Whether any paragraph has the stem, in its own words or in others written for it."""
        return stem in self.postings or stem in self.other

    def rarity(self, stem: str) -> float:
        """Weight of a stem: more, the fewer paragraphs have it themselves or in other words."""
        found, other = self.postings.get(stem), self.other.get(stem)
        having = (other.own if other else 0) + ((found.own or len(found.packed) // 8) if found else 0)
        return math.log(1 + (len(self.paragraphs) - having + 0.5) / (having + 0.5))

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
    kept: dict[_Key, ControlParagraph] = {}
    for record in records:
        if record.kind in ("entry", "paragraph"):
            kept.setdefault((record.list, record.code), record)
        if len(kept) > MOST_PARAGRAPHS:
            raise Refusal(f"more than {MOST_PARAGRAPHS} paragraphs", record.list, "load fewer control lists")
    counts = {key: _counted(record.text) for key, record in kept.items()}
    lengths = {key: sum(count.values()) for key, count in counts.items()}
    lowest = sorted(kept.keys() - {(record.list, record.parent) for record in kept.values()})
    mean = sum(lengths[key] for key in lowest) / len(lowest) if lowest else 1.0
    codes = {(key[0], key[1].casefold()): key for key in sorted(kept)}
    own: Counter[str] = Counter()
    standing: dict[str, dict[int, float]] = {}
    for number, key in enumerate(lowest):
        own.update(counts[key].keys())
        for weight, read in (*_with_headings(key, kept), *_cited(key, kept, codes)):
            length = 1 - B + B * lengths[read] / (mean or 1.0)
            for stem, often in counts[read].items():
                at = standing.setdefault(stem, {})
                at[number] = at.get(number, 0.0) + weight * often / length
    same = _same_wording(lowest, kept)
    paragraphs = tuple(Paragraph(*key, kept[key].place, _entry(key, kept), same.get(key, ())) for key in lowest)
    postings = {stem: Postings(own[stem], _packed(at)) for stem, at in standing.items()}
    return WordIndex(paragraphs, postings, _in_other_words(lowest, kept))


def _in_other_words(lowest: Iterable[_Key], kept: Mapping[_Key, ControlParagraph]) -> dict[str, Postings]:
    """Where a stem stands in the words written for a paragraph."""
    standing: dict[str, dict[int, float]] = {}
    for number, key in enumerate(lowest):
        for stem in {stem for stem, _ in words(other_words(key[1], kept[key].text))}:
            standing.setdefault(stem, {})[number] = OTHER
    return {stem: Postings(len(at), _packed(at)) for stem, at in standing.items()}


def _counted(text: str) -> dict[str, float]:
    """How often each word stands in a text; the first say what kind of thing it is, and count more."""
    counts: dict[str, float] = dict(Counter(stem for stem, _ in words(text)))
    for stem in islice(counts, FIRST):
        counts[stem] += FIRST_MORE
    return counts


def _with_headings(key: _Key, kept: Mapping[_Key, ControlParagraph]) -> Iterator[tuple[float, _Key]]:
    """The paragraph itself, then what stands above it, each with its weight. A list that runs in a ring ends."""
    yield 1.0, key
    weight = HEADING
    for above in islice(_above(key, kept), MOST_HEADINGS):
        yield weight, above
        weight *= HIGHER


def _above(key: _Key, kept: Mapping[_Key, ControlParagraph]) -> Iterator[_Key]:
    while (key := (key[0], kept[key].parent)) in kept:
        yield key


def _entry(key: _Key, kept: Mapping[_Key, ControlParagraph]) -> str:
    """The code of the entry that a paragraph stands in; where the list marks none, of the topmost heading."""
    path = [key, *islice(_above(key, kept), MOST_HEADINGS)]
    return next((each for each in path if kept[each].kind == "entry"), path[-1])[1]


def _same_wording(lowest: Iterable[_Key], kept: Mapping[_Key, ControlParagraph]) -> dict[_Key, tuple[str, ...]]:
    """For each paragraph the others of its list whose words, signs and numbers are the same, but for how it ends."""
    by_wording: dict[_Key, list[_Key]] = {}
    for key in lowest:
        wording = _END.sub("", " ".join(kept[key].text.split()))
        by_wording.setdefault((key[0], wording), []).append(key)
    found = {}
    for keys in by_wording.values():
        for start in range(0, len(keys), MOST_SAME):
            together = keys[start : start + MOST_SAME]
            found.update({key: tuple(other[1] for other in together if other != key) for key in together})
    return found


def _cited(key: _Key, kept: Mapping[_Key, ControlParagraph], codes: Mapping[_Key, _Key]) -> list[tuple[float, _Key]]:
    """What the paragraph names by code (*commodities controlled by 9B104*), which it cannot be understood without."""
    named = (codes.get((key[0], code)) for code in _CODE.findall(kept[key].text.casefold()))
    found = list(dict.fromkeys(each for each in named if each and each != key))[:MOST_HEADINGS]
    return [(CITED / math.sqrt(len(found)), each) for each in found]


def _packed(at: Mapping[int, float]) -> bytes:
    import numpy as np

    weights = [max(1, round(_UNIT * weight)) for weight in at.values()]
    return np.array([list(at), weights], "<u4").tobytes()


class _Way(msgspec.Struct, frozen=True):
    """One way to look for a word of the item: ``shown`` names it, ``stems`` are looked for, each at its weight."""

    shown: str
    stems: dict[str, float]

    @property
    def weight(self) -> float:
        return sum(self.stems.values())


def suggest(index: WordIndex, item: Item, most: int = 5) -> tuple[Suggestion, ...]:
    """The ``most`` paragraphs that share the rarest words with ``item``, best first, then the best of further entries
    until ``most`` entries are shown. ``same`` names the paragraphs of the very same wording.

    ``words`` holds the item's own words; one that stands for another of the list is shown as ``know-how (technology)``.
    ``score`` is the share, in thousandths, of what a paragraph with all its words would reach.
    """
    sheet = item.datasheet.lines if item.datasheet else ()
    wanted = _rarest(index, "\n".join((item.name, item.description, *sheet)))
    import numpy as np

    scores = np.zeros(len(index.paragraphs))
    reached: list[tuple[_Way, npt.NDArray[np.float64]]] = []
    for ways in wanted:
        each = [(way, _reached(index, way)) for way in ways]
        scores += np.maximum.reduce([points for _, points in each])
        reached.extend(each)
    whole = sum(max(way.weight for way in ways) for ways in wanted)
    best = np.argsort(-scores, kind="stable")[:MOST_LOOKED_AT]
    shown = _places(index, [number for number in best.tolist() if scores[number] > 0], most)
    return tuple(_suggestion(index, number, scores[number] / whole, reached) for number in shown)


def _places(index: WordIndex, ranked: Iterable[int], most: int) -> Iterator[int]:
    """Of paragraphs by rank the first ``most``, then the first of each entry not yet shown."""
    entries: set[_Key] = set()
    for shown, number in enumerate(ranked):
        entry = (index.paragraphs[number].list, index.paragraphs[number].entry)
        if shown >= most and len(entries) >= most:
            return
        if shown < most or entry not in entries:
            entries.add(entry)
            yield number


def _suggestion(
    index: WordIndex, number: int, share: float, reached: Iterable[tuple[_Way, npt.NDArray[np.float64]]]
) -> Suggestion:
    found = index.paragraphs[number]
    shown = {_shown(index, way, number) for way, points in reached if points[number] > 0}
    return Suggestion(found.list, found.code, round(1000 * share), tuple(sorted(shown)), found.place, found.same)


def _shown(index: WordIndex, way: _Way, number: int) -> str:
    """The word, marked where the paragraph has it in other words alone."""
    own = (index.postings[stem].numbers_and_weights()[0] for stem in way.stems if stem in index.postings)
    return way.shown if any(number in numbers for numbers in own) else f"{way.shown} (in other words)"


def _reached(index: WordIndex, way: _Way) -> npt.NDArray[np.float64]:
    """What each paragraph has of a way, up to its weight."""
    import numpy as np

    points = np.zeros(len(index.paragraphs))
    for stem, weight in way.stems.items():
        often = np.zeros(len(index.paragraphs))
        for postings in (index.postings, index.other):
            if stem in postings:
                numbers, weights = postings[stem].numbers_and_weights()
                often[numbers] += weights
        points += weight * often / (often + K1)
    return points


def _rarest(index: WordIndex, text: str) -> list[list[_Way]]:
    """For each word and known phrase of the item the ways to look for it; of all, the weightiest ``MOST_WORDS``."""
    read = list(words(text))
    own = dict(read)
    ways: dict[Stems, list[_Way]] = {
        (stem,): [_Way(word, {stem: _weight(index, stem)})] for stem, word in own.items() if index.knows(stem)
    }
    looked_for: set[Stems] = set()
    for key, phrase in _phrases(read).items():
        ways.setdefault(key, []).extend(_listed(index, key, phrase, own, looked_for))
    ordered = sorted(((max(way.weight for way in each), key) for key, each in ways.items() if each), reverse=True)
    return [ways[key] for _, key in ordered[:MOST_WORDS]]


def _weight(index: WordIndex, stem: str) -> float:
    """Rarity of a word of the item. *Running* is rare in lists, but says no more than the *operation* it stands for."""
    listed = (stems for _, stems in of_the_lists().get((stem,), ()))
    most = max((sum(_known(index, stems)) / len(stems) for stems in listed), default=0.0)
    return min(index.rarity(stem), PLAIN * most) if most else index.rarity(stem)


def _known(index: WordIndex, stems: Stems) -> Iterator[float]:
    return (index.rarity(stem) for stem in stems if index.knows(stem))


def _phrases(read: Sequence[tuple[str, str]]) -> dict[Stems, str]:
    """The plain words and phrases of a text, longest first; what a longer one has taken is not read again."""
    found: dict[Stems, str] = {}
    taken: set[int] = set()
    for size in range(longest(), 0, -1):
        for start in range(len(read) - size + 1):
            places = range(start, start + size)
            key = tuple(read[place][0] for place in places)
            if key in of_the_lists() and taken.isdisjoint(places):
                taken.update(places)
                found.setdefault(key, " ".join(read[place][1] for place in places))
    return found


def _listed(
    index: WordIndex, key: Stems, phrase: str, own: Mapping[str, str], looked_for: set[Stems]
) -> Iterator[_Way]:
    """The list's words for a plain phrase, but for those that the item has itself or that are looked for already."""
    for listed, stems in of_the_lists()[key]:
        missing = tuple(stem for stem in stems if stem not in own)
        known = {stem: LISTED / len(missing) * index.rarity(stem) for stem in missing if index.knows(stem)}
        if known and missing not in looked_for:
            looked_for.add(missing)
            yield _Way(f"{phrase} ({listed})", known)
