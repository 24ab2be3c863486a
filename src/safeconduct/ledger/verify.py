"""Does the ledger still say what was written, and do the rows and documents still agree with it?

Pure: entries, digests of what is stored now, and signed checkpoints go in; a ``Report`` comes
out. What it cannot find: a rewriting of everything since the last checkpoint held by somebody
outside, by someone who also has the signing key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.ledger.checkpoint import Checkpoint, open_checkpoint
from safeconduct.ledger.leaf import SALT_SIZE, Entry, Event, leaf_data
from safeconduct.ledger.note import PublicKey
from safeconduct.ledger.tree import HASH_SIZE, Frontier, Growing

MAX_PROBLEMS = 1_000
Kind = Literal[
    "checkpoint", "order", "leaf", "event", "erased", "root", "truncated", "frontier",
    "row_changed", "row_unknown", "row_gone", "blob_changed", "blob_unknown", "blob_gone",
]  # fmt: skip
CurrentRow = tuple[str, str, str]
CurrentBlob = tuple[str, str]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong. ``entry`` counts from 0; ``key`` of a blob is its SHA-256."""

    kind: Kind
    what: str
    entry: int | None = None
    table: str = ""
    key: str = ""

    def __str__(self) -> str:
        place = [f"entry {self.entry}"] if self.entry is not None else []
        place += [f"{self.table} {self.key}".strip()] if self.key else []
        text = ": ".join([*place, self.what])  # with keys from a hostile bundle: nothing may move the cursor
        return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


class Report(msgspec.Struct, frozen=True):
    """What was checked. ``uncovered`` entries stand after the newest checkpoint and are signed by nobody yet.

    ``problems`` holds the first 1,000, ``more`` counts the rest.
    """

    size: int
    root: bytes
    uncovered: int
    erased: int
    rows: int
    blobs: int
    problems: tuple[Problem, ...]
    more: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


class Published(msgspec.Struct, frozen=True):
    """What the log signed: its keys, the checkpoints it keeps, and those that somebody else held on to."""

    keys: tuple[PublicKey, ...]
    checkpoints: tuple[str, ...]
    held: tuple[str, ...] = ()


def verify(
    entries: Iterable[Entry],
    rows: Iterable[CurrentRow],
    blobs: Iterable[CurrentBlob],
    published: Published,
    frontier: Frontier | None = None,
    *,
    whole: bool = False,
) -> Report:
    """Check entries (in order from 0) against checkpoints, then what is stored now against the entries.

    ``rows``: table, key and SHA-256 of the canonical JSON of every row in every ledgered table.
    ``blobs``: the SHA-256 a document is kept under and the SHA-256 of its bytes. ``frontier`` is
    the one kept for the next append. ``whole``: entries under no checkpoint are a problem too, as
    in what is handed on. Reads each once; memory grows with rows and blobs, not entries.
    """
    check = _Check()
    signed = check.open(published)
    check.read(entries, signed)
    check.compare_rows(rows)
    check.compare_blobs(blobs)
    if frontier is not None and frontier != check.tree.frontier():
        check.found("frontier", "the stored right edge of the tree is not that of the entries")
    covered = max((item.size for item in signed), default=0)
    if whole and signed and check.tree.size > covered:
        check.found("checkpoint", f"entries {covered} to {check.tree.size - 1} stand under no checkpoint", covered)
    return check.report(covered)


