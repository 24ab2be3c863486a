"""What a person can do about one match, or several like ones: each a form of its own with one button or a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.doors.casework.forms import LONGEST, Conditional, KeyForm
from safeconduct.doors.page.fact_field import block, radios

ACTS = ("clear", "same", "ask", "second", "withdraw")
OTHER_GROUNDS: tuple[tuple[str, str | Promise], ...] = (
    ("document", _("A document shows it")),
    ("another_entry", _("Another listed entry fits this party")),
    ("other", _("Something else")),
)


class SeenForm(KeyForm):
    """Any of them: ``act`` says which, the fingerprints what was shown when the button was pressed."""

    act = forms.CharField(max_length=10, widget=forms.HiddenInput())
    party_facts = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())
    entry_facts = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())


class GroundsForm(KeyForm):
    """Why a party is not the listed one. ``differing`` are the facts that differ, with their words."""

    ground = forms.ChoiceField(
        label=_("What tells them apart"),
        widget=radios(),
        error_messages={"required": _("Choose what tells them apart")},
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        help_text=_("What shows that they are two: a date, a document, who looked at it and when."),
        max_length=LONGEST,
        widget=block(3),
        error_messages={"required": _("Say what shows that they are not the same")},
    )

    def __init__(self, *args: Any, differing: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "ground", grounds(differing))


class NotSameForm(SeenForm, GroundsForm):
    """The same, for one match."""


class SameForm(SeenForm):
    """Why a party is the listed one."""

    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("What shows that they are one. It becomes a fact of the case."),
        max_length=LONGEST,
        widget=block(3),
        error_messages={"required": _("Say what shows that they are the same")},
    )


class AskForm(SeenForm):
    """What is asked for, and of whom: ``birth_date exporter``. One press asks."""

    asked = forms.ChoiceField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, asks: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "asked", [(f"{part} {to}", part) for part in asks for to in ("exporter", "authority")])


class SecondForm(SeenForm):
    """A second person confirms what one proposed, or declines it."""

    confirm = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("I confirm: they are not the same")), ("no", _("I decline, with my reasons"))],
        widget=radios(),
        error_messages={"required": _("Choose whether you confirm")},
    )
    reasons = Conditional(
        label=_("Reasons"), help_text=_("Needed to decline."), max_length=LONGEST, required=False, widget=block(3)
    )

    def clean(self) -> dict[str, Any]:
        """A refusal to confirm has reasons."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("confirm") == "no" and not cleaned.get("reasons", "").strip():
            self.add_error("reasons", _("Give the reasons for which you decline"))
        return cleaned


class WithdrawForm(SeenForm):
    """Why what was decided does not stand."""

    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=LONGEST,
        widget=block(2),
        error_messages={"required": _("Say why it does not stand")},
    )


class ChosenForm(KeyForm):
    """Several like matches; ``chosen`` holds each as it was shown. Alone it is what a second person confirms."""

    field_order = ("chosen", "ground", "grounds")
    act = forms.CharField(max_length=10, widget=forms.HiddenInput())
    chosen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple(), error_messages={"required": _("Choose the matches it holds for")}
    )

    def __init__(self, *args: Any, values: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "chosen", [(value, value) for value in values])


class TogetherForm(ChosenForm, GroundsForm):
    """One ground and one reason for all that are chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].label = _("Grounds, the same for each that is chosen")


def grounds(differing: list[tuple[str, str]]) -> list[tuple[str, str | Promise]]:
    """What can tell two apart: each fact that differs, several of them where there are several, and what is no fact."""
    several = [("several", _("Several of these together"))] if len(differing) > 1 else []
    return [*differing, *several, *OTHER_GROUNDS]


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    """Let a field of the form be answered with these alone."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def form_sent(sent: QueryDict | None) -> str:
    """Which of the forms was sent; ``""`` where none was."""
    act = sent.get("act", "") if sent else ""
    return act if act in ACTS else ""
