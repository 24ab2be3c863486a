"""The parties around one party of the register, with everything stated of what ties them, for ``screen.ownership``.

Three voices: officers (ties on record), applications (a party that is part of another), and publishers of lists
(owners and directors of an entry that a party is, or resembles). Names are ids: ``R-7`` for a party of the register,
``source entry`` for one on a list that nobody here has met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from safeconduct.assess.matches import Settled
from safeconduct.core import canonical
from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.listed_ties import NOT_LISTED, ListedTies
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.requesting import LIVE, standing_of
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.settled import settled
from safeconduct.screen.holdings import Holding, Kind, Standing, share
from safeconduct.screen.holdings import Party as Held
from safeconduct.screen.model import EditionUsed, Match, alert
from safeconduct.screen.model import Screening as Observed
from safeconduct.screen.ownership import DEPTH, MOST_PARTIES
from safeconduct.screen.same_party import name_key
from safeconduct.sources.model import Listed, Relation
from safeconduct.store.models import Appearance, Record, RegisterEntry, Screening, Tie

MOST_FACTS = 50  # different statements of one party that are looked at, the newest
_GRAVITY = ("cleared", "cannot_tell", "likely_same", "confirmed")
MOST_LOOKED = 5  # cases in which one such statement is looked for, the newest
# What a publisher calls a tie of an entry → our kind, and whether the other one is the holder.
_RELATIONS: Mapping[str, tuple[Kind, bool]] = {
    "owner": ("owner", True), "owns": ("owner", False),
    "director": ("director", True), "directs": ("director", False),
    "parent": ("parent", True), "subsidiary": ("parent", False),
    "family": ("family", True), "associate": ("associate", True),
}  # fmt: skip


class SeenMatch(NamedTuple):
    """A listed entry beside the party: what screening answers or people decided, and the case and party of it where
    that can be seen (empty for one that an officer noted)."""

    match: Match
    answer: Literal["likely_same", "cannot_tell", "confirmed", "cleared"]
    case: str
    party: str


class Seen(NamedTuple):
    """What screening says of one party: its standing, matches that are or may be it with whether each surely is, and
    all of them with what became of each, cleared ones too."""

    standing: Standing
    matches: tuple[tuple[Match, bool], ...]
    told: tuple[SeenMatch, ...]


class _Looked(NamedTuple):
    """The screening of one statement, whether it stands on the lists in use, and where it can be seen."""

    screening: Observed | None
    current: bool
    case: str
    party: str


class Web(NamedTuple):
    """Parties by id, everything stated between them, and for ids of the register the entries behind them."""

    parties: dict[str, Held]
    holdings: tuple[Holding, ...]
    groups: dict[str, tuple[int, ...]]


Stated = tuple[tuple[tuple[Appearance | RegisterEntry, ...], Party], ...]  # where it is stated, and what


class Weaver:
    """Builds webs for one reader, on one set of lists; made for one request or act, since it keeps what it has read."""

    def __init__(self, sight: Sight, home: Path, lists: tuple[EditionUsed, ...]) -> None:
        self.sight, self.lists, self.listed = sight, lists, ListedTies(home, lists)
        self._stated: dict[tuple[int, ...], Stated] = {}

    @cached_property
    def _chain(self) -> Chain:
        return Chain()

    def web(self, *entries: int) -> Web:
        """The parties of these entries, whoever is tied to them from above, and whoever is tied to those."""
        making = _Making(self)
        edge = list(dict.fromkeys(making.of_entry(entry) for entry in entries))
        for _ in range(DEPTH + 1):
            if not edge or len(making.parties) > MOST_PARTIES:
                break
            edge = [each for name in edge for each in making.expanded(name)]
        return making.done()

    def group_parties(self, entry: int) -> Stated:
        """What the party is stated to be, the newest first, each different statement once."""
        ids = self.sight.group(entry)
        if ids not in self._stated:
            self._stated[ids] = self._read(ids)
        return self._stated[ids]

    def _read(self, ids: tuple[int, ...]) -> Stated:
        where: dict[str, list[Appearance | RegisterEntry]] = {}
        rows = self.sight.appearances.filter(entry__in=ids).select_related("case").order_by("-pk")
        for row in rows[: MOST_FACTS * 4]:
            where.setdefault(row.fingerprint, []).append(row)
        noted = (
            RegisterEntry.objects.filter(pk__in=set(ids) & self.sight.noted).exclude(party="")
            if self.sight.noted
            else ()
        )
        where |= {str(entry): [entry] for entry in noted}
        each = list(where.values())[:MOST_FACTS]
        return tuple((tuple(rows[:MOST_LOOKED]), canonical.decode(rows[0].party.encode(), Party)) for rows in each)

    def seen(self, entry: int) -> Seen:
        """What the screenings of everything stated of the party say; the worst of them holds."""
        looked = [self._observed(rows) for rows, _ in self.group_parties(entry)]
        known = settled(one.screening for one in looked if one.screening is not None)
        told: dict[tuple[str, str], SeenMatch] = {}
        for one in looked:
            for match in _told(one, known):
                before = told.setdefault((match.match.source, match.match.entry), match)
                if _GRAVITY.index(match.answer) > _GRAVITY.index(before.answer):
                    told[match.match.source, match.match.entry] = match
        found = tuple(told[key] for key in sorted(told))
        open_ones = tuple((one.match, one.answer != "cannot_tell") for one in found if one.answer != "cleared")
        current = bool(looked) and all(
            one.current and one.screening is not None and not one.screening.unread for one in looked
        )
        return Seen(self._standing(open_ones, current=current), open_ones, found)

    def _standing(self, matches: tuple[tuple[Match, bool], ...], *, current: bool) -> Standing:
        told = [sure for match, sure in matches if self.is_target(match.source, match.entry)]
        if any(told):
            return "listed"
        return "perhaps" if told else "clear" if current else "unseen"

    def is_target(self, source: str, entry: str) -> bool:
        """Whether the entry is listed for itself, not only because it is tied to one that is."""
        record = self.listed.of(source, entry)
        return record is None or NOT_LISTED not in record.programmes

    def _observed(self, rows: tuple[Appearance | RegisterEntry, ...]) -> _Looked:
        """The live screening of what is stated there, and whether it stands on the lists in use: the same facts may
        have been compared anew in one case and not in another."""
        newest = _Looked(None, False, "", "")
        for row in rows:
            found, chain = self._screening(row)
            if found is None or found.state != Screening.State.DONE:
                continue
            current = standing_of([found], self.lists, chain) == "current"
            if current or newest.screening is None:
                where = (row.case.reference, row.party_id) if isinstance(row, Appearance) else ("", "")
                newest = _Looked(_observation(found), current, *where)
            if current:
                break
        return newest

    def _screening(self, row: Appearance | RegisterEntry) -> tuple[Screening | None, Chain | None]:
        if isinstance(row, Appearance):
            found = Screening.objects.filter(case=row.case_id, party_id=row.party_id, state__in=LIVE)
            chain = None if row.case.as_of else self._chain
        else:
            found = Screening.objects.filter(case=None, asked_by=str(row), state__in=LIVE)
            chain = None
        return found.order_by("-pk").first(), chain


def _told(one: _Looked, known: Settled) -> Iterator[SeenMatch]:
    """What became of each match that alerts, or was found the same."""
    screening = one.screening
    if screening is None:
        return
    for match in screening.matches:
        if known.confirmed(screening, match):
            yield SeenMatch(match, "confirmed", one.case, one.party)
        elif alert(match) and known.cleared(screening, match):
            yield SeenMatch(match, "cleared", one.case, one.party)
        elif match.answer != "different":
            yield SeenMatch(match, match.answer, one.case, one.party)


def _observation(row: Screening) -> Observed:
    if row.case_id is None:
        return canonical.decode(row.body.encode(), Observed)
    body = Record.objects.values_list("body", flat=True).get(case=row.case_id, number=row.record)
    return canonical.decode(body.encode(), ScreeningRecord).screening


class _Making:
    """One web in the making."""

    def __init__(self, weaver: Weaver) -> None:
        self.weaver = weaver
        self.parties: dict[str, Held] = {}
        self.groups: dict[str, tuple[int, ...]] = {}
        self.holdings: list[Holding] = []
        self._same: dict[str, str] = {}  # an entry of a list → the party of the register that is it
        self._matches: dict[str, tuple[tuple[Match, bool], ...]] = {}

    def of_entry(self, entry: int) -> str:
        """The party of an entry, put among the parties."""
        group = self.weaver.sight.group(entry)
        name = f"R-{group[0]}"
        if name not in self.parties:
            stated, seen = self.weaver.group_parties(entry), self.weaver.seen(entry)
            newest = stated[0][1] if stated else Party("", name)
            listed_as = tuple((match.source, match.entry, match.name) for match, _ in seen.matches)
            person = any(party.kind == "person" for _, party in stated)
            self.parties[name] = Held(name, newest.name, seen.standing, person, listed_as)
            self.groups[name], self._matches[name] = group, seen.matches
            self._same |= {_key(match.source, match.entry): name for match, sure in seen.matches if sure}
        return name

    def expanded(self, name: str) -> list[str]:
        """Put down what ties others to this party; who was not there before."""
        before = set(self.parties)
        if name in self.groups:
            self.holdings += self._stated(self.groups[name])
            self.holdings += self._part_of(self.groups[name], name)
            for match, sure in self._matches[name]:
                self.holdings += self._published(match.source, match.entry, name, sure=sure)
        else:
            source, _, entry = name.partition(" ")
            self.holdings += self._published(source, entry, name, sure=True)
        return [each for each in self.parties if each not in before]

    def _stated(self, group: tuple[int, ...]) -> Iterator[Holding]:
        for tie in self.weaver.sight.ties(group):
            if not tie.withdrawn:
                yield holding(tie, self._holder(tie), self.of_entry(tie.held_id))

    def _holder(self, tie: Tie) -> str:
        if tie.holder_id is not None:
            return self.of_entry(tie.holder_id)
        if tie.what == "all_owners":
            return ""
        return self._listed(tie.holder_source, tie.holder_entry, tie.holder_name)

    def _part_of(self, group: tuple[int, ...], name: str) -> Iterator[Holding]:
        """Parents that applications name; the same one once."""
        parts = self.weaver.sight.appearances.filter(entry__in=group, party__contains='"part_of":"')
        seen: set[str] = set()
        for row in parts.select_related("case").order_by("-pk")[:MOST_FACTS]:
            part_of = canonical.decode(row.party.encode(), Party).part_of
            parent = self.weaver.sight.appearances.filter(case=row.case, party_id=part_of).first()
            if parent is None or (holder := self.of_entry(parent.entry_id)) in seen or holder == name:
                continue
            seen.add(holder)
            source = Source("application", ref=row.case.reference, date=row.at[:10])
            yield Holding("parent", holder, name, source, id=f"{row.case.reference} {row.party_id}", by="exporter")

    def _published(self, source: str, entry: str, name: str, *, sure: bool) -> Iterator[Holding]:
        """What the publisher of a list says of an entry that this party is, or (not ``sure``) resembles."""
        record = self.weaver.listed.of(source, entry)
        for tie in record.relations if record else ():
            kind, other_holds = _RELATIONS.get(tie.kind, ("linked", True))
            other = self._other(source, tie)
            if record is None or not other_holds or not other or other == name:
                continue
            yield published(record, source, tie, kind, other, name, sure=sure)

    def _other(self, source: str, tie: Relation) -> str:
        entry = tie.entry or self.weaver.listed.bearer(source, tie.name)
        if entry:
            return self._listed(source, entry, tie.name)
        if not name_key(tie.name):
            return ""
        unlisted = f"{source} {name_key(tie.name)}"
        self.parties.setdefault(unlisted, Held(unlisted, tie.name))
        return unlisted

    def _listed(self, source: str, entry: str, name: str) -> str:
        """An entry of a list as a party of the web: the one of the register that is it, if one is there."""
        key = _key(source, entry)
        if key in self._same:
            return self._same[key]
        if key not in self.parties:
            record = self.weaver.listed.of(source, entry)
            standing: Standing = "listed" if self.weaver.is_target(source, entry) else "unseen"
            called = record.names[0].text if record else name
            person = record is not None and record.kind == "person"
            self.parties[key] = Held(key, called, standing, person, ((source, entry, called),))
        return key

    def done(self) -> Web:
        """Nobody twice: an entry of a list goes where it was found to be a party here, or a namesake on another list
        that holds the same one."""
        same = {**self._namesakes(), **self._same}
        parties = {name: one for name, one in self.parties.items() if same.get(name, name) == name}
        moved = (_moved(one, same) for one in self.holdings)
        found = {msgspec.json.encode(one): one for one in moved if one.holder != one.held}
        return Web(parties, tuple(found[key] for key in sorted(found)), self.groups)

    def _namesakes(self) -> dict[str, str]:
        """Entries of several lists with one name: taken for one, so that no share is added to itself."""
        first: dict[str, str] = {}
        found = {}
        for name in sorted(set(self.parties) - set(self.groups)):
            key = name_key(self.parties[name].name)
            kept = first.setdefault(key, name)
            if key and kept != name and kept.partition(" ")[0] != name.partition(" ")[0]:
                found[name] = kept
        return found


def _key(source: str, entry: str) -> str:
    return f"{source} {entry}"


def _moved(one: Holding, same: Mapping[str, str]) -> Holding:
    holder, held = same.get(one.holder, one.holder), same.get(one.held, one.held)
    return msgspec.structs.replace(one, holder=holder, held=held)


def holding(tie: Tie, holder: str, held: str) -> Holding:
    """A tie on record as a statement between two parties of a web."""
    what: Kind = tie.what  # type: ignore[assignment]  # ``state_tie`` keeps no other
    return Holding(
        what=what,
        holder=holder,
        held=held,
        source=canonical.decode(tie.source.encode(), Source),
        id=f"T-{tie.pk}",
        low=tie.low,
        high=tie.high,
        begins=tie.begins,
        ends=min(filter(None, (tie.last_day, tie.ends)), default=""),
        by=tie.stated_by,
    )


def published(record: Listed, source: str, tie: Relation, kind: Kind, holder: str, held: str, *, sure: bool) -> Holding:
    """What a publisher states of one of his entries, likewise."""
    low, high = share(tie.share) if kind == "owner" else ("0", "100")
    begins, ends = _day(tie.begins), _day(tie.ends)
    return Holding(
        what=kind,
        holder=holder,
        held=held,
        source=Source("list", ref=f"{source} {record.entry}", place=record.place),
        id=f"{source} {record.entry}",
        low=low,
        high=high,
        begins=begins,
        ends=ends,
        by=source,
        sure=sure and (begins, ends) == (tie.begins, tie.ends),
    )


def _day(text: str) -> str:
    """A day as a list in the State's own form may have it; ``""`` for one that is none."""
    try:
        parse_partial(text)
    except Refusal:
        return ""
    return text
