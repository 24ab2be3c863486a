"""Like goods rated before, in the cases that the reader may see: each with its case, day, rating, reasons and likeness.

Goods are *the same* by name, *alike* by kind and by every fact that is known of both, or *near* by words alone. Only
the first two are precedents that a different rating has to answer; near words are a place to look.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from safeconduct.access import Actor
from safeconduct.classify import index_of, suggest
from safeconduct.classify.declared import covers
from safeconduct.classify.model import Said
from safeconduct.core import canonical
from safeconduct.core.fact import Known
from safeconduct.core.item import Item
from safeconduct.flows.closed import open_file
from safeconduct.intake import facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.sources.model import ControlParagraph
from safeconduct.store.models import Case, Rating, Record
from safeconduct.store.visible import granted

Likeness = Literal["same_name", "same_facts", "near_words"]
MOST_READ = 500  # of the newest ratings that are looked through
MOST_SHOWN = 10
FEWEST_WORDS = 3


class Rated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``rating``: what an officer found, on which facts from open sources, and why.

    ``against`` names the precedents (case and record) that were rated otherwise, ``why_different`` what sets the goods
    apart from them.
    """

    line: int
    name: str
    description: str
    list: str
    code: str
    rating: Said
    reasons: str
    facts: dict[str, str]
    against: tuple[str, ...] = ()
    why_different: str = ""


class Precedent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One earlier rating. ``shared`` are the facts, or the words, that make the goods alike."""

    case: str
    record: int
    line: int
    name: str
    day: str
    by: str
    list: str
    code: str
    rating: Said
    reasons: str
    why_different: str
    likeness: Likeness
    shared: tuple[str, ...]


def name_of(item: Item) -> str:
    """The name by which goods are found again."""
    return " ".join(item.name.split()).casefold()[:200]


def open_facts(file: CaseFile, line: int) -> dict[str, str]:
    """The facts of the goods that are wholly known from open sources, each as a short text."""
    found = facts_of(open_file(file), f"line:{line}")
    return {
        key: _text(fact.value)
        for key, fact in sorted(found.items())
        if key.startswith("item.") and isinstance(fact, Known) and fact.complete
    }


def _text(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, tuple | list | frozenset) else str(value)


def precedents(actor: Actor, file: CaseFile, item: Item, case: Case | None = None) -> tuple[Precedent, ...]:
    """At most ``MOST_SHOWN`` earlier ratings of like goods in other cases, the likest and newest first."""
    facts = open_facts(file, item.line)
    found = Rating.objects.filter(granted(actor, through="case__")).select_related("case").order_by("-id")
    if case is not None:
        found = found.exclude(case=case)
    name, kind = name_of(item), facts.get("item.kind", "")
    rows = {row.pk: row for row in found.filter(name=name)[:MOST_READ]}
    if kind:
        rows |= {row.pk: row for row in found.filter(kind=kind)[:MOST_READ]}
    recent = {row.pk: row for row in found[:MOST_READ]}
    bodies = _bodies({**recent, **rows}.values())
    standing = _newest({**recent, **rows}.values())
    near = _near(item, {key: bodies[key] for key in standing})
    seen = [_seen(row, bodies[row.pk], name, facts, near) for row in standing.values()]
    ranked = sorted((one for one in seen if one), key=lambda one: (_ORDER[one.likeness], _backwards(one.day)))
    return tuple(ranked[:MOST_SHOWN])


_ORDER: dict[Likeness, int] = {"same_name": 0, "same_facts": 1, "near_words": 2}


def _backwards(day: str) -> int:
    return -int("".join(filter(str.isdecimal, day)) or 0)


def _bodies(rows: Iterable[Rating]) -> dict[int, Rated]:
    every = {(row.case_id, row.record): row.pk for row in rows}
    records = Record.objects.filter(kind="rating", case__in={case for case, _ in every})
    return {
        every[one.case_id, one.number]: canonical.decode(one.body.encode(), Rated)
        for one in records
        if (one.case_id, one.number) in every
    }


def _newest(rows: Iterable[Rating]) -> dict[int, Rating]:
    """Of each line and entry the newest rating, which took the place of those before it."""
    kept: dict[tuple[int, int, str, str], Rating] = {}
    for row in sorted(rows, key=lambda one: one.pk):
        kept[row.case_id, row.line, row.list, row.code] = row
    return {row.pk: row for row in kept.values()}


def _near(item: Item, bodies: dict[int, Rated]) -> dict[int, tuple[str, ...]]:
    """Ratings whose goods share at least ``FEWEST_WORDS`` words with these, by the index that suggestions use."""
    if not bodies:
        return {}
    texts = (
        ControlParagraph("rated", str(key), "", "entry", f"{one.name}\n{one.description}", str(key))
        for key, one in bodies.items()
    )
    found = suggest(index_of(texts), item, most=MOST_SHOWN)
    return {int(one.code): one.words for one in found if len(one.words) >= FEWEST_WORDS}


def _seen(
    row: Rating, body: Rated, name: str, facts: dict[str, str], near: dict[int, tuple[str, ...]]
) -> Precedent | None:
    common = sorted(facts.keys() & body.facts.keys())
    alike = len(common) > 1 and "item.kind" in common and all(facts[key] == body.facts[key] for key in common)
    likeness: Likeness
    shared: tuple[str, ...]
    if row.name == name:
        likeness, shared = "same_name", (body.name,)
    elif alike:
        likeness, shared = "same_facts", tuple(common)
    elif row.pk in near:
        likeness, shared = "near_words", near[row.pk]
    else:
        return None
    return Precedent(
        case=row.case.reference,
        record=row.record,
        line=row.line,
        name=body.name,
        day=row.at[:10],
        by=row.author,
        list=row.list,
        code=row.code,
        rating=body.rating,
        reasons=body.reasons,
        why_different=body.why_different,
        likeness=likeness,
        shared=shared,
    )


def against(found: Iterable[Precedent], list_: str, code: str, rating: str) -> tuple[Precedent, ...]:
    """Precedents of the same or like goods that were rated otherwise under this entry, or one above or below it."""
    return tuple(
        one
        for one in found
        if one.likeness != "near_words" and one.list == list_ and covers(one.code, code) and one.rating != rating
    )
