"""What one edition of a watchlist says that another does not, as far as it is compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from safeconduct.screen import listed_fingerprint
from safeconduct.sources.kept import records
from safeconduct.sources.model import Listed


class Changes(NamedTuple):
    """``records``: the entries that are new or say something else, as normalised JSON Lines. ``gone``: the ids of
    those that the newer edition lacks, or has otherwise."""

    records: bytes
    gone: frozenset[str]


def changes(old: bytes, new: bytes) -> Changes:
    """Compare the normalised bytes of two editions of one source (empty: there is none).

    An entry whose place in the file, remarks or dates of listing alone differ is the same: nothing compares those.
    """
    before, after = old.splitlines(), new.splitlines()
    same = set(before) & set(after)
    was, now = (_facts(line for line in side if line not in same) for side in (before, after))
    other = {entry for entry, (facts, _) in now.items() if entry not in was or was[entry][0] != facts}
    gone = frozenset(entry for entry in was if entry not in now or entry in other)
    lines = [line for entry, (_, line) in now.items() if entry in other]
    return Changes(b"".join(line + b"\n" for line in lines), gone)


def _facts(lines: Iterable[bytes]) -> dict[str, tuple[str, bytes]]:
    every = list(lines)
    pairs = zip(every, records(b"\n".join(every)), strict=True)
    return {record.entry: (listed_fingerprint(record), line) for line, record in pairs if isinstance(record, Listed)}
