"""A case, tab by tab. Each is a page with an address of its own; each is thin over one reading query."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from safeconduct.access import Actor
from safeconduct.access.model import OPEN_STATES
from safeconduct.core.item import Item
from safeconduct.decide import Act
from safeconduct.decide.needs import PASSES
from safeconduct.doors.casework import (
    argue,
    changes_rows,
    findings,
    goods_rows,
    party_rows,
    rated_rows,
    register_rows,
    reopened,
)
from safeconduct.doors.casework.identity import frame, with_role
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.flows.proposals import proposals_in
from safeconduct.flows.reading import CasePage, QuestionView, case_page, may_export, policy_in_force
from safeconduct.flows.reading import assessment as read_assessment

REASONS = 7  # on the overview; the assessment has them all


@opened_to(OFFICE)
@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The reason for the outcome, what comes next, and the application at a glance."""
    found = case_page(signed_in(request), reference)
    context = frame(found, "overview") | {
        "why": findings.why(found.assessment, _kinds(), REASONS) if found.assessment else None,
        "would_change": _would_change(signed_in(request), found),
        "assessment_href": reverse("casework:assessment", kwargs={"reference": reference}),
        "pending": found.identity.screening == "pending",
        "lines": goods_rows.short(found),
        "alerts": party_rows.alerts(found),
        "rows": _application_rows(found),
        "next": _next(found),
        "reopened": reopened.section(found.identity),
        "decision": _decision(found),
    }
    return render(request, "casework/overview.html", context)


def _would_change(actor: Actor, found: CasePage) -> list[str]:
    """For a case that passes: the facts that would change it."""
    if found.assessment is None or found.identity.outcome not in PASSES:
        return []
    return findings.would_change(read_assessment(actor, found.identity.reference))[:REASONS]


def _application_rows(found: CasePage) -> list[dict[str, Any]]:
    file = found.case_file
    stated = next((item.value for item in file.statements if item.fact == "use.stated"), "")
    consignee = with_role(file, "consignee", "intermediate_consignee")
    return [
        {"key": _("Kind"), "value": words.heading(file.kind)},
        {"key": _("Exporter's own reference"), "value": file.reference, "code": True},
        {"key": _("Submitted"), "value": words.day(file.submitted)},
        {"key": _("Submitted by"), "value": found.identity.organisation},
        {"key": _("Consignee"), "value": consignee.name if consignee else ""},
        {"key": _("Stated use"), "value": str(stated)},
    ]


def _next(found: CasePage) -> dict[str, Any]:
    at = {"reference": found.identity.reference}
    asked = [one for one in found.questions if one.state == "open"]
    decisive = sum(1 for one in asked if one.decisive)
    said = ngettext("%(n)d question is open", "%(n)d questions are open", len(asked)) % {"n": len(asked)}
    tail = ngettext("%(n)d of them decisive", "%(n)d of them decisive", decisive) % {"n": decisive}
    may_decide = Act.REFUSE in found.may
    return {
        "questions": f"{said}, {tail}." if asked else "",
        "questions_href": reverse("casework:questions", kwargs=at),
        "obstacles": found.obstacles.get(Act.APPROVE, ()),
        "decide": reverse("casework:decide", kwargs=at) if may_decide else "",
        "assess": reverse("casework:assess", kwargs=at) if found.may & {Act.CONCLUDE, Act.ASK} else "",
        "key": new_key(),
    }


def _decision(found: CasePage) -> dict[str, Any] | None:
    made = found.decision
    if made is None:
        return None
    return {
        "what": words.heading(made.what),
        "day": words.day(made.at),
        "by": next((one.name for one in found.record if one.author == made.author and one.name), made.author),
        "silence": [one.words for one in found.questions if one.id in made.unanswered],
        "reasons": made.reasons,
        "disclosable": made.disclosable,
    }


@opened_to(OFFICE)
@require_GET
def goods(request: HttpRequest, reference: str) -> HttpResponse:
    """Each line with the entries that catch it, the notes that free it, and its product sheet."""
    found = case_page(signed_in(request), reference)
    page = page_of(request, found.case_file.lines, partial(_line, signed_in(request), found))
    return render(request, "casework/goods.html", frame(found, "goods") | {"page": page})


