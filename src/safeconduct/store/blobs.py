"""Files kept under their SHA-256, in a directory of the installation: ``blobs/3f/3f9c…``."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from safeconduct.core.errors import Refusal

CHUNK = 1 << 20


def path_of(home: Path, sha256: str) -> Path:
    """Where the file of this hash is kept."""
    return home / "blobs" / sha256[:2] / sha256


def keep(home: Path, data: bytes) -> str:
    """Keep ``data`` and return its SHA-256; see ``keep_stream``."""
    return keep_stream(home, io.BytesIO(data))


def keep_stream(home: Path, stream: BinaryIO) -> str:
    """Keep all that ``stream`` gives and return its SHA-256. It is on the disk when this returns; a second
    time changes nothing.

    A crash before the row that names it is committed leaves a file nobody refers to: harmless.
    Raises ``Refusal`` when the disk does not take it.
    """
    folder = home / "blobs"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                sha256 = _copy(stream, file)
            _place(Path(draft), path_of(home, sha256))
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal(
            f"the disk does not take it: {error.strerror}", str(home), "free some space, then repeat"
        ) from error
    return sha256


def _copy(stream: BinaryIO, file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()


def _place(draft: Path, path: Path) -> None:
    """Renamed into place only when whole: the path never shows a part of a file."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(home: Path, sha256: str) -> bytes:
    """The file of this hash; a ``Refusal`` where it is gone or was altered."""
    try:
        data = path_of(home, sha256).read_bytes()
    except OSError as error:
        raise Refusal("the kept file is gone", f"blob {sha256}", "restore it from a backup") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refusal(
            "the kept file was altered", f"blob {sha256}", "run `safeconduct ledger verify`, restore a backup"
        )
    return data


def digest_of(home: Path, sha256: str) -> str | None:
    """The SHA-256 of what is kept under this hash now; None where there is nothing."""
    try:
        with path_of(home, sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
