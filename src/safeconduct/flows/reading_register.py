"""The register as its reader may see it: the list with its search, and one party with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

from django.db.models import Count, Q, QuerySet

from safeconduct.access import Action, Actor, may
from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.editions import watchlists
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.register_proposals import proposals
from safeconduct.flows.register_sight import Sight
from safeconduct.flows.register_standing import SeenMatch
from safeconduct.flows.register_ties import tie_views
from safeconduct.flows.register_views import (
    AppearanceView,
    HeldNote,
    MatchView,
    MergeView,
    PartyRow,
    RegisterPage,
)
from safeconduct.flows.register_web import Weaver, Web
from safeconduct.flows.work import ask
from safeconduct.screen.held import controlled_by_listed, owned_by_listed
from safeconduct.screen.ownership import held
from safeconduct.screen.ownership_tree import tree
from safeconduct.screen.same_party import folded
from safeconduct.store.models import Merge, Person, RegisterEntry, RegisterKey

LONGEST = 200  # characters of a search
LEAST_NUMBER = 3
MOST_SHOWN = 500  # appearances of one party


class Found(Sequence[PartyRow]):
    """The parties a search found, the newest first; rows are made when they are taken out."""

    def __init__(self, weaver: Weaver, rows: QuerySet[RegisterEntry], day: str, count: int | None = None) -> None:
        self._weaver, self._rows, self._day, self._count = weaver, rows.order_by("-pk"), day, count

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, part: int) -> PartyRow: ...
    @overload
    def __getitem__(self, part: slice) -> list[PartyRow]: ...
    def __getitem__(self, part: int | slice) -> PartyRow | list[PartyRow]:
        if isinstance(part, slice):
            entries = list(self._rows[part].values_list("pk", flat=True))
            self._weaver.read_ahead(entries)
            return [row_of(self._weaver, entry, self._day) for entry in entries]
        return row_of(self._weaver, self._rows[part].pk, self._day)


def parties(actor: Actor, search: str = "", *, at: Installation | None = None) -> Found:
    """Every party that the actor may see; with ``search``, those with these words in a name, this number or id."""
    ask(actor, Action.READ_REGISTER, None)
    weaver, day = _weaver(actor, at), (at or here()).today().isoformat()
    sight = weaver.sight
    rows = sight.entries().exclude(pk__in=sight.folded)
    text = search.strip()[:LONGEST]
    if not text:
        return Found(weaver, rows, day, sight.count())
    keys = _named(sight, text)
    heads = {sight.head(each) for each in keys.filter(entry__in=sight.folded).values_list("entry", flat=True)}
    if text.upper().startswith("R-") and text[2:].isascii() and text[2:].isdigit():
        heads |= {sight.head(entry) for entry in sight.seen([int(text[2:][:18])])}
    # one set: asked for two with "or", a database reads every entry
    either = keys.values("entry").union(RegisterEntry.objects.filter(pk__in=heads).values("pk"))
    return Found(weaver, rows.filter(pk__in=either if heads else keys.values("entry")), day)


def _named(sight: Sight, text: str) -> QuerySet[RegisterKey]:
    words = folded(text)
    names = Q(key__startswith="name:")
    for word in words:
        names &= Q(key__contains=word)
    number = "".join(words).upper()
    by_number = Q(key__contains=number) if len(number) >= LEAST_NUMBER and any(map(str.isdigit, number)) else Q(pk=None)
    return sight.keys().filter((names if words else Q(pk=None)) | by_number)


def row_of(weaver: Weaver, entry: int, day: str) -> PartyRow:
    """One party in a line, with who holds it on that day."""
    sight, stated = weaver.sight, weaver.group_parties(entry)
    newest = stated[0][1] if stated else Party("", f"R-{entry}")
    group = sight.group(entry)
    note = _note(weaver.web(entry), f"R-{group[0]}", day)
    cases = weaver.cases(group)
    return PartyRow(
        id=f"R-{group[0]}",
        name=newest.name,
        kind=newest.kind,
        territory=newest.territory,
        cases=cases,
        noted=cases == 0,
        standing=weaver.seen(entry).standing,
        owned=note.owned,
        controlled=note.controlled,
        merged=tuple(f"R-{each}" for each in group[1:]),
    )


def party(actor: Actor, name: str, *, at: Installation | None = None) -> RegisterPage:
    """One party (``R-7``) with everything known of it; a ``Refusal`` where the actor may not know of it."""
    ask(actor, Action.READ_REGISTER, None)
    at = at or here()
    weaver = _weaver(actor, at)
    sight, day = weaver.sight, at.today().isoformat()
    entry = sight.named(name).pk
    group = sight.group(entry)
    stated, seen, web = weaver.group_parties(entry), weaver.seen(entry), weaver.web(entry)
    newest = stated[0][1] if stated else Party("", name)
    own = f"R-{group[0]}"
    found = held(own, web.parties, web.holdings, day)
    may_keep = may(actor, Action.KEEP_REGISTER).allowed
    people = dict(Person.objects.values_list("name_id", "name"))
    return RegisterPage(
        id=own,
        entries=tuple(f"R-{each}" for each in group),
        party=newest,
        names=tuple(dict.fromkeys(each for _, one in stated for each in (one.name, *one.aliases))),
        identifiers=tuple(dict.fromkeys(each for _, one in stated for each in one.identifiers)),
        noted=not sight.appearances.filter(entry__in=group).exists(),
        standing=seen.standing,
        matches=tuple(_match(weaver, one) for one in seen.told),
        appearances=tuple(_appearances(sight, group)),
        ties=tie_views(weaver, web, own, day, people, may_keep=may_keep),
        merges=tuple(_merges(sight, group, people)),
        proposals=proposals(weaver, group),
        parties=web.parties,
        held=found,
        tree=tree(own, web.holdings, day),
        findings=(
            owned_by_listed(found, web.parties),
            controlled_by_listed(found, web.parties),
        ),
        may_keep=may_keep,
    )


def _match(weaver: Weaver, one: SeenMatch) -> MatchView:
    match = one.match
    target = weaver.is_target(match.source, match.entry)
    return MatchView(match.source, match.entry, match.name, one.answer, target, match.score, one.case, one.party)


def of_case(actor: Actor, reference: str, *, at: Installation | None = None) -> dict[str, HeldNote]:
    """What the register says of each party of a case the actor may read, by the party's id in the application."""
    ask(actor, Action.READ, reference)
    if not may(actor, Action.READ_REGISTER).allowed:
        return {}
    at = at or here()
    weaver, day = _weaver(actor, at), at.today().isoformat()
    rows = dict(weaver.sight.appearances.filter(case__reference=reference).values_list("party_id", "entry"))
    web = weaver.web(*rows.values())
    return {party: _note(web, f"R-{weaver.sight.head(entry)}", day) for party, entry in rows.items()}


