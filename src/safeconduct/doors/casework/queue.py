"""The queue: every case that whoever is signed in may read, on shelves by what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from safeconduct.access import State
from safeconduct.access.model import OPEN_STATES
from safeconduct.doors.casework import reopened
from safeconduct.doors.page import words
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.flows.reading import QueueRow
from safeconduct.flows.reading import queue as read_queue


class Shelf(msgspec.Struct, frozen=True):
    """Some of the queue; ``slug`` stands in the address."""

    slug: str
    name: str | Promise
    holds: Callable[[QueueRow], bool]


SHELVES = (
    Shelf("open", gettext_lazy("Open"), lambda row: row.state in OPEN_STATES),
    Shelf("waiting", gettext_lazy("Waiting for answers"), lambda row: row.state == State.AWAITING_INFORMATION),
    Shelf("ready", gettext_lazy("Ready to decide"), lambda row: row.state == State.ASSESSED),
    Shelf("decided", gettext_lazy("Decided"), lambda row: row.state not in OPEN_STATES),
    Shelf("all", gettext_lazy("All"), lambda row: bool(row.reference)),
)


@opened_to(OFFICE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """One shelf of the queue, the case that came first at the top."""
    rows = read_queue(signed_in(request))
    asked = request.GET.get("shelf", "open")
    shelf = next((one for one in SHELVES if one.slug == asked), SHELVES[0])
    held = sorted(filter(shelf.holds, rows), key=lambda row: (row.opened, row.reference))
    context = {
        "page": page_of(request, held, _row),
        "shelf": shelf.name,
        "shelves": [_shelf(one, rows, one is shelf) for one in SHELVES],
        "empty_href": f"{reverse('casework:queue')}?shelf=all" if rows else "",
    }
    return render(request, "casework/queue.html", context)


def _shelf(shelf: Shelf, rows: tuple[QueueRow, ...], current: bool) -> dict[str, Any]:
    href = f"{reverse('casework:queue')}?shelf={shelf.slug}"
    return {"href": href, "text": shelf.name, "current": current, "count": sum(map(shelf.holds, rows))}


def _row(row: QueueRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "href": reverse("casework:overview", kwargs={"reference": row.reference}),
        "title": row.title,
        "organisation": row.organisation,
        "outcome": row.outcome,
        "waits_for": waits_for(row),
        "why": reopened.note(row),
        "notes": _notes(row),
        "days": row.days_run,
        "stopped": row.clock_stopped,
        "received": words.day(row.opened),
    }


def waits_for(row: QueueRow) -> str:
    """What a case waits for, in a few words."""
    told: dict[str, str] = {
        State.APPROVED: _("approved"),
        State.REFUSED: _("refused"),
        State.REOPENED: _("a decision on the licence"),
        State.REVOKED: _("licence ended"),
        State.AWAITING_INFORMATION: ngettext("%(n)d answer", "%(n)d answers", row.questions_open)
        % {"n": row.questions_open},
        State.ASSESSED: _("a decision"),
    }
    return told.get(row.state) or (_("screening") if row.screening != "current" else _("assessment"))


def _notes(row: QueueRow) -> list[str]:
    if row.state not in OPEN_STATES:
        return []
    found = []
    if row.alerts:
        found.append(ngettext("%(n)d alert", "%(n)d alerts", row.alerts) % {"n": row.alerts})
    if row.screening == "older":
        found.append(_("lists have changed"))
    return found
