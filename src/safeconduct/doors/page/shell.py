"""What the frame of every page shows: whose office it is, who is signed in, and where he can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.access import Actor, Role
from safeconduct.doors.page.gate import KEEPERS, OFFICE
from safeconduct.doors.page.words import heading


def home_of(actor: Actor | None) -> str:
    """The address of the first page of whoever it is."""
    if actor is None:
        return reverse("sign-in")
    if actor.role is Role.OPERATOR:
        return reverse("lists:index")
    return reverse("portal:start" if actor.role is Role.EXPORTER else "casework:queue")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for ``templates/base.html``."""
    actor: Actor | None = getattr(request, "actor", None)
    found: dict[str, Any] = {"state": settings.OFFICE, "start": reverse("home")}
    if actor:
        entries = _entries(actor)
        found["person"] = {"name": actor.name, "role": heading(actor.role)}
        found["sign_out"] = reverse("sign-out")
        found["nav"] = [
            {"href": href, "text": text, "current": _leads_to(href, request.path)} for href, text in entries
        ]
    return {"shell": found}


def _leads_to(href: str, path: str) -> bool:
    """Whether the menu's entry is where the page stands; like cases are reached from the page of assessors."""
    return path == href or (path == reverse("like-cases") and href == reverse("agreement"))


def _entries(actor: Actor) -> list[tuple[str, str]]:
    """Address and name of each page that the menu leads to."""
    if actor.role is Role.EXPORTER:
        return [(home_of(actor), _("Applications"))]
    office = [(reverse("casework:queue"), _("Queue")), (reverse("matches"), _("Matches"))]
    office.append((reverse("register:parties"), _("Parties")))
    office.append((reverse("agreement"), _("Assessors")))
    policy = [(reverse("policy:index"), _("Policy"))] if actor.role in (Role.POLICY_LEAD, Role.COUNTERSIGNER) else []
    lists = [(reverse("lists:index"), _("Lists"))]
    return [*(office if actor.role in OFFICE else []), *(lists if actor.role in KEEPERS else []), *policy]
