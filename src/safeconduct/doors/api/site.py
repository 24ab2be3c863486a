"""The API as one Django site: every address says who may open it, and its description is served from here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from safeconduct.doors.api import bodies, problems, screenings, yente
from safeconduct.doors.api.described import description, operations, shapes
from safeconduct.doors.page.gate import ANYBODY, opened_to

api = NinjaAPI(
    title="safeconduct",
    version="1",
    description="Whether a party is on a list, with reasons. Programs send a key: `Authorization: ApiKey …`.",
    parser=bodies.HostileJson(),
    openapi_url=None,
    docs_url=None,
)
problems.add_to(api)
api.add_router("/api/v1/screenings", screenings.router)
api.add_router("", yente.router)


@opened_to(ANYBODY)
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return JsonResponse(description(api), json_dumps_params={"ensure_ascii": False})


@opened_to(ANYBODY)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people: no script, nothing from elsewhere."""
    schema = description(api)
    return render(request, "api/docs.html", {"operations": operations(schema), "shapes": shapes(schema)})


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A body over the bound is refused before a byte of it is read."""

    def look(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        length = request.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > bodies.MOST_BYTES:
            return problems.too_big()
        return view(request, *args, **kwargs)

    look.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens it: the key is in a header
    return opened_to(ANYBODY)(look)  # the key is asked for inside, and answered in JSON


def _patterns() -> list[URLPattern]:
    """Ninja's addresses, each opened by hand; those without a key are ``/healthz`` and ``/readyz`` alone."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [URLPattern(one.pattern, _bounded(one.callback), one.default_args, one.name) for one in found]


app_name = "api"
urlpatterns = [
    path("api/openapi.json", openapi, name="openapi"),
    path("api/docs", docs, name="docs"),
    *_patterns(),
]
