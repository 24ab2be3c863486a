"""The page on which an adviser argues a misuse scenario, and the arguments as the assessment's page shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safeconduct.access import Actor, Role
from safeconduct.access.model import OPEN_STATES
from safeconduct.assess.argued import LIKELIHOOD, SEVERITY, Argued, Lawful, Picked
from safeconduct.assess.model import Range
from safeconduct.doors.casework.acts import assess_anew, carried_out
from safeconduct.doors.casework.forms import LONGEST, Conditional, KeyForm
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.page import words
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block, line, radios, select
from safeconduct.doors.page.gate import opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.argue_scenario import Argue, argue_scenario, library
from safeconduct.flows.reading import CasePage, case_page, record

Plain = dict[str, Any]
ADVISERS = frozenset({Role.ADVISER})
LAWFUL = {
    "legality": gettext_lazy("Lawful use: which law allows it, and what limits does it set?"),
    "necessity": gettext_lazy("Lawful use: why does a less intrusive way not do?"),
    "proportionality": gettext_lazy("Lawful use: how is it kept in proportion?"),
    "remedy": gettext_lazy("Lawful use: how do those affected complain and obtain redress?"),
}


SCALES = {**SEVERITY, "likelihood": LIKELIHOOD}
TOLD = {
    "right": gettext_lazy("Name the right"),
    "at_risk": gettext_lazy("Say who is at risk"),
    "how": gettext_lazy("Say who could do what to whom"),
}
IF_PLAUSIBLE = gettext_lazy("needed where a misuse is plausible")


def _text(label: str, *, required: bool = False, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=block(rows))


class Step(forms.ChoiceField):
    """A step of a scale; nothing is chosen beforehand, and no misuse needs none."""

    conditional = True
    when = IF_PLAUSIBLE

    def __init__(self, label: str, anchors: tuple[str, ...]) -> None:
        steps = [(str(step), f"{step} – {anchor}") for step, anchor in enumerate(anchors, 1)]
        super().__init__(label=label, choices=[("", _("Choose a step")), *steps], required=False, widget=select())


class ArgueForm(KeyForm):
    """A plausible misuse is weighed on every scale; an empty one is not read as the lowest."""

    def clean(self) -> Plain:
        said = dict(super().clean() or self.cleaned_data)
        if said.get("plausible") == "yes":
            for name, error in TOLD.items():
                if not said.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, error)
            for scale in SCALES:
                self._weighed(scale, said)
        return said

    def _weighed(self, scale: str, said: Plain) -> None:
        low, high = f"{scale}_low", f"{scale}_high"
        for name in (low, high):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("Choose a step: %s") % self.fields[name].label)
        if said.get(low) and said.get(high) and int(said[low]) > int(said[high]):
            self.add_error(high, _("What cannot be ruled out is at least what is shown"))


def _fitting(found: CasePage) -> list[Picked]:
    """Scenarios of the library for the kinds of goods of the case, else all of them."""
    kinds = {one.value for one in found.case_file.statements if one.fact == "item.kind" and isinstance(one.value, str)}
    return [one for one in library() if kinds & set(one.kinds)] or list(library())


def argue_form(found: CasePage, chosen: Picked | None) -> type[ArgueForm]:
    """The form for one case, with the words of a picked scenario filled in."""
    lines = [(f"line:{item.line}", f"{item.line} {item.name}") for item in found.case_file.lines]
    fields: Plain = {
        "subject": forms.ChoiceField(label=_("About"), choices=lines, widget=select()),
        "plausible": forms.ChoiceField(
            label=_("Is a misuse plausible?"),
            choices=[("yes", _("Yes, as told below")), ("no", _("No, for the reason below"))],
            initial="yes",
            widget=radios(),
        ),
        "picked": forms.CharField(
            max_length=60, required=False, initial=chosen.id if chosen else "", widget=forms.HiddenInput()
        ),
        "how": _told(_("Who could do what to whom, and how"), LONGEST, block(3)),
        "right": _told(_("Which right"), 300, line()),
        "at_risk": _told(_("Who is at risk"), 300, line()),
        "actor": forms.ChoiceField(
            label=_("By whom"),
            choices=[("violation", _("a State")), ("abuse", _("others"))],
            initial=chosen.actor if chosen else "violation",
            widget=radios(),
        ),
    }
    for name, anchors in SCALES.items():
        fields[f"{name}_low"] = Step(_("%s: what is shown") % words.heading(name), anchors)
        fields[f"{name}_high"] = Step(_("%s: what cannot be ruled out") % words.heading(name), anchors)
    fields["confidence"] = forms.ChoiceField(
        label=_("Confidence"),
        choices=[(one, words.heading(one)) for one in ("high", "moderate", "low")],
        widget=radios(),
    )
    fields["why"] = _text(_("Reasons, in words that may be disclosed"), required=True, rows=4)
    fields["closed"] = _text(_("Reasons that stay closed: from sealed sources"))
    fields |= {name: _text(str(label)) for name, label in LAWFUL.items()}
    fields["reasons_for"] = _text(_("Reasons for the export"))
    if chosen:
        for name in TOLD:
            fields[name].initial = getattr(chosen, name)
    return type("ArgueForm", (ArgueForm,), fields)


def _told(label: str, most: int, widget: forms.Widget) -> Conditional:
    return Conditional(label=label, when=str(IF_PLAUSIBLE), max_length=most, required=False, widget=widget)


@opened_to(ADVISERS)
@require_http_methods(["GET", "POST"])
def argue(request: HttpRequest, reference: str) -> HttpResponse:
    """Pick a scenario or write one, weigh it by the written anchors, and argue it."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    picked = request.GET.get("picked", "")
    chosen = next((one for one in library() if one.id == picked), None)
    form = argue_form(found, chosen)(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = Argue(case=reference, argued=_argued(said))
        if carried_out(form, lambda: argue_scenario(actor, order, key=said["key"])):
            assess_anew(request, reference, said["key"])
            return redirect("casework:assessment", reference=reference)
    context = frame(found, "assessment") | {
        "form": form,
        "library": [{"id": one.id, "how": one.how, "current": one is chosen} for one in _fitting(found)],
        "heading": _("Argue a misuse scenario"),
        "lead": _(
            "Severity is the worst of scale, scope and irremediability. It may raise the outcome, never lower it."
        ),
        "button": _("Record the argument"),
        "back": reverse("casework:assessment", kwargs={"reference": reference}),
    }
    return render(request, "casework/argue.html", context)


def _argued(said: Plain) -> Argued:
    def between(name: str) -> Range:  # where no misuse is plausible nothing is weighed
        return Range(int(said[f"{name}_low"] or 1), int(said[f"{name}_high"] or said[f"{name}_low"] or 1))

    return Argued(
        id="",
        subject=said["subject"],
        plausible=said["plausible"] == "yes",
        picked=said["picked"],
        right=said["right"],
        at_risk=said["at_risk"],
        actor=said["actor"],
        how=said["how"],
        scale=between("scale"),
        scope=between("scope"),
        irremediability=between("irremediability"),
        likelihood=between("likelihood"),
        confidence=said["confidence"],
        why=said["why"],
        closed=said["closed"],
        lawful=Lawful(**{name: said[name] for name in LAWFUL}),
        reasons_for=said["reasons_for"],
        by="",
        at="",
    )


def may(actor: Actor, found: CasePage) -> bool:
    """Whether the reader may argue a scenario; the flow asks again."""
    return actor.role in ADVISERS and found.identity.state in OPEN_STATES


def shown(actor: Actor, found: CasePage) -> list[Plain]:
    """Every argument of the case, without closed reasons for whoever may not read them, as headed texts."""
    rows = []
    for one in found.record:
        if one.kind == "scenario":
            said = record(actor, found.identity.reference, one.number)
            rows.append({"id": said["id"], "by": one.name or one.author, "day": words.day(one.at), "rows": _rows(said)})
    return rows


def _rows(said: Plain) -> list[Plain]:
    told = [(_("No misuse is plausible"), said["why"])]
    if said["plausible"]:
        told = [(_("How"), said["how"]), (_("Right"), said["right"]), (_("Who is at risk"), said["at_risk"])]
        for name, anchors in SCALES.items():
            told.append((words.heading(name), _between(said[name], anchors)))
        told += [(_("Confidence"), words.heading(said["confidence"])), (_("Why"), said["why"])]
    told += [(str(label), said["lawful"][name]) for name, label in LAWFUL.items()]
    told += [
        (_("Reasons for the export"), said["reasons_for"]),
        (_("Reasons that stay closed"), said.get("closed", "")),
    ]
    return [{"key": key, "value": value} for key, value in told if value]


def _between(step: Plain, anchors: tuple[str, ...]) -> str:
    low, high = (f"{at} ({anchors[at - 1]})" for at in (step["low"], step["high"]))
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
