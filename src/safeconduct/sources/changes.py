"""What a newer edition of a source added, took away and changed, with the name of each entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from safeconduct.sources.kept import diff
from safeconduct.sources.model import ControlParagraph, Listed, Record
from safeconduct.sources.rows import identity

Sign = Literal["added", "removed", "changed"]
LONGEST_NAME = 200


class EntryChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One entry: its identity and name (as the newer edition has it, else the older), and which fields changed."""

    sign: Sign
    id: str
    name: str
    fields: tuple[str, ...] = ()


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them: added, then removed, then changed, each in the order of identities; and how many of each."""

    added: int
    removed: int
    changed: int
    entries: tuple[EntryChange, ...]


def changes(old: Iterable[Record], new: Iterable[Record]) -> Changes:
    """What differs between two editions of one source."""
    before, after = list(old), list(new)
    found = diff(before, after)
    names = {identity(record): _name(record) for side in (before, after) for record in side}
    entries = (
        *(EntryChange("added", one, names[one]) for one in found.added),
        *(EntryChange("removed", one, names[one]) for one in found.removed),
        *(EntryChange("changed", one.id, names[one.id], one.fields) for one in found.changed),
    )
    return Changes(len(found.added), len(found.removed), len(found.changed), entries)


def _name(record: Record) -> str:
    """What a person calls an entry; empty where its identity says all."""
    if isinstance(record, Listed):
        return record.names[0].text[:LONGEST_NAME] if record.names else ""
    return record.text[:LONGEST_NAME] if isinstance(record, ControlParagraph) else ""
