"""What an exporter has submitted, what he is asked, and what the authority may tell him."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import State
from safeconduct.access.model import OPEN_STATES
from safeconduct.core.errors import Refusal
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import answer_form, given, new_key
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.doors.page.sent import sent
from safeconduct.doors.portal.apply import EXPORTERS, KEPT
from safeconduct.doors.portal.summary import sections
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.assess_case import Assess, assess_case
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.reading import CasePage, QueueRow, case_page, queue


@opened_to(EXPORTERS)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """All that the exporter's organisation has submitted, the newest first."""
    rows = sorted(queue(signed_in(request)), key=lambda row: row.opened, reverse=True)
    page = page_of(request, rows, _row)
    context = {"page": page, "new": reverse("portal:tasks"), "draft": bool(request.session.get(KEPT))}
    return render(request, "portal/start.html", context)


def _row(row: QueueRow) -> dict[str, Any]:
    asked = row.questions_open if row.state in OPEN_STATES else 0
    return {
        "reference": row.reference,
        "href": reverse("portal:application", kwargs={"reference": row.reference}),
        "title": row.title,
        "state": _standing(row.state),
        "review": row.state == State.REOPENED,
        "asks": ngettext("%(n)d question to you", "%(n)d questions to you", asked) % {"n": asked} if asked else "",
        "received": words.day(row.opened),
    }


def _standing(state: str) -> str:
    """Where a case stands, as its exporter may know it: never what the assessment says."""
    told = {
        State.AWAITING_INFORMATION: _("The authority waits for answers. Its time stands still until it has them."),
        State.APPROVED: _("Approved"),
        State.REFUSED: _("Refused"),
        State.REOPENED: _("Your licence is under review. It stands until the authority has decided."),
        State.REVOKED: _("The licence was ended"),
    }
    return told.get(State(state), _("Under examination"))


@opened_to(EXPORTERS)
@require_GET
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application as its exporter may see it."""
    found = case_page(signed_in(request), reference)
    file = msgspec.to_builtins(found.case_file)
    context = {
        "case": {"reference": reference, "state": _standing(found.identity.state)},
        "submitted": request.session.pop("submitted", "") == reference,
        "sections": sections({"statements": [], "parties": [], "lines": [], **file}, changeable=False),
        "questions": _questions(found, reference),
        "decision": _decision(found),
    }
    return render(request, "portal/application.html", context)


def _decision(found: CasePage) -> dict[str, Any] | None:
    """The decision with what of its reasons may be disclosed here: the silence that it rests on, if it does."""
    made = found.decision
    if made is None:
        return None
    unanswered = [one.words for one in found.questions if one.id in made.unanswered]
    return {
        "what": words.heading(made.what),
        "day": words.day(made.at),
        "silence": bool(made.unanswered),
        "unanswered": unanswered,
        "disclosable": made.disclosable,
    }


def _questions(found: CasePage, reference: str) -> list[dict[str, Any]]:
    is_open = found.identity.state in OPEN_STATES
    return [
        {
            "text": question.words,
            "due": words.day(question.due),
            "overdue": is_open and question.state == "open" and words.is_past(question.due),
            "answered": question.state == "answered",
            "closed": _closed(found, question.due) if question.state == "open" and not is_open else "",
            "answer_href": reverse("portal:answer", kwargs={"reference": reference, "question": question.id})
            if question.state == "open" and is_open
            else "",
        }
        for question in found.questions
        if question.to == "exporter" and question.state in ("open", "answered")
    ]


def _closed(found: CasePage, due: str) -> str:
    """How a question ended that the decision found without an answer: late only if its last day was over by then."""
    late = found.decision is not None and due < found.decision.at[:10]
    return _("Closed: not answered in time") if late else _("Closed: the case was decided without an answer")


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    """One answer to the authority."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    asked = next((one for one in found.questions if one.id == question and one.to == "exporter"), None)
    if asked is None or asked.state != "open" or found.identity.state not in OPEN_STATES:
        raise Http404
    form = answer_form(asked.fact, asked.words, asked.type)(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        said = given(asked.fact, asked.type, form.cleaned_data["value"])
        key = form.cleaned_data["key"]
        try:
            answer_question(actor, Answer(case=reference, question=question, value=said), key=key)
        except Refusal as refusal:
            form.add_error(None, in_words(refusal))
        else:
            _assess_anew(reference, key)
            return redirect("portal:application", reference=reference)
    context = {
        "form": form,
        "title": asked.words,
        "section": reference,
        "button": _("Send the answer"),
        "foot": _("What you send is kept as you send it. Another answer later stands beside it."),
        "back": reverse("portal:application", kwargs={"reference": reference}),
    }
    return render(request, "portal/step.html", context)


def _assess_anew(reference: str, key: str) -> None:
    """The system judges the case with the answer in it, so that an officer finds it so. If it cannot (no policy
    is in force), that is the authority's to see to: the answer stands, and the exporter learns nothing of it."""
    with suppress(Refusal):
        assess_case(SYSTEM, Assess(case=reference), key=f"{key} assess")
