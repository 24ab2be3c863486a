"""Conditions and examples as fields: one row for each check, its values chosen from the words of its fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.fact import FactType
from safeconduct.doors.page.fact_field import block, boxes, line, radios, select
from safeconduct.doors.page.words import heading
from safeconduct.flows.catalogue import catalogue
from safeconduct.policy.rows import TERM, Joint, Row, Rows, condition_read, facts_in_words, facts_read

MOST = 40  # rows of a form
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
EXPECTED = [
    ("", gettext_lazy("No example")),
    ("met", gettext_lazy("Met")),
    ("not_met", gettext_lazy("Not met")),
    ("cannot_tell", gettext_lazy("Cannot tell")),
]
COMPARISONS: dict[str, list[tuple[str, Any]]] = {
    "flag": [("in", gettext_lazy("is"))],
    "word": [("in", gettext_lazy("is one of"))],
    "level": [
        ("in", gettext_lazy("is one of")), ("at_least", gettext_lazy("is at least")),
        ("at_most", gettext_lazy("is at most")),
    ],
    "words": [("has_any", gettext_lazy("has at least one of")), ("has_all", gettext_lazy("has all of"))],
    "number": [
        ("at_least", gettext_lazy("is at least")), ("at_most", gettext_lazy("is at most")), ("in", gettext_lazy("is")),
    ],
    "decimal": [("at_least", gettext_lazy("is at least")), ("at_most", gettext_lazy("is at most"))],
}  # fmt: skip
KNOWN = ("known", gettext_lazy("is known (yes) or unknown (no), whatever its value"))


class Folded(forms.MultipleChoiceField):
    """Any number of many. The page folds them: ``line`` says what is chosen; ``unfolded`` where that is yet to be."""

    widget = forms.CheckboxSelectMultiple
    fold_from = 8
    line, unfolded = "", False

    def fold(self, label: Any, value: Any) -> None:
        """Say what was chosen, where there are many to choose from."""
        offered = list(cast(Iterable[tuple[str, Any]], self.choices))
        if len(offered) >= self.fold_from:
            chosen = [str(says) for word, says in offered if word in (value or ())]
            self.line = f"{label}: {', '.join(chosen) or _('nothing')}"


def as_written(field: forms.Field) -> forms.Field:
    """Text in the words of the policy language: left to right in every language."""
    field.widget.attrs |= {"dir": "ltr", "spellcheck": "false"}
    return field


def facts_to_choose(terms: dict[str, str], *, of_a_match: bool = False) -> list[Any]:
    """The pack's named conditions, then every fact that a condition may read."""
    facts = [
        (fact.key, f"{fact.means} [{fact.key}]")
        for fact in catalogue()
        if fact.kind != "incident" and (of_a_match or fact.subject != "match")
    ]
    named = [(TERM + name, says) for name, says in terms.items()]
    return [("", _("No condition")), (_("Conditions of this pack that have a name"), named), (_("Facts"), facts)]


def row_fields(number: int, row: Row | None, choices: list[Any]) -> dict[str, forms.Field]:
    """Fact, comparison, values and whether it holds; the last three once the fact is chosen."""
    at = f"row{number}"
    told = {"number": number}
    fields: dict[str, forms.Field] = {
        f"{at}_fact": forms.ChoiceField(
            label=_("Condition %(number)d: fact") % told, choices=choices, required=False, widget=select(),
            initial=row.fact if row else "",
        )
    }  # fmt: skip
    if row is None or not row.fact:
        return fields
    fact = catalogue().get(row.fact)
    if fact is not None:
        compared = [*COMPARISONS.get(fact.kind, []), KNOWN]
        fields[f"{at}_compare"] = forms.ChoiceField(
            label=_("Condition %(number)d: comparison") % told, choices=compared, required=False,
            widget=select(), initial=row.compare or compared[0][0],
        )  # fmt: skip
        fields[f"{at}_values"] = _values(fact, row, _("Condition %(number)d: value") % told)
    holds = [("yes", _("This holds")), ("no", _("This does not hold"))]
    fields[f"{at}_holds"] = forms.ChoiceField(
        label=_("Condition %(number)d: it counts when") % told, choices=holds, required=False, widget=select(),
        initial="yes" if row.holds else "no",
    )  # fmt: skip
    return fields


