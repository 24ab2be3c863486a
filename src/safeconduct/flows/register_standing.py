"""What is stated of a party of the register in all its appearances, and what screening says of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from safeconduct.assess.matches import Settled
from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.listed_ties import NOT_LISTED, ListedTies
from safeconduct.flows.register_ahead import Ahead
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.requesting import LIVE, standing_of
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.settled import settled
from safeconduct.screen.holdings import Standing
from safeconduct.screen.model import EditionUsed, Match, alert
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Appearance, Record, RegisterEntry, Screening

MOST_FACTS = 50  # different statements of one party that are looked at, the newest
MOST_LOOKED = 5  # cases in which one such statement is looked for, the newest
_GRAVITY = ("cleared", "cannot_tell", "likely_same", "confirmed")


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


Stated = tuple[tuple[tuple[Appearance | RegisterEntry, ...], Party], ...]  # where it is stated, and what


class Standings:
    """The parties of the register as one reader may see them, on one set of lists; made for one request or act, since
    it keeps what it has read."""

    def __init__(self, sight: Sight, home: Path, lists: tuple[EditionUsed, ...]) -> None:
        self.sight, self.lists, self.listed = sight, lists, ListedTies(home, lists)
        self._stated: dict[tuple[int, ...], Stated] = {}
        self._seen: dict[tuple[int, ...], Seen] = {}
        self.ahead: Ahead | None = None

    @cached_property
    def _chain(self) -> Chain:
        return Chain()

    def group_parties(self, entry: int) -> Stated:
        """What the party is stated to be, the newest first, each different statement once."""
        ids = self.sight.group(entry)
        if ids not in self._stated:
            self._stated[ids] = self._read(ids)
        return self._stated[ids]

    def read_ahead(self, entries: Iterable[int]) -> None:
        """Read in a few queries what these parties will be asked for."""
        self.ahead = Ahead(self.sight, entries)

    def appearances(self, ids: tuple[int, ...]) -> Sequence[Appearance]:
        """The newest appearances of these entries."""
        if self.ahead and self.ahead.holds(ids):
            return self.ahead.of(ids)
        rows = self.sight.appearances.filter(entry__in=ids).select_related("case").order_by("-pk")
        return list(rows[: MOST_FACTS * 4])

    def cases(self, ids: tuple[int, ...]) -> int:
        """In how many cases that the reader may read the party is."""
        if self.ahead and self.ahead.holds(ids):
            return len({row.case_id for row in self.ahead.of(ids)})
        return self.sight.appearances.filter(entry__in=ids).values("case").distinct().count()

    def _read(self, ids: tuple[int, ...]) -> Stated:
        where: dict[str, list[Appearance | RegisterEntry]] = {}
        for row in self.appearances(ids):
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
        ids = self.sight.group(entry)
        if ids not in self._seen:
            self._seen[ids] = self._look(entry)
        return self._seen[ids]

    def _look(self, entry: int) -> Seen:
        looked = [self._observed(rows) for rows, _ in self.group_parties(entry)]
        screenings = [one.screening for one in looked if one.screening is not None]
        known = self.ahead.settled(screenings) if self.ahead else settled(screenings)
        told: dict[tuple[str, str], SeenMatch] = {}
        for one in looked:
            for match in _told(one, known):
                before = told.setdefault((match.match.source, match.match.entry), match)
                if _GRAVITY.index(match.answer) > _GRAVITY.index(before.answer):
                    told[match.match.source, match.match.entry] = match
        found = tuple(told[key] for key in sorted(told))
        open_ones = tuple((one.match, one.answer != "cannot_tell") for one in found if one.answer != "cleared")
        current = bool(looked) and all(
            one.current and one.screening is not None and one.screening.searched for one in looked
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
                newest = _Looked(_observation(found, self.ahead), current, *where)
            if current:
                break
        return newest

    def _screening(self, row: Appearance | RegisterEntry) -> tuple[Screening | None, Chain | None]:
        if isinstance(row, Appearance) and self.ahead and self.ahead.holds((row.entry_id,)):
            return self.ahead.screening(row), None if row.case.as_of else self._chain
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


def _observation(row: Screening, ahead: Ahead | None) -> Observed:
    if row.case_id is None:
        return canonical.decode(row.body.encode(), Observed)
    body = (ahead.body(row) if ahead else None) or Record.objects.values_list("body", flat=True).get(
        case=row.case_id, number=row.record
    )
    return canonical.decode(body.encode(), ScreeningRecord).screening
