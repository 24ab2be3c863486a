"""A ledger with everything it commits to, as one file to hand on: written, read and verified.

A zip without compression (or the folder it unpacks to) of ``format``, ``key`` (key lines),
``checkpoint`` (the newest), ``checkpoints.jsonl`` (older ones), ``ledger.jsonl`` (entries),
``rows.jsonl`` (rows as they are now) and ``blobs/SHA256``. One file travels in any bag and opens
with any tool; JSON Lines stream, and a person can read them. Each line is canonical JSON, so one
content has one sequence of bytes; event and row stand in it as text, byte for byte as hashed.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.ledger import members
from safeconduct.ledger.leaf import Entry
from safeconduct.ledger.members import Members, open_members
from safeconduct.ledger.note import PublicKey, parse_key
from safeconduct.ledger.verify import CurrentBlob, CurrentRow, Published, Report, verify

FORMAT = "safeconduct-ledger-bundle/1\n"
T = TypeVar("T")


class StoredRow(msgspec.Struct, frozen=True):
    """A row as it is now; ``data`` is the canonical JSON of all its columns."""

    table: str
    key: str
    data: bytes


class _EntryLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    index: int
    leaf: str
    salt: str | None = None
    event: str | None = None


class _RowLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    table: str
    key: str
    row: str


class _NoteLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: str


# --- writing ---------------------------------------------------------------------------------------


def write_bundle(
    target: BinaryIO,
    keys: Iterable[PublicKey],
    checkpoints: Iterable[str],
    entries: Iterable[Entry],
    rows: Iterable[StoredRow],
    blobs: Iterable[tuple[str, bytes]],
) -> None:
    """Write the bundle to ``target``, the same bytes for the same content.

    ``checkpoints`` are signed notes in order of size, at least one, the newest last; sign one over all
    entries first. Everything is streamed; ``blobs`` (SHA-256, bytes) are held one at a time. A
    ``Refusal`` for a row no reader would take.
    """
    *older, newest = checkpoints
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, members.FORMAT, [FORMAT.encode()])
        _put(archive, members.KEY, (key.text().encode() + b"\n" for key in keys))
        _put(archive, members.CHECKPOINT, [newest.encode()])
        _put(archive, members.OLDER, (_line(_NoteLine(note)) for note in older))
        _put(archive, members.LEDGER, (_line(_entry_line(entry)) for entry in entries))
        _put(archive, members.ROWS, (_line(_RowLine(row.table, row.key, row.data.decode())) for row in rows))
        for name, data in blobs:
            _put(archive, f"blobs/{name}", [data])


def _put(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> None:
    member = zipfile.ZipInfo(name)  # dated 1980, so that the bytes say nothing of when or where
    member.external_attr = 0o644 << 16
    member.create_system = 3
    with archive.open(member, "w", force_zip64=True) as stream:
        for chunk in chunks:
            stream.write(chunk)


def _line(value: msgspec.Struct) -> bytes:
    line = canonical.encode(value) + b"\n"
    if len(line) > members.MAX_LINE:
        raise Refusal(f"a row or event of over {members.MAX_LINE} bytes", "bundle", "keep the document as a blob")
    return line


def _entry_line(entry: Entry) -> _EntryLine:
    salt = entry.salt.hex() if entry.salt is not None else None
    # An event that is no text was damaged; its leaf tells, whatever stands in place of the bad bytes.
    event = entry.event.decode(errors="replace") if entry.event is not None else None
    return _EntryLine(entry.index, entry.leaf.hex(), salt, event)


# --- reading ---------------------------------------------------------------------------------------


def verify_bundle(path: Path, keys: Iterable[PublicKey] = (), held: Iterable[str] = ()) -> Report:
    """Verify the bundle at ``path``; a ``Refusal`` where it cannot even be read.

    Without ``keys`` the bundle's own are used, and it then proves only that it agrees with itself.
    ``held`` are checkpoints (signed notes) that somebody kept outside.
    """
    with open_members(path) as bundle:
        if bundle.text(members.FORMAT) != FORMAT:
            raise Refusal("of another format", f"{bundle.where}, format", "use the release that wrote it")
        known = tuple(keys) or bundle_keys(bundle)
        older = (line.note for _, line in _values(bundle, members.OLDER, _NoteLine))
        published = Published(known, (*older, bundle.text(members.CHECKPOINT)), tuple(held))
        return verify(read_entries(bundle), _rows(bundle), _blobs(bundle), published, whole=True)


def bundle_keys(bundle: Members) -> tuple[PublicKey, ...]:
    """The keys that came with the bundle."""
    where = f"{bundle.where}, key"
    return tuple(parse_key(line, where) for line in bundle.text(members.KEY).removesuffix("\n").split("\n"))


def read_entries(bundle: Members) -> Iterator[Entry]:
    """The entries of ``ledger.jsonl``, one at a time."""
    for where, line in _values(bundle, members.LEDGER, _EntryLine):
        try:
            event = line.event.encode() if line.event is not None else None
            salt = bytes.fromhex(line.salt) if line.salt is not None else None
            entry = Entry(line.index, bytes.fromhex(line.leaf), salt, event)
        except ValueError as error:
            raise Refusal(str(error), where, "export the bundle again") from error
        if _entry_line(entry) != line:
            raise Refusal("not in its one spelling", where, "export the bundle again")
        yield entry


def _rows(bundle: Members) -> Iterator[CurrentRow]:
    for _, line in _values(bundle, members.ROWS, _RowLine):
        yield line.table, line.key, canonical.sha256(line.row.encode())


def _blobs(bundle: Members) -> Iterator[CurrentBlob]:
    for name in bundle.names:
        if members.BLOB.fullmatch(name):
            with bundle.open(name) as stream:
                yield name.removeprefix("blobs/"), hashlib.file_digest(stream, "sha256").hexdigest()


def _values(bundle: Members, name: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    for where, line in bundle.lines(name):
        try:
            value = canonical.decode(line, kind)
        except ValueError as error:
            raise Refusal(f"cannot be read: {error}", where, "export the bundle again") from error
        if canonical.encode(value) != line:
            raise Refusal("not canonical JSON", where, "export the bundle again")
        yield where, value
