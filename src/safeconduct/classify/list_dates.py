"""From when to when one place of a list holds: the publisher's own dates for it, and since which edition it is known.

A publisher's date for a single paragraph counts where the loaded edition states one; most state none, and then only the
editions tell: the oldest loaded one since which the text stands without a change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from safeconduct.core.dates import parse_partial
from safeconduct.sources.model import ControlParagraph


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``valid_from`` and ``valid_to`` are the publisher's (partial ISO; empty: not stated). ``known_from`` is the day
    of the oldest loaded edition with this very text, ``or_earlier`` where no older edition is loaded."""

    valid_from: str = ""
    valid_to: str = ""
    known_from: str = ""
    or_earlier: bool = False


def dates_of(code: str, older: Sequence[tuple[str, Mapping[str, ControlParagraph]]]) -> Dates:
    """The dates of ``code`` in the first of ``older``: editions of one list, newest first, each with its day (ISO)."""
    record = older[0][1].get(code) if older else None
    if record is None:
        return Dates()
    known, or_earlier = older[0][0], True
    for day, texts in older[1:]:
        before = texts.get(code)
        if before is None or before.text != record.text:
            or_earlier = False
            break
        known = day
    return Dates(record.valid_from, record.valid_to, known, or_earlier)


def in_force(texts: Mapping[str, ControlParagraph], day: dt.date) -> Mapping[str, ControlParagraph]:
    """The places that hold on ``day`` by the publisher's own dates for them; what stands beneath one goes with it."""
    gone = {code for code, record in texts.items() if not _holds(record, day)}
    if not gone:
        return texts
    return {code: record for code, record in texts.items() if not _is_under(code, gone)}


def _holds(record: ControlParagraph, day: dt.date) -> bool:
    started = not record.valid_from or parse_partial(record.valid_from).first <= day
    return started and (not record.valid_to or day <= parse_partial(record.valid_to).last)


def _is_under(code: str, gone: set[str]) -> bool:
    parts = code.split(".")
    return any(".".join(parts[:depth]) in gone for depth in range(1, len(parts) + 1))
