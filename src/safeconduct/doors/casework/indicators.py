"""Indicators of the State where the goods of a case end up, and of any State: pictures with their tables."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safeconduct.assess.trends import Pictured
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.casework.indicator_chart import chart, description, shown
from safeconduct.doors.page import words
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.flows.reading import case_page
from safeconduct.flows.reading_indicators import EditionPictured, PlacePage, case_indicators, place_indicators

Plain = dict[str, Any]


@opened_to(OFFICE)
@require_GET
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Those of the end-use State, by the editions that hold for the case."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    context = frame(found, "assessment") | _shown(case_indicators(actor, reference))
    return render(request, "casework/case_indicators.html", context)


@opened_to(OFFICE)
@require_GET
def of_place(request: HttpRequest, territory: str) -> HttpResponse:
    """Those of one State, by the editions in use."""
    found = place_indicators(signed_in(request), territory)
    if found is None:
        raise Http404
    return render(request, "casework/place.html", _shown(found))


def _shown(page: PlacePage) -> Plain:
    return {
        "place": words.place(page.territory),
        "territory": page.territory,
        "year": page.on[:4],
        "editions": [_edition(one, number) for number, one in enumerate(page.editions, 1)],
        "silent": ", ".join(page.silent),
    }


def _edition(one: EditionPictured, number: int) -> Plain:
    return {
        "key": one.key,
        "publisher": one.publisher,
        "published": words.day(one.published) if one.published else _("date not given"),
        "obtained": words.day(one.obtained),
        "sha256": one.sha256,
        "hindsight": one.hindsight,
        "variables": [_variable(each, f"{number}-{place}") for place, each in enumerate(one.variables, 1)],
    }


def _variable(one: Pictured, identity: str) -> Plain:
    names = {
        "v2x_libdem": _("Liberal democracy, 0 to 1, more is better protected"),
        "human_rights_protection": _("Protection of physical integrity, latent score, more is better protected"),
        "va_estimate": _("Voice and accountability, estimate from about \u22122.5 to 2.5, more is better"),
    }
    bounds = {
        "own": _("The band is between the publisher's own bounds."),
        "standard_error": _("The band is 90 per cent, from the publisher's standard error."),
        "none": _("This edition gives no bounds: how sure the figure is cannot be told from it."),
    }
    name = names.get(one.variable, one.variable)
    return {
        "id": identity,
        "name": name,
        "variable": one.variable,
        "fictional": one.fictional,
        "bounds": bounds[one.bounds],
        "chart": chart(one, name),
        "told": description(one),
        "rows": [
            {
                "year": each.year,
                "value": shown(each.value) if each.value else "",
                "low": shown(each.low) if each.low else "",
                "high": shown(each.high) if each.high else "",
            }
            for each in reversed(one.points)
        ],
    }
