"""The steps of a scenario's severity as fields."""

from __future__ import annotations

from typing import Any, get_args

from django import forms
from django.utils.translation import gettext as _

from safeconduct.doors.casework.policy_fields import LEVELS, chosen, plain, text_field
from safeconduct.doors.casework.policy_rows import MOST, as_written, read_condition
from safeconduct.policy.pack import Dimension
from safeconduct.policy.rows import condition_text


def severity_fields(held: list[dict[str, Any]], many: int) -> dict[str, forms.Field]:
    """Of what, level, words and condition of each step that the scenario has, and of empty ones up to ``many``."""
    fields: dict[str, forms.Field] = {}
    dimensions = [("", _("No step")), *((each, each) for each in get_args(Dimension))]
    for number in range(1, many + 1):
        one = held[number - 1] if number <= len(held) else {}
        told, at = {"number": number}, f"severity{number}"
        when = condition_text(one["when"]) if "when" in one else ""
        hint = _("In the policy language; left empty: always")
        says = one.get("text", {}).get("en", "")
        fields |= {
            f"{at}_dimension": chosen(
                _("Step %(number)d: of what") % told, dimensions, one.get("dimension", ""), required=False
            ),
            f"{at}_level": chosen(_("Step %(number)d: level") % told, LEVELS, str(one.get("level", 1))),
            f"{at}_text": text_field(_("Step %(number)d: in words") % told, says, required=False),
            f"{at}_when": as_written(text_field(_("Step %(number)d: when") % told, when, hint=hint, required=False)),
        }
    return fields


def stated_severity(form: forms.Form, held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps as the policy language has them; one of no dimension falls away."""
    given, found = form.cleaned_data, []
    for number in range(1, MOST + 1):
        at = f"severity{number}"
        if not given.get(f"{at}_dimension"):
            continue
        old = held[number - 1] if number <= len(held) else {}
        one = {**old, "dimension": given[f"{at}_dimension"], "level": int(given[f"{at}_level"])}
        one.pop("when", None)
        if given[f"{at}_when"]:
            one["when"] = read_condition(form, f"{at}_when")
        found.append({**one, "text": {**old.get("text", {}), "en": plain(given[f"{at}_text"])}})
    return found
