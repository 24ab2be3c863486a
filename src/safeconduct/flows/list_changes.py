"""What changed from one edition of a list to the next: worked out once, when the list is loaded, then opened.

A place to look, like the word index, so that it stands beside the blobs and not under the ledger: made anew if lost.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from safeconduct.sources.changes import Changes, changes
from safeconduct.sources.kept import records
from safeconduct.sources.model import Edition
from safeconduct.store import blobs

MOST_BYTES = 24 * 1024 * 1024
"""Of both editions together, which a page may read to tell what changed; larger ones are told once they are loaded."""


def before(edition: Edition, others: Iterable[Edition]) -> Edition | None:
    """The edition of the same source that came before it: by date of publication, else of obtaining."""
    earlier = (one for one in others if one.key == edition.key and _order(one) < _order(edition))
    return max(earlier, key=_order, default=None)


def _order(edition: Edition) -> tuple[str, str, str]:
    return edition.published or edition.obtained, edition.obtained, edition.normalised


def known(home: Path, old: str, new: str) -> Changes | None:
    """What changed between two editions (their normalised hashes); None where they are too large to read for a page."""
    path = _path(home, old, new)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Changes)
    except (FileNotFoundError, msgspec.DecodeError):
        pass
    sizes = [blobs.path_of(home, one) for one in (old, new)]
    if not all(one.is_file() for one in sizes) or sum(one.stat().st_size for one in sizes) > MOST_BYTES:
        return None
    return work_out(home, old, blobs.read(home, new), new)


def work_out(home: Path, old: str, data: bytes, new: str) -> Changes:
    """Compare the kept edition ``old`` with the normalised bytes ``data`` of ``new``, and keep what was found."""
    found = changes(records(blobs.read(home, old)), records(data))
    _keep(_path(home, old, new), msgspec.json.encode(found))
    return found


def _path(home: Path, old: str, new: str) -> Path:
    return home / "index" / f"changes-{old[:32]}-{new[:32]}"


def _keep(path: Path, data: bytes) -> None:
    """Under its name only when whole; where the disk does not take it, it is worked out again another time."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".changes-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError:
        return
