"""Every page says who may open it, or nobody can: what was forgotten fails loudly, and stays shut.

This is the outer fence of pages. What somebody may do to which case is asked again by every flow
and every reading query (``access.may``), whichever door it is called from.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from safeconduct.access import Actor, Role
from safeconduct.core.errors import Refusal
from safeconduct.flows.people import actor_of
from safeconduct.flows.reading_lookups import NO_SCREENING
from safeconduct.flows.register_sight import NO_PARTY
from safeconduct.flows.work import NO_CASE

View = TypeVar("View", bound=Callable[..., HttpResponse])
OFFICE = frozenset({Role.OFFICER, Role.ADVISER, Role.COUNTERSIGNER, Role.POLICY_LEAD, Role.AUDITOR})
KEEPERS = frozenset({Role.OFFICER, Role.COUNTERSIGNER, Role.POLICY_LEAD, Role.AUDITOR, Role.OPERATOR})
"""Who answers for the lists: those of the office who decide or audit, and whoever keeps the installation running."""
ANYBODY = frozenset[Role | None]({None, *Role})
NOT_HERE = frozenset({NO_CASE, NO_PARTY, NO_SCREENING})
"""What is refused in the same words whether it does not exist or is not for whoever asks."""


class Undeclared(RuntimeError):
    """A view without a word on who may open it."""


def opened_to(roles: frozenset[Role] | frozenset[Role | None]) -> Callable[[View], View]:
    """Say which roles may open a view; ``None`` among them is whoever has not signed in."""

    def declare(view: View) -> View:
        view.opened_to = roles  # type: ignore[attr-defined]  # Django keeps such marks on views too
        return view

    return declare


def signed_in(request: HttpRequest) -> Actor:
    """Whoever acts. Only for views that are not opened to strangers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the gate before any view runs
    return actor


class Gate:
    """Middleware: asks each view for its declaration, and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing, where the view may run; else the answer in its place."""
        roles = getattr(view, "opened_to", None)
        if roles is None:
            raise Undeclared(f"{view.__module__}.{getattr(view, '__qualname__', view)} does not say who may open it")
        actor, unknown = _whoever(request)
        request.actor = actor  # type: ignore[attr-defined]
        if (actor.role if actor else None) in roles:
            return None
        if unknown:
            return render(request, "error.html", {"refusal": unknown}, status=HTTPStatus.FORBIDDEN)
        if actor is None:
            return redirect("sign-in")
        return render(request, "403.html", status=HTTPStatus.FORBIDDEN)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no form took up: something that is not there for the actor, or an act out of order."""
        if not isinstance(error, Refusal):
            return None
        if error.what in NOT_HERE:
            return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
        return render(request, "error.html", {"refusal": error}, status=HTTPStatus.CONFLICT)


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's name
    """Our page for a request that cannot be read. It reads nothing of it, as Django's own would."""
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


def _whoever(request: HttpRequest) -> tuple[Actor | None, Refusal | None]:
    """The actor who has signed in, or why somebody who has is none."""
    if not request.user.is_authenticated:
        return None, None
    try:
        return actor_of(request.user), None
    except Refusal as refusal:
        return None, refusal


def in_words(refusal: Refusal) -> str:
    """A refusal as one sentence, for the head of a form."""
    parts = (refusal.what, _("What to do: %s") % refusal.remedy if refusal.remedy else "")
    return ". ".join(part for part in parts if part)
