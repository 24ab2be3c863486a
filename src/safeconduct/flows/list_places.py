"""Where an entry stands in its list, and what it corresponds to elsewhere, from the editions of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from safeconduct.classify.correspondences import Held, above, correspondences
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.wording import words
from safeconduct.sources.kept import records
from safeconduct.sources.model import Edition, RelevantEntry
from safeconduct.store import blobs

Plain = dict[str, Any]
Stated = tuple[tuple[Edition, RelevantEntry], ...]


def stated(as_of: str, home: Path) -> Stated:
    """Rows of the loaded tables that say where an entry stands elsewhere, each with its edition."""
    return tuple(
        (one.edition, row)
        for one in of_day(active("relevant"), as_of)
        for row in records(blobs.read(home, one.edition.normalised))
        if isinstance(row, RelevantEntry)
    )


def placed(entries: Sequence[Plain], lists: Mapping[str, Held], said: Stated) -> list[Plain]:
    """The entries with ``above`` (code and text, outermost first) and ``corresponds``."""
    return [{**one, **_place(one["list"], one["code"], lists, said)} for one in entries]


def _place(name: str, code: str, lists: Mapping[str, Held], said: Stated) -> Plain:
    texts = lists[name].texts if name in lists else {}
    return {
        "above": [{"code": each, "text": text} for each, text in above(code, texts)],
        "corresponds": [
            {
                "other": one.other,
                "code": one.code,
                "basis": one.basis,
                "sure": one.sure,
                "says": one.says,
                "date": one.date,
                "why": words(one.why),
            }
            for one in correspondences(name, code, lists, said)
        ],
    }