def _note(web: Web, name: str, day: str) -> HeldNote:
    found = held(name, web.parties, web.holdings, day)
    above = (web.parties[chain.parties[0]] for chain in found.chains)
    return HeldNote(
        id=name,
        owned=owned_by_listed(found, web.parties).verdict.value,
        controlled=controlled_by_listed(found, web.parties).verdict.value,
        tied=tuple(dict.fromkeys(one.name for one in above if one.standing == "listed")),
    )


def _weaver(actor: Actor, at: Installation | None) -> Weaver:
    return Weaver(Sight(actor), (at or here()).home, watchlists())


def _appearances(sight: Sight, group: tuple[int, ...]) -> Iterable[AppearanceView]:
    rows = list(sight.appearances.filter(entry__in=group).select_related("case").order_by("-case", "pk")[:MOST_SHOWN])
    counted = sight.appearances.filter(entry__in={row.entry_id for row in rows}).values("entry")
    alone = {row["entry"] for row in counted.annotate(n=Count("pk")) if row["n"] == 1}
    for row in rows:
        yield AppearanceView(
            entry=f"R-{row.entry_id}",
            case=row.case.reference,
            title=row.case.title,
            organisation=row.case.organisation,
            party=canonical.decode(row.party.encode(), Party),
            linked=row.linked,
            at=row.at,
            alone=row.entry_id in alone,
        )


def _merges(sight: Sight, group: tuple[int, ...], people: dict[str, str]) -> Iterable[MergeView]:
    """Merges of these entries that stand, and those that were taken back, the newest first; both ends seen."""
    rows = list(Merge.objects.filter(Q(one__in=group) | Q(other__in=group)).order_by("-pk"))
    seen = sight.seen({pk for row in rows for pk in (row.one_id, row.other_id)})
    for row in rows:
        if {row.one_id, row.other_id} <= seen:
            yield MergeView(
                one=f"R-{row.one_id}",
                other=f"R-{row.other_id}",
                reason=row.reason,
                by=people.get(row.by, "" if row.by == "system" else row.by),
                at=row.at,
                undone=row.undone,
                undone_by=people.get(row.undone_by, row.undone_by),
                undone_reason=row.undone_reason,
            )
