"""Which parties a changed list touches: the changed entries alone are searched, not the whole list again."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen import building, fold
from safeconduct.screen.fingerprints import fingerprint
from safeconduct.screen.matcher import Matcher, matcher_edition
from safeconduct.screen.model import Screening, alert

SOURCE = "changed"  # the source key of matches found here: entries of several sources may be asked for together


def touched(records: bytes, parties: Iterable[Party], where: Path) -> Iterator[tuple[int, Screening]]:
    """Each party that any of the entries alerts on, by its position, with what was found.

    ``records`` are the added or changed entries as normalised JSON Lines; a ``Refusal`` names the line that is none.
    ``where`` is a folder that may hold a small index while this runs. A word is as rare as it is among the entries
    given, so more incomplete names alert here than beside the whole list.
    A party whose name nobody can read is touched too: nothing was found, and its name is in ``unread``.
    """
    normalised = hashlib.sha256(records).hexdigest()
    where.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".changed-", dir=where) as folder:
        building.build(records, Path(folder), normalised)
        matcher = Matcher.open(Path(folder), [(SOURCE, normalised)])
        for position, party in enumerate(parties):
            found = _screened(matcher, party)
            if found.unread or any(alert(match) for match in found.matches):
                yield position, found


def _screened(matcher: Matcher, party: Party) -> Screening:
    try:
        return matcher.screen(party)
    except Refusal:
        unread = (party.name[: fold.MAX_LETTERS],)
        return Screening(fingerprint(party), (), 0, matcher.editions, matcher_edition(), unread)
