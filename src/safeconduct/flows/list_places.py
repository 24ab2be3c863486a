"""Where an entry stands in its list, its notes, terms and dates, and what it corresponds to elsewhere, from the
editions of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from safeconduct.classify.correspondences import Held, above, correspondences
from safeconduct.classify.list_dates import Dates, dates_of
from safeconduct.classify.list_notes import SaidOf, meanings_in, said_of
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.wording import words
from safeconduct.sources.kept import records
from safeconduct.sources.model import Edition, RelevantEntry
from safeconduct.store import blobs

Plain = dict[str, Any]
Meanings = Mapping[str, tuple[str, ...]]
# Another extraction of the same law, whose text is shown where the list itself holds none of the paragraph.
SAME_LAW = {"us-ccl": ("us-ccl-paragraphs",)}
NO_DATES: Plain = msgspec.to_builtins(Dates())
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
    """The entries with ``above`` (outermost first), ``list_text``, ``dates``, ``notes``, ``definitions``,
    ``terms_not_held`` and ``corresponds``.

    The text of one of ``SAME_LAW`` is taken where the entry's own list does not hold the paragraph.
    """
    meanings = {name: meanings_in(held.texts) for name, held in lists.items()}
    return [
        {**one, **text_of(one["list"], one["code"], lists, meanings), **_corresponds(one, lists, said)}
        for one in entries
    ]


def texts_said(names: Iterable[tuple[str, str]], lists: Mapping[str, Held]) -> dict[tuple[str, str], Plain]:
    """What the lists say of each entry (list and code), as in ``placed`` without what it corresponds to."""
    meanings = {name: meanings_in(held.texts) for name, held in lists.items()}
    return {(name, code): text_of(name, code, lists, meanings) for name, code in names}


def text_of(name: str, code: str, lists: Mapping[str, Held], meanings: Mapping[str, Meanings]) -> Plain:
    """What the loaded edition says of one entry; ``notes`` and ``definitions`` each with their ``dates``."""
    key = next((one for one in (name, *SAME_LAW.get(name, ())) if one in lists and code in lists[one].texts), name)
    if key not in lists:
        above_it = [{"code": each, "text": "", "dates": NO_DATES} for each, _ in above(code, {})]
        return {"above": above_it, "list_text": "", "text_of": "", "dates": NO_DATES, **_plain(SaidOf())}
    held = lists[key]
    said = _plain(said_of(code, held.texts, meanings[key]))
    for one in (*said["notes"], *said["definitions"]):
        one["dates"] = _dates(one["code"], held)
    return {
        "above": [{"code": each, "text": text, "dates": _dates(each, held)} for each, text in above(code, held.texts)],
        "list_text": held.texts[code].text if code in held.texts else "",
        "text_of": key if code in held.texts else "",
        "dates": _dates(code, held),
        **said,
    }


def _plain(said: SaidOf) -> Plain:
    found: Plain = msgspec.to_builtins(said)
    return {
        "notes": list(found["notes"]),
        "definitions": list(found["definitions"]),
        "terms_not_held": list(found["not_held"]),
        "notes_left_out": found["more"],
    }


def _dates(code: str, held: Held) -> Plain:
    found: Plain = msgspec.to_builtins(dates_of(code, held.editions))
    return found


def _corresponds(entry: Plain, lists: Mapping[str, Held], said: Stated) -> Plain:
    return {
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
            for one in correspondences(entry["list"], entry["code"], lists, said)
        ]
    }
