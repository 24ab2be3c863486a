"""Alarms by day as a picture that needs no script: a bar a day, its title, its description, the table beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.doors.page import words
from safeconduct.flows.reading_alarms import Alarms

WIDTH, HEIGHT, GAP = 600, 120, 4


def chart(found: Alarms) -> dict[str, Any]:
    """What the template draws and says. Time runs from left to right on every page (see indicator_chart.py)."""
    most = max((day.alarms for day in found.days), default=0)
    step = WIDTH // len(found.days)
    bars = []
    for number, day in enumerate(found.days):
        height = day.alarms * (HEIGHT - 2) // most if most else 0
        bars.append(
            {"x": number * step + GAP // 2, "y": HEIGHT - height, "height": height, "width": step - GAP, "day": day.day}
        )
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bars": bars,
        "description": _description(found, most),
        "rows": [_row(day.day, day.screened, day.alarms) for day in reversed(found.days) if day.screened],
        "screened": words.figure(str(found.screened)),
        "alarms": words.figure(str(found.alarms)),
        "count": found.alarms,
        "per_hundred": found.per_hundred,
        "first": short(found.days[0].day),
        "last": short(found.days[-1].day),
        "most": most,
        "lookups": found.lookups,
        "cut": found.cut,
    }


def _description(found: Alarms, most: int) -> str:
    if not found.alarms:
        return _("No match needed a person on any of these days.")
    worst = next(day for day in reversed(found.days) if day.alarms == most)
    told = ngettext("%(n)d alarm in all", "%(n)d alarms in all", found.alarms) % {"n": found.alarms}
    return _("%(told)s; the most on one day, %(most)d, on %(day)s.") % {
        "told": told, "most": most, "day": words.day(worst.day),
    }  # fmt: skip


def _row(day: str, screened: int, alarms: int) -> dict[str, str]:
    return {"day": words.day(day), "screened": words.figure(str(screened)), "alarms": words.figure(str(alarms))}


def short(day: str) -> str:
    """A day without its year."""
    return formats.date_format(dt.date.fromisoformat(day), "j F")