class _Check:
    def __init__(self) -> None:
        self.tree = Growing()
        self.rows: dict[tuple[str, str], tuple[str | None, int]] = {}
        self.blobs: dict[str, int] = {}
        self.erased: set[int] = set()
        self.recorded: dict[int, int] = {}
        self.problems: list[Problem] = []
        self.counted = self.row_count = self.blob_count = 0

    def found(self, kind: Kind, what: str, entry: int | None = None, table: str = "", key: str = "") -> None:
        self.counted += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(kind, what, entry, table, key))

    def open(self, published: Published) -> list[Checkpoint]:
        opened = []
        for number, note in enumerate((*published.checkpoints, *published.held), 1):
            own = number <= len(published.checkpoints)
            where = f"checkpoint {number}" if own else f"earlier checkpoint {number - len(published.checkpoints)}"
            try:
                opened.append(open_checkpoint(note, published.keys, where))
            except Refusal as refusal:
                self.found("checkpoint", str(refusal))
        if len({item.origin for item in opened}) > 1:
            self.found("checkpoint", "the checkpoints are of several logs")
        return sorted(opened, key=lambda item: item.size)

    def read(self, entries: Iterable[Entry], signed: list[Checkpoint]) -> None:
        good, waiting = 0, list(reversed(signed))
        for entry in entries:
            good = self.compare_roots(waiting, good)
            self.entry(entry)
        self.compare_roots(waiting, good)
        size = self.tree.size
        if waiting:
            last = waiting[0].size
            self.found("truncated", f"entries {size} to {last - 1} are gone: a checkpoint of {last} was signed", size)
        if size and not signed:
            self.found("checkpoint", "no valid checkpoint: nothing shows that these entries are the ones once written")
        self.compare_erasures()

    def compare_roots(self, waiting: list[Checkpoint], good: int) -> int:
        """Compare the checkpoints of the present size; returns up to which size all is well, -1 where it is not."""
        size = self.tree.size
        while waiting and waiting[-1].size == size:
            item = waiting.pop()
            if good < 0 or item.root == self.tree.root():
                good = size if good >= 0 else -1
            elif good == size:
                self.found("root", f"two different checkpoints of {size} were signed: the log has shown two histories")
            else:
                span = f"entry {good}" if good == size - 1 else f"one or more of the entries {good} to {size - 1}"
                self.found("root", f"{span} changed after the checkpoint of {size} was signed", good)
                good = -1
        return good

    def entry(self, entry: Entry) -> None:
        index = self.tree.size
        if entry.index != index:
            self.found("order", f"entry {entry.index} stands where entry {index} belongs", index)
        if len(entry.leaf) != HASH_SIZE:
            self.found("leaf", "its leaf is not 32 bytes", index)
        self.tree.add(entry.leaf)
        if entry.salt is None and entry.event is None:
            self.erased.add(index)
        elif entry.salt is None or entry.event is None:
            self.found("leaf", "its salt or its event is missing without the other", index)
        elif len(entry.salt) != SALT_SIZE or leaf_data(entry.salt, entry.event) != entry.leaf:
            self.found("leaf", "its event or salt is not what its leaf was made of", index)
            self.event(index, entry.event)
        else:
            self.event(index, entry.event)

    def event(self, index: int, data: bytes) -> None:
        try:
            event = canonical.decode(data, Event)
            if canonical.encode(event) != data:
                raise ValueError("not in canonical form")
        except ValueError as error:  # msgspec's errors are ValueErrors
            self.found("event", f"its event cannot be read: {error}", index)
            return
        for row in event.rows:
            self.rows[row.table, row.key] = (row.sha256, index)
        for blob in event.blobs:
            self.blobs.setdefault(blob, index)
        for blob in event.removed_blobs:
            self.blobs.pop(blob, None)
        for erased in event.erases:
            if erased < index:
                self.recorded.setdefault(erased, index)
            else:
                self.found("erased", f"it claims to erase entry {erased}, which comes after it", index)

    def compare_erasures(self) -> None:
        for index in sorted(self.erased - self.recorded.keys()):
            self.found("erased", "its event is gone, and no later entry records that it was erased", index)
        for index in sorted(self.recorded.keys() - self.erased):
            self.found("erased", f"entry {self.recorded[index]} says that it was erased, yet it is here", index)

    def compare_rows(self, rows: Iterable[CurrentRow]) -> None:
        seen: set[tuple[str, str]] = set()
        for table, key, sha256 in rows:
            self.row_count += 1
            committed, index = self.rows.get((table, key), (None, None))
            if (table, key) in seen:
                self.found("row_unknown", "the row is there twice", index, table, key)
            elif committed is None:
                what = "the row was deleted, yet it is here" if index is not None else "no entry commits to this row"
                self.found("row_unknown", what, index, table, key)
            elif committed != sha256:
                self.found("row_changed", "the row is not as this entry left it", index, table, key)
            seen.add((table, key))
        for (table, key), (committed, index) in self.rows.items():
            if committed is not None and (table, key) not in seen:
                self.found("row_gone", "the row is gone, and no later entry deletes it", index, table, key)

    def compare_blobs(self, blobs: Iterable[CurrentBlob]) -> None:
        seen: set[str] = set()
        for name, sha256 in blobs:
            self.blob_count += 1
            index = self.blobs.get(name)
            if index is None:
                self.found("blob_unknown", "no entry commits to this document", None, "blob", name)
            elif name != sha256:
                self.found("blob_changed", "the document is not the one this entry committed to", index, "blob", name)
            seen.add(name)
        for name, index in self.blobs.items():
            if name not in seen:
                self.found("blob_gone", "the document is gone, and no later entry removes it", index, "blob", name)

    def report(self, covered: int) -> Report:
        return Report(
            size=self.tree.size,
            root=self.tree.root(),
            uncovered=max(0, self.tree.size - covered),
            erased=len(self.erased),
            rows=self.row_count,
            blobs=self.blob_count,
            problems=tuple(self.problems),
            more=self.counted - len(self.problems),
        )