def _line(actor: Actor, found: CasePage, item: Item) -> dict[str, Any]:
    """Proposals are sought in the sheets of the lines on this page alone: it takes a second for a long one."""
    proposed = proposals_in(actor, found.identity.reference, (item,))
    rated = rated_rows.rated(actor, found, item)
    return goods_rows.line(found, proposed, item, rated["texts"]) | {"rated": rated}


@opened_to(OFFICE)
@require_GET
def parties(request: HttpRequest, reference: str) -> HttpResponse:
    """Each party with the listed entries that resemble it."""
    found = case_page(signed_in(request), reference)
    export = may_export(signed_in(request), reference)
    shown = partial(party_rows.party, found, everything=request.GET.get("show", ""), export=export)
    notes = register_rows.notes(signed_in(request), reference)
    page = page_of(request, found.case_file.parties, lambda one: {**shown(one), "register": notes.get(one.id)})
    context = frame(found, "parties") | {"page": page, "screened": party_rows.screened(found)}
    return render(request, "casework/parties.html", context)


@opened_to(OFFICE)
@require_GET
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Scenarios, findings with their evidence, what would change the outcome, and what all of it stands on."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    plain = read_assessment(actor, reference) if found.assessment else None
    context = frame(found, "assessment") | {
        "assessment": _assessment(plain) if plain else None,
        "unknowns": changes_rows.unknowns(found, plain) if plain else [],
        "ask_href": reverse("casework:ask", kwargs={"reference": reference})
        if changes_rows.may_ask(actor, found)
        else "",
        "key": new_key(),
        "argued": argue.shown(actor, found),
        "argue_href": reverse("casework:argue", kwargs={"reference": reference}) if argue.may(actor, found) else "",
        "stale": found.assessment is not None and found.decision is None and not found.assessment_current,
    }
    return render(request, "casework/assessment.html", context)


def _assessment(plain: dict[str, Any]) -> dict[str, Any]:
    kinds = _kinds()
    return {
        "id": plain["assessment_id"],
        "on": words.day(plain["on"]),
        "why": findings.why(plain, kinds),
        "scenarios": findings.scenarios(plain),
        "groups": findings.groups(plain, kinds),
        "would_change": findings.would_change(plain),
        "policy": plain["policy"],
        "editions": [
            {**each, "published": words.day(each["published"]), "obtained": words.day(each["obtained"])}
            for each in plain["editions"]
        ],
    }


def _kinds() -> dict[str, str]:
    pack = policy_in_force()
    return {rule.id: rule.group for rule in pack.rules} if pack else {}


@opened_to(OFFICE)
@require_GET
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked, of whom, until when, and what came of it; open ones first."""
    found = case_page(signed_in(request), reference)
    rows = sorted(found.questions, key=lambda one: (one.state != "open", not one.decisive, one.due, one.id))
    page = page_of(request, rows, partial(_question, found))
    context = frame(found, "questions") | {"page": page, "clock": _clock(found)}
    return render(request, "casework/questions.html", context)


def _clock(found: CasePage) -> str:
    run = ngettext("%(n)d day", "%(n)d days", found.identity.days_run) % {"n": found.identity.days_run}
    if found.identity.clock_stopped:
        return _("The authority's time stands still while a decisive question is open; %(run)s of it have run.") % {
            "run": run
        }
    return _("%(run)s of the authority's time have run.") % {"run": run}


def _question(found: CasePage, one: QuestionView) -> dict[str, Any]:
    at = {"reference": found.identity.reference, "question": one.id}
    is_open = one.state == "open" and found.identity.state in OPEN_STATES
    overdue = is_open and words.is_past(one.due)
    lapses = overdue and one.decisive and Act.ACCEPT_UNKNOWN in found.may
    return {
        "id": one.id,
        "fact": one.id,
        "text": one.words,
        "decisive": one.decisive,
        "to": _("the exporter") if one.to == "exporter" else _("the authority itself"),
        "state": one.state if is_open or one.state != "open" else "closed",
        "asked": words.day(one.asked),
        "due": words.day(one.due),
        "overdue": overdue,
        "answer_href": reverse("casework:answer", kwargs=at) if is_open and Act.ANSWER in found.may else "",
        "lapse_href": reverse("casework:lapse", kwargs=at) if lapses else "",
    }
