"""One party against several editions: candidates, comparison, rules, and what is worth showing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.screen import analyse, compare, fold, index, names, rules
from safeconduct.screen.model import AnalysedName, Clearance, EditionUsed, Match, Mode, Part, Screening
from safeconduct.sources.model import Listed

_RANK = {"likely_same": 0, "cannot_tell": 1, "different": 2}
MOST_ALIASES = 50
MOST_SHOWN = 100


def matcher_edition() -> str:
    """Everything an observation depends on besides the lists: rules, index layout and libraries."""
    return f"safeconduct-screen rules/{rules.RULES_EDITION} index/{index.INDEX} {analyse.versions()}"


def fingerprint(party: Party) -> str:
    """SHA-256 of what is compared of a party; its id, roles and place in the application do not count."""
    aliases = tuple(sorted(set(party.aliases)))
    numbers = sorted((one.kind, one.value, one.territory) for one in party.identifiers)
    return canonical.digest(
        (
            party.name,
            aliases,
            party.kind,
            party.territory,
            party.born,
            party.birth_place,
            party.sex,
            party.address,
            numbers,
        )
    )


def listed_fingerprint(listed: Listed) -> str:
    """SHA-256 of a listed party's facts; where it stands in the publisher's file does not count."""
    facts = canonical.decode(canonical.encode(listed), dict)
    facts.pop("place", None)
    return canonical.digest(facts)


def clearance_applies(clearance: Clearance, party: Party, listed: Listed) -> bool:
    """Whether "not the same" still holds: neither the party nor the listed one has changed since."""
    return (
        clearance.entry == listed.entry
        and clearance.party == fingerprint(party)
        and clearance.facts == listed_fingerprint(listed)
    )


class Matcher:
    """Editions opened together. Not for several threads at once; fork it instead."""

    def __init__(self, editions: Sequence[tuple[EditionUsed, index.Index]]) -> None:
        self._editions = tuple(sorted(editions, key=lambda one: (one[0].key, one[0].normalised)))
        parties = sum(one.parties for _, one in self._editions)
        self._rarity = names.rarity_of(self._frequency, parties)

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

    def screen(self, party: Party) -> Screening:
        """Every listed party worth showing, the likest first.

        Likely the same, cannot tell, and those whose name alone would have been an alert but whose facts contradict.
        A ``Refusal`` where the party's own name cannot be read.
        """
        fold.checked(party.name, f"party {party.id}, name")
        if len(party.aliases) > MOST_ALIASES:
            raise Refusal(f"{len(party.aliases)} aliases", f"party {party.id}", f"give at most {MOST_ALIASES}")
        readings, unread = _readings(party)
        matches: list[Match] = []
        considered = 0
        for edition, opened in self._editions:
            found, seen = self._edition(party, readings, edition.key, opened)
            matches += found
            considered += seen
        matches = _explained(matches)
        matches.sort(key=lambda one: (_RANK[one.answer], -one.score, one.source, one.entry))
        return Screening(
            fingerprint(party),
            tuple(matches[:MOST_SHOWN]),
            considered,
            tuple(edition for edition, _ in self._editions),
            matcher_edition(),
            unread,
        )

    def compare(self, party: Party, listed: Listed, source: str = "") -> Match | None:
        """One party beside one listed party, whatever the answer; ``None`` where a name cannot be read."""
        readings, _ = _readings(party)
        return self._match(party, readings, listed, index.listed_readings(listed), source)

    def _frequency(self, form: str) -> int:
        return sum(opened.frequency(form) for _, opened in self._editions)

    def _edition(
        self, party: Party, readings: Sequence[AnalysedName], source: str, opened: index.Index
    ) -> tuple[list[Match], int]:
        identified = opened.identified(party.identifiers)
        by_entry: dict[int, list[int]] = {number: [] for number in identified}
        for reading in readings:
            for number in opened.candidates(reading.words):
                numbers = by_entry.setdefault(int(opened.entry_of[number]), [])
                if number not in numbers:
                    numbers.append(number)
        matches = []
        for entry in sorted(by_entry):
            theirs = [opened.name(number) for number in sorted(by_entry[entry])]
            if entry not in identified and not self._resembles(readings, theirs):
                continue
            listed = opened.entry(entry)
            match = self._match(party, readings, listed, theirs or index.listed_readings(listed), source)
            if match and match.reason.key != "screen.reason.names_differ":
                matches.append(match)
        return matches, len(by_entry)

    def _resembles(self, readings: Sequence[AnalysedName], theirs: Sequence[AnalysedName]) -> bool:
        return any(
            rules.name_alerts(a.mode, names.compare(a, b, self._rarity))
            for a in readings
            for b in theirs
            if a.mode == b.mode
        )

    def _match(
        self,
        party: Party,
        readings: Sequence[AnalysedName],
        listed: Listed,
        theirs: Sequence[AnalysedName],
        source: str,
    ) -> Match | None:
        facts = compare.facts(party, listed)
        found = [
            self._one(party, listed, source, facts, mine, other)
            for mine in readings
            for other in theirs
            if mine.mode == other.mode
        ]
        return min(found, key=lambda one: (_RANK[one.answer], -one.score, one.name), default=None)

    def _one(
        self, party: Party, listed: Listed, source: str, facts: Sequence[Part], mine: AnalysedName, other: AnalysedName
    ) -> Match:
        compared = names.compare(mine, other, self._rarity)
        quality = Part("alias_quality", other.quality, mine.text, other.text)
        parts = (*names.parts(mine, other, compared), quality, *facts)
        level = compared.level if rules.name_alerts(mine.mode, compared) else "apart"
        evidence = rules.Evidence(
            mine.mode,
            level,
            other.quality == "weak_alias",
            compared.loose,
            {part.part: part.finding for part in facts},
        )
        rule, answer = rules.answer(evidence)
        if level == "apart" and not evidence.says("identifier", "same"):
            rule, answer = "names_differ", "different"
        return Match(
            source=source,
            entry=listed.entry,
            name=other.text,
            answer=answer,
            score=rules.score(compared.points, parts),
            parts=parts,
            reason=Message(f"screen.reason.{rule}", {"query": mine.text, "listed": other.text}),
            facts=listed_fingerprint(listed),
            asks=rules.asks(party, listed) if answer == "cannot_tell" else (),
            place=listed.place,
        )


def _readings(party: Party) -> tuple[tuple[AnalysedName, ...], tuple[str, ...]]:
    """Every reading of the party's names, and the aliases that nobody can read."""
    found: dict[tuple[Mode, tuple[object, ...]], AnalysedName] = {}
    unread = []
    for text in (party.name, *party.aliases):
        readable = len(text) <= fold.MAX_LETTERS and fold.readings(text)
        if not readable:
            unread.append(text[: fold.MAX_LETTERS])
            continue
        for mode in index.modes(party.kind):
            for reading in analyse.analyse(text, mode):
                found.setdefault((mode, reading.words), reading)
    return tuple(found.values()), tuple(unread)


def _explained(matches: Sequence[Match]) -> list[Match]:
    """Namesakes of an entry that the party's facts fit: where a fact differs and none agrees, they are *different*.

    It can silence no party altogether, for the entry that fits stays an alert.
    """
    fits = next((one for one in matches if one.answer == "likely_same"), None)
    return [_namesake(match, fits) if fits and match.answer == "cannot_tell" else match for match in matches]


def _namesake(match: Match, fits: Match) -> Match:
    evidence = rules.Evidence("person", "", False, False, {part.part: part.finding for part in match.parts})
    if not evidence.against or evidence.for_it:
        return match
    params = {**match.reason.params, "source": fits.source, "entry": fits.entry}
    reason = Message("screen.reason.another_entry_fits", params)
    return msgspec.structs.replace(match, answer="different", reason=reason, asks=())


def build_index(records: bytes, out: Path) -> Path:
    """Index an edition's normalised JSON Lines under ``out``; ``Matcher.open`` finds it by their SHA-256."""
    return index.build(records, out, hashlib.sha256(records).hexdigest())
