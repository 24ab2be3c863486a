"""Acts on a case: each a page with one form, each one flow. What a flow refuses stands at the head of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.access import Role, State
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.decide import Act
from safeconduct.doors.casework import findings
from safeconduct.doors.casework.forms import AskForm, DecideForm, KeyForm, LapseForm, ReviewForm
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.page.answer_form import SourceForm, answer_form, given, grade, new_key
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.ask_fact import AskFact, ask_fact
from safeconduct.flows.assess_case import Assess, assess_case
from safeconduct.flows.lapse_question import Lapse, lapse_question
from safeconduct.flows.reading import CasePage, QuestionView, case_page
from safeconduct.flows.record_decision import Decide, record_decision

DESK = frozenset({Role.OFFICER, Role.ADVISER, Role.COUNTERSIGNER})


def carried_out(form: django_forms.Form, act: Callable[[], object], named_below: str = "") -> bool:
    """Whether the act was done; what stood in its way is put at the head of the form.

    ``named_below`` is said instead where the page itself names it, in words that the flow does not have.
    """
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, named_below or in_words(refusal))
        return False
    return True


def assess_anew(request: HttpRequest, reference: str, key: str) -> None:
    """Judge again after something changed. Where a screening has to come first, its worker was woken.

    What was done before stands, so a refusal here (no policy in force) is told, not raised.
    """
    try:
        result = assess_case(signed_in(request), Assess(case=reference), key=f"{key} assess")
    except Refusal as refusal:
        messages.warning(request, _("It is recorded. The case was not assessed anew: %s") % in_words(refusal))
        return
    if result.waiting:
        messages.info(request, _("It is recorded. The case is assessed as soon as its parties have been screened."))


@opened_to(DESK)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    """An answer that the authority records, with the document it rests on."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    asked = _open_question(found, question)
    form = answer_form(asked.fact, asked.words, asked.type)(sent(request), initial={"key": new_key()})
    source = SourceForm(sent(request))
    sound = form.is_valid() and source.is_valid()
    if request.method == "POST" and sound:
        key = form.cleaned_data["key"]
        order = _answer(reference, question, asked, form, source)
        if carried_out(form, lambda: answer_question(actor, order, key=key)):
            assess_anew(request, reference, key)
            return redirect("casework:questions", reference=reference)
    return _form(
        request,
        frame(found, "questions"),
        form,
        heading=_("Record an answer"),
        more=source,
        button=_("Record the answer"),
        back=reverse("casework:questions", kwargs={"reference": reference}),
    )


def _answer(
    reference: str, question: str, asked: QuestionView, form: django_forms.Form, source: django_forms.Form
) -> Answer:
    told = source.cleaned_data
    return Answer(
        case=reference,
        question=question,
        value=given(asked.fact, asked.type, form.cleaned_data["value"]),
        source=Source(
            told["kind"],
            told["ref"],
            told["date"],
            told["place"],
            told["author"],
            sealed=told["sealed"],
            grade=grade(told),
            disclosable=told["disclosable"],
        ),
        searched=told["searched"],
    )


def _open_question(found: CasePage, name: str) -> QuestionView:
    asked = next((one for one in found.questions if one.id == name), None)
    if asked is None or asked.state not in ("open", "accepted"):
        raise Http404
    return asked


@opened_to(DESK)
@require_http_methods(["GET", "POST"])
def lapse(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    """The time to answer a decisive question has run out."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    asked = _open_question(found, question)
    form = LapseForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = Lapse(case=reference, ending=said["ending"], question=question, reasons=said["reasons"])
        if carried_out(form, lambda: lapse_question(actor, order, key=said["key"])):
            if said["ending"] == "accept":
                assess_anew(request, reference, said["key"])
            return redirect("casework:overview", reference=reference)
    return _form(
        request,
        frame(found, "questions"),
        form,
        heading=_("The time to answer has run out"),
        lead=asked.words,
        button=_("Record it"),
        back=reverse("casework:questions", kwargs={"reference": reference}),
    )


@opened_to(DESK)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision. The machine says what stands in the way of an approval, and decides nothing."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    review = found.identity.state == State.REOPENED
    form = (ReviewForm if review else DecideForm)(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = Decide(
            case=reference,
            decision=said["decision"],
            reasons=said["reasons"],
            disclosable=said["disclosable"],
        )
        below = _("An approval is not possible yet. What stands in its way is named below.")
        named_below = below if said["decision"] == "approve" and found.obstacles.get(Act.APPROVE) else ""
        if carried_out(form, lambda: record_decision(actor, order, key=said["key"]), named_below):
            return redirect("casework:overview", reference=reference)
    outcome = found.identity.outcome
    lead = _("The assessment says: %s.") % findings.head(outcome) if outcome else _("There is no assessment yet.")
    return _form(
        request,
        frame(found, ""),
        form,
        heading=_("Decide on the licence") if review else _("Record a decision"),
        lead=lead,
        obstacles=found.obstacles.get(Act.APPROVE, ()),
        warn=_("A decision closes the case. It cannot be taken back, only followed by another."),
        button=_("Record the decision"),
        back=reverse("casework:overview", kwargs={"reference": reference}),
    )


@opened_to(DESK)
@require_POST
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge the case as it stands now; where a screening has to come first, it is asked for."""
    form = KeyForm(request.POST)
    if form.is_valid():
        assess_anew(request, reference, form.cleaned_data["key"])
    return redirect("casework:overview", reference=reference)


@opened_to(DESK)
@require_POST
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """One more question, at the press of a button beside what it could change."""
    form = AskForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    order = AskFact(case=reference, fact=said["fact"], subject=said["subject"])
    try:
        done = ask_fact(signed_in(request), order, key=said["key"])
    except Refusal as refusal:
        messages.warning(request, in_words(refusal))
        return redirect("casework:assessment", reference=reference)
    text = _("It is asked: %s") if done.new else _("It was asked already: %s")
    messages.success(request, text % findings.fact_name(order.fact))
    return redirect("casework:assessment", reference=reference)


def _form(request: HttpRequest, context: dict[str, Any], form: django_forms.Form, **more: object) -> HttpResponse:
    return render(request, "casework/form.html", context | {"form": form, **more})
