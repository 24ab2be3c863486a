"""Indicators of a State as they are pictured: for a case as of its day, and for whoever looks a State up."""

from __future__ import annotations

import datetime as dt

import msgspec

from safeconduct.access import Actor, Role
from safeconduct.assess import destination_of
from safeconduct.assess.trends import Pictured, pictured
from safeconduct.core import territory as territories
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import case_file
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import figures_on
from safeconduct.flows.installation import here
from safeconduct.flows.reading_documents import case_of
from safeconduct.flows.work import NO_CASE
from safeconduct.sources.model import Edition


class EditionPictured(msgspec.Struct, frozen=True):
    """What one edition says of the State. ``published`` is ``""`` where the publisher gives no date; ``hindsight``: it
    is younger than the day the case is fixed to."""

    key: str
    publisher: str
    published: str
    obtained: str
    sha256: str
    hindsight: bool
    variables: tuple[Pictured, ...]


class PlacePage(msgspec.Struct, frozen=True):
    """Indicators of a territory for periods before the year of ``on``; ``territory`` is ``""`` where none is stated.
    ``silent`` are publishers whose edition in use has no figure on it."""

    territory: str
    on: str
    editions: tuple[EditionPictured, ...]
    silent: tuple[str, ...]


def case_indicators(actor: Actor, reference: str) -> PlacePage:
    """Of the State where the goods of a case end up, by the editions of the day it is fixed to, else of today."""
    case = case_of(actor, reference)
    if actor.role is Role.EXPORTER:
        raise Refusal("indicators are not for applicants", reference, "ask the authority what it may share")
    return _page(destination_of(case_file(case)), case.as_of)


def place_indicators(actor: Actor, territory: str) -> PlacePage | None:
    """Of a State, by the editions in use; None for no territory that is known."""
    if actor.role is Role.EXPORTER:
        raise Refusal(NO_CASE, territory[:20], "ask the authority what it may share")
    return _page(territory, "") if territories.get(territory) else None


def _page(territory: str, as_of: str) -> PlacePage:
    at = here()
    on = as_of or at.today().isoformat()
    year = dt.date.fromisoformat(on).year
    found, silent = [], []
    for chosen in of_day(active("indicator"), as_of):
        edition = chosen.edition
        variables = pictured(tuple(figures_on(edition, at.home, territory)), territory, year)
        if variables:
            found.append(_edition(edition, on, variables))
        else:
            silent.append(edition.publisher)
    return PlacePage(territory, on, tuple(found), tuple(dict.fromkeys(silent)))


def _edition(edition: Edition, on: str, variables: tuple[Pictured, ...]) -> EditionPictured:
    return EditionPictured(
        key=edition.key,
        publisher=edition.publisher,
        published=edition.published,
        obtained=edition.obtained,
        sha256=edition.normalised,
        hindsight=(edition.published or edition.obtained)[:10] > on,
        variables=variables,
    )
