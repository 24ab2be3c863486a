"""One party against several editions: candidates, comparison, rules, and what is worth showing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.screen import (
    analyse,
    beyond,
    building,
    compare,
    fold,
    index,
    judging,
    name_parts,
    names,
    rules,
    telling,
    words,
)
from safeconduct.screen.features import Sought
from safeconduct.screen.fingerprints import fingerprint, listed_fingerprint
from safeconduct.screen.model import AnalysedName, Basis, EditionUsed, Match, Mode, Part, Screening, Word, alert
from safeconduct.screen.sharing import Share
from safeconduct.sources.model import Listed

_BOTH: tuple[Mode, ...] = ("person", "organization")
_Beside = tuple[AnalysedName, AnalysedName, names.Compared]
_Known = tuple[Listed, Sequence[AnalysedName]]
MOST_ALIASES = 50
MOST_SHOWN = 100


def matcher_edition() -> str:
    """Everything an observation depends on besides the lists: rules, index layout and libraries."""
    own = f"rules/{rules.RULES_EDITION} index/{index.INDEX} telling/{telling.TELLING}"
    return f"safeconduct-screen {own} {analyse.versions()}"


class Matcher:
    """Editions opened together. Not for several threads at once; fork it instead.

    A word is as rare as it is among their parties, or among those of ``beside`` where these are a part of them.
    """

    def __init__(self, editions: Sequence[tuple[EditionUsed, index.Index]], beside: Matcher | None = None) -> None:
        self._editions = tuple(sorted(editions, key=lambda one: (one[0].key, one[0].normalised)))
        parties = sum(one.parties for _, one in self._editions)
        self._rarity: words.Rarity = beside._rarity if beside else words.rarity_of(self._frequency, parties)

    @classmethod
    def open(cls, where: Path, editions: Iterable[tuple[str, str]]) -> Matcher:
        """The indexes of these editions (source key, SHA-256 of the normalised bytes) under ``where``.

        A ``Refusal`` names the edition that has no index for the libraries of this process.
        """
        opened = []
        for key, normalised in editions:
            place = index.directory(where, normalised)
            if not place.is_dir():
                raise Refusal(f"no index for the edition {normalised[:12]}… of {key}", str(where), "build it")
            opened.append((EditionUsed(key, normalised), index.Index(place)))
        return cls(opened)

    @property
    def editions(self) -> tuple[EditionUsed, ...]:
        """The editions that are searched, in the order in which a screening names them."""
        return tuple(edition for edition, _ in self._editions)

    @property
    def rarity(self) -> words.Rarity:
        """How much a word tells among the parties of these editions."""
        return self._rarity

    def index_of(self, source: str) -> index.Index | None:
        """The index of the source's edition, if it is searched."""
        return next((opened for edition, opened in self._editions if edition.key == source), None)

    def alerts(self, party: Party, readings: Sequence[AnalysedName], theirs: Iterable[_Known]) -> bool:
        """Whether a party whose names were read so would alert on one of the listed parties, each with its names."""
        query = _Query.read(party, readings)
        for listed, known in theirs:
            pairs = self._pairs(query, known)
            match = self._match(party, listed, "", pairs) if pairs else None
            if match and alert(match):
                return True
        return False

    def screen(self, party: Party) -> Screening:
        """Every listed party worth showing, the likest first.

        Likely the same, cannot tell, and those whose name alone would have been an alert but whose facts contradict.
        A ``Refusal`` where the party's own name cannot be read.
        """
        fold.checked(party.name, f"party {party.id}, name")
        if len(party.aliases) > MOST_ALIASES:
            raise Refusal(f"{len(party.aliases)} aliases", f"party {party.id}", f"give at most {MOST_ALIASES}")
        query = _Query.of(party)
        matches: list[Match] = []
        considered = 0
        for edition, opened in self._editions:
            found, seen = self._edition(party, query, edition.key, opened)
            matches += found
            considered += seen
        return Screening(
            fingerprint(party),
            tuple(judging.ranked(matches)[:MOST_SHOWN]),
            considered,
            self.editions,
            matcher_edition(),
            query.unread,
            telling.too_little(party.kind, [*query.readings, *query.of_another_kind], self._rarity),
        )

    def compare(self, party: Party, listed: Listed, source: str = "") -> Match | None:
        """One party beside one listed party, whatever the answer; ``None`` where a name cannot be read."""
        theirs = building.listed_readings(listed)
        pairs = self._pairs(_Query.of(party), theirs, every=True)
        return self._match(party, listed, source, pairs)

    def _frequency(self, form: str) -> int:
        return sum(opened.frequency(form) for _, opened in self._editions)

    def _edition(self, party: Party, query: _Query, source: str, opened: index.Index) -> tuple[list[Match], int]:
        identified = opened.identified(party.identifiers)
        by_entry: dict[int, set[int]] = {number: set() for number in identified}
        for sought in query.sought:
            for number in opened.candidates(sought):
                by_entry.setdefault(int(opened.entry_of[number]), set()).add(number)
        matches = []
        for entry in sorted(by_entry):
            theirs = [opened.name(number) for number in sorted(by_entry[entry])]
            pairs = self._pairs(query, theirs)
            if not pairs and entry in identified:
                pairs = self._pairs(query, building.listed_readings(opened.entry(entry)), every=True)
            match = self._match(party, opened.entry(entry), source, pairs) if pairs else None
            if match and match.reason.key != judging.NAMES_DIFFER:
                matches.append(match)
        return matches, len(by_entry)

    def _pairs(self, query: _Query, theirs: Sequence[AnalysedName], every: bool = False) -> list[_Beside]:
        """Readings that resemble one another (or all of them), and same names of another kind of party."""
        found = []
        for other in theirs:
            for mine, ruled_out in zip(query.readings, query.tests, strict=True):
                if mine.mode == other.mode and (every or not ruled_out(other)):
                    compared = names.compare(mine, other, self._rarity)
                    if every or rules.name_alerts(mine.mode, compared) or (query.dated and rules.may_matter(compared)):
                        found.append((mine, other, compared))
            for mine in query.of_another_kind:
                if mine.mode == other.mode and (every or _forms(other) <= _forms(mine)):
                    compared = names.compare(mine, other, self._rarity)
                    if every or compared.level == "same":
                        found.append((mine, other, compared))
        return found

    def _match(self, party: Party, listed: Listed, source: str, pairs: Sequence[_Beside]) -> Match | None:
        facts = compare.facts(party, listed)
        found = [_one(party, listed, source, facts, pair) for pair in pairs]
        return min(found, key=lambda one: (judging.RANK[one.answer], -one.score, one.name), default=None)


