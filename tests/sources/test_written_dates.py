"""Dates in publishers' words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dates import parse_partial
from safeconduct.sources.written_dates import possible, single, slashed, span


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("05 Feb 1981", "1981-02-05"),
        ("5 February 1981", "1981-02-05"),
        ("Feb 1981", "1981-02"),
        ("Nov. 1973", "1973-11"),
        ("1981", "1981"),
        ("June 21, 2022", "2022-06-21"),
        ("1981-02-05", "1981-02-05"),
        ("2026-02-27T00:00:09.554Z", "2026-02-27"),
        ("2026-07-28T11:43:32+02:00", "2026-07-28"),
        ("31 Feb 1981", ""),
        ("1981-13-01", ""),
        ("0000", ""),
        ("24/06/1402 (Hijri Calendar)", ""),
        ("30-35 years old", ""),
        ("", ""),
    ],
)
def test_a_single_date(text: str, iso: str) -> None:
    assert single(text) == iso


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1951 to 1953", "1951/1953"),
        ("01 Jan 1961 to 31 Dec 1962", "1961-01-01/1962-12-31"),
        ("circa 1951", "1949/1953"),
        ("approximately 1970", "1968/1972"),
        ("circa 1979-1982", "1977/1982"),
        ("1951-1953", "1951/1953"),
        ("1968 or 1970", "1968/1970"),
        ("12 Feb 1961.", "1961-02-12"),
        ("unknown", ""),
    ],
)
def test_a_range_or_an_uncertain_year(text: str, found: str) -> None:
    assert possible(text) == found


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("06/19/2003", "mdy", "2003-06-19"),
        ("19/06/2003", "dmy", "2003-06-19"),
        ("00/00/1971", "dmy", "1971"),
        ("00/05/1971", "dmy", "1971-05"),
        ("19/19/2003", "mdy", ""),
        ("2003", "mdy", ""),
        ("a/b/c", "dmy", ""),
    ],
)
def test_dates_with_slashes(text: str, order: str, iso: str) -> None:
    assert slashed(text, order) == iso


def test_a_range_is_in_order_and_needs_both_ends() -> None:
    assert span("1953", "1951") == "1951/1953"
    assert span("1951", "1951") == "1951"
    assert span("1951", "") == ""


@given(st.text(max_size=80))
def test_whatever_is_read_is_a_date_that_exists(text: str) -> None:
    for found in (single(text), possible(text), slashed(text, "dmy"), slashed(text, "mdy")):
        for part in found.split("/") if found else ():
            parse_partial(part)
