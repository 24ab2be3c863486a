"""An indicator over the years as a picture that needs no script: line and bounds, broken where a year is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from safeconduct.assess.trends import Pictured, Point, Trend

WIDTH, HEIGHT, EDGE, FOOT = 400, 130, 12, 2
SCALES = {"v2x_libdem": ("0", "1"), "va_estimate": ("-2.5", "2.5")}  # the publishers' own; else what is shown
Plain = dict[str, Any]
PLACES = Decimal("0.001")


def chart(found: Pictured, name: str) -> Plain:
    """What the template draws and says.

    Time runs from left to right on every page, also where script runs from right to left: numbers are written
    so there as well, statistics in Arabic commonly draw it so, and both ends of the axis carry their years.
    """
    scale = _Scale(found)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "base": HEIGHT - FOOT,
        "bands": list(_bands(found, scale)),
        "lines": list(_lines(found, scale)),
        "dots": [{"x": scale.x(each.year), "y": scale.y(each.value)} for each in found.points if each.value],
        "gaps": [scale.x(each.year) for each in found.points if not each.value],
        "first": str(found.points[0].year),
        "last": str(found.latest.year),
        "least": shown(f"{scale.low:f}"),
        "most": shown(f"{scale.high:f}"),
        "title": _("%(name)s, %(first)d to %(last)d")
        % {"name": name, "first": found.points[0].year, "last": found.latest.year},
        "description": description(found),
    }


class _Scale:
    def __init__(self, found: Pictured) -> None:
        texts = [text for each in found.points for text in (each.value, each.low, each.high) if text]
        low, high = SCALES.get(found.variable, (min(texts, key=Decimal), max(texts, key=Decimal)))
        self.low = min(Decimal(low), *map(Decimal, texts))
        self.high = max(Decimal(high), *map(Decimal, texts))
        self.first, self.years = found.points[0].year, max(1, len(found.points) - 1)

    def x(self, year: int) -> int:
        return EDGE + (year - self.first) * (WIDTH - 2 * EDGE) // self.years

    def y(self, value: str) -> int:
        span = self.high - self.low
        share = (Decimal(value) - self.low) / span if span else Decimal("0.5")
        return int(HEIGHT - FOOT - 4 - share * (HEIGHT - FOOT - 8))


def _runs(found: Pictured, bounded: bool) -> Iterator[list[Point]]:
    """Years on end that have a figure (and bounds): a gap ends a run."""
    for has, run in groupby(found.points, key=lambda each: bool(each.low if bounded else each.value)):
        points = list(run)
        if has and len(points) > 1:
            yield points


def _lines(found: Pictured, scale: _Scale) -> Iterator[str]:
    for run in _runs(found, bounded=False):
        yield "M" + "L".join(f"{scale.x(each.year)} {scale.y(each.value)}" for each in run)


def _bands(found: Pictured, scale: _Scale) -> Iterator[str]:
    for run in _runs(found, bounded=True):
        there = [f"{scale.x(each.year)} {scale.y(each.high)}" for each in run]
        back = [f"{scale.x(each.year)} {scale.y(each.low)}" for each in reversed(run)]
        yield "M" + "L".join([*there, *back]) + "Z"


def description(found: Pictured) -> str:
    """The picture in words."""
    last = found.latest
    told = _("%(value)s in %(year)d") % {"value": shown(last.value), "year": last.year}
    if last.low:
        bounds = {"low": shown(last.low), "high": shown(last.high)}
        told += " " + _("(between %(low)s and %(high)s)") % bounds
    missing = [str(each.year) for each in found.points if not each.value]
    if missing:
        told += "; " + _("no figure for %(years)s") % {"years": ", ".join(missing)}
    return f"{told}. " + " ".join(trend(each) for each in found.trends)


def trend(one: Trend) -> str:
    """A change in words, or that there is none to tell."""
    if not one.change:
        return _("Over %(n)d years: cannot be told, there is no figure for the year it would start from.") % {
            "n": one.years
        }
    change = shown(one.change)
    signed = change if change.startswith(("-", "\u2212")) or Decimal(one.change) == 0 else f"+{change}"
    told = _("Over %(n)d years: %(change)s") % {"n": one.years, "change": signed}
    return (
        f"{told}, " + _("within the bounds of both years, so it may be no change.") if one.within_bounds else f"{told}."
    )


def shown(text: str) -> str:
    """A figure to three places at most, with a true minus."""
    value = Decimal(text)
    if value.as_tuple().exponent < -3:  # type: ignore[operator]  # finite: figures are
        value = value.quantize(PLACES, ROUND_HALF_UP)
    return f"{value:f}".replace("-", "\u2212")
