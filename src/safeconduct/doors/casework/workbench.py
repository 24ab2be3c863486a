"""The policy workbench: read a pack as numbered sentences, edit it, check it, try it on past cases, sign it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import Role
from safeconduct.core.errors import Refusal
from safeconduct.doors.casework.flow_picture import picture
from safeconduct.doors.casework.forms import KeyForm
from safeconduct.doors.casework.policy_change import LEADS, TITLES, add, change, grid, heading
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.doors.page.sent import sent
from safeconduct.flows.editing_packs import KINDS, Kind, draft_of
from safeconduct.flows.reading_packs import PackRowView, PackView, checked, pack_view, packs
from safeconduct.flows.sign_pack import SignPack, sign_pack
from safeconduct.flows.try_on_cases import Trial, try_on_cases
from safeconduct.flows.try_pack import TryPack, try_pack

SIGNERS = frozenset({Role.POLICY_LEAD, Role.COUNTERSIGNER})
NEWEST = 200  # cases that a page tries a pack on; the command line takes all
MOST_NAMED = 25
STANDINGS = {
    "in_force": gettext_lazy("In force"),
    "begins_later": gettext_lazy("Signed, begins later"),
    "unsigned": gettext_lazy("Not signed by two"),
    "earlier": gettext_lazy("Not in force any more"),
}


def _file() -> forms.Textarea:
    """Text that a program reads: one width of letter, left to right in every language."""
    wide = block(30)
    wide.attrs |= {"class": "govuk-textarea sc-file", "dir": "ltr", "spellcheck": "false"}
    return wide


class DraftForm(KeyForm):
    """A pack as its file."""

    text = forms.CharField(
        label=gettext_lazy("The pack's file"),
        help_text=gettext_lazy("One TOML file, in the policy language. What is wrong is told with its line."),
        max_length=1_000_000,
        strip=False,
        widget=_file(),
        error_messages={"required": gettext_lazy("Write a pack, or begin from one that is kept")},
    )


@opened_to(SIGNERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every pack that is kept."""
    page = page_of(request, packs(signed_in(request), words.today()), _row)
    return render(request, "casework/policies.html", {"page": page})


@opened_to(SIGNERS)
@require_GET
def pack(request: HttpRequest, sha256: str) -> HttpResponse:
    """One pack as numbered sentences, with what it changes; ``?try`` runs it over the newest cases."""
    actor, found = signed_in(request), _pack(request, sha256)
    tried = None
    if "try" in request.GET:
        tried = try_on_cases(actor, found.text.encode(), found.row.name, newest=NEWEST)
    return render(request, "casework/policy.html", _context(request, found, tried))


@opened_to(SIGNERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, sha256: str) -> HttpResponse:
    """The pack as its file: check it, or keep it to be tried and signed."""
    actor, found = signed_in(request), _pack(request, sha256)
    form = DraftForm(sent(request), initial={"key": new_key(), "text": found.text})
    result = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["text"].replace("\r\n", "\n").encode()
        result = checked(actor, data, words.today())
        if not result.problems and "keep" in request.POST:
            try:
                kept = try_pack(actor, TryPack(pack=data, name="pack"), key=form.cleaned_data["key"])
            except Refusal as refusal:
                form.add_error(None, in_words(refusal))
            else:
                messages.success(request, _("The pack is kept. Nobody has signed it yet."))
                return redirect("policy:pack", sha256=kept.sha256)
        for each in result.problems[:MOST_NAMED]:
            form.add_error("text", f"{each.where}: {each.what}. {_('What to do: %s') % each.remedy}")
    context = {"form": form, "result": result, "back": reverse("policy:pack", kwargs={"sha256": sha256})}
    status = HTTPStatus.OK if not form.errors else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "casework/policy_edit.html", context, status=status)


@opened_to(SIGNERS)
@require_http_methods(["POST"])
def sign(request: HttpRequest, sha256: str) -> HttpResponse:
    """One signature; two different people put the pack in force."""
    actor, found = signed_in(request), _pack(request, sha256)
    order = SignPack(pack=found.text.encode(), name=found.row.name)
    done = sign_pack(actor, order, key=f"sign/{order.content_key()}/{actor.id}")
    if done.in_force:
        messages.success(request, _("Two people have signed. The pack is in force."))
    elif len(done.signed_by) > 1:
        messages.success(request, _("Two people have signed. The pack begins on %s.") % done.begins)
    else:
        messages.success(request, _("You have signed. Another person must sign the same pack."))
    return redirect("policy:pack", sha256=sha256)


def _pack(request: HttpRequest, sha256: str) -> PackView:
    try:
        return pack_view(signed_in(request), sha256, words.today())
    except Refusal as refusal:
        if refusal.what == "no such policy pack":
            raise Http404 from refusal
        raise


def _row(one: PackRowView) -> dict[str, Any]:
    return {
        "href": reverse("policy:pack", kwargs={"sha256": one.sha256}),
        "name": one.name,
        "hash": one.sha256[:12],
        "kept": words.day(one.kept),
        "begins": words.day(one.begins) if one.begins else "",
        "signed_by": ", ".join(one.signers),
        "standing": STANDINGS[one.standing],
    }


def _context(request: HttpRequest, found: PackView, tried: Trial | None) -> dict[str, Any]:
    at = {"sha256": found.row.sha256}
    leads = signed_in(request).role in LEADS
    return {
        "pack": found,
        "row": _row(found.row),
        "sections": _sections(found, leads),
        "grid": list(enumerate(found.grid, 1)),
        "change_grid": reverse("policy:grid", kwargs=at) if leads else "",
        "heading": reverse("policy:heading", kwargs=at) if leads else "",
        "added": [(reverse("policy:add", kwargs=at | {"kind": kind}), TITLES[kind]) for kind in KINDS if leads],
        "signed": signed_in(request).id in found.row.signed_by,
        "sign": reverse("policy:sign", kwargs=at),
        "edit": reverse("policy:edit", kwargs=at),
        "tried": tried,
        "changed": tried.changed[:MOST_NAMED] if tried else (),
        "picture": picture(tried) if tried and tried.flows else None,
        "breadcrumbs": [{"href": reverse("policy:index"), "text": _("Policy")}],
    }


def _sections(found: PackView, leads: bool) -> list[dict[str, Any]]:
    """The sentences by section; one that a form can change leads to it."""
    draft = draft_of(found) if leads else None
    sections: dict[str, list[Any]] = {}
    for one in found.sentences:
        at = {"sha256": found.row.sha256, "kind": one.kind, "name": one.name}
        change = (
            reverse("policy:change", kwargs=at)
            if draft and draft.table(cast(Kind, one.kind), one.name) is not None
            else ""
        )
        sections.setdefault(one.section, []).append({"said": one, "name": one.name, "change": change})
    return [{"title": title, "first": each[0]["said"].number, "sentences": each} for title, each in sections.items()]


app_name = "policy"
urlpatterns = [
    path("", index, name="index"),
    path("<slug:sha256>/", pack, name="pack"),
    path("<slug:sha256>/edit/", edit, name="edit"),
    path("<slug:sha256>/sign/", sign, name="sign"),
    path("<slug:sha256>/heading/", heading, name="heading"),
    path("<slug:sha256>/grid/", grid, name="grid"),
    path("<slug:sha256>/add/<slug:kind>/", add, name="add"),
    path("<slug:sha256>/change/<slug:kind>/<path:name>/", change, name="change"),
]
