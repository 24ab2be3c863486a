"""What an entry of the ledger says, and the leaf that commits to it without showing it.

``leaf = SHA-256(DOMAIN ‖ 32 random bytes ‖ canonical JSON of the event)``. The salt hides
even an event that could be guessed; once salt and event are erased, the leaf says nothing of
them, and the tree still holds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping

import msgspec

from safeconduct.core import canonical
from safeconduct.ledger.tree import Frontier, append

DOMAIN = b"safeconduct/event/v1\n"
SALT_SIZE = 32
VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)


class RowDigest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A database row after the event: SHA-256 of all its columns in canonical JSON, None once deleted."""

    table: str
    key: str
    sha256: str | None

    def __post_init__(self) -> None:
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise ValueError("a row's digest is SHA-256 in 64 lower-case hexadecimal digits")


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One act of one flow.

    ``at`` is UTC in ISO 8601 with ``Z``. ``rows`` are all rows the flow wrote, one digest each;
    ``blobs`` the SHA-256 of every document it kept, ``removed_blobs`` of those it let go;
    ``erases`` the entries whose salt and event it erased. ValueError for anything else.
    """

    v: int
    at: str
    flow: str
    actor: str
    case: str = ""
    rows: tuple[RowDigest, ...] = ()
    blobs: tuple[str, ...] = ()
    removed_blobs: tuple[str, ...] = ()
    erases: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.v != VERSION:
            raise ValueError(f"events of version {self.v} are not known")
        if not _UTC.fullmatch(self.at):
            raise ValueError("an event's time is UTC, YYYY-MM-DDTHH:MM:SSZ")
        dt.datetime.fromisoformat(self.at)
        if len({(row.table, row.key) for row in self.rows}) != len(self.rows):
            raise ValueError("an event commits to a row once")
        if not all(_SHA256.fullmatch(blob) for blob in (*self.blobs, *self.removed_blobs)):
            raise ValueError("a blob is named by its SHA-256")
        if any(index < 0 for index in self.erases):
            raise ValueError("entries are counted from 0")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry as it is kept: ``leaf`` (32 bytes) for ever, ``salt`` and ``event`` until erased, both or none."""

    index: int
    leaf: bytes
    salt: bytes | None
    event: bytes | None


def leaf_data(salt: bytes, event: bytes) -> bytes:
    """The 32 bytes that the tree hashes as its leaf; ``event`` are canonical bytes. ValueError for a short salt."""
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt is {SALT_SIZE} random bytes")
    return hashlib.sha256(DOMAIN + salt + event).digest()


def seal(event: Event, salt: bytes, frontier: Frontier) -> tuple[Entry, Frontier]:
    """The entry for ``event`` at the end of the ledger, and the frontier that includes it."""
    data = canonical.encode(event)
    leaf = leaf_data(salt, data)
    return Entry(frontier.size, leaf, salt, data), append(frontier, leaf)


def row_digest(table: str, key: str, columns: Mapping[str, object]) -> RowDigest:
    """The commitment to one row; ``columns`` holds every column, no floats (TypeError)."""
    return RowDigest(table, key, canonical.digest(columns))
