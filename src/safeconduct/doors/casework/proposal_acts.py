"""Confirm, correct or reject what a line of a datasheet suggests: a page with one form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safeconduct.doors.casework.acts import DESK, assess_anew, carried_out
from safeconduct.doors.casework.forms import LONGEST, Conditional, KeyForm
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.casework.proposal_rows import heads, told
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block, line, radios
from safeconduct.doors.page.gate import opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.judge_proposal import JudgeProposal, judge_proposal
from safeconduct.flows.proposals import ProposalView, proposals_in
from safeconduct.flows.reading import CasePage, case_page


class JudgeForm(KeyForm):
    """``value`` is what is found instead, where the proposal is corrected."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What you find"),
        choices=[
            ("confirmed", gettext_lazy("Confirm: the item does what the words say")),
            ("corrected", gettext_lazy("Correct: the line shows something else")),
            ("rejected", gettext_lazy("Reject: the line does not show it")),
        ],
        widget=radios(),
        error_messages={"required": gettext_lazy("Choose confirm, correct or reject")},
    )
    value = Conditional(
        label=gettext_lazy("What is found instead"),
        help_text=gettext_lazy("Needed where you correct it: yes or no, or one of the words of this fact."),
        max_length=200,
        required=False,
        widget=line(),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("It is kept with your name. What you confirm or correct becomes your finding."),
        max_length=LONGEST,
        widget=block(3),
        error_messages={"required": gettext_lazy("Say why")},
    )

    def clean(self) -> dict[str, Any]:
        """A correction says what is found."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("verdict") == "corrected" and not cleaned.get("value", "").strip():
            self.add_error("value", _("Say what is found instead"))
        return cleaned


@opened_to(DESK)
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, reference: str, line: int, proposal: str) -> HttpResponse:
    """One proposal, with the line of the datasheet that it stands on."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    one = _proposal(request, found, line, proposal)
    form = JudgeForm(sent(request), initial={"key": new_key()})
    back = reverse("casework:goods", kwargs={"reference": reference})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = JudgeProposal(
            case=reference, line=line, proposal=proposal, verdict=said["verdict"], why=said["why"], value=said["value"]
        )
        if carried_out(form, lambda: judge_proposal(actor, order, key=said["key"])):
            if said["verdict"] != "rejected":
                assess_anew(request, reference, said["key"])
            return redirect(f"{back}#line-{line}")
    context = {
        "form": form,
        "heading": told(one.proposal),
        "lead": f"{heads()[one.proposal.says]} “{one.proposal.words}” ({one.proposal.document}, {one.proposal.place})",
        "button": _("Record it"),
        "back": back,
    }
    return render(request, "casework/form.html", frame(found, "goods") | context)


def _proposal(request: HttpRequest, found: CasePage, line: int, key: str) -> ProposalView:
    items = tuple(item for item in found.case_file.lines if item.line == line)
    views = proposals_in(signed_in(request), found.identity.reference, items).get(line, ())
    one = next((each for each in views if each.key == key), None)
    if one is None:
        raise Http404
    return one
