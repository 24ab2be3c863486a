"""Reading queries on editions: what is loaded, what held on a day, what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.intake.refusing import refuse_bad_day
from safeconduct.sources.kept import diff, records
from safeconduct.sources.model import Edition
from safeconduct.sources.rows import identity
from safeconduct.store import blobs
from safeconduct.store.models import EditionRow

MOST_RECORDS = 1000


class EditionView(msgspec.Struct, frozen=True):
    """One edition. ``sha256`` is of its normalised bytes. ``basis``: the date it was chosen by, where a day was
    asked for. ``held`` says why it waits for a person. ``age_days``: since it was published, else since obtained."""

    source: str
    publisher: str
    kind: str
    published: str
    obtained: str
    basis: str
    count: int
    skipped: int
    state: str
    held: str
    sha256: str
    fictional: bool
    age_days: int


def editions(actor: Actor, *, at: Installation | None = None) -> tuple[EditionView, ...]:
    """Every edition loaded, by source, the newest last."""
    ask(actor, Action.LOOK_UP, None)
    today = (at or here()).today()
    return tuple(_view(row, today) for row in EditionRow.objects.order_by("key", "id"))


def as_of(actor: Actor, day: str) -> tuple[EditionView, ...]:
    """The edition of each source that held on ``day`` (ISO)."""
    ask(actor, Action.LOOK_UP, None)
    if refuse_bad_day(day, "DAY") is None:
        raise Refusal("no day is given", "DAY", "write YYYY-MM-DD")
    chosen = {(one.edition.key, one.edition.normalised): one.basis for one in of_day(active(), day)}
    rows = EditionRow.objects.order_by("key", "id")
    today = here().today()
    return tuple(
        _view(row, today, chosen[row.key, row.normalised]) for row in rows if (row.key, row.normalised) in chosen
    )


def edition_named(actor: Actor, name: str, *, held: bool = False) -> EditionView:
    """The edition whose hash begins with ``name``, else the newest of the source called ``name``."""
    ask(actor, Action.LOOK_UP, None)
    return _view(_named(name, held=held), here().today())


def edition_shown(actor: Actor, name: str, entry: str = "", *, at: Installation | None = None) -> dict[str, Any]:
    """Its metadata, the rows that were left out and why, and its first records, or those of one entry."""
    ask(actor, Action.LOOK_UP, None)
    row, home = _named(name), (at or here()).home
    found: list[Any] = []
    for record in records(blobs.read(home, row.normalised)):
        if len(found) < MOST_RECORDS and (not entry or entry in (identity(record), getattr(record, "entry", ""))):
            found.append(msgspec.to_builtins(record))
    skipped = msgspec.json.decode(blobs.read(home, row.skipped)) if row.skipped else []
    edition = msgspec.to_builtins(canonical.decode(row.document.encode(), Edition))
    return {"edition": {**edition, "state": row.state}, "skipped": skipped, "records": found}


def edition_differences(actor: Actor, old: str, new: str, *, at: Installation | None = None) -> dict[str, Any]:
    """What was added, removed and changed from one edition to another of the same source."""
    ask(actor, Action.LOOK_UP, None)
    before, after = _named(old), _named(new)
    if before.key != after.key:
        raise Refusal("editions of two sources", f"{before.key}, {after.key}", "name two editions of one source")
    home = (at or here()).home
    sides = (records(blobs.read(home, row.normalised)) for row in (before, after))
    found: dict[str, Any] = msgspec.to_builtins(diff(*sides))
    return found


def _named(name: str, *, held: bool = False) -> EditionRow:
    rows = EditionRow.objects.filter(state=EditionRow.State.HELD) if held else EditionRow.objects.all()
    by_hash = list(rows.filter(normalised__startswith=name)[:2]) if len(name) >= 6 else []
    if len(by_hash) > 1:
        raise Refusal("several editions begin with this", name[:60], "give more of the hash")
    row: EditionRow | None = by_hash[0] if by_hash else rows.filter(key=name).order_by("published", "id").last()
    if row is None:
        raise Refusal("no such edition", name[:60], "see `safeconduct sources list`")
    return row


def _view(row: EditionRow, today: dt.date, basis: str = "") -> EditionView:
    edition = canonical.decode(row.document.encode(), Edition)
    return EditionView(
        source=edition.key,
        publisher=edition.publisher,
        kind=edition.kind,
        published=edition.published,
        obtained=edition.obtained,
        basis=basis,
        count=edition.count,
        skipped=edition.skipped,
        state=row.state,
        held=words(canonical.decode(row.held.encode(), Message)) if row.held else "",
        sha256=edition.normalised,
        fictional=edition.fictional,
        age_days=(today - dt.date.fromisoformat((edition.published or edition.obtained)[:10])).days,
    )
