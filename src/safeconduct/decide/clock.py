"""The authority's clock: it runs from receipt, and stands while a decisive question is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clock stood from ``began`` until ``ended`` (None: it still stands)."""

    began: dt.date
    ended: dt.date | None = None


def days_run(opened: dt.date, stops: Iterable[Stop], today: dt.date) -> int:
    """Calendar days on which the clock ran, from ``opened`` up to but not including ``today``.

    Stops may overlap, touch, or reach beyond both ends; a day counts as stopped once.
    """
    run, at = 0, opened
    for stop in sorted(stops, key=lambda item: item.began):
        run += max(0, (min(stop.began, today) - at).days)
        at = max(at, min(stop.ended or today, today))
    return run + max(0, (today - at).days)
