"""Pages of a draft about those who take part."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.doors.page import words
from safeconduct.doors.page.gate import opened_to
from safeconduct.doors.page.sent import sent
from safeconduct.doors.portal import draft as drafts
from safeconduct.doors.portal.apply import EXPORTERS, draft_of, keep, step
from safeconduct.doors.portal.forms import CompanyForm, EndUserForm, PartyForm
from safeconduct.doors.portal.summary import party_text


def _fields(cleaned: dict[str, Any], roles: list[str], was: dict[str, Any]) -> dict[str, Any]:
    """A party as the draft keeps it: what is empty is left out, what this page does not show stays."""
    shown = {key: value for key, value in cleaned.items() if key != "role"}
    kept = {key: value for key, value in was.items() if key not in shown}
    return {**kept, **{key: value for key, value in shown.items() if value}, "roles": roles}


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    """Who applies."""
    draft = draft_of(request)
    was = drafts.company(draft)
    form = CompanyForm(sent(request), initial=was)
    if request.method == "POST" and form.is_valid():
        roles = was.get("roles") or list(drafts.OURS)
        drafts.put_party(draft, _fields(form.cleaned_data, roles, was) | {"kind": "company"}, was)
        keep(request, draft)
        return redirect("portal:tasks")
    heading = _("Your company")
    return step(request, form, title=heading, heading=heading, back=reverse("portal:tasks"))


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def end_user(request: HttpRequest) -> HttpResponse:
    """Who will use the goods; an empty page takes the end-user out again."""
    draft = draft_of(request)
    was = drafts.end_user(draft)
    form = EndUserForm(sent(request), initial=was)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["name"]:
            roles = was.get("roles") or [drafts.THEIRS]
            drafts.put_party(draft, _fields(form.cleaned_data, roles, was), was)
        elif was:
            drafts.drop_party(draft, was)
        keep(request, draft)
        return redirect("portal:tasks")
    heading = _("Who will use the goods?")
    lead = _("The body or person who uses them in the end, not whoever buys or receives them on the way.")
    return step(request, form, title=heading, heading=heading, lead=lead, back=reverse("portal:tasks"))


@opened_to(EXPORTERS)
@require_GET
def others(request: HttpRequest) -> HttpResponse:
    """Everybody else, as a list that grows."""
    items = [
        {
            "title": words.heading(party["roles"][0]) if party["roles"] else _("Party"),
            "detail": party_text(party),
            "name": party["name"],
            "href": reverse("portal:party", kwargs={"number": party["id"]}),
        }
        for party in drafts.others(draft_of(request))
    ]
    context = {
        "heading": _("Others who take part"),
        "lead": _("Consignees, intermediaries, agents, and whoever signs for the recipient. All of them are screened."),
        "items": items,
        "add": reverse("portal:new-party"),
        "add_text": _("Add somebody"),
        "done": reverse("portal:tasks"),
        "back": reverse("portal:tasks"),
    }
    return render(request, "portal/list.html", context)


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def other(request: HttpRequest, number: str) -> HttpResponse:
    """One of the others: new, changed, or taken out."""
    draft = draft_of(request)
    was = drafts.party(draft, number) if number else {}
    if was is None or (was and not any(party is was for party in drafts.others(draft))):
        raise Http404
    if was and "remove" in request.POST:
        drafts.drop_party(draft, was)
        keep(request, draft)
        return redirect("portal:parties")
    form = PartyForm(sent(request), initial=was | {"role": (was.get("roles") or [""])[0]})
    if request.method == "POST" and form.is_valid():
        if drafts.put_party(draft, _fields(form.cleaned_data, [form.cleaned_data["role"]], was), was):
            keep(request, draft)
            return redirect("portal:parties")
        form.add_error(None, _("There is no room for more parties. Split the application."))
    heading = _("Somebody who takes part")
    remove = _("Take this party out") if was else ""
    return step(request, form, title=heading, heading=heading, remove=remove, back=reverse("portal:parties"))
