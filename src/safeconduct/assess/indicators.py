"""Dated figures about the destination. They raise questions; alone they decide nothing.

An assessment dated D uses periods up to the year before D, so that nothing judged by hindsight
looks like foresight. A change is over five years of the same edition, never across editions.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.sources.model import Figure

TREND_YEARS = 5
# Publishers' names of the variables, the preferred one first.
VARIABLES: dict[str, tuple[str, ...]] = {
    "place.libdem": ("v2x_libdem",),
    "place.rights_protection": ("human_rights_protection",),
    "place.voice": ("va_estimate",),
}


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of one edition that an assessment may use; ``edition`` is the source's key."""

    edition: str
    published: str
    figures: tuple[Figure, ...]


def usable(figures: Iterable[Figure], territories: frozenset[str], year: int) -> tuple[Figure, ...]:
    """Figures on the territories for periods before ``year``, of the variables this room reads; latest six periods."""
    wanted = {name for names in VARIABLES.values() for name in names}
    found = [
        each
        for each in figures
        if each.territory in territories and year - TREND_YEARS - 3 <= each.period < year and each.variable in wanted
    ]
    return tuple(sorted(found, key=lambda each: (each.territory, each.variable, each.period)))


def indicator_facts(series: Iterable[Series], territory: str) -> dict[str, Fact]:
    """``place.libdem``, its change over five years, ``place.rights_protection``, ``place.voice`` for a territory."""
    all_series = tuple(series)
    facts: dict[str, Fact] = {}
    for key, names in VARIABLES.items():
        facts[key] = _latest(key, names, all_series, territory)
    facts["place.libdem_trend5"] = _trend(VARIABLES["place.libdem"], all_series, territory)
    return facts


def _of(names: tuple[str, ...], series: Series, territory: str) -> list[Figure]:
    found = [each for each in series.figures if each.territory == territory and each.variable in names]
    return sorted(found, key=lambda each: each.period)


def _best(names: tuple[str, ...], all_series: tuple[Series, ...], territory: str) -> tuple[Series, list[Figure]] | None:
    """The edition with the latest period; among equals the one published last, then by key."""
    candidates = [(series, figures) for series in all_series if (figures := _of(names, series, territory))]
    return max(candidates, key=lambda each: (each[1][-1].period, each[0].published, each[0].edition), default=None)


def _latest(key: str, names: tuple[str, ...], all_series: tuple[Series, ...], territory: str) -> Fact:
    best = _best(names, all_series, territory)
    if best is None:
        return Unknown("absent")
    return Known(best[1][-1].value, (_evidence(key, best[0], best[1][-1]),))


def _trend(names: tuple[str, ...], all_series: tuple[Series, ...], territory: str) -> Fact:
    key, best = "place.libdem_trend5", _best(names, all_series, territory)
    if best is None:
        return Unknown("absent")
    last = best[1][-1]
    before = next((each for each in best[1] if each.period == last.period - TREND_YEARS), None)
    if before is None:
        return Unknown("absent")
    change = Decimal(last.value) - Decimal(before.value)
    return Known(f"{change:f}", (_evidence(key, best[0], before), _evidence(key, best[0], last)))


def _evidence(key: str, series: Series, figure: Figure) -> Evidence:
    interval = f" ({figure.low} to {figure.high})" if figure.low and figure.high else ""
    fictional = "fictional " if figure.fictional else ""
    source = Source("indicator", ref=f"{series.edition} {figure.variable}", date=series.published, place=figure.place)
    return Evidence(key, f"{fictional}{figure.value}{interval} for {figure.period}", source, edition=series.edition)
