"""Dates as sources give them: a day, a month, a year, or a range; and the clock as an argument."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import msgspec

from safeconduct.core.errors import Refusal

Clock = Callable[[], dt.datetime]
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class DateRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First and last day a date may mean, both included."""

    first: dt.date
    last: dt.date

    def overlaps(self, other: DateRange) -> bool:
        """Whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last


def parse_partial(text: str, where: str = "") -> DateRange:
    """``1982``, ``1982-03`` or ``1982-03-05`` as a range; a ``Refusal`` for an impossible date."""
    found = _PARTIAL.match(text.strip())
    try:
        if not found:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None:
            raise ValueError(text)
        if month is None:
            return DateRange(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            after = dt.date(year + month // 12, month % 12 + 1, 1)
            return DateRange(dt.date(year, month, 1), after - dt.timedelta(days=1))
        exact = dt.date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise Refusal(f"{text!r} is not a date", where, "write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return DateRange(exact, exact)
