"""Writing an application: a list of tasks, one subject a page, and a last look before it is submitted.

The draft lives in the session. Nothing of it reaches the authority before the button is pressed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import Role
from safeconduct.core.errors import Refusal
from safeconduct.doors.page import words
from safeconduct.doors.page.fact_field import fact_field, shown
from safeconduct.doors.page.fact_field import stated as stated_value
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.doors.portal import draft as drafts
from safeconduct.doors.portal.asked import BY_SLUG, GOODS, USE, Asked
from safeconduct.doors.portal.forms import DeclarationForm, KindForm
from safeconduct.doors.portal.summary import left_open, sections
from safeconduct.flows.submit_application import Submit, submit_application

EXPORTERS = frozenset({Role.EXPORTER})
KEPT = "draft"


def draft_of(request: HttpRequest) -> drafts.Draft:
    """The draft of this session; a change to it has to be kept with ``keep``."""
    found: drafts.Draft = request.session.get(KEPT) or drafts.empty()
    return found


def keep(request: HttpRequest, draft: drafts.Draft) -> None:
    """Hold the draft until its author comes back, on this device and while he is signed in."""
    request.session[KEPT] = draft


def step(request: HttpRequest, form: django_forms.Form, **context: object) -> HttpResponse:
    """A page of one form."""
    return render(request, "portal/step.html", {"form": form, **context})


@opened_to(EXPORTERS)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What there is to fill in, and how far it is."""
    groups = _tasks(draft_of(request))
    every = [task for group in groups for task in group["tasks"]]
    done = sum(1 for task in every if task["done"])
    progress = _("%(done)s of %(all)s parts are filled in.") % {"done": done, "all": len(every)}
    check = reverse("portal:check")
    return render(request, "portal/tasks.html", {"sections": groups, "progress": progress, "check": check})


def _tasks(draft: drafts.Draft) -> list[dict[str, Any]]:
    answered = sum(1 for asked in USE if drafts.statement(draft, asked.fact.key) is not None)
    lines, others = len(draft["lines"]), len(drafts.others(draft))
    first = USE[0].slug
    return [
        {"title": _("The application"), "tasks": [_task(_("What you apply for"), "kind", bool(draft["kind"]))]},
        {
            "title": _("Who takes part"),
            "tasks": [
                _task(_("Your company"), "company", bool(drafts.company(draft))),
                _task(
                    _("End-user"),
                    "end-user",
                    bool(drafts.end_user(draft)),
                    hint=_("Who will use the goods in the end."),
                ),
                _task(
                    _("Others"),
                    "parties",
                    others > 0,
                    status=ngettext("%(n)d party", "%(n)d parties", others) % {"n": others},
                    hint=_("Consignees, agents, whoever signs for the recipient."),
                ),
            ],
        },
        {
            "title": _("What it is about"),
            "tasks": [
                _task(
                    _("Goods"),
                    "goods",
                    lines > 0,
                    status=ngettext("%(n)d line", "%(n)d lines", lines) % {"n": lines},
                    hint=_("Each kind of goods, software or service, with its product sheet."),
                ),
                _task(
                    _("Use"),
                    "fact",
                    answered > 0,
                    status=_("%(n)d of %(all)d answered") % {"n": answered, "all": len(USE)},
                    slug=first,
                ),
            ],
        },
    ]


def _task(title: str, name: str, done: bool, *, status: str = "", hint: str = "", **kwargs: object) -> dict[str, Any]:
    word = (status or _("Filled in")) if done else _("Not started")
    return {
        "title": title,
        "href": reverse(f"portal:{name}", kwargs=kwargs),
        "done": done,
        "status": word,
        "hint": hint,
    }


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest) -> HttpResponse:
    """What is applied for."""
    draft = draft_of(request)
    form = KindForm(sent(request), initial={"kind": draft["kind"], "reference": draft["reference"]})
    if request.method == "POST" and form.is_valid():
        keep(request, draft | form.cleaned_data)
        return redirect("portal:tasks")
    heading = _("What you apply for")
    return step(request, form, title=heading, heading=heading, back=reverse("portal:tasks"))


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One question about the use, or about one line of goods."""
    draft, asked = draft_of(request), BY_SLUG.get(slug)
    series = GOODS if number else USE
    if asked is None or asked not in series or (number and drafts.line(draft, number) is None):
        raise Http404
    form = _fact_form(asked)(
        sent(request), initial={"value": shown(asked.fact, drafts.statement(draft, asked.fact.key, number))}
    )
    if request.method == "POST" and form.is_valid():
        drafts.state(
            draft, asked.fact, stated_value(asked.fact, form.cleaned_data["value"]), words.today().isoformat(), number
        )
        keep(request, draft)
        return redirect(_after(series, asked, number))
    section = _("Goods, line %(number)s") % {"number": number} if number else _("Use")
    skip = _("You can go on without an answer: the authority will ask if it matters.")
    return step(request, form, title=asked.question, section=section, foot=skip, back=_before(series, asked, number))


def _fact_form(asked: Asked) -> Callable[..., django_forms.Form]:
    field = fact_field(asked.fact, label=str(asked.question), hint=str(asked.hint))
    return type("FactForm", (django_forms.Form,), {"value": field})


def _address(asked: Asked, number: int) -> str:
    if number:
        return reverse("portal:line-fact", kwargs={"number": number, "slug": asked.slug})
    return reverse("portal:fact", kwargs={"slug": asked.slug})


def _after(series: tuple[Asked, ...], asked: Asked, number: int) -> str:
    at = series.index(asked) + 1
    if at < len(series):
        return _address(series[at], number)
    return reverse("portal:goods" if number else "portal:tasks")


def _before(series: tuple[Asked, ...], asked: Asked, number: int) -> str:
    at = series.index(asked) - 1
    if at >= 0:
        return _address(series[at], number)
    return reverse("portal:sheet", kwargs={"number": number}) if number else reverse("portal:tasks")


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last look, and the button."""
    draft = draft_of(request)
    form = DeclarationForm(sent(request), initial={"key": str(uuid.uuid4())})
    if request.method == "POST" and form.is_valid() and _is_whole(draft, form):
        order = Submit(application=drafts.as_application(draft, words.today().isoformat()), name=_("your application"))
        try:
            done = submit_application(signed_in(request), order, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.add_error(None, f"{refusal.where}: {in_words(refusal)}")
        else:
            request.session.pop(KEPT, None)
            request.session["submitted"] = done.case
            return redirect("portal:application", reference=done.case)
    count = left_open(draft)
    said = ngettext("%(n)d answer is left open", "%(n)d answers are left open", count) % {"n": count}
    context = {
        "form": form,
        "sections": sections(draft),
        "left_open": said if count else "",
        "back": reverse("portal:tasks"),
    }
    return render(request, "portal/check.html", context)


def _is_whole(draft: drafts.Draft, form: django_forms.Form) -> bool:
    """Whether there is anything to decide on. Everything else may stay open: then the authority asks."""
    lacking = (
        (not draft["kind"], _("Say what you apply for")),
        (not drafts.company(draft), _("Name your company")),
        (not draft["lines"], _("Add at least one line of goods")),
    )
    for lacks, text in lacking:
        if lacks:
            form.add_error(None, text)
    return form.is_valid()
