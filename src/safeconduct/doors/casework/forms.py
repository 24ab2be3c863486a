"""Forms of the acts on a case. ``key`` makes a second press of a button have no second effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.doors.page.fact_field import block, radios

LONGEST = 10_000


class Conditional(forms.CharField):
    """Text that is needed for some choices of its form: ``when``, or its hint, says for which."""

    conditional = True

    def __init__(self, *, when: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.when = when


class KeyForm(forms.Form):
    """An act that needs nothing but the press of a button."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput())


class AskForm(KeyForm):
    """A fact to be asked for: named by a button."""

    fact = forms.CharField(max_length=80, widget=forms.HiddenInput())
    subject = forms.CharField(max_length=80, widget=forms.HiddenInput())


class LapseForm(KeyForm):
    """What follows when the time to answer has run out."""

    ending = forms.ChoiceField(
        label=_("What follows"),
        choices=[
            ("accept", _("Accept that it stays unknown, with my reasons, and go on")),
            ("refuse", _("Refuse the application for insufficient information")),
        ],
        widget=radios(),
        error_messages={"required": _("Choose what follows")},
    )
    reasons = Conditional(
        label=_("Reasons"),
        help_text=_("They carry your name in the record. Needed where you accept that it stays unknown."),
        max_length=LONGEST,
        required=False,
        widget=block(4),
    )

    def clean(self) -> dict[str, Any]:
        """An acceptance has reasons."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("ending") == "accept" and not cleaned.get("reasons", "").strip():
            self.add_error("reasons", _("Give the reasons for which you accept that it stays unknown"))
        return cleaned


class DecideForm(KeyForm):
    """The decision of an official."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("approve", _("Approve")), ("refuse", _("Refuse"))],
        widget=radios(),
        error_messages={"required": _("Choose approve or refuse")},
    )
    reasons = Conditional(
        label=_("Reasons"),
        help_text=_(
            "Needed for a refusal, and for an approval that the outcome does not suggest: the concrete facts that "
            "you rest on, and what you made of them. They are kept with your name, and closed: the applicant reads "
            "only the text below."
        ),
        max_length=LONGEST,
        required=False,
        widget=block(6),
    )

    disclosable = forms.CharField(
        label=_("Reasons that the applicant may read"),
        help_text=_(
            "Left empty: that a letter follows. Nothing from a sealed source, nor anything by which it could be known."
        ),
        max_length=LONGEST,
        required=False,
        widget=block(4),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal has reasons."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("decision") == "refuse" and not cleaned.get("reasons", "").strip():
            self.add_error("reasons", _("Give the reasons for the refusal"))
        return cleaned


class ReviewForm(DecideForm):
    """The decision on a licence that a list touches; it needs reasons either way."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("approve", _("Keep the licence")), ("refuse", _("End the licence"))],
        widget=radios(),
        error_messages={"required": _("Choose whether the licence is kept or ended")},
    )
    reasons = Conditional(
        label=_("Reasons"),
        help_text=_(
            "Needed either way: the concrete facts that you rest on, and what you made of them. They are kept with "
            "your name, and closed: the applicant reads only the text below."
        ),
        max_length=LONGEST,
        required=False,
        widget=block(6),
    )

    def clean(self) -> dict[str, Any]:
        """Reasons for keeping as for ending it."""
        cleaned = super().clean()
        if cleaned.get("decision") == "approve" and not cleaned.get("reasons", "").strip():
            self.add_error("reasons", _("Give the reasons for which the licence is kept"))
        return cleaned
