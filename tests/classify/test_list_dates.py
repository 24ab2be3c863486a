"""From when to when one place of a list holds."""

from __future__ import annotations

import datetime as dt

from safeconduct.classify.list_dates import Dates, dates_of, in_force
from safeconduct.sources.model import ControlParagraph

DAY = dt.date(2026, 6, 1)


def texts(text: str, **dates: str) -> dict[str, ControlParagraph]:
    """Made, not issued by the publisher."""
    return {
        "9A001": ControlParagraph("xx", "9A001", "", "entry", "Lamps", "line 1"),
        "9A001.a": ControlParagraph("xx", "9A001.a", "9A001", "paragraph", text, "line 2", **dates),  # type: ignore[arg-type] # dates only
        "9A001.a.note.1": ControlParagraph("xx", "9A001.a.note.1", "9A001.a", "note", "See.", "line 3"),
    }


def test_a_text_is_known_from_the_oldest_edition_that_has_it_unchanged() -> None:
    editions = [("2026-01-01", texts("new")), ("2024-01-01", texts("new")), ("2022-01-01", texts("old"))]
    assert dates_of("9A001.a", editions) == Dates(known_from="2024-01-01")
    assert dates_of("9A001", editions) == Dates(known_from="2022-01-01", or_earlier=True)


def test_a_text_that_came_back_is_known_only_from_its_return() -> None:
    editions = [("2026-01-01", texts("new")), ("2024-01-01", texts("other")), ("2022-01-01", texts("new"))]
    assert dates_of("9A001.a", editions) == Dates(known_from="2026-01-01")


def test_a_code_that_the_edition_has_not_has_no_dates() -> None:
    assert dates_of("9A777", [("2026-01-01", texts("new"))]) == Dates()
    assert dates_of("9A001", []) == Dates()


def test_the_publishers_dates_for_a_place_are_carried() -> None:
    found = dates_of("9A001.a", [("2026-01-01", texts("new", valid_from="2025-03", valid_to="2027"))])
    assert (found.valid_from, found.valid_to) == ("2025-03", "2027")


def test_outside_the_publishers_dates_a_place_and_what_is_beneath_it_do_not_hold() -> None:
    for dates in ({"valid_from": "2026-06-02"}, {"valid_to": "2026-05"}):
        assert set(in_force(texts("new", **dates), DAY)) == {"9A001"}
    for dates in ({"valid_from": "2026-06"}, {"valid_to": "2026-06-01"}, {}):
        assert len(in_force(texts("new", **dates), DAY)) == 3
