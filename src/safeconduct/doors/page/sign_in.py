"""Signing in by a one-time link, and out again."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.core.errors import Refusal
from safeconduct.doors.page.gate import ANYBODY, opened_to
from safeconduct.doors.page.shell import home_of
from safeconduct.flows.sign_in import redeem

BACKEND = "django.contrib.auth.backends.ModelBackend"


@opened_to(ANYBODY)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever comes."""
    return redirect(home_of(getattr(request, "actor", None)))


@opened_to(ANYBODY)
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """What to do without a link."""
    return render(request, "sign_in.html")


@opened_to(ANYBODY)
@require_http_methods(["GET", "POST"])
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A visit shows a button, and the button uses the link up: mail programs visit links by themselves."""
    if request.method == "GET":
        return render(request, "sign_in.html", {"link": True})
    try:
        user = redeem(secret)
    except Refusal as refusal:
        return render(request, "sign_in.html", {"refusal": refusal}, status=HTTPStatus.FORBIDDEN)
    logout(request)  # a session of somebody else on this device ends, with the drafts in it
    login(request, user, backend=BACKEND)
    return redirect("home")


@opened_to(ANYBODY)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The end of a session."""
    logout(request)
    return redirect("sign-in")
