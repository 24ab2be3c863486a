"""What the frame of every page shows: whose office it is, who is signed in, and where he can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.access import Actor, Role
from safeconduct.doors.page.words import heading


def home_of(actor: Actor | None) -> str:
    """The address of the first page of whoever it is."""
    if actor is None:
        return reverse("sign-in")
    return reverse("portal:start" if actor.role is Role.EXPORTER else "casework:queue")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for ``templates/base.html``."""
    actor: Actor | None = getattr(request, "actor", None)
    found: dict[str, Any] = {"state": settings.OFFICE, "start": reverse("home")}
    if actor:
        start = home_of(actor)
        text = _("Applications") if actor.role is Role.EXPORTER else _("Queue")
        found["person"] = {"name": actor.name, "role": heading(actor.role)}
        found["sign_out"] = reverse("sign-out")
        found["nav"] = [{"href": start, "text": text, "current": request.path == start}]
    return {"shell": found}
