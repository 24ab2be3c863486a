"""Dates as publishers write them, as partial ISO dates or ranges ``first/last``.

*Circa* and *approximately* become two years either way: the publisher says the year is not
exact, and a narrower reading would call a true match a contradiction.
"""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAY_MONTH_YEAR = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ .-]+)?([A-Za-z]{3,9})\.?[ -]+(\d{4})$")
_MONTH_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})$")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.]+Z?(?:[+-]\d\d:?\d\d)?)?$")
_ABOUT = re.compile(r"(?:circa|approximately|approx\.?|about|c\.) ?", re.IGNORECASE)
_RANGE = re.compile(r" (?:to|and|or) | ?[–/] ?| - |(?<=\d{4})-(?=\d{4}$)")
YEARS_ABOUT = 2


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """A partial ISO date, or ``""`` for one no calendar has."""
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def single(text: str) -> str:
    """``05 Feb 1981``, ``February 5, 1981``, ``Feb 1981``, ``1981`` or ISO as a partial ISO date; else ``""``."""
    text = text.strip()
    if found := _ISO.match(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return iso(year or 0, month, day) if month != 0 and day != 0 else iso(year or 0)
    if found := _DAY_MONTH_YEAR.match(text):
        day_text, name, year_text = found.groups()
    elif found := _MONTH_DAY_YEAR.match(text):
        name, day_text, year_text = found.groups()
    else:
        return ""
    number = _MONTHS.get(name[:3].lower())
    return iso(int(year_text), number, int(day_text) if day_text else None) if number else ""


def slashed(text: str, order: str) -> str:
    """``06/19/2003`` (``order`` ``mdy``) or ``19/06/2003`` (``dmy``) as ISO; zeros mean not known; else ``""``."""
    parts = text.strip().split("/")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return ""
    named = dict(zip(order, map(int, parts), strict=True))
    return iso(named["y"], named["m"] or None, named["d"] or None)


def about(year: int) -> str:
    """A year that the publisher gives as not exact."""
    return span(iso(year - YEARS_ABOUT), iso(year + YEARS_ABOUT))


def span(first: str, last: str) -> str:
    """A range of two partial dates, in order; ``""`` where either is missing."""
    if not first or not last:
        return ""
    return first if first == last else "/".join(sorted((first, last)))


def possible(text: str) -> str:
    """A date or range of birth in a publisher's words, or ``""`` where it cannot be read."""
    text = text.strip().rstrip(".")
    if exact := single(text):
        return exact
    parts = _RANGE.split(text)
    if len(parts) == 2:
        ends = [possible(part) for part in parts]
        if not all(ends):
            return ""
        return span(ends[0].split("/")[0], ends[1].split("/")[-1])
    bare = _ABOUT.sub("", text, count=1)
    if bare == text:
        return ""
    found = single(bare)
    return about(int(found[:4])) if found else ""
