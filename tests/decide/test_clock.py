"""Days on which the authority's clock ran."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.decide import Stop, days_run

DAY = dt.date(2026, 10, 5)


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def test_without_a_stop_every_day_counts() -> None:
    assert days_run(DAY, (), after(20)) == 20


def test_a_stop_that_still_stands_holds_the_clock() -> None:
    assert days_run(DAY, (Stop(after(3)),), after(20)) == 3


def test_a_stop_that_ended_gives_the_days_back() -> None:
    assert days_run(DAY, (Stop(after(3), after(13)),), after(20)) == 10


def test_a_case_opened_after_today_has_run_no_day() -> None:
    assert days_run(DAY, (), after(-1)) == 0


@st.composite
def stops(draw: st.DrawFn) -> Stop:
    began = draw(st.integers(-10, 40))
    length = draw(st.none() | st.integers(0, 30))
    return Stop(after(began), None if length is None else after(began + length))


@given(st.lists(stops(), max_size=6), st.integers(0, 40))
def test_a_day_counts_exactly_when_no_stop_covers_it(given_stops: list[Stop], today: int) -> None:
    def stands(day: dt.date) -> bool:
        return any(stop.began <= day and (stop.ended is None or day < stop.ended) for stop in given_stops)

    assert days_run(DAY, given_stops, after(today)) == sum(not stands(after(day)) for day in range(today))