def _one(party: Party, listed: Listed, source: str, facts: Sequence[Part], pair: _Beside) -> Match:
    mine, other, compared = pair
    quality = Part("alias_quality", other.quality, mine.text, other.text)
    level = rules.level(mine.mode, compared, {part.part: part.finding for part in facts})
    observed = Match(
        source=source,
        entry=listed.entry,
        name=other.text,
        answer="different",
        score=0,
        parts=(*name_parts.parts(mine, other, compared), quality, *facts),
        reason=Message(""),
        facts=listed_fingerprint(listed),
        asks=rules.asks(party, listed),
        place=listed.place,
        basis=Basis(mine.mode, level, compared.points, compared.loose),
    )
    return judging.judged(observed)


def _forms(name: AnalysedName) -> set[str]:
    return {word.form for word in name.words if word.role not in ("legal", "particle")}


class _Query(msgspec.Struct, frozen=True):
    """A party's names as its kind reads them and, for namesakes of another kind, as the other would."""

    readings: tuple[AnalysedName, ...]
    sought: tuple[Sought, ...]
    of_another_kind: tuple[AnalysedName, ...]
    unread: tuple[str, ...]
    tests: tuple[beyond.Test, ...]  # what rules out a listed reading before it is compared, of each reading
    dated: bool  # whether a fact may agree that makes a thin or merely resembling name matter

    @classmethod
    def of(cls, party: Party) -> _Query:
        """Every reading of the name and the aliases; an alias that nobody can read goes to ``unread``."""
        found: dict[tuple[Mode, tuple[Word, ...]], AnalysedName] = {}
        unread = []
        for text in (party.name, *party.aliases):
            if len(text) > fold.MAX_LETTERS or not fold.readings(text):
                unread.append(text[: fold.MAX_LETTERS])
                continue
            for mode in _BOTH:
                for reading in analyse.analyse(text, mode):
                    found.setdefault((mode, reading.words), reading)
        query = cls.read(party, tuple(found.values()))
        sought = tuple(Sought.of(one.words) for one in query.readings)
        return msgspec.structs.replace(query, sought=sought, unread=tuple(unread))

    @classmethod
    def read(cls, party: Party, readings: Sequence[AnalysedName]) -> _Query:
        """A query that seeks nothing, for names that were read both ways before."""
        own = building.modes(party.kind)
        mine, others = ([one for one in readings if (one.mode in own) is kept] for kept in (True, False))
        return cls(
            tuple(mine), (), tuple(others), (), tuple(map(beyond.beyond, mine)), bool(party.born or party.identifiers)
        )


def build_index(records: bytes, out: Path, before: str = "", share: Share = map) -> Path:
    """Index an edition's normalised JSON Lines under ``out``; ``Matcher.open`` finds it by their SHA-256.

    ``before`` is the SHA-256 of an older edition of the list: what its index holds already is not analysed again.
    ``share`` says who reads the entries.
    """
    return building.build(records, out, hashlib.sha256(records).hexdigest(), before, share)
