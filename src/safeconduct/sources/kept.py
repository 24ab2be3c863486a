"""Editions as they are kept: their records, the one of a day, and telling two apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from safeconduct.core.message import Message
from safeconduct.sources.model import Edition, Record
from safeconduct.sources.rows import identity

Basis = Literal["published", "obtained", ""]
_DECODER: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def records(normalised: bytes) -> Iterator[Record]:
    """The records of an edition's normalised bytes."""
    return (_DECODER.decode(line) for line in normalised.splitlines())


def as_of(editions: Iterable[Edition], key: str, day: str, known_by: str | None = None) -> tuple[Edition | None, Basis]:
    """The edition of ``key`` that held on ``day`` (ISO), and by which of its dates it was chosen.

    The latest one published on or before the day; an edition without a date of publication
    counts from when it was obtained, and the second value says so. With ``known_by`` only what
    had been obtained by then is considered.
    """
    found = [
        (edition.published or edition.obtained, edition.obtained, edition.normalised, edition)
        for edition in editions
        if edition.key == key
        and (edition.published or edition.obtained)[:10] <= day[:10]
        and (known_by is None or edition.obtained[:10] <= known_by[:10])
    ]
    if not found:
        return None, ""
    chosen = max(found, key=lambda row: row[:3])[3]
    return chosen, "published" if chosen.published else "obtained"


class Changed(msgspec.Struct, frozen=True):
    """A record that is in both editions with other content; ``place`` alone does not count."""

    id: str
    fields: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """What one edition has that another has not, by identity, in order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]


def diff(old: Iterable[Record], new: Iterable[Record]) -> Difference:
    """Compare two editions of one source, record by record."""
    before, after = ({identity(record): record for record in side} for side in (old, new))
    common = sorted(before.keys() & after.keys())
    changed = (Changed(name, _fields(before[name], after[name])) for name in common)
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(change for change in changed if change.fields),
    )


def _fields(old: Record, new: Record) -> tuple[str, ...]:
    sides: tuple[Mapping[str, object], Mapping[str, object]] = (
        msgspec.structs.asdict(old),
        msgspec.structs.asdict(new),
    )
    names = dict.fromkeys((*sides[0], *sides[1]))
    return tuple(name for name in names if name != "place" and sides[0].get(name) != sides[1].get(name))


def shrinks_too_much(old_count: int, new_count: int) -> Message | None:
    """Why a new edition waits for a person: it has lost more than a tenth of the old one's records."""
    if new_count * 10 >= old_count * 9:
        return None
    return Message("sources.shrinks_too_much", {"before": old_count, "after": new_count})
