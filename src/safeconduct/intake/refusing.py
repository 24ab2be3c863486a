"""Refusals that several checks share: dates, codes of form, territories."""

from __future__ import annotations

import datetime as dt
import re

from safeconduct.core import territory
from safeconduct.core.dates import DateRange, parse_partial
from safeconduct.core.errors import Refusal

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EARLIEST, LATEST = 1800, 2200  # years outside are slips of the pen, whatever is dated


def refuse_bad_day(text: str, place: str) -> dt.date | None:
    """A full date or nothing; a ``Refusal`` otherwise."""
    found = refuse_bad_date(text, place)
    if found and not _DAY.fullmatch(text):
        raise Refusal(f"{text!r} is not a day", place, "write YYYY-MM-DD")
    return found.first if found else None


def refuse_bad_date(text: str, place: str) -> DateRange | None:
    """A day, month or year as a range, or None for an empty text; a ``Refusal`` for an impossible one."""
    if not text:
        return None
    if not text.isascii():
        raise Refusal(f"{text!r} is not a date", place, "write YYYY, YYYY-MM or YYYY-MM-DD")
    found = parse_partial(text, place)
    if not EARLIEST <= found.first.year <= LATEST:
        raise Refusal(f"the year of {text!r} is impossible", place, f"give a year from {EARLIEST} to {LATEST}")
    return found


def refuse_unknown_territory(key: str, place: str) -> None:
    """A key of the table of territories, one of the range for fictional places, or nothing."""
    if not key or territory.get(key) or territory.is_fictional(key):
        return
    meant = territory.find(key[:200])
    remedy = f"write {meant}" if meant else "use a key of core/territory.jsonl, such as KE or XK"
    raise Refusal(f"{key[:40]!r} is no territory key", place, remedy)


def refuse_repeated(values: list[str], place: str, what: str) -> None:
    """The same value twice in a list where each may stand once."""
    seen: set[str] = set()
    for number, value in enumerate(values, 1):
        if value in seen:
            raise Refusal(f"{what} {value!r} stands twice", f"{place} [{number}]", "keep one, or name the other anew")
        seen.add(value)
