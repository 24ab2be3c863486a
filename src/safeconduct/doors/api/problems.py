"""Errors of the API: RFC 9457 problems that say what is wrong, where, and what to do.

``detail`` stands where clients of yente look for it; a request of the wrong form has a list there, as theirs does.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from safeconduct.core.errors import Refusal, TryAgain
from safeconduct.flows.ask_screening import TooManyWaiting
from safeconduct.flows.reading_lookups import NO_SCREENING
from safeconduct.flows.work import KeyUsed

RETRY_SECONDS = 5
log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer other than success. ``headers`` go with it."""

    def __init__(self, status: int, refusal: Refusal, headers: dict[str, str] | None = None) -> None:
        self.status, self.refusal, self.headers = status, refusal, headers or {}
        super().__init__(str(refusal))


def later(what: str) -> Problem:
    """Try again in a moment: no worker was quick enough."""
    refusal = Refusal(what, "", f"try again in {RETRY_SECONDS} seconds")
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, refusal, {"Retry-After": str(RETRY_SECONDS)})


def add_to(api: NinjaAPI) -> None:
    """Answer every refusal and error of the framework in this form."""
    handlers: dict[type[Exception], Any] = {
        Problem: lambda _request, error: _answer(error.status, error.refusal, error.headers),
        Refusal: _refused,
        AuthenticationError: _nobody,
        HttpError: _framework,
        ValidationError: _wrong_form,
        RequestDataTooBig: lambda _request, _error: too_big(),
        Exception: _broken,
        Http404: lambda _request, _error: _answer(HTTPStatus.NOT_FOUND, Refusal("nothing is here")),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def too_big() -> HttpResponse:
    """The body is over the bound."""
    return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Refusal("the body is too large", "body", "send fewer at once"))


def _refused(_request: HttpRequest, error: Refusal) -> HttpResponse:
    if error.what == NO_SCREENING:
        return _answer(HTTPStatus.NOT_FOUND, error)
    if isinstance(error, KeyUsed):
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, error)
    if isinstance(error, TryAgain):
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, error, {"Retry-After": str(RETRY_SECONDS)})
    if isinstance(error, TooManyWaiting):
        return _answer(HTTPStatus.TOO_MANY_REQUESTS, error, {"Retry-After": str(RETRY_SECONDS)})
    return _answer(HTTPStatus.BAD_REQUEST, error)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """A defect of ours: what happened goes to the log, and nothing of it to the client."""
    log.error("%s %s", request.method, request.path, exc_info=error)
    refusal = Refusal("something went wrong here", "", "tell whoever runs the installation; the log says what it was")
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, refusal)


def _nobody(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    remedy = "send the header Authorization: ApiKey …; whoever runs the installation makes keys"
    refusal = Refusal("No valid API key provided.", "Authorization", remedy)
    return _answer(HTTPStatus.UNAUTHORIZED, refusal, {"WWW-Authenticate": 'ApiKey realm="safeconduct"'})


def _framework(_request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__  # what our own reader of bodies refused
    if isinstance(cause, Refusal):
        return _answer(HTTPStatus.BAD_REQUEST, cause)
    return _answer(error.status_code, Refusal(str(error)))


def _wrong_form(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """As FastAPI lists them: the place without the name of our own argument."""
    listed = [{"type": one["type"], "loc": _place(one["loc"]), "msg": one["msg"]} for one in error.errors]
    where = " → ".join(map(str, listed[0]["loc"])) if listed else ""
    what = str(listed[0]["msg"]) if listed else "not of the form that is described"
    refusal = Refusal(what, where, "see /api/docs")
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, refusal, detail=listed)


def _place(steps: Any) -> list[str | int]:
    place = list(steps)
    return [place[0], *place[2:]] if len(place) > 1 and place[0] == "body" else place


def _answer(
    status: int, refusal: Refusal, headers: dict[str, str] | None = None, detail: object = None
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": refusal.what if detail is None else detail,
        **refusal.as_object(),
    }
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return HttpResponse(text, status=int(status), content_type=MEDIA_TYPE, headers=headers or {})
