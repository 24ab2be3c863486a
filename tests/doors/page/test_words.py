"""Dates, amounts and words as people read them; nothing is cut, and nothing unreadable is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.evidence import Source
from safeconduct.doors.page import words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-10-05", "5 October 2026"),
        ("2026-10", "October 2026"),
        ("2026", "2026"),
        ("2026-10-05T14:02:00Z", "5 October 2026"),
        ("2026-13-05", "2026-13-05"),
        ("", ""),
        ("not known", "not known"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(text: str, read: str) -> None:
    assert words.day(text) == read


def test_a_moment_says_its_time_zone() -> None:
    assert words.moment("2026-10-05T14:02:00Z") == "5 October 2026, 14:02 UTC"
    assert words.moment("2026-99-05T14:02:00Z") == "2026-99-05T14:02:00Z"
    assert words.moment("never") == "never"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("18400000.00", "18 400 000.00"),
        ("40", "40"),
        ("1000", "1 000"),
        ("0.000001", "0.000001"),
        ("x", "x"),
        ("NaN", "NaN"),
        ("1E+3", "1 000"),
    ],
)
def test_thousands_are_set_apart(text: str, read: str) -> None:
    assert words.figure(text) == read.replace(" ", "\u00a0")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**14))
def test_no_digit_of_a_figure_is_lost(value: object) -> None:
    assert words.figure(str(value)).replace("\u00a0", "") == f"{value:f}"


def test_a_number_has_its_unit() -> None:
    assert words.amount("40", "chassis") == "40 chassis"
    assert words.amount("40", "") == "40 pieces"
    assert words.amount("", "chassis") == ""
    assert words.money("12.50", "EUR") == "12.50 EUR"
    assert words.money("", "EUR") == ""


def test_words_of_the_vocabulary_read_as_words() -> None:
    assert words.word("state_telecom") == "state telecom"
    assert words.heading("ngo") == "NGO"
    assert words.heading("state_telecom") == "State telecom"
    assert words.listing(("end_user", "consignee")) == "end-user, consignee"
    assert words.word("") == ""


def test_a_made_up_territory_says_so() -> None:
    assert words.place("QR") == "Karsova (fictional)"
    assert words.place("") == ""


def test_a_source_says_what_where_and_when() -> None:
    sheet = Source(kind="datasheet", ref="TQ-900 product sheet", place="line 6", date="2026-06")
    assert words.source(sheet) == "TQ-900 product sheet, line 6, June 2026"
    assert words.source(Source(kind="un_body")) == "UN body"


def test_what_runs_from_right_to_left_leaves_the_date_beside_it_whole() -> None:
    told = words.source(Source("research", ref="سجل تجاري", date="2026-10-01"))
    assert told == "\u2068سجل تجاري\u2069, 1 October 2026"
    assert words.source(Source("research", ref="extract 7", date="2026-10-01")) == "extract 7, 1 October 2026"
