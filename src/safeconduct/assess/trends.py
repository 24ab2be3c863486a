"""An indicator of one edition as it is pictured: its level, the publisher's bounds, its trend, and the years it lacks.

Figures of different editions are never joined: a publisher revises the past with each. Nothing here is read by a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

import msgspec

from safeconduct.assess.indicators import VARIABLES
from safeconduct.sources.model import Figure

SPANS = (3, 5)  # years of a trend
SHOWN = 15  # years pictured
PICTURED = tuple(name for names in VARIABLES.values() for name in names)
STANDARD_ERRORS = {"va_estimate": "va_stderr"}
NINETY = Decimal("1.645")  # standard errors on each side of a 90 % range


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One year. ``value`` is ``""`` where the edition has none; ``low`` and ``high`` are the publisher's own bounds."""

    year: int
    value: str
    low: str = ""
    high: str = ""
    place: str = ""


class Trend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Change over ``years`` up to the latest figure; ``""`` where there is none for the year it starts from.
    ``within_bounds``: the bounds of both years overlap, so that it may be no change."""

    years: int
    change: str
    within_bounds: bool


class Pictured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One variable of one edition on one territory; ``points`` are every year from the first to the last figure.
    ``bounds`` says what they are: *own* bounds of the publisher, his *standard_error* (90 %), or *none*."""

    variable: str
    points: tuple[Point, ...]
    trends: tuple[Trend, ...]
    bounds: Literal["own", "standard_error", "none"]
    fictional: bool

    @property
    def latest(self) -> Point:
        """The newest year that has a figure."""
        return self.points[-1]


def pictured(figures: Iterable[Figure], territory: str, before: int) -> tuple[Pictured, ...]:
    """Each variable that an edition has on a territory, for periods before the year ``before``."""
    own = [each for each in figures if each.territory == territory and before - SHOWN <= each.period < before]
    found = []
    for variable in PICTURED:
        values = {each.period: each for each in own if each.variable == variable}
        if values:
            errors = {each.period: each for each in own if each.variable == STANDARD_ERRORS.get(variable)}
            found.append(_pictured(variable, values, errors))
    return tuple(found)


def _pictured(variable: str, values: dict[int, Figure], errors: dict[int, Figure]) -> Pictured:
    points = tuple(_point(year, values.get(year), errors.get(year)) for year in range(min(values), max(values) + 1))
    bounded = any(each.low for each in values.values())
    return Pictured(
        variable=variable,
        points=points,
        trends=tuple(_trend(points, span) for span in SPANS),
        bounds="own" if bounded else "standard_error" if any(each.low for each in points) else "none",
        fictional=any(each.fictional for each in values.values()),
    )


def _point(year: int, figure: Figure | None, error: Figure | None) -> Point:
    if figure is None:
        return Point(year, "")
    if figure.low and figure.high:
        return Point(year, figure.value, figure.low, figure.high, figure.place)
    if error is None:
        return Point(year, figure.value, place=figure.place)
    middle, half = Decimal(figure.value), Decimal(error.value) * NINETY
    return Point(year, figure.value, f"{middle - half:f}", f"{middle + half:f}", figure.place)


def _trend(points: tuple[Point, ...], span: int) -> Trend:
    last = points[-1]
    first = next((each for each in points if each.year == last.year - span and each.value), None)
    if first is None:
        return Trend(span, "", within_bounds=False)
    overlap = bool(first.low and last.low) and (
        Decimal(first.low) <= Decimal(last.high) and Decimal(last.low) <= Decimal(first.high)
    )
    return Trend(span, f"{Decimal(last.value) - Decimal(first.value):f}", within_bounds=overlap)
