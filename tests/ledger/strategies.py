"""Ledgers made up for tests: events of people in roles, the rows and documents they leave, and the signer."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from safeconduct.core import canonical
from safeconduct.ledger import (
    EMPTY,
    Entry,
    Event,
    Frontier,
    Published,
    RowDigest,
    SeedSigner,
    checkpoint_note,
    public_key,
    root,
    row_digest,
    seal,
)
from safeconduct.ledger.bundle import StoredRow, write_bundle

ORIGIN = "licensing.example/ledger"
SIGNER = SeedSigner(ORIGIN, bytes(range(32)))
KEY = public_key(SIGNER)
Row = dict[str, Any]


@dataclass
class Made:
    """A ledger with what it commits to. ``notes`` are checkpoints by size."""

    entries: list[Entry] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    frontier: Frontier = EMPTY

    def write(
        self,
        rows: dict[tuple[str, str], Row | None] | None = None,
        blobs: tuple[bytes, ...] = (),
        sign: bool = True,
        **more: Any,
    ) -> int:
        """One act: rows (None deletes) and documents change, the entry is appended; returns its index."""
        digests = tuple(
            row_digest(table, key, row) if row is not None else RowDigest(table, key, None)
            for (table, key), row in (rows or {}).items()
        )
        names = tuple(hashlib.sha256(blob).hexdigest() for blob in blobs)
        index = self.frontier.size
        event = Event(
            1, "2026-03-05T09:30:00Z", "record_decision", "licensing officer", rows=digests, blobs=names, **more
        )
        salt = hashlib.sha256(b"salt %d" % index).digest()
        entry, self.frontier = seal(event, salt, self.frontier)
        self.entries.append(entry)
        for place, row in (rows or {}).items():
            if row is None:
                del self.rows[place]
            else:
                self.rows[place] = row
        self.blobs.update(zip(names, blobs, strict=True))
        for name in event.removed_blobs:
            self.blobs.pop(name, None)
        for erased in event.erases:
            self.entries[erased] = Entry(erased, self.entries[erased].leaf, None, None)
        if sign:
            self.sign()
        return index

    def sign(self) -> str:
        """Sign the present state."""
        note = checkpoint_note(ORIGIN, self.frontier.size, root(self.frontier), SIGNER)
        self.notes[self.frontier.size] = note
        return note

    def write_bundle(self, path: Path) -> Path:
        """Export to ``path``; the newest checkpoint covers everything."""
        rows = [StoredRow(table, key, canonical.encode(row)) for (table, key), row in self.rows.items()]
        with path.open("wb") as stream:
            write_bundle(stream, [KEY], self.notes.values(), self.entries, rows, self.blobs.items())
        return path

    def published(self, *held: str) -> Published:
        return Published((KEY,), tuple(self.notes.values()), held)

    def current_rows(self) -> list[tuple[str, str, str]]:
        return [(table, key, canonical.digest(row)) for (table, key), row in self.rows.items()]

    def current_blobs(self) -> list[tuple[str, str]]:
        return [(name, hashlib.sha256(blob).hexdigest()) for name, blob in self.blobs.items()]

    def copy(self) -> Made:
        return replace(
            self, entries=list(self.entries), rows=dict(self.rows), blobs=dict(self.blobs), notes=dict(self.notes)
        )


def made(acts: int, seed: int = 1) -> Made:
    """A ledger of ``acts`` entries: rows that change, some deleted, documents, an erasure."""
    chance, ledger = random.Random(seed), Made()
    for number in range(acts):
        rows: dict[tuple[str, str], Row | None] = {
            ("case", f"XX-2026-{chance.randrange(acts):04}"): {
                "outcome": "refer",
                "act": number,
                "reason": f"línea {number}\n",
            },
            ("decision", str(number)): {"id": number, "by": "countersigner", "quantity": "12.50", "closed": None},
        }
        if number % 7 == 5:
            rows["decision", str(number - 2)] = None
        blobs = (f"datasheet of act {number}".encode(),) if number % 3 == 0 else ()
        ledger.write(rows, blobs, sign=number % 4 == 3, case=f"XX-2026-{number:04}")
    ledger.write({("case", "XX-2026-9999"): {"outcome": "no-objection"}}, sign=False, note="to be erased")
    ledger.write({("case", "XX-2026-9999"): {"outcome": "conditions"}}, erases=(ledger.frontier.size - 1,))
    return ledger
