"""The forms for a pack's grid and for its name, title, test and first day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.doors.casework.forms import KeyForm
from safeconduct.doors.casework.policy_fields import LONGEST, OUTCOMES, chosen, ground_field
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block, line


class GridForm(KeyForm):
    """The outcome of every severity and likelihood."""

    def __init__(self, data: Any, *, grid: dict[str, list[str]], ground: str) -> None:
        super().__init__(data, initial={"key": new_key()})
        self.names = [[f"{key}_{place}" for place in range(1, len(row) + 1)] for key, row in grid.items()]
        for key, row in grid.items():
            for place, outcome in enumerate(row, 1):
                told = {"severity": key[1:], "likelihood": place}
                label = _("Severity %(severity)s, likelihood %(likelihood)d") % told
                self.fields[f"{key}_{place}"] = chosen(label, OUTCOMES, outcome)
        self.fields["ground"] = ground_field(ground)

    def grouped(self) -> list[dict[str, Any]]:
        """A heading for each severity."""
        rows = [
            {"title": _("Severity %d") % number, "fields": [self[name] for name in names]}
            for number, names in enumerate(self.names, 1)
        ]
        return [*rows, {"title": _("Why the change"), "fields": [self["ground"]]}]

    def stated(self) -> dict[str, list[str]]:
        return {names[0].split("_")[0]: [self.cleaned_data[name] for name in names] for names in self.names}


class HeadingForm(KeyForm):
    """The pack's own name, title, test and first day."""

    name = forms.CharField(label=gettext_lazy("Short name"), max_length=40, widget=line())
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST, widget=block(2))
    threshold = forms.CharField(label=gettext_lazy("The test"), max_length=LONGEST, widget=block(2))
    begins = forms.DateField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Such as 2027-01-01; left empty: when two have signed"),
        required=False, widget=line("govuk-input--width-10"), input_formats=["%Y-%m-%d"],
    )  # fmt: skip

    def grouped(self) -> list[dict[str, Any]]:
        """One group without heading."""
        return [{"title": "", "fields": self.visible_fields()}]
