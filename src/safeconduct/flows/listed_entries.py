"""One listed party of one edition, by the publisher's id; without the name library, so for pages too.

The tables are imported where they are read: they load numpy, which most commands do without.
"""

from __future__ import annotations

from pathlib import Path

from safeconduct.core.errors import Refusal
from safeconduct.sources.model import Listed
from safeconduct.store import blobs


def listed_entry(home: Path, normalised: str, entry: str) -> Listed | None:
    """The party ``entry`` of the edition with these normalised bytes; None where the edition has none of that id.

    A ``Refusal`` where the edition's kept bytes are gone.
    """
    from safeconduct.sources import by_entry

    table = _table(home, normalised, "entries")
    if not table.is_file():
        prepare(home, normalised)
    try:
        return by_entry.find(table, blobs.path_of(home, normalised), entry)
    except OSError as error:
        raise Refusal("the kept file is gone", f"blob {normalised}", "restore it from a backup") from error


def kept_entry(home: Path, normalised: str, entry: str) -> Listed | None:
    """The same, where a list that is gone is as good as one without the entry: for showing what was recorded."""
    try:
        return listed_entry(home, normalised, entry)
    except Refusal:
        return None


def entries_with_words(home: Path, normalised: str, text: str, most: int) -> tuple[list[Listed], int]:
    """The first ``most`` parties of an edition that have all words of ``text`` in their names, and how many have."""
    from safeconduct.sources import by_word

    table = _table(home, normalised, "words")
    if not table.is_file():
        prepare(home, normalised)
    try:
        return by_word.find(table, blobs.path_of(home, normalised), text, most)
    except OSError as error:
        raise Refusal("the kept file is gone", f"blob {normalised}", "restore it from a backup") from error


def prepare(home: Path, normalised: str) -> None:
    """Note where the parties of an edition stand, by id and by word, unless that is done: a second for 30,000."""
    from safeconduct.sources import by_entry, by_word

    for build, what in ((by_entry.build, "entries"), (by_word.build, "words")):
        table = _table(home, normalised, what)
        if not table.is_file():
            build(blobs.read(home, normalised), table)


def _table(home: Path, normalised: str, what: str) -> Path:
    return home / "index" / f"{normalised}.{what}.npy"
