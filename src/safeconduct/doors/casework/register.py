"""The register of parties: its list, a party with all that is known of it, and the acts of who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import Role
from safeconduct.doors.casework import register_rows as rows
from safeconduct.doors.casework.acts import carried_out
from safeconduct.doors.casework.register_forms import DocumentForm, EndForm, MergeForm, ReasonForm, TieForm
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.doors.page.sent import sent
from safeconduct.flows.end_tie import EndTie, end_tie
from safeconduct.flows.merge_parties import MergeParties, merge_parties
from safeconduct.flows.reading_register import parties as read_parties
from safeconduct.flows.reading_register import party as read_party
from safeconduct.flows.register_views import RegisterPage
from safeconduct.flows.separate_party import SeparateParty, separate_party
from safeconduct.flows.state_tie import state_tie
from safeconduct.flows.unmerge_parties import UnmergeParties, unmerge_parties

KEEPERS = frozenset({Role.OFFICER, Role.COUNTERSIGNER})
LONGEST = 200


@opened_to(OFFICE)
@require_GET
def parties(request: HttpRequest) -> HttpResponse:
    """Every party that whoever is signed in may see, or those that answer to a search."""
    search = request.GET.get("q", "").strip()[:LONGEST]
    found = read_parties(signed_in(request), search)
    context = {"page": page_of(request, found, rows.row), "search": search}
    return render(request, "casework/register.html", context)


@opened_to(OFFICE)
@require_GET
def party(request: HttpRequest, name: str) -> HttpResponse:
    """One party; an entry that was merged with another is shown where that one is."""
    found = read_party(signed_in(request), name)
    if found.id != name:
        return redirect("register:party", name=found.id)
    context = {
        "party": found,
        "facts": rows.facts(found),
        "alert": rows.alert(found),
        "matches": [rows.match(one) for one in found.matches],
        "findings": rows.findings(found),
        "holders": rows.holders(found),
        "reckoned": rows.reckoned(found),
        "warnings": rows.warnings(found),
        "ties": [rows.tie(found, one) for one in found.ties],
        "proposals": [rows.proposal(found, one) for one in found.proposals],
        "merges": [rows.merge(found, one) for one in found.merges],
        "page": page_of(request, found.appearances, partial(rows.appearance, found)),
        "breadcrumbs": _crumbs(found)[:1],
    }
    return render(request, "casework/register_party.html", context)


@opened_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, name: str) -> HttpResponse:
    """Say that another entry is the same party."""
    found = read_party(signed_in(request), name)
    form = MergeForm(sent(request), initial={"key": new_key(), "other": request.GET.get("with", "")[:30]})

    def act() -> object:
        said = form.cleaned_data
        order = MergeParties(one=found.id, other=said["other"].strip(), reason=said["reason"])
        return merge_parties(signed_in(request), order, key=said["key"])

    told = _("From then on both are shown together, with all their cases and ties. It can be taken back.")
    return _act(request, found, form, act, heading=_("Merge with another entry"), lead=told, button=_("Merge them"))


@opened_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def unmerge(request: HttpRequest, name: str, one: str, other: str) -> HttpResponse:
    """Take a merge back."""
    found = read_party(signed_in(request), name)
    if not any((each.one, each.other) == (one, other) and not each.undone for each in found.merges):
        raise Http404
    form = ReasonForm(sent(request), initial={"key": new_key()})

    def act() -> object:
        order = UnmergeParties(one=one, other=other, reason=form.cleaned_data["reason"])
        return unmerge_parties(signed_in(request), order, key=form.cleaned_data["key"])

    told = _("%(one)s and %(other)s are then shown apart again, each as it was.") % {"one": one, "other": other}
    return _act(request, found, form, act, heading=_("Take the merge back"), lead=told, button=_("Take them apart"))


@opened_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def separate(request: HttpRequest, name: str, reference: str, party: str) -> HttpResponse:
    """Take one appearance out of its entry."""
    found = read_party(signed_in(request), name)
    row = next((one for one in found.appearances if (one.case, one.party.id) == (reference, party)), None)
    if row is None or row.alone:
        raise Http404
    form = ReasonForm(sent(request), initial={"key": new_key()})

    def act() -> object:
        order = SeparateParty(entry=row.entry, case=reference, party=party, reason=form.cleaned_data["reason"])
        return separate_party(signed_in(request), order, key=form.cleaned_data["key"])

    told = _("%(name)s of %(case)s gets an entry of its own.") % {"name": row.party.name, "case": reference}
    return _act(request, found, form, act, heading=_("Not the same party"), lead=told, button=_("Take it out"))


@opened_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, name: str) -> HttpResponse:
    """State who holds the party."""
    found = read_party(signed_in(request), name)
    form, document = TieForm(sent(request), initial={"key": new_key()}), DocumentForm(sent(request))

    def act() -> object:
        order = form.order(found.id, document.cleaned_data)
        return state_tie(signed_in(request), order, key=form.cleaned_data["key"])

    told = _("One of three names the other one: its number, its name, or its place on a list.")
    return _act(
        request, found, form, act, more=document, heading=_("State a tie"), lead=told, button=_("State the tie")
    )


@opened_to(KEEPERS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, name: str, tie: str) -> HttpResponse:
    """A tie has ended, or never held."""
    found = read_party(signed_in(request), name)
    row = next((one for one in found.ties if one.id == tie and one.may_end), None)
    if row is None:
        raise Http404
    form = EndForm(sent(request), initial={"key": new_key()})

    def act() -> object:
        said = form.cleaned_data
        order = EndTie(tie=tie, reason=said["reason"], last_day=said["last_day"])
        return end_tie(signed_in(request), order, key=said["key"])

    shown = rows.tie(found, row)
    told = ", ".join(filter(None, (row.other or found.party.name, shown["what"], shown["share"])))
    return _act(request, found, form, act, heading=_("End the tie"), lead=told, button=_("End it"))


def _act(
    request: HttpRequest,
    found: RegisterPage,
    form: django_forms.Form,
    act: Callable[[], object],
    more: django_forms.Form | None = None,
    **told: object,
) -> HttpResponse:
    """The page of one act, or the party's once it is done."""
    sound = form.is_valid() and (more is None or more.is_valid())
    if request.method == "POST" and sound and carried_out(form, act):
        return redirect("register:party", name=found.id)
    context: dict[str, Any] = {
        "party": found,
        "form": form,
        "more": more,
        "back": rows.href(found.id),
        "breadcrumbs": _crumbs(found),
    }
    return render(request, "casework/register_form.html", context | told)


def _crumbs(found: RegisterPage) -> list[dict[str, str]]:
    return [{"href": rows.list_href(), "text": _("Parties")}, {"href": rows.href(found.id), "text": found.party.name}]
