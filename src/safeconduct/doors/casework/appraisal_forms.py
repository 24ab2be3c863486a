"""The form on which an assessor records his own assessment: one that the case and the policy make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from safeconduct.assess.appraisal import SCALE, STEPS, Appraisal, FlagView, ScenarioView
from safeconduct.doors.casework.forms import LONGEST, Conditional, KeyForm
from safeconduct.doors.page.fact_field import block, radios
from safeconduct.doors.page.words import heading
from safeconduct.policy import Pack
from safeconduct.policy.outcome import Outcome

HOLDS = ("holds", "does_not_hold", "cannot_tell")


class AppraisalForm(KeyForm):
    """Outcome with reasons; severity, likelihood and reasons of each scenario; what he finds of each red flag."""

    basis = forms.CharField(max_length=64, widget=forms.HiddenInput())

    def __init__(self, data: Any, pack: Pack, scenarios: Iterable[str], flags: Iterable[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.scenarios, self.flags = tuple(scenarios), tuple(flags)
        for name in self.scenarios:
            self._add_scenario(pack, name)
        for name in self.flags:
            self._add_flag(pack, name)
        choices = [(one.value, heading(one.value.replace("-", " "))) for one in SCALE]
        self.fields["outcome"] = forms.ChoiceField(label=_("The outcome you propose"), choices=choices, widget=radios())
        self.fields["reasons"] = _reasons(_("Why this outcome"))
        for field in self.fields.values():
            # dozens of fields, one list of what is missing: each is named
            field.error_messages["required"] = _("Not answered: %(what)s") % {"what": field.label}

    def _add_scenario(self, pack: Pack, name: str) -> None:
        scenario = next(one for one in pack.scenarios if one.id == name)
        anchors: dict[int, list[str]] = {}
        for number, anchor in enumerate(scenario.severity, 1):
            anchors.setdefault(anchor.level, []).append(pack.text(f"{name}/{number}"))
        likely: dict[int, list[str]] = {}
        for each in pack.likelihoods:
            likely.setdefault(each.level, []).append(pack.text(each.id))
        severity = _("%(id)s: how severe would it be, 1 to 5") % {"id": name}
        self.fields[f"severity-{name}"] = _steps(severity, pack.text(name), anchors)
        self.fields[f"likelihood-{name}"] = _steps(_("%(id)s: how likely is it, 1 to 5") % {"id": name}, "", likely)
        self.fields[f"reasons-{name}"] = _reasons(_("%(id)s: why") % {"id": name})

    def _add_flag(self, pack: Pack, name: str) -> None:
        self.fields[f"flag-{name}"] = forms.ChoiceField(
            label=_("%(id)s: does this red flag hold") % {"id": name},
            help_text=pack.text(name),
            required=False,
            choices=[(one, heading(one)) for one in HOLDS],
            widget=radios(),
        )
        self.fields[f"reasons-{name}"] = _reasons(_("%(id)s: why") % {"id": name}, required=False)

    def clean(self) -> dict[str, Any]:
        """A red flag that is weighed has reasons; one that is passed over says nothing."""
        cleaned = dict(self.cleaned_data)
        for name in self.flags:
            if cleaned.get(f"flag-{name}") and not cleaned.get(f"reasons-{name}", "").strip():
                self.add_error(f"reasons-{name}", _("Say why you find so of %(id)s") % {"id": name})
        return cleaned

    def appraisal(self) -> Appraisal:
        """What a valid form says."""
        said = self.cleaned_data
        return Appraisal(
            Outcome(said["outcome"]),
            said["reasons"],
            tuple(
                ScenarioView(one, int(said[f"severity-{one}"]), int(said[f"likelihood-{one}"]), said[f"reasons-{one}"])
                for one in self.scenarios
            ),
            tuple(
                FlagView(one, said[f"flag-{one}"], said[f"reasons-{one}"]) for one in self.flags if said[f"flag-{one}"]
            ),
        )


def _steps(label: str, hint: str, anchors: dict[int, list[str]]) -> forms.ChoiceField:
    """The steps, each with the policy's anchors of it."""
    choices = [
        (str(step), f"{step}. {'; '.join(anchors[step])}" if step in anchors else str(step))
        for step in range(1, STEPS + 1)
    ]
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=radios())


def _reasons(label: str, *, required: bool = True) -> forms.CharField:
    return Conditional(label=label, max_length=LONGEST, required=required, widget=block(3))
