"""Two assessments made apart: recording one's own, both side by side, agreement over time, like cases unlike."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.assess.agreement import Agreement
from safeconduct.assess.appraisal import Compared
from safeconduct.doors.casework.acts import carried_out
from safeconduct.doors.casework.appraisal_forms import AppraisalForm
from safeconduct.doors.casework.findings import fact_name
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.appraise_case import Appraise, appraise_case
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.reading import CasePage, case_page, policy_in_force
from safeconduct.flows.reading_appraisals import AppraisalsPage, agreement_report, appraisals_page
from safeconduct.flows.reading_likeness import Pair, Side, Unlike, likeness_report
from safeconduct.policy import Pack

Plain = dict[str, Any]


@opened_to(OFFICE)
@require_http_methods(["GET", "POST"])
def appraisals(request: HttpRequest, reference: str) -> HttpResponse:
    """One's own assessment, apart from the other's; both side by side once both are in."""
    actor = signed_in(request)
    found, page = case_page(actor, reference), appraisals_page(actor, reference)
    form, pack = _form(request, found, page), policy_in_force()
    if form is not None and request.method == "POST" and form.is_valid():
        order = Appraise(case=reference, appraisal=form.appraisal(), basis=form.cleaned_data["basis"])
        key = form.cleaned_data["key"]
        if carried_out(form, lambda: appraise_case(actor, order, key=key)):
            return redirect("casework:appraisals", reference=reference)
    context = frame(found, "assessment") | {
        "appraisals": page,
        "form": form,
        "signed": [{"name": name, "at": words.moment(at)} for name, at in zip(page.names, page.at, strict=True)],
        "rows": [_row(one, pack) for one in page.compared if one.differs or one.what == "outcome"],
        "alike": [_row(one, pack) for one in page.compared if not one.differs and one.what != "outcome"],
        "summary": _summary(page.compared),
        "own_rows": _own(page),
        "sentences": _sentences(page),
    }
    return render(request, "casework/appraisals.html", context)


def _form(request: HttpRequest, found: CasePage, page: AppraisalsPage) -> AppraisalForm | None:
    pack = policy_in_force()
    if not page.may or found.assessment is None or pack is None:
        return None
    known = {one.id for one in pack.scenarios}
    flags = [one.id for one in pack.rules if one.group == "red_flag"]
    scenarios = {each["scenario"] for line in found.assessment["lines"] for each in line["scenarios"]} & known
    raised = {one["rule"] for one in found.assessment["findings"] if one["verdict"] != "not_met"}
    initial = {"key": new_key(), "basis": page.basis}
    return AppraisalForm(
        sent(request), pack, sorted(scenarios), [one for one in flags if one in raised], initial=initial
    )


def _sentences(page: AppraisalsPage) -> list[str]:
    pack = policy_in_force()
    return [pack.text(name) if pack else name for name in page.demanded]


def _own(page: AppraisalsPage) -> list[Plain]:
    """What the reader recorded himself, while the other's is not in."""
    own = page.own
    if own is None:
        return []
    rows = [{"key": _("Outcome"), "value": f"{_outcome(own.outcome.value)}. {own.reasons}"}]
    for each in own.scenarios:
        said = _("severity %(severity)d, likelihood %(likelihood)d") % {
            "severity": each.severity, "likelihood": each.likelihood,
        }  # fmt: skip
        rows.append({"key": each.scenario, "value": f"{said}. {each.reasons}"})
    rows += [{"key": one.rule, "value": f"{words.heading(one.holds)}. {one.reasons}"} for one in own.flags]
    return rows


def _outcome(word: str) -> str:
    return words.heading(word.replace("-", " "))


def _row(one: Compared, pack: Pack | None) -> Plain:
    titles = {
        "outcome": _("Outcome proposed"),
        "severity": _("%(id)s: severity, 1 to 5") % {"id": one.subject},
        "likelihood": _("%(id)s: likelihood, 1 to 5") % {"id": one.subject},
        "flag": _("%(id)s: red flag") % {"id": one.subject},
    }
    shown = _outcome if one.what == "outcome" else words.heading
    return {
        "title": titles[one.what],
        "rule": _rule(pack, one.subject) if one.what in ("severity", "flag") else "",
        "one": shown(one.one) or _("said nothing"),
        "other": shown(one.other) or _("said nothing"),
        "one_reasons": one.one_reasons,
        "other_reasons": one.other_reasons,
        "differs": one.differs,
        "told": _difference(one),
    }


def _rule(pack: Pack | None, name: str) -> str:
    """What the rule says today; nothing where the policy has it no more."""
    try:
        return pack.text(name) if pack else ""
    except KeyError:
        return ""


def _difference(one: Compared) -> str:
    if not one.differs:
        return _("The same")
    if one.steps is None:
        return _("Differs") if one.one and one.other else _("Only one of them weighed it")
    return ngettext("Differs by %(n)d step", "Differs by %(n)d steps", one.steps) % {"n": one.steps}


def _summary(compared: tuple[Compared, ...]) -> str:
    differing = sum(one.differs for one in compared)
    if not differing:
        return _("They agree on all that they weighed.")
    said = ngettext("They differ on %(n)d of %(of)d points.", "They differ on %(n)d of %(of)d points.", differing)
    return said % {"n": differing, "of": len(compared)}


@opened_to(OFFICE)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """How far two who assess apart agree, by month."""
    found = agreement_report(signed_in(request))
    whole = ((_("Outcome"), found.outcome), (_("Severity"), found.severity), (_("Likelihood"), found.likelihood))
    context = {
        "whole": [_figures(title, one) for title, one in whole],
        "months": [_figures(words.day(one.month), one.outcome) for one in found.months],
        "cut": found.cut,
        "any": found.outcome.cases,
    }
    return render(request, "casework/agreement.html", context)


def _figures(title: str, one: Agreement) -> Plain:
    return {
        "title": title,
        "cases": one.cases,
        "things": one.things,
        "share": _per_cent(one.share),
        "share_range": _between(_per_cent(one.share_low), _per_cent(one.share_high)),
        "alpha": one.alpha,
        "alpha_range": _between(one.alpha_low, one.alpha_high),
    }


def _per_cent(share: str) -> str:
    return f"{float(share) * 100:.0f}\u00a0%" if share else ""


def _between(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high} if low and high else ""


@opened_to(OFFICE)
@require_GET
def like_cases(request: HttpRequest) -> HttpResponse:
    """Like cases decided unlike, and what differs in them besides."""
    found = likeness_report(signed_in(request))
    context = {"compared": found.compared, "cut": found.cut, "pairs": [_pair(one) for one in found.pairs]}
    return render(request, "casework/like_cases.html", context)


def _pair(pair: Pair) -> Plain:
    return {
        "sides": [_side(pair.one), _side(pair.other)],
        "rows": [{"title": _name(one), "one": one.one, "other": one.other} for one in pair.differing],
    }


def _side(side: Side) -> Plain:
    decided = _("Approved") if side.decision == "approve" else _("Refused")
    return {"case": side.case, "title": side.title, "decided": decided, "outcome": side.outcome,
            "day": words.day(side.day)}  # fmt: skip


def _name(one: Unlike) -> str:
    title = fact_name(one.what) if catalogue().get(one.what) else words.heading(one.what)
    return _("%(what)s, line %(n)d") % {"what": title, "n": one.line} if one.line else title
