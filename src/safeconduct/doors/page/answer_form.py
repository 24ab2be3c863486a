"""The form in which one question of a case is answered, in the terms of the fact or party it is about."""

from __future__ import annotations

import re
import uuid
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core import territory
from safeconduct.core.evidence import Credibility, Grade, Level, Reliability
from safeconduct.core.fact import FactType
from safeconduct.core.party import PartyKind
from safeconduct.doors.page.fact_field import block, day, fact_field, line, radios, select, stated
from safeconduct.doors.page.words import heading
from safeconduct.flows.typed_value import Given
from safeconduct.intake.limits import SHEET_CHARS

_IDENTIFIER = re.compile(r"([a-z_]{2,20})\s*:?\s+(\S.{0,198})")
MOST_NAME = 500


class AnswerForm(forms.Form):
    """``value`` is added for each question; ``key`` makes a second press of the button have no second effect."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput())


def answer_form(fact: str, label: str, kind: FactType | None, hint: str = "") -> type[AnswerForm]:
    """A form for the question about ``fact``; ``kind`` is None where it is about a party."""
    if kind is not None and kind.kind != "incident":
        field = fact_field(kind, label=label, hint=hint, required=True)
    else:
        field = _line_field(fact, label, hint) if fact.startswith("line.") else _party_field(fact, label, hint)
    field.error_messages["required"] = gettext("Give an answer, or go back and leave the question open")
    return type("OneAnswerForm", (AnswerForm,), {"value": field})


def new_key() -> str:
    """A name for one order."""
    return str(uuid.uuid4())


def given(fact: str, kind: FactType | None, cleaned: Any) -> Given:
    """What the form's ``value`` says, as a flow takes it."""
    if kind is not None and kind.kind != "incident":
        value = stated(kind, cleaned)
        return list(value) if isinstance(value, tuple) else "" if value is None else value
    return identifiers(cleaned) if fact.startswith("party.identifier") else str(cleaned)


def places() -> list[tuple[str, str]]:
    """Every territory that can be stated, by name."""
    rows = sorted((row.name, row.key) for row in territory.table().values() if not row.former and len(row.key) == 2)
    return [("", gettext("Not stated")), *((key, name) for name, key in rows)]


def party_kinds() -> list[tuple[str, str]]:
    """What a party can be; *unknown* stands last and says so."""
    known = [kind for kind in get_args(PartyKind) if kind != "unknown"]
    return [*((kind, heading(kind)) for kind in known), ("unknown", gettext("I do not know"))]


def _party_field(fact: str, label: str, hint: str) -> forms.Field:
    told: dict[str, Any] = {"label": label, "help_text": hint}
    match fact:
        case "party.birth_date" | "party.born":
            told["help_text"] = hint or _("2026-03-05, 2026-03 or 2026.")
            return day(**told)
        case "party.nationality" | "party.territory":
            return forms.ChoiceField(choices=places, widget=select(), **told)
        case "party.kind":
            return forms.ChoiceField(choices=lambda: party_kinds()[:-1], widget=radios(), **told)
        case "party.sex":
            words = [(word, heading(word)) for word in ("female", "male", "other")]
            return forms.ChoiceField(choices=words, widget=radios(), **told)
        case "party.identifier" | "party.identifiers":
            told["help_text"] = hint or _("One on each line: what it is, then the number, such as “passport AB123456”.")
            return forms.CharField(max_length=2_000, validators=[_are_identifiers], widget=block(3), **told)
        case "party.address" | "user.incident":
            return forms.CharField(max_length=2_000, widget=block(3), **told)
        case _:
            return forms.CharField(max_length=MOST_NAME, widget=line(), **told)


