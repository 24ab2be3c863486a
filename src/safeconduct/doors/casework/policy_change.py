"""Edit a pack as a form: one table, the grid or the heading at a time. Each step is a kept pack."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safeconduct.access import Role
from safeconduct.core.errors import Refusal
from safeconduct.doors.casework.policy_forms import TableForm
from safeconduct.doors.casework.policy_grid import GridForm, HeadingForm
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.editing_packs import (
    KINDS,
    Draft,
    Kind,
    draft_of,
    heading_threshold,
    line_at,
    with_grid,
    with_heading,
    with_table,
    without_table,
)
from safeconduct.flows.reading_packs import Checked, PackView, checked, pack_view
from safeconduct.flows.try_pack import TryPack, try_pack

LEADS = frozenset({Role.POLICY_LEAD})
TITLES = {
    "rule": gettext_lazy("Rule"), "scenario": gettext_lazy("Scenario"), "question": gettext_lazy("Question"),
    "term": gettext_lazy("Term"), "likelihood": gettext_lazy("What makes misuse likely"),
    "lowers": gettext_lazy("What lowers likelihood"), "exception": gettext_lazy("Exception"),
    "second_person": gettext_lazy("When two people are needed"), "case": gettext_lazy("Example of a whole case"),
    "grid": gettext_lazy("Outcome by severity and likelihood"), "heading": gettext_lazy("Name, title and first day"),
}  # fmt: skip
FIRST_FIELDS = {
    "when": ("condition", "row1_fact"),
    "decisive": ("condition", "row1_fact", "decisive"),
    "example": ("example1_facts",),
    "severity": ("severity1_text",),
    "id": ("name",),
    "fact": ("name",),
}


@opened_to(LEADS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, sha256: str, kind: str, name: str) -> HttpResponse:
    """One table that the pack has, changed or taken away."""
    found, draft = _draft(request, sha256)
    if kind not in KINDS or (table := draft.table(kind, name)) is None:
        raise Http404
    if "take" in request.POST:
        form: forms.Form = _table_form(request, draft, kind, name, table)
        ground = request.POST.get("ground", "").strip() if draft.takes_ground(kind, name) else ""
        text = without_table(draft, kind, name, ground)
        return _answered(request, found, form, kind, name, text)
    return _table_page(request, found, draft, kind, name, table)


@opened_to(LEADS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, sha256: str, kind: str) -> HttpResponse:
    """A table that the pack has not."""
    found, draft = _draft(request, sha256)
    if kind not in KINDS:
        raise Http404
    return _table_page(request, found, draft, kind, "", None)


@opened_to(LEADS)
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, sha256: str) -> HttpResponse:
    """The outcome of each severity and likelihood."""
    found, draft = _draft(request, sha256)
    form = GridForm(sent(request), grid=draft.grid(), ground=draft.ground("grid"))
    text = with_grid(draft, form.stated(), form.cleaned_data["ground"].strip()) if form.is_valid() else None
    return _answered(request, found, form, "grid", "grid", text)


@opened_to(LEADS)
@require_http_methods(["GET", "POST"])
def heading(request: HttpRequest, sha256: str) -> HttpResponse:
    """What the pack is called and from when it applies."""
    found, draft = _draft(request, sha256)
    own = draft.own
    initial = {"key": new_key(), "name": own["name"], "title": own["title"]["en"], "begins": own.get("begins", "")}
    form = HeadingForm(sent(request), initial=initial | {"threshold": heading_threshold(draft)})
    text = None
    if form.is_valid():
        given = form.cleaned_data
        begins = given["begins"].isoformat() if given["begins"] else ""
        text = with_heading(draft, given["name"], given["title"], given["threshold"], begins)
    return _answered(request, found, form, "heading", "", text)


def _table_form(request: HttpRequest, draft: Draft, kind: Kind, name: str, table: dict[str, Any] | None) -> TableForm:
    terms = draft.terms_above(name if kind == "term" else "")
    asked = {each["fact"] for document in draft.documents for each in document.get("question", [])}
    return TableForm(
        sent(request), kind=kind, table=table, examples=draft.examples(kind, name), terms=terms, asked=sorted(asked),
        ground=draft.takes_ground(kind, name),
    )  # fmt: skip


def _table_page(
    request: HttpRequest, found: PackView, draft: Draft, kind: str, name: str, table: dict[str, Any] | None
) -> HttpResponse:
    known = cast(Kind, kind)
    form = _table_form(request, draft, known, name, table)
    text = None
    if form.is_bound and form.is_valid():
        named = name or form.stated_name()
        if table is None and draft.table(known, named) is not None:
            form.add_error("name", _("The pack has one of this name already"))
        stated, examples = form.stated_table(), form.stated_examples(named)
        if not form.errors:
            text, name = with_table(draft, known, named, stated, examples), draft.name_after(known, named)
    return _answered(request, found, form, kind, name, text)


def _answered(
    request: HttpRequest, found: PackView, form: Any, kind: str, name: str, text: str | None
) -> HttpResponse:  # fmt: skip
    """The form; with a whole file, what it would change, or the page of the pack that is kept."""
    result = None
    if text is not None:
        result = checked(signed_in(request), text.encode(), words.today())
        for each in result.problems[:25]:
            _tell(form, kind, name, text, each.where, f"{each.what}. {_('What to do: %s') % each.remedy}")
        if not result.problems and "check" not in request.POST:
            if text == found.text.replace("\r\n", "\n"):
                messages.info(request, _("Nothing was changed."))
                return redirect("policy:pack", sha256=found.row.sha256)
            try:
                key = request.POST.get("key", "")[:60] or new_key()
                kept = try_pack(signed_in(request), TryPack(pack=text.encode(), name="pack"), key=key)
            except Refusal as refusal:
                form.add_error(None, in_words(refusal))
            else:
                messages.success(request, _("The pack is kept. Nobody has signed it yet."))
                return redirect("policy:pack", sha256=kept.sha256)
    failed = form.is_bound and bool(form.errors)
    context = {
        "form": form, "groups": form.grouped(), "title": TITLES[kind], "name": name, "result": result,
        "sentence": _sentence(result, name), "extends": found.row.standing != "unsigned", "pack": found,
        "may_take": not getattr(form, "adding", True),
        "back": reverse("policy:pack", kwargs={"sha256": found.row.sha256}),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    return render(request, "casework/policy_change.html", context, status=status)


def _tell(form: Any, kind: str, name: str, text: str, where: str, said: str) -> None:
    """A problem beside the field it is about; one of another table above the form, with its line."""
    named, key = line_at(text, where)
    counted = kind if kind in ("likelihood", "lowers", "case") else ""
    wanted = ["ground"] if "is weaker than in" in said else [*FIRST_FIELDS.get(key, ()), key, f"{key}_1"]
    if "has no example of" in said:
        wanted = ["example1_facts"]
    field = next((each for each in wanted if each in form.fields), None)
    ours = named in (name, counted) or key in ("name", "title", "begins", "threshold") or said.startswith(f"{name} ")
    ours = ours or (kind == "likelihood" and "/likelihood-" in said.partition(" ")[0])
    form.add_error(field if ours else None, said if field and ours else f"{where}: {said}")


def _sentence(result: Checked | None, name: str) -> Any:
    if result is None or result.problems:
        return None
    return next((one for one in result.sentences if one.name == name), None)


def _draft(request: HttpRequest, sha256: str) -> tuple[PackView, Draft]:
    try:
        found = pack_view(signed_in(request), sha256, words.today())
    except Refusal as refusal:
        if refusal.what == "no such policy pack":
            raise Http404 from refusal
        raise
    return found, draft_of(found)
