"""Lists: which editions are in use, how fresh they are, what waits for a person, and how often screening alarms."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import Role
from safeconduct.core.errors import Refusal
from safeconduct.doors.casework import list_rows
from safeconduct.doors.casework.alarm_chart import chart
from safeconduct.doors.casework.list_forms import ReleaseForm
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import KEEPERS, in_words, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.doors.page.sent import sent
from safeconduct.flows.reading_alarms import alarms
from safeconduct.flows.reading_lists import (
    NO_LIST,
    EditionSeen,
    ListHistory,
    edition_changes,
    list_history,
    lists,
    with_changes,
)
from safeconduct.flows.reading_rescreening import last as last_rescreening
from safeconduct.flows.release_edition import ReleaseEdition, release_edition

RELEASERS = frozenset({Role.OFFICER, Role.POLICY_LEAD})


@opened_to(KEEPERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The picture of trust: every list, what waits for a person, the last rescreening, alarms by day."""
    actor = signed_in(request)
    found = lists(actor)
    counted = alarms(actor)
    watched = [one for one in found.sources if one.kind == "watchlist" and (one.in_use or one.on or one.held)]
    others = [one for one in found.sources if one.kind != "watchlist"]
    idle = [one for one in found.sources if one.kind == "watchlist" and one not in watched]
    context = {
        "watchlists": [list_rows.row(one, found.now) for one in watched],
        "others": [list_rows.row(one, found.now) for one in others],
        "idle": [list_rows.idle_row(one) for one in idle],
        "held": [list_rows.held_row(held, found.now) for one in found.sources for held in one.held],
        "stale": sum(1 for one in watched if one.stale),
        "fetching": found.fetching,
        "trouble": found.trouble,
        "rescreening": list_rows.rescreening(last_rescreening(actor)),
        "alarms": chart(counted) if counted else None,
        "as_of": list_rows.moment(found.now),
    }
    return render(request, "casework/lists.html", context)


@opened_to(KEEPERS)
@require_GET
def history(request: HttpRequest, key: str) -> HttpResponse:
    """One list: its editions and the attempts to fetch it."""
    actor, found = signed_in(request), _history(request, key)
    now = dt.datetime.now(dt.UTC)
    context = {
        "list": list_rows.row(found.seen, now),
        "facts": list_rows.facts(found),
        "page": page_of(request, found.editions, lambda one: list_rows.edition_row(with_changes(actor, one), now)),
        "fetches": [list_rows.fetch_row(one) for one in found.fetches],
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "casework/list.html", context)


@opened_to(KEEPERS)
@require_GET
def differences(request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """What one edition added, took away and changed, entry by entry."""
    found = _edition(request, key, sha256)
    context = {
        "edition": list_rows.edition_row(found, dt.datetime.now(dt.UTC)),
        "known": found.changes is not None,
        "page": page_of(request, found.changes.entries if found.changes else (), list_rows.change_row),
        "breadcrumbs": _breadcrumbs(key),
    }
    return render(request, "casework/list_changes.html", context)


@opened_to(RELEASERS)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """Put a held edition in use, with grounds; whoever loaded it does not."""
    found = _edition(request, key, sha256)
    if not found.held:
        raise Http404
    form = ReleaseForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        order = ReleaseEdition(source=key, normalised=sha256, grounds=form.cleaned_data["grounds"])
        try:
            release_edition(signed_in(request), order, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.add_error(None, in_words(refusal))
        else:
            messages.success(request, _("%s: the edition is in use") % key)
            return redirect("lists:history", key=key)
    context = {
        "edition": list_rows.edition_row(found, dt.datetime.now(dt.UTC)),
        "form": form,
        "back": reverse("lists:history", kwargs={"key": key}),
        "breadcrumbs": _breadcrumbs(key),
    }
    status = HTTPStatus.OK if not form.errors else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "casework/list_release.html", context, status=status)


def _history(request: HttpRequest, key: str) -> ListHistory:
    try:
        return list_history(signed_in(request), key)
    except Refusal as refusal:
        if refusal.what == NO_LIST:
            raise Http404 from refusal
        raise


def _edition(request: HttpRequest, key: str, sha256: str) -> EditionSeen:
    try:
        return edition_changes(signed_in(request), key, sha256)
    except Refusal as refusal:
        if refusal.what == NO_LIST:
            raise Http404 from refusal
        raise


def _breadcrumbs(key: str = "") -> list[dict[str, Any]]:
    found = [{"href": reverse("lists:index"), "text": _("Lists")}]
    if key:
        found.append({"href": reverse("lists:history", kwargs={"key": key}), "text": key})
    return found
