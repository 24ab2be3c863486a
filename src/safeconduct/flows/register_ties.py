"""The ties of one party as its page shows them: those on record, those of applications, those of publishers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q

from safeconduct.core import canonical
from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.flows.register_standing import MOST_FACTS
from safeconduct.flows.register_views import TieView
from safeconduct.flows.register_web import Weaver, Web, holding
from safeconduct.screen.holdings import SYMMETRIC, Holding, holds_on
from safeconduct.store.models import Appearance, Tie


def tie_views(
    weaver: Weaver, web: Web, own: str, day: str, people: Mapping[str, str], *, may_keep: bool
) -> tuple[TieView, ...]:
    """Every statement in which the party is an end, those that count today first, holders before what is held."""
    recorded = list(_recorded(weaver, web.groups[own], own, day, people, may_keep=may_keep))
    others = [
        _view(web, one, own, day)
        for one in web.holdings
        if own in (one.holder, one.held) and not one.id.startswith("T-")
    ]
    others += _parts(weaver, web.groups[own])
    return tuple(sorted([*recorded, *others], key=lambda one: (not one.holds, not one.above, one.what, one.id)))


def _recorded(
    weaver: Weaver, group: tuple[int, ...], own: str, day: str, people: Mapping[str, str], *, may_keep: bool
) -> Iterator[TieView]:
    for tie in weaver.sight.ties(group, also_holding=True):
        above = tie.held_id in group
        other = tie.holder_id if above else tie.held_id
        head = weaver.sight.head(other) if other is not None else 0
        share = (tie.low, tie.high) if tie.what == "owner" else ("", "")
        stands = holding(tie, "", own)
        yield TieView(
            id=f"T-{tie.pk}",
            what=tie.what,
            above=above or tie.what in SYMMETRIC,
            other=_name(weaver, other) if other is not None else tie.holder_name,
            other_id=f"R-{head}" if head else "",
            listed=(tie.holder_source, tie.holder_entry),
            low=share[0],
            high=share[1],
            begins=tie.begins,
            ends=stands.ends,
            source=canonical.decode(tie.source.encode(), Source),
            by=people.get(tie.stated_by, tie.stated_by),
            at=tie.at,
            holds=not tie.withdrawn and holds_on(stands, day) is not False,
            case=tie.case.reference if tie.case else "",
            may_end=may_keep and not tie.ended_at,
            ended=_ended(tie, people),
        )


def _parts(weaver: Weaver, group: tuple[int, ...]) -> Iterator[TieView]:
    """Parties that applications state to be part of this one; the same one once."""
    sight = weaver.sight
    rows = list(sight.appearances.filter(entry__in=group).order_by("-pk")[:MOST_FACTS])
    said = Q(pk=None)
    for row in rows:
        said |= Q(case=row.case_id, party__contains=f'"part_of":"{row.party_id}"')
    seen: set[int] = set()
    for part in sight.appearances.filter(said).exclude(entry__in=group).select_related("case").order_by("-pk"):
        head = sight.head(part.entry_id)
        if head not in seen:
            seen.add(head)
            yield _part(part, head)


def _part(part: Appearance, head: int) -> TieView:
    return TieView(
        id=f"{part.case.reference} {part.party_id}",
        what="parent",
        above=False,
        other=canonical.decode(part.party.encode(), Party).name,
        other_id=f"R-{head}",
        listed=("", ""),
        low="",
        high="",
        begins="",
        ends="",
        source=Source("application", ref=part.case.reference, date=part.at[:10]),
        by="exporter",
        at="",
        holds=True,
    )


def _name(weaver: Weaver, entry: int) -> str:
    stated = weaver.group_parties(entry)
    return stated[0][1].name if stated else f"R-{entry}"


def _ended(tie: Tie, people: Mapping[str, str]) -> str:
    return f"{people.get(tie.ended_by, tie.ended_by)}: {tie.ended_reason}" if tie.ended_at else ""


def _view(web: Web, one: Holding, own: str, day: str) -> TieView:
    above = one.held == own
    other = web.parties[one.holder if above else one.held]
    listed = other.listed_as[0] if other.listed_as and other.id not in web.groups else ("", "", "")
    return TieView(
        id=one.id,
        what=one.what,
        above=above or one.what in SYMMETRIC,
        other=other.name,
        other_id=other.id if other.id in web.groups else "",
        listed=(listed[0], listed[1]),
        low=one.low if one.what == "owner" else "",
        high=one.high if one.what == "owner" else "",
        begins=one.begins,
        ends=one.ends,
        source=one.source,
        by=one.by,
        at="",
        holds=holds_on(one, day) is not False,
    )
