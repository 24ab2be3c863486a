"""An indicator as it is pictured: gaps stay gaps, bounds are the publisher's, trends stay inside one edition."""

from __future__ import annotations

from safeconduct.assess.trends import pictured
from safeconduct.sources.model import Figure


def libdem(year: int, value: str, low: str = "", high: str = "") -> Figure:
    return Figure("v2x_libdem", "QT", year, value, f"line {year}", low, high)


def test_a_missing_year_is_a_point_without_a_value() -> None:
    (found,) = pictured([libdem(2020, "0.5"), libdem(2022, "0.4")], "QT", 2024)
    assert [(each.year, each.value) for each in found.points] == [(2020, "0.5"), (2021, ""), (2022, "0.4")]


def test_a_trend_needs_a_figure_for_the_very_year_it_starts_from() -> None:
    figures = [libdem(2017, "0.61"), libdem(2019, "0.5"), libdem(2022, "0.40")]
    (found,) = pictured(figures, "QT", 2024)
    assert [(each.years, each.change) for each in found.trends] == [(3, "-0.10"), (5, "-0.21")]
    (found,) = pictured(figures[1:], "QT", 2024)
    assert [each.change for each in found.trends] == ["-0.10", ""]


def test_a_change_within_the_bounds_of_both_years_is_said_to_be() -> None:
    wide = [libdem(2019, "0.5", "0.4", "0.6"), libdem(2022, "0.45", "0.35", "0.55")]
    narrow = [libdem(2019, "0.5", "0.49", "0.51"), libdem(2022, "0.3", "0.29", "0.31")]
    assert pictured(wide, "QT", 2024)[0].trends[0].within_bounds
    assert not pictured(narrow, "QT", 2024)[0].trends[0].within_bounds


def test_the_bounds_of_an_estimate_come_from_the_publisher_s_standard_error() -> None:
    estimate = Figure("va_estimate", "QT", 2022, "-1.0", "line 2")
    error = Figure("va_stderr", "QT", 2022, "0.2", "line 2")
    (found,) = pictured([estimate, error], "QT", 2024)
    assert (found.latest.low, found.latest.high, found.bounds) == ("-1.3290", "-0.6710", "standard_error")
    (bare,) = pictured([estimate], "QT", 2024)
    assert (bare.latest.low, bare.bounds) == ("", "none")


def test_nothing_of_the_year_itself_or_of_another_territory_is_pictured() -> None:
    figures = [libdem(2024, "0.1"), Figure("v2x_libdem", "QU", 2020, "0.9", "line 1")]
    assert pictured(figures, "QT", 2024) == ()
