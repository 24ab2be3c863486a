"""Large sets of listed parties, made from the real lists: for figures at sizes that no list here has.

``python benchmarks/make_entities.py --seed S --entities N --out FILE`` writes N records as a source's normalised
JSON Lines (what ``safeconduct.screen.build_index`` indexes and the peer is given), the same bytes for the same seed
and lists. No party in them exists. How they are made:

* Each takes a real entry as its pattern: kind, number and kinds of names, which facts it has.
* A person's given and family names come from two other people of the same territory; an organisation's or ship's
  name is its pattern's with every word that fewer than 20 entries have replaced by one of another name there.
  Common words stay, so that a few are borne by thousands, as in the real lists.
* Four in ten of these words are new: the front of one real word and the back of another. A real list's stock of words
  grows with its length, and without new ones every name would have namesakes.
* The further names are the first one as others write it (``altered``): a spelling (``ou`` for ``u``, a doubled
  letter), a slip of the pen, a name left out, another order. Names in other scripts are recombined among their like.
* Birth dates, places and territories are those of other entries; numbers have other digits.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from watchlists import data_folder, editions

from safeconduct.core import canonical
from safeconduct.core.party import Identifier
from safeconduct.sources.editions import Reading
from safeconduct.sources.model import Listed, ListedName

COMMON = 20  # a word that so many entries have stays where it is
NEW_WORDS = 0.4
Pools = dict[tuple[str, str], list[str]]
_WORD = re.compile(r"\w{2,}")
_VOWEL = re.compile(r"[aeiouyAEIOUY]+")
_SPELLINGS = (
    ("ou", "u"), ("u", "ou"), ("ee", "i"), ("i", "ee"), ("y", "i"), ("q", "k"), ("k", "q"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("dj", "j"), ("j", "dj"), ("v", "w"), ("w", "v"), ("sh", "ch"), ("ts", "c"), ("z", "s"), ("x", "ks"),
)  # fmt: skip


def listed_parties(readings: Iterable[Reading]) -> list[Listed]:
    """Every party of the real watchlists, in the order of their sources; ``entry`` is ``<source>:<entry>``."""
    return [
        msgspec.structs.replace(one, entry=f"{reading.edition.key}:{one.entry}")
        for reading in readings
        for one in reading.records()
        if isinstance(one, Listed)
    ]


def consolidated(readings: Iterable[Reading], count: int, seed: str = "1") -> Iterator[Listed]:
    """One list of all real parties and so many made ones that they are ``count``."""
    real = listed_parties(readings)
    yield from real
    yield from Maker(real, seed).entries(max(0, count - len(real)))


class Maker:
    """Made entries from real ones, one after another, by the seed alone."""

    def __init__(self, real: Sequence[Listed], seed: str) -> None:
        self._real, self._random = real, random.Random(seed)
        self._common = _common(real)
        self._words: Pools = {}
        self._facts: dict[str, list[Listed]] = {}
        for one in real:
            self._facts.setdefault(one.kind, []).append(one)
            for name in one.names:
                for part, text in _parts(one, name):
                    for word in text.split():
                        self._words.setdefault((part, _group(one)), []).append(word)
                        self._words.setdefault((part, ""), []).append(word)

    def entries(self, count: int) -> Iterator[Listed]:
        """So many made entries, ``M0000001`` and on."""
        for number in range(1, count + 1):
            yield self._entry(f"M{number:07}")

    def _entry(self, entry: str) -> Listed:
        pattern = self._random.choice(self._real)
        first = self._name(pattern, pattern.names[0])
        names = [first]
        for name in pattern.names[1:]:
            names.append(self._further(pattern, name, first))
        facts = self._random.choice(self._facts[pattern.kind])
        return Listed(
            entry=entry,
            kind=pattern.kind,
            names=tuple(dict.fromkeys(names)),
            place=f"made {entry}",
            born=facts.born if pattern.born else (),
            birth_places=facts.birth_places if pattern.birth_places else (),
            sex=pattern.sex,
            territories=pattern.territories,
            identifiers=tuple(self._number(one) for one in pattern.identifiers),
            programmes=pattern.programmes,
        )

    def _name(self, pattern: Listed, name: ListedName) -> ListedName:
        """The pattern's name with other words in it."""
        replaced = {part: self._replaced(pattern, part, text) for part, text in _parts(pattern, name)}
        if "given" in replaced:
            given, family = replaced["given"], replaced["family"]
            return ListedName(f"{given} {family}", name.kind, given, family)
        return ListedName(next(iter(replaced.values())), name.kind)

    def _replaced(self, pattern: Listed, part: str, text: str) -> str:
        words = self._words.get((part, _group(pattern)), [])
        pool = words if len(words) > 50 else self._words[(part, "")]
        person = pattern.kind == "person"
        return " ".join(
            word if not person and word.casefold() in self._common else self._word(pool) for word in text.split()
        )

    def _word(self, pool: Sequence[str]) -> str:
        word = self._random.choice(pool)
        if self._random.random() > NEW_WORDS or word.casefold() in self._common:
            return word
        other = self._random.choice(pool)
        front, back = _cut(word), _cut(other)
        return word[:front] + other[back:] if len(word[:front] + other[back:]) > 3 else word

    def _further(self, pattern: Listed, name: ListedName, first: ListedName) -> ListedName:
        if not name.text.isascii() or name.kind in ("former", "original_script"):
            return self._name(pattern, name)
        if name.kind == "weak_alias" and " " not in name.text:
            return ListedName(self._word(self._words[("text", "")]), name.kind)
        return ListedName(altered(first.text, self._random), name.kind)

    def _number(self, one: Identifier) -> Identifier:
        value = "".join(str(self._random.randrange(10)) if char.isdigit() else char for char in one.value)
        if one.kind in ("domain", "email", "wallet"):
            value = f"{self._random.randrange(10**6)}{one.value}"
        return Identifier(one.kind, value, one.territory)


