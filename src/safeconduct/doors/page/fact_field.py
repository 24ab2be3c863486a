"""A form field for any fact of the vocabulary, so that each question asks in the fact's own terms.

Nobody is made to answer: a field is never required, and an empty one states nothing.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.core.fact import FactType, Value
from safeconduct.doors.page.words import heading

LONGEST = 2_000
_FIGURE = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


def fact_field(fact: FactType, *, label: str, hint: str = "", required: bool = False) -> forms.Field:
    """Radios for a flag, level or word; boxes for several words; a line or a block of text for the rest."""
    told: dict[str, Any] = {"label": label, "help_text": hint, "required": required}
    if fact.kind == "flag":
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=radios(), **told)
    if fact.kind in ("level", "word"):
        return forms.ChoiceField(choices=_choices(fact), widget=radios(), **told)
    if fact.kind == "words":
        return forms.MultipleChoiceField(choices=_choices(fact), widget=boxes(), validators=[_none_alone], **told)
    if fact.kind == "number":
        return forms.IntegerField(min_value=0, widget=line("govuk-input--width-5", inputmode="numeric"), **told)
    if fact.kind == "decimal":
        return forms.CharField(max_length=22, validators=[_is_figure], widget=line("govuk-input--width-10"), **told)
    if fact.kind == "date":
        return day(**told)
    return forms.CharField(max_length=LONGEST, widget=block(), **told)


def stated(fact: FactType, cleaned: object) -> Value | None:
    """What a cleaned field of ``fact_field`` states, as the fact's own value; None where it states nothing."""
    if cleaned in (None, "", []):
        return None
    if fact.kind == "flag":
        return cleaned == "yes"
    if fact.kind == "words" and isinstance(cleaned, list):
        return tuple(word for word in fact.words if word in cleaned)
    return cleaned if isinstance(cleaned, int) else str(cleaned)


def shown(fact: FactType, value: object) -> object:
    """The other way: a stated value as the field's initial one."""
    if fact.kind == "flag" and isinstance(value, bool):
        return "yes" if value else "no"
    return list(value) if isinstance(value, tuple) else value


def _choices(fact: FactType) -> list[tuple[str, str]]:
    return [(word, heading(word)) for word in fact.words]


def _none_alone(values: list[str]) -> None:
    if "none" in values and len(values) > 1:
        raise forms.ValidationError(_("Choose either “none” or what applies, not both"))


def _is_figure(text: str) -> None:
    if not _FIGURE.fullmatch(text):
        raise forms.ValidationError(_("Write a figure such as 12 or 12.5, without unit or spaces"))


def day(**told: Any) -> forms.CharField:
    """A field for a day, a month or a year, as an application takes them."""
    return forms.CharField(max_length=10, validators=[_is_date], widget=line("govuk-input--width-10"), **told)


def _is_date(text: str) -> None:
    try:
        parse_partial(text)
    except Refusal as refusal:
        raise forms.ValidationError(_("Write the date as 2026-03-05, 2026-03 or 2026")) from refusal


def line(width: str = "", **attrs: str) -> forms.TextInput:
    """One line of text; ``width`` is a class for short values."""
    return forms.TextInput(attrs={"class": f"govuk-input {width}".strip(), "autocomplete": "off", **attrs})


def block(rows: int = 4) -> forms.Textarea:
    """Several lines of text."""
    return forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})


def radios() -> forms.RadioSelect:
    """One of a few."""
    return forms.RadioSelect(attrs={"class": "govuk-radios__input"})


def boxes() -> forms.CheckboxSelectMultiple:
    """Any number of a few."""
    return forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"})


def select() -> forms.Select:
    """One of many."""
    return forms.Select(attrs={"class": "govuk-select"})
