"""The page on which a line of goods is rated, beside like goods rated before."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safeconduct.doors.casework import rated_rows
from safeconduct.doors.casework.acts import DESK, carried_out
from safeconduct.doors.casework.forms import LONGEST, Conditional, KeyForm
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block, line, radios
from safeconduct.doors.page.gate import opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.rate_line import RateLine, rate_line
from safeconduct.flows.reading import case_page


class RateForm(KeyForm):
    """What an entry does with the goods, as an officer finds it."""

    entry = forms.CharField(
        label=gettext_lazy("Control entry"),
        help_text=gettext_lazy("List and code, such as eu-annex1 5A001.j"),
        max_length=101,
        widget=line("govuk-input--width-20"),
        error_messages={"required": gettext_lazy("Give list and code of the entry")},
    )
    rating = forms.ChoiceField(
        label=gettext_lazy("Your rating"),
        choices=[
            ("caught", gettext_lazy("Caught by it")),
            ("freed", gettext_lazy("Freed by a note of it")),
            ("outside", gettext_lazy("Outside it")),
        ],
        widget=radios(),
        error_messages={"required": gettext_lazy("Choose what the entry does with the goods")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy(
            "The features that you rest on, with their place, and the paragraph or note that you read."
        ),
        max_length=LONGEST,
        widget=block(5),
        error_messages={"required": gettext_lazy("Give the reasons of the rating")},
    )
    why_different = Conditional(
        label=gettext_lazy("What sets these goods apart"),
        help_text=gettext_lazy("Needed where like goods were rated otherwise."),
        max_length=LONGEST,
        required=False,
        widget=block(3),
    )

    def clean_entry(self) -> str:
        """List and code, with one space between."""
        parts = str(self.cleaned_data["entry"]).split()
        if len(parts) != 2:
            raise forms.ValidationError(_("Give list and code with a space between, such as eu-annex1 5A001.j"))
        return " ".join(parts)


@opened_to(DESK)
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, reference: str, line: int) -> HttpResponse:
    """A rating of one line; where it departs from like goods, the flow asks why."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    item = next((one for one in found.case_file.lines if one.line == line), None)
    if item is None:
        raise Http404
    form = RateForm(sent(request), initial={"key": new_key(), "entry": request.GET.get("entry", "")[:101]})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        name, code = told["entry"].split(" ")
        order = RateLine(
            case=reference,
            line=line,
            list=name,
            code=code,
            rating=told["rating"],
            reasons=told["reasons"],
            why_different=told["why_different"],
        )
        if carried_out(form, lambda: rate_line(actor, order, key=told["key"])):
            return redirect("casework:goods", reference=reference)
    context = frame(found, "goods") | {
        "form": form,
        "heading": _("Rate line %(line)s: %(name)s") % {"line": line, "name": item.name},
        "lead": _(
            "Your rating is kept with your name and counts at the next assessment: “caught” always, “freed” and "
            "“outside” where no test reaches the entry. Where two ratings differ, or a test answers otherwise than "
            "“caught”, the entry stays open."
        ),
        "button": _("Record the rating"),
        "back": reverse("casework:goods", kwargs={"reference": reference}),
        "line": line,
        "rated": {**rated_rows.rated(actor, found, item), "href": ""},
    }
    return render(request, "casework/rate.html", context)
