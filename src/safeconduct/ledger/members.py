"""The files of a bundle, read with bounds: a plain zip, or the folder that somebody unpacked it to.

Nothing is ever unpacked. A zip of bundles is not compressed, so its contents cannot be larger
than itself and there is nothing to explode; the salts and hashes that fill it would hardly shrink.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from safeconduct.core.errors import Refusal

FORMAT, KEY, CHECKPOINT = "format", "key", "checkpoint"
OLDER, LEDGER, ROWS = "checkpoints.jsonl", "ledger.jsonl", "rows.jsonl"
NAMES = (FORMAT, KEY, CHECKPOINT, OLDER, LEDGER, ROWS)
BLOB = re.compile(r"blobs/[0-9a-f]{64}")
MAX_MEMBERS = 500_000
MAX_SMALL = 1_000_000
MAX_LINE = 16_000_000
_DIRECTORY_BYTES = 64_000_000
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")


class Members:
    """The files of one bundle by name, every name and size checked."""

    def __init__(self, where: str, names: list[str], archive: zipfile.ZipFile | None, folder: Path) -> None:
        self.where, self.names, self._archive, self._folder = where, names, archive, folder
        for name in names:
            if name not in NAMES and not BLOB.fullmatch(name):
                raise Refusal(f"{name[:80]!r} is no part of a bundle", where, "export the bundle again")
        if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
            raise Refusal("too many files in it, or one of them twice", where, "export the bundle again")
        missing = sorted(set(NAMES) - set(names))
        if missing:
            raise Refusal(f"without its {', '.join(missing)}", where, "export the bundle again")

    @contextmanager
    def open(self, name: str) -> Iterator[io.BufferedReader]:
        """One file as bytes; a ``Refusal`` where the zip turns out damaged."""
        where = f"{self.where}, {name}"
        try:
            stream = self._stream(name)
        except (zipfile.BadZipFile, NotImplementedError, struct.error, OSError, ValueError) as error:
            raise Refusal(f"cannot be read: {error}", where, "copy the bundle again") from error
        with stream:
            try:
                yield stream
            except (zipfile.BadZipFile, EOFError) as error:
                raise Refusal(f"damaged: {error}", where, "copy the bundle again") from error

    def _stream(self, name: str) -> io.BufferedReader:
        if self._archive is None:
            return (self._folder / name).open("rb")
        member = cast("io.RawIOBase", self._archive.open(name))
        return io.BufferedReader(member, 1 << 20)  # its lines come faster than a zip member's own

    def text(self, name: str) -> str:
        """A short file as text."""
        with self.open(name) as stream:
            data = stream.read(MAX_SMALL + 1)
        if len(data) > MAX_SMALL:
            raise Refusal(f"larger than {MAX_SMALL} bytes", f"{self.where}, {name}", "export the bundle again")
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise Refusal("not UTF-8", f"{self.where}, {name}", "export the bundle again") from error

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Each line without its newline, with the words that name it."""
        with self.open(name) as stream:
            number = 0
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                where = f"{self.where}, {name} line {number}"
                if not line.endswith(b"\n"):
                    raise Refusal(f"cut off, or longer than {MAX_LINE} bytes", where, "export the bundle again")
                yield where, line[:-1]


@contextmanager
def open_members(path: Path) -> Iterator[Members]:
    """The files of the bundle at ``path``; a ``Refusal`` for anything that is none, or hostile."""
    where = path.name
    if path.is_dir():
        yield Members(where, _folder_names(path), None, path)
        return
    try:
        _refuse_large_directory(path)
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Refusal(f"cannot be read as a bundle: {error}", where, "give the zip as it was exported") from error
    with archive:
        yield Members(where, _zip_names(archive, path), archive, path)


def _folder_names(folder: Path) -> list[str]:
    names: list[str] = []
    for path in (*folder.iterdir(), *(folder / "blobs").glob("*")):
        kind = path.lstat().st_mode
        if stat.S_ISREG(kind):
            names.append(path.relative_to(folder).as_posix())
        elif path != folder / "blobs" or not stat.S_ISDIR(kind):
            raise Refusal(f"{path.name[:80]!r} is neither file nor the blobs folder", folder.name, "take it away")
        if len(names) > MAX_MEMBERS:
            break
    return sorted(names)


def _refuse_large_directory(path: Path) -> None:
    """Bound what ``zipfile`` reads into memory before it looks at anything: the central directory."""
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, size - _END.size - _LOCATOR.size - _END64.size))
        tail = stream.read()
    if len(tail) < _END.size:
        raise Refusal("too short for a zip", path.name, "copy the bundle again")
    end = _END.unpack(tail[-_END.size :])
    if end[0] != b"PK\x05\x06" or end[-1]:
        raise Refusal("not a zip, or cut off, or with a comment", path.name, "copy the bundle again")
    directory = end[5]
    locator = tail[-_END.size - _LOCATOR.size : -_END.size]
    if locator[:4] == b"PK\x06\x07" and tail[: _END64.size][:4] == b"PK\x06\x06":
        directory = max(directory if directory != 0xFFFFFFFF else 0, _END64.unpack(tail[: _END64.size])[8])
    if directory > _DIRECTORY_BYTES:
        raise Refusal("a table of contents over 64 MB", path.name, "export the bundle again")


def _zip_names(archive: zipfile.ZipFile, path: Path) -> list[str]:
    members = archive.infolist()
    for member in members:
        stored = member.compress_type == zipfile.ZIP_STORED and member.file_size == member.compress_size
        if not stored or member.flag_bits & 1:
            raise Refusal(
                f"{member.filename[:80]!r} is compressed or encrypted",
                path.name,
                "give the zip as it was exported, or the folder it unpacks to",
            )
    if sum(member.file_size for member in members) > path.stat().st_size:
        raise Refusal("its files overlap", path.name, "export the bundle again")
    return [member.filename for member in members]
