"""The forms of an application: one subject each. Only what nobody can go without is required."""

from __future__ import annotations

import re
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.party import Role
from safeconduct.doors.page.answer_form import party_kinds, places
from safeconduct.doors.page.fact_field import block, day, line, radios, select
from safeconduct.doors.page.words import heading
from safeconduct.intake.limits import NAME_CHARS, SHEET_LINES, TEXT_CHARS
from safeconduct.intake.model import CaseKind

SHEET = 500_000  # characters of one product sheet, as one text
_FIGURE = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_ENTRY = re.compile(r"([a-z0-9][a-z0-9-]{0,39})\s+([0-9A-Z][0-9A-Za-z.-]{0,39})", re.ASCII)
OTHER_ROLES = tuple(role for role in get_args(Role) if role not in ("applicant", "exporter", "end_user"))


class KindForm(forms.Form):
    """What is applied for."""

    kind = forms.ChoiceField(
        label=_("What do you apply for?"),
        choices=lambda: [(kind, heading(kind)) for kind in get_args(CaseKind)],
        widget=radios(),
        error_messages={"required": _("Choose what you apply for")},
    )
    reference = forms.CharField(
        label=_("Your own reference"),
        help_text=_("The number under which you will look for it, such as NV-2026-118."),
        max_length=60,
        widget=line("govuk-input--width-20"),
        error_messages={"required": _("Enter your own reference")},
    )


class CompanyForm(forms.Form):
    """Who applies."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As in the company register."),
        max_length=NAME_CHARS,
        widget=line(),
        error_messages={"required": _("Enter the name of your company")},
    )
    territory = forms.ChoiceField(label=_("Where it has its seat"), choices=places, required=False, widget=select())
    address = forms.CharField(label=_("Address"), max_length=TEXT_CHARS, required=False, widget=block(3))


class EndUserForm(forms.Form):
    """Who will use the goods in the end. All of it may stay open: then the authority asks."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As in its register or statute, with the unit. Leave it out if you do not know who it will be."),
        max_length=NAME_CHARS,
        required=False,
        widget=line(),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=party_kinds, required=False, widget=radios())
    territory = forms.ChoiceField(label=_("Where"), choices=places, required=False, widget=select())
    address = forms.CharField(
        label=_("Address where the goods will be used"), max_length=TEXT_CHARS, required=False, widget=block(3)
    )

    def clean(self) -> dict[str, Any]:
        """Whoever has an address has a name."""
        cleaned = dict(self.cleaned_data)
        if not cleaned.get("name") and (cleaned.get("address") or cleaned.get("territory")):
            self.add_error("name", _("Enter the name of the end-user, or leave the whole page out"))
        return cleaned


class PartyForm(forms.Form):
    """Anybody else who takes part."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_CHARS, widget=line(), error_messages={"required": _("Enter the name")}
    )
    role = forms.ChoiceField(
        label=_("What part it takes"),
        choices=lambda: [(role, heading(role)) for role in OTHER_ROLES],
        widget=radios(),
        error_messages={"required": _("Choose what part it takes")},
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=party_kinds, required=False, widget=radios())
    territory = forms.ChoiceField(label=_("Seat or nationality"), choices=places, required=False, widget=select())
    born = day(
        label=_("Date of birth, of a person"),
        help_text=_("2026-03-05, 2026-03 or 2026. It tells namesakes apart."),
        required=False,
    )
    address = forms.CharField(label=_("Address"), max_length=TEXT_CHARS, required=False, widget=block(3))


def _is_amount(text: str) -> None:
    if not _FIGURE.fullmatch(text) or not text.strip("0."):
        raise forms.ValidationError(_("Write a figure above zero such as 12 or 12.50, without unit or spaces"))


class LineForm(forms.Form):
    """One kind of goods."""

    name = forms.CharField(
        label=_("Name and model"),
        max_length=NAME_CHARS,
        widget=line(),
        error_messages={"required": _("Enter what the goods are called")},
    )
    description = forms.CharField(
        label=_("What it is and does"), max_length=TEXT_CHARS, required=False, widget=block(4)
    )
    quantity = forms.CharField(
        label=_("Quantity"),
        max_length=22,
        required=False,
        validators=[_is_amount],
        widget=line("govuk-input--width-10", inputmode="decimal"),
    )
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("Such as pieces, licences, hours."),
        max_length=60,
        required=False,
        widget=line("govuk-input--width-10"),
    )
    value = forms.CharField(
        label=_("Value"),
        max_length=22,
        required=False,
        validators=[_is_amount],
        widget=line("govuk-input--width-10", inputmode="decimal"),
    )
    currency = forms.RegexField(
        regex=re.compile(r"[A-Z]{3}", re.ASCII),
        label=_("Currency"),
        help_text=_("Three letters, such as EUR."),
        max_length=3,
        required=False,
        widget=line("govuk-input--width-4"),
        error_messages={"invalid": _("Write the currency as three capital letters, such as EUR")},
    )
    declared = forms.CharField(
        label=_("Control entries that you believe to apply"),
        help_text=_("One on each line, list and code, such as “eu-annex1 5A001.j”. Leave it out if you do not know."),
        max_length=2_000,
        required=False,
        widget=block(2),
    )

    def clean_declared(self) -> list[dict[str, str]]:
        """Each line as list and code, once."""
        entries: list[dict[str, str]] = []
        for row in filter(None, map(str.strip, self.cleaned_data["declared"].splitlines())):
            found = _ENTRY.fullmatch(row)
            if not found:
                raise forms.ValidationError(_("Write each entry as list and code, such as “eu-annex1 5A001.j”"))
            entry = {"list": found[1], "code": found[2]}
            if entry not in entries:
                entries.append(entry)
        return entries


class SheetForm(forms.Form):
    """The words of the product sheet; its lines keep their numbers, since findings cite them."""

    title = forms.CharField(label=_("Title of the product sheet"), max_length=NAME_CHARS, required=False, widget=line())
    date = day(label=_("Its date"), help_text=_("2026-03-05, 2026-03 or 2026."), required=False)
    lines = forms.CharField(
        label=_("Its text"),
        help_text=_("Copy the whole text. Each line is kept as it is."),
        max_length=SHEET,
        required=False,
        widget=block(14),
    )

    def clean_lines(self) -> list[str]:
        """The text, line by line."""
        lines = [row.rstrip() for row in self.cleaned_data["lines"].splitlines()]
        if len(lines) > SHEET_LINES or any(len(row) > TEXT_CHARS for row in lines):
            raise forms.ValidationError(_("Too long: at most 5,000 lines of 10,000 characters are taken"))
        return lines

    def clean(self) -> dict[str, Any]:
        """A text has a title."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("lines") and not cleaned.get("title"):
            self.add_error("title", _("Enter the title of the product sheet"))
        return cleaned


class DeclarationForm(forms.Form):
    """What is said with the act of submitting. ``key`` makes a second press of the button have no second effect."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput())
    true = forms.BooleanField(
        label=_("What is stated here is true and complete as far as I know"),
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"required": _("Say that what you state is true and complete as far as you know")},
    )
