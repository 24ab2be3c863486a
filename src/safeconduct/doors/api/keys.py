"""Whoever sends a request of the API: a person, by the key that his program sends."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest
from ninja.security.base import AuthBase

from safeconduct.access import Action, Actor, may
from safeconduct.core.errors import Refusal
from safeconduct.doors.api.problems import Problem
from safeconduct.flows.api_keys import Bearer, bearer_of

SCHEMES = ("apikey", "bearer")


class ApiKeyHeader(AuthBase):
    """``Authorization: ApiKey …`` as clients of yente send it, or ``Bearer …``. A session's cookie opens nothing here,
    so that no page elsewhere can use the browser of somebody who has signed in."""

    openapi_type = "apiKey"
    openapi_in = "header"
    openapi_name = "Authorization"

    def __call__(self, request: HttpRequest) -> Bearer | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return bearer_of(token.strip()) if scheme.casefold() in SCHEMES else None


def bearer(request: HttpRequest) -> Bearer:
    """The person for whom the request was sent, who may look names up."""
    found: Bearer = request.auth  # type: ignore[attr-defined]  # ninja puts there what the key's check returned
    permission = may(found.actor, Action.LOOK_UP)
    if not permission.allowed:
        refusal = Refusal(
            f"the role {found.actor.role.value} may not look names up", "", "use the key of another person"
        )
        raise Problem(HTTPStatus.FORBIDDEN, refusal)
    return found


def actor(request: HttpRequest) -> Actor:
    """The person alone."""
    return bearer(request).actor
