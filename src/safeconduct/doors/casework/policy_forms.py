"""The form on which a policy lead changes one table of a pack, and the table that it states."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.doors.casework.forms import KeyForm
from safeconduct.doors.casework.policy_fields import PARTS, chosen, ground_field, plain, text_field
from safeconduct.doors.casework.policy_rows import (
    MOST,
    Folded,
    as_written,
    example_fields,
    facts_to_choose,
    read_condition,
    row_fields,
    sent_examples,
    sent_row,
    sent_rows,
)
from safeconduct.doors.casework.policy_severity import severity_fields, stated_severity
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import line, radios
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.editing_packs import EXEMPLIFIED
from safeconduct.policy.rows import Rows, condition_text, raw_of, rows_of

JOINTS = [("all", gettext_lazy("All of the conditions")), ("any", gettext_lazy("At least one of them"))]
DECISIVE = [
    ("always", gettext_lazy("Always: no approval without it")), ("never", gettext_lazy("Never")),
    ("when", gettext_lazy("When the conditions below hold, or cannot be told")),
]  # fmt: skip
OF_A_MATCH = ("term", "second_person")
REPEATED = {"row": "row{}_fact", "severity": "severity{}_dimension", "example": "example{}_facts"}  # first of each row


class TableForm(KeyForm):
    """One table. ``groups`` are the headings under which its fields stand, each with the name of what it repeats."""

    def __init__(
        self, data: Any, *, kind: str, table: dict[str, Any] | None, examples: list[dict[str, Any]],
        terms: dict[str, str], asked: list[str], ground: bool,
    ) -> None:  # fmt: skip
        self.kind, self.old, self.examples, self.sent = kind, table or {}, examples, data
        self.adding = table is None
        self.groups: list[tuple[str, list[str], str]] = []
        again = data is not None and "more" in data
        super().__init__(None if again else data, initial={"key": new_key()})
        self.group("", self.naming() | self.own_fields(asked))
        if kind != "case":
            self.group(_("Conditions"), self.condition_fields(terms), "row")
        if kind == "scenario":
            held = self.old.get("severity", [])
            self.group(_("Severity"), severity_fields(held, self.many("severity", len(held))), "severity")
        if kind in EXEMPLIFIED:
            self.group(_("Examples which must hold"), self.all_examples(), "example")
        if ground:
            self.group(_("Why the change"), {"ground": ground_field(self.old.get("ground", ""))})
        if again:
            unset = [name for name in self.fields if not name.startswith("row")]
            self.initial.update({name: data.getlist(name) if name == "asks" else data.get(name, "") for name in unset})

    def group(self, title: str, fields: dict[str, forms.Field], repeats: str = "") -> None:
        self.fields |= fields
        self.groups.append((title, list(fields), repeats if "condition" not in fields else ""))

    def grouped(self) -> list[dict[str, Any]]:
        """For the page: each heading with its bound fields, and where a row that is added will stand."""
        for name, field in self.fields.items():
            if isinstance(field, Folded):
                field.fold(field.label, self[name].value())
        return [
            {"title": title, "fields": [self[name] for name in names], "repeats": repeats, "next": self.next(repeats)}
            for title, names, repeats in self.groups
        ]

    def next(self, repeats: str) -> str:
        if not repeats:
            return ""
        count = sum(REPEATED[repeats].format(number) in self.fields for number in range(1, MOST + 1))
        return f"id_{REPEATED[repeats].format(count + 1)}" if count < MOST else ""

    def many(self, repeats: str, stated: int) -> int:
        """How many rows there are: those stated and one more; later those that came, and what is added."""
        if self.sent is None:
            return min(MOST, stated + 1)
        came = sum(REPEATED[repeats].format(number) in self.sent for number in range(1, MOST + 1))
        return min(MOST, max(1, came + int(self.sent.get("more") == repeats)))

    def naming(self) -> dict[str, forms.Field]:
        if not self.adding or self.kind in ("likelihood", "lowers", "case"):
            return {}
        if self.kind == "question":
            facts = [("", ""), *((fact.key, f"{fact.means} [{fact.key}]") for fact in catalogue())]
            return {"name": chosen(_("The fact that is asked for"), facts)}
        hint = _("Up to 40 letters, digits and hyphens, such as NR-1. No other table has it.")
        return {"name": forms.CharField(label=_("Name"), help_text=hint, max_length=40, widget=line())}

    def own_fields(self, asked: list[str]) -> dict[str, forms.Field]:
        fields = {part.key: part.make(part.label, self.old.get(part.key), asked) for part in PARTS[self.kind]}
        if self.kind == "question":
            decisive = self.old.get("decisive", True)
            how = "when" if isinstance(decisive, dict) else "always" if decisive else "never"
            fields["decisive"] = forms.ChoiceField(
                label=_("Decisive"), choices=DECISIVE, initial=how, widget=radios()
            )  # fmt: skip
        return fields

    @property
    def condition(self) -> Any:
        """The condition as it stood; None where there was none."""
        found = self.old.get("decisive" if self.kind == "question" else "when")
        return found if isinstance(found, dict) else None

    def condition_fields(self, terms: dict[str, str]) -> dict[str, forms.Field]:
        old = rows_of(self.condition) if self.condition else Rows("all", ())
        if old is None:
            hint = _("This condition is nested too deeply for rows. It is written in the policy language.")
            field = text_field(_("Condition"), condition_text(self.condition), rows=8, hint=hint)
            return {"condition": as_written(field)}
        joint = forms.ChoiceField(label=_("Which must hold"), choices=JOINTS, initial=old.joint, widget=radios())
        fields: dict[str, forms.Field] = {"joint": joint}
        choices = facts_to_choose(terms, of_a_match=self.kind in OF_A_MATCH)
        for number in range(1, self.many("row", len(old.rows)) + 1):
            kept = old.rows[number - 1] if number <= len(old.rows) else None
            fields |= row_fields(number, kept if self.sent is None else sent_row(self.sent, number), choices)
        if self.sent is not None:
            fields["joint"].initial = sent_rows(self.sent).joint
        return fields

    def all_examples(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for number in range(1, self.many("example", len(self.examples)) + 1):
            fields |= example_fields(number, self.examples[number - 1] if number <= len(self.examples) else None)
        return fields

    # -- what the form states

    def stated_name(self) -> str:
        return str(self.cleaned_data.get("name", ""))

    def stated_examples(self, name: str) -> list[dict[str, Any]] | None:
        return sent_examples(self, name) if self.kind in EXEMPLIFIED else None

    def stated_table(self) -> dict[str, Any]:
        """The table as the policy language has it. Keys that the form does not show stay as they were."""
        given = self.cleaned_data
        named = {"fact" if self.kind == "question" else "id": given["name"]} if "name" in given else {}
        table: dict[str, Any] = named | self.old
        for part in PARTS[self.kind]:
            try:
                table[part.key] = part.read(self.old.get(part.key), given[part.key])
            except ValueError as error:
                self.add_error(part.key, _("“%s” states nothing: write “name: what must come out”") % error)
        if table.get("unknown") == "show" and "unknown" not in self.old:
            table.pop("unknown")
        if self.kind == "question":
            settled = {"always": True, "never": False}
            how = given["decisive"]
            table["decisive"] = settled[how] if how in settled else self.stated_condition()
        elif self.kind != "case":
            table["when"] = self.stated_condition()
        if self.kind == "scenario":
            table["severity"] = stated_severity(self, self.old.get("severity", []))
        if "ground" in given:
            table["ground"] = plain(given["ground"])
        return {key: value for key, value in table.items() if value or key not in ("then", "asks", "ground")}

    def stated_condition(self) -> Any:
        """From rows, or from the text of one that is too deep; as it was written where it says the same."""
        if "condition" in self.fields:
            return read_condition(self, "condition")
        rows = sent_rows(self.sent)
        if not rows.rows:
            self.add_error("row1_fact", _("Choose at least one condition"))
            return {}
        for number in range(1, MOST + 1):
            row = sent_row(self.sent, number)
            if row and not (row.values and row.compare) and f"row{number}_values" in self.fields:
                self.add_error(f"row{number}_values", _("Choose the value that the fact is compared with"))
        old = rows_of(self.condition) if self.condition else None
        same = old is not None and old.rows == rows.rows and (old.joint == rows.joint or len(rows.rows) == 1)
        return self.condition if same else raw_of(rows, catalogue())