def _line_field(fact: str, label: str, hint: str) -> forms.Field:
    told: dict[str, Any] = {"label": label, "help_text": hint}
    match fact:
        case "line.datasheet":
            told["help_text"] = hint or _("Its text, line by line, as it stands in the sheet.")
            return forms.CharField(max_length=SHEET_CHARS, strip=False, widget=block(12), **told)
        case "line.declared":
            told["help_text"] = hint or _("List and code, such as eu-annex1 5A001.j; several with commas between.")
        case "line.value":
            told["help_text"] = hint or _("Amount and currency, such as 12500.00 EUR.")
    return forms.CharField(max_length=MOST_NAME, widget=line(), **told)


def _are_identifiers(text: str) -> None:
    identifiers(text)


def identifiers(text: str) -> list[dict[str, str]]:
    """Numbers that name one party only, one a line."""
    found = []
    for row in filter(None, map(str.strip, text.splitlines())):
        read = _IDENTIFIER.fullmatch(row)
        if not read:
            raise forms.ValidationError(_("Write each line as what it is, then the number"))
        found.append({"kind": read[1], "value": read[2].strip()})
    return found


def _optional(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, required=False, widget=select())


class SourceForm(forms.Form):
    """Where an answer comes from, as the authority records it."""

    kind = forms.ChoiceField(
        label=_("What kind of source it is"),
        choices=lambda: [
            (word, heading(word))
            for word in (
                "letter",
                "datasheet",
                "inspection",
                "embassy",
                "court",
                "un_body",
                "ngo",
                "media",
                "other_state",
                "research",
            )
        ],
        widget=select(),
    )
    ref = forms.CharField(
        label=_("The document"),
        help_text=_("Its title or number, so that somebody else finds it."),
        max_length=MOST_NAME,
        widget=line(),
        error_messages={"required": _("Name the document that the answer rests on")},
    )
    date = day(
        label=_("Its date"),
        help_text=_("2026-03-05, 2026-03 or 2026."),
        error_messages={"required": _("Give the date of the document")},
    )
    place = forms.CharField(
        label=_("Where in it"),
        help_text=_("Such as line 7, or p. 3."),
        max_length=120,
        required=False,
        widget=line("govuk-input--width-20"),
    )
    author = forms.CharField(
        label=_("Its author"), max_length=MOST_NAME, required=False, widget=line("govuk-input--width-20")
    )
    level = _optional(
        _("How far it carries what you take from it"),
        lambda: [("", gettext("Not graded")), *((one, heading(one)) for one in get_args(Level))],
    )
    reliability = _optional(
        _("Reliability of the source"),
        [(one, one) for one in reversed(get_args(Reliability))],
        _("A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged."),
    )
    credibility = _optional(
        _("Credibility of what it says"),
        [(one, one) for one in reversed(get_args(Credibility))],
        _("1 confirmed by others, 2 probably true, 3 possibly, 4 doubtful, 5 unlikely, 6 cannot be judged."),
    )
    graded = forms.CharField(
        label=_("Why it is graded so"),
        help_text=_("Such as: a single source, indirect, old, in conflict with another."),
        max_length=500,
        required=False,
        widget=line(),
    )
    searched = forms.CharField(
        label=_("What was searched"),
        help_text=_("Where the answer is “none” or a complete list: what was looked through, and until when."),
        max_length=2_000,
        required=False,
        widget=block(2),
    )
    sealed = forms.BooleanField(
        label=_("Sealed: neither the source nor what it says may be seen by the exporter or another State"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    disclosable = forms.CharField(
        label=_("What may be said of it to the exporter or a court, if it is sealed"),
        max_length=2_000,
        required=False,
        widget=block(2),
    )

    def clean(self) -> dict[str, Any]:
        """A grade says why."""
        cleaned = dict(self.cleaned_data)
        if cleaned.get("level") and not cleaned.get("graded", "").strip():
            self.add_error("graded", _("Say why it is graded so"))
        return cleaned


def grade(cleaned: dict[str, Any]) -> Grade | None:
    """The grade that a source's form says; none where none was chosen."""
    if not cleaned["level"]:
        return None
    return Grade(cleaned["level"], cleaned["graded"], cleaned["reliability"] or "F", cleaned["credibility"] or "6")