def _values(fact: FactType, row: Row, label: str) -> forms.Field:
    if fact.kind == "flag" or (row.compare == "known" and not fact.words):
        chosen = row.values[0] if row.values else "yes"
        return forms.ChoiceField(label=label, choices=YES_NO, required=False, widget=radios(), initial=chosen)
    if fact.words:
        none = [("none", heading("none"))] if fact.kind == "words" and "none" not in fact.words else []
        words = [*none, *((word, heading(word)) for word in fact.words)]
        words += [(word, str(label)) for word, label in YES_NO] if row.compare == "known" else []
        field = Folded(label=label, choices=words, required=False, widget=boxes(), initial=list(row.values))
        field.unfolded = not row.values
        return field
    return forms.CharField(
        label=label, help_text=_("Several values: a comma between them"), required=False, widget=line(),
        initial=", ".join(row.values),
    )  # fmt: skip


def sent_row(data: Any, number: int) -> Row | None:
    """The row that was sent; None where no fact was chosen. A box for each value, or a line with commas."""
    at = f"row{number}"
    if not data.get(f"{at}_fact"):
        return None
    values = [one.strip() for each in data.getlist(f"{at}_values") for one in each.split(",") if one.strip()]
    return Row(data[f"{at}_fact"], data.get(f"{at}_compare", ""), tuple(values), data.get(f"{at}_holds") != "no")


def sent_rows(data: Any) -> Rows:
    """Every row that was sent, in order; the rows without a fact fall away."""
    rows = [row for number in range(1, MOST + 1) if (row := sent_row(data, number))]
    joint: Joint = "any" if data.get("joint") == "any" else "all"
    return Rows(joint, tuple(rows))


def read_condition(form: forms.Form, name: str) -> Any:
    """The condition written in a field in the policy language; what is none is told beside it."""
    try:
        return condition_read(form.cleaned_data[name])
    except ValueError:
        form.add_error(name, _("This is no condition of the policy language: see its documentation"))
        return {}


def example_fields(number: int, example: dict[str, Any] | None) -> dict[str, forms.Field]:
    """What must come of which facts."""
    at, told = f"example{number}", {"number": number}
    return {
        f"{at}_facts": as_written(forms.CharField(
            label=_("Example %(number)d: facts") % told, required=False, widget=block(3), max_length=4_000,
            help_text=_("One fact a line, such as “user.kind: police”; “unknown” where it is absent, “yes | no” where "
                        "two sources differ. What is not named is unknown.") if number == 1 else "",
            initial=facts_in_words(example["facts"], catalogue()) if example else "",
        )),
        f"{at}_expect": forms.ChoiceField(
            label=_("Example %(number)d: must come out as") % told, choices=EXPECTED, required=False,
            widget=select(), initial=example["expect"] if example else "",
        ),
    }  # fmt: skip


def sent_examples(form: forms.Form, rule: str) -> list[dict[str, Any]]:
    """The examples that were sent; a line that states no fact is told beside its field."""
    found = []
    for number in _numbers(form):
        expect = form.cleaned_data.get(f"example{number}_expect")
        if not expect:
            continue
        try:
            facts = facts_read(form.cleaned_data.get(f"example{number}_facts", ""), catalogue())
        except ValueError as error:
            form.add_error(f"example{number}_facts", _("“%s” states no fact: write “fact: value”") % error)
            continue
        found.append({"rule": rule, "facts": facts, "expect": expect})
    return found


def _numbers(form: forms.Form) -> Iterator[int]:
    return (number for number in range(1, MOST + 1) if f"example{number}_expect" in form.fields)
