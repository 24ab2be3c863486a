"""The words of the control lists in use, to suggest entries by: built once for a set of editions, then opened.

A place to look, never a rating, so that it stands beside the blobs and not under the ledger.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from safeconduct.classify import WordIndex, index_of, other_words
from safeconduct.classify.suggesting import LAYOUT, opened
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.kept import records
from safeconduct.sources.model import ControlParagraph, Edition
from safeconduct.store import blobs


def word_index(editions: Iterable[Edition], home: Path) -> WordIndex:
    """The words of these editions; a ``Refusal`` where the bytes of one are gone or altered."""
    return _of(tuple(edition.normalised for edition in editions), home)


@lru_cache(maxsize=2)
def _of(normalised: tuple[str, ...], home: Path) -> WordIndex:
    path = home / "index" / f"words-{LAYOUT}-{canonical.digest((*normalised, other_words.edition()))}"
    try:
        found = opened(path.read_bytes())
    except FileNotFoundError:
        found = None
    if found is None:
        every = (record for one in normalised for record in records(blobs.read(home, one)))
        found = index_of(record for record in every if isinstance(record, ControlParagraph))
        _keep(path, found.kept())
    return found


def _keep(path: Path, data: bytes) -> None:
    """Under its name only when whole; not forced to the disk, since a damaged one is built anew."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".words-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(draft, path)
    except OSError as error:
        raise Refusal(f"the disk does not take it: {error.strerror}", str(path.parent), "free some space") from error
