"""The parties around one party of the register, with everything stated of what ties them, for ``screen.ownership``.

Three voices: officers (ties on record), applications (a party that is part of another), and publishers of lists
(owners and directors of an entry that a party is, or resembles). Names are ids: ``R-7`` for a party of the register,
``source entry`` for one on a list that nobody here has met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from safeconduct.core import canonical
from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.flows.register_standing import MOST_FACTS, Standings
from safeconduct.screen.holdings import Holding, Kind, Standing, share
from safeconduct.screen.holdings import Party as Held
from safeconduct.screen.model import Match
from safeconduct.screen.ownership import DEPTH, MOST_PARTIES
from safeconduct.screen.same_party import name_key
from safeconduct.sources.model import Listed, Relation
from safeconduct.store.models import Appearance, Tie

# What a publisher calls a tie of an entry → our kind, and whether the other one is the holder.
_RELATIONS: Mapping[str, tuple[Kind, bool]] = {
    "owner": ("owner", True), "owns": ("owner", False),
    "director": ("director", True), "directs": ("director", False),
    "parent": ("parent", True), "subsidiary": ("parent", False),
    "family": ("family", True), "associate": ("associate", True),
}  # fmt: skip


_PART = '"part_of":"'


class Web(NamedTuple):
    """Parties by id, everything stated between them, and for ids of the register the entries behind them."""

    parties: dict[str, Held]
    holdings: tuple[Holding, ...]
    groups: dict[str, tuple[int, ...]]


class Weaver(Standings):
    """Builds webs of parties for one reader, on one set of lists."""

    def web(self, *entries: int) -> Web:
        """The parties of these entries, whoever is tied to them from above, and whoever is tied to those."""
        making = _Making(self)
        edge = list(dict.fromkeys(making.of_entry(entry) for entry in entries))
        for _ in range(DEPTH + 1):
            if not edge or len(making.parties) > MOST_PARTIES:
                break
            edge = [each for name in edge for each in making.expanded(name)]
        return making.done()


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
        if self.weaver.ahead and self.weaver.ahead.untied(group):
            return
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
        seen: set[str] = set()
        for row in self._parts(group):
            part_of = canonical.decode(row.party.encode(), Party).part_of
            parent = self.weaver.sight.appearances.filter(case=row.case, party_id=part_of).first()
            if parent is None or (holder := self.of_entry(parent.entry_id)) in seen or holder == name:
                continue
            seen.add(holder)
            source = Source("application", ref=row.case.reference, date=row.at[:10])
            yield Holding("parent", holder, name, source, id=f"{row.case.reference} {row.party_id}", by="exporter")

    def _parts(self, group: tuple[int, ...]) -> Iterable[Appearance]:
        """Appearances as a part of another party, the newest first."""
        ahead = self.weaver.ahead
        if ahead and ahead.holds(group):
            return [row for row in ahead.of(group) if _PART in row.party]
        parts = self.weaver.sight.appearances.filter(entry__in=group, party__contains=_PART)
        return parts.select_related("case").order_by("-pk")[:MOST_FACTS]

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