def altered(name: str, by: random.Random) -> str:
    """A name as somebody else writes it: one or two of the things that people do to names."""
    words = name.split()
    for _ in range(by.choice((1, 1, 2))):
        place = by.randrange(len(words))
        how = by.random()
        if how < 0.45:
            words[place] = _spelt(words[place], by)
        elif how < 0.65:
            words[place] = _slip(words[place], by)
        elif how < 0.85 and len(words) > 2:
            del words[by.randrange(1, len(words) - 1)]
        else:
            words = [*words[-1:], *words[:-1]]
    return " ".join(words)


def _spelt(word: str, by: random.Random) -> str:
    fitting = [pair for pair in _SPELLINGS if pair[0] in word.lower()]
    if not fitting:
        return _slip(word, by)
    written, instead = by.choice(fitting)
    return word.lower().replace(written, instead, 1)


def _slip(word: str, by: random.Random) -> str:
    """A letter left out, doubled or changed with its neighbour; short words are written right."""
    if len(word) < 5:
        return word
    place = by.randrange(1, len(word) - 1)
    return by.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _parts(one: Listed, name: ListedName) -> list[tuple[str, str]]:
    """What is recombined of a name, by what it is: given and family names, else the whole text of its script."""
    if one.kind == "person" and name.given and name.family:
        return [("given", name.given), ("family", name.family)]
    return [("text" if name.text.isascii() else "script", name.text)]


def _group(one: Listed) -> str:
    person = "person" if one.kind == "person" else "other"
    return f"{person} {next((link.key for link in one.territories if link.key), '')}"


def _common(real: Iterable[Listed]) -> frozenset[str]:
    seen = Counter(
        word for one in real for word in {word for name in one.names for word in name.text.casefold().split()}
    )
    return frozenset(word for word, count in seen.items() if count >= COMMON or not _WORD.search(word))


def _cut(word: str) -> int:
    """Where a word may be parted: after a vowel in its middle."""
    places = [found.end() for found in _VOWEL.finditer(word) if 1 < found.end() < len(word) - 1]
    return places[len(places) // 2] if places else len(word) // 2


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--entities", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    maker = Maker(listed_parties(editions(data_folder())), arguments.seed)
    with arguments.out.open("wb") as out:
        for one in maker.entries(arguments.entities):
            out.write(canonical.encode(one) + b"\n")
    print(f"{arguments.entities} entries, {arguments.out.stat().st_size / 1e6:.1f} MB: {arguments.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
