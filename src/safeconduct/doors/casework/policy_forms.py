"""The forms on which a policy lead changes one table of a pack, and the table that each of them states."""

from __future__ import annotations

from typing import Any, get_args

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.doors.casework.forms import KeyForm
from safeconduct.doors.casework.policy_rows import (
    BLANK,
    MOST,
    as_written,
    example_fields,
    facts_to_choose,
    row_fields,
    sent_examples,
    sent_row,
    sent_rows,
)
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.fact_field import block, boxes, line, radios, select
from safeconduct.flows.catalogue import catalogue
from safeconduct.policy.outcome import LICENSING
from safeconduct.policy.pack import STEPS, Dimension, Group
from safeconduct.policy.rows import Rows, condition_read, condition_text, raw_of, rows_of

LONGEST = 4_000
WITHOUT_OUTCOME = ("reason_for", "question")
OUTCOMES = [(str(each), str(each)) for each in LICENSING]
JOINTS = [("all", gettext_lazy("All of the conditions")), ("any", gettext_lazy("At least one of them"))]
DECISIVE = [
    ("always", gettext_lazy("Always: no approval without it")), ("never", gettext_lazy("Never")),
    ("when", gettext_lazy("When the conditions below hold, or cannot be told")),
]  # fmt: skip


def text_field(label: Any, initial: str = "", *, rows: int = 3, hint: Any = "", required: bool = True) -> forms.Field:
    return forms.CharField(
        label=label, help_text=hint, initial=initial, required=required, max_length=LONGEST, widget=block(rows)
    )


def chosen(label: Any, choices: Any, initial: str = "", *, hint: Any = "", required: bool = True) -> forms.Field:
    return forms.ChoiceField(
        label=label, choices=choices, initial=initial, help_text=hint, required=required, widget=select()
    )


def ground_field(initial: str) -> forms.Field:
    hint = _("The ground of the State. It is needed where the change is weaker than the pack it extends.")
    return text_field(_("Ground"), initial, hint=hint, required=False)


def _named(fact: str) -> str:
    found = catalogue().get(fact)
    return f"{found.means} [{fact}]" if found else fact


class TableForm(KeyForm):
    """One rule, scenario or question. ``groups`` are the headings under which its fields stand."""

    def __init__(
        self, data: Any, *, kind: str, table: dict[str, Any] | None, examples: list[dict[str, Any]],
        terms: dict[str, str], asked: list[str],
    ) -> None:  # fmt: skip
        self.kind, self.old, self.examples, self.sent = kind, table or {}, examples, data
        self.adding = table is None
        self.groups: list[tuple[str, list[str]]] = []
        again = data is not None and "more" in data
        super().__init__(None if again else data, initial={"key": new_key()})
        if self.adding:
            self.group(_("Name"), self.naming())
        self.group("", getattr(self, f"{kind}_fields")(asked))
        self.group(_("Conditions"), self.condition_fields(terms))
        if kind == "scenario":
            self.group(_("Severity"), self.severity_fields())
        if kind != "question":
            self.group(_("Examples which must hold"), self.all_examples())
        self.group(_("Why the change"), {"ground": ground_field(self.old.get("ground", ""))})
        if again:
            plain = [name for name in self.fields if not name.startswith("row")]
            sent = {name: data.getlist(name) if name == "asks" else data.get(name, "") for name in plain}
            self.initial.update(sent)

    def group(self, title: str, fields: dict[str, forms.Field]) -> None:
        self.fields |= fields
        self.groups.append((title, list(fields)))

    def grouped(self) -> list[dict[str, Any]]:
        """For the page: each heading with its bound fields."""
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in self.groups]

    def naming(self) -> dict[str, forms.Field]:
        if self.kind == "question":
            facts = [("", ""), *((fact.key, f"{fact.means} [{fact.key}]") for fact in catalogue())]
            return {"name": chosen(_("The fact that is asked for"), facts)}
        hint = _("Up to 40 letters, digits and hyphens, such as NR-1. No other table has it.")
        return {"name": forms.CharField(label=_("Name"), help_text=hint, max_length=40, widget=line())}

    def rule_fields(self, asked: list[str]) -> dict[str, forms.Field]:
        old = self.old
        groups = [(each, each.replace("_", " ")) for each in get_args(Group)]
        none = [("", _("No outcome (reasons for, questions)"))]
        told = [("show", _("Show it")), ("ask", _("Ask for it"))]
        asks = forms.MultipleChoiceField(
            label=_("Then ask for"), choices=[(fact, _named(fact)) for fact in asked], required=False, widget=boxes(),
            initial=old.get("asks", []),
        )  # fmt: skip
        return {
            "text": text_field(_("What the rule says"), old.get("text", {}).get("en", "")),
            "cites": text_field(_("Source"), old.get("cites", ""), rows=2),
            "group": chosen(_("Kind of rule"), groups, old.get("group", "red_flag")),
            "then": chosen(_("Outcome at least"), [*none, *OUTCOMES], old.get("then", ""), required=False),
            "unknown": chosen(_("What is unknown"), told, old.get("unknown", "show")),
            "asks": asks,
        }

    def scenario_fields(self, _asked: list[str]) -> dict[str, forms.Field]:
        old = self.old
        actors = [("violation", _("A violation, by a State")), ("abuse", _("An abuse, by others"))]
        return {
            "text": text_field(_("What could happen"), old.get("text", {}).get("en", "")),
            "at_risk": text_field(_("Who is at risk"), old.get("at_risk", ""), rows=2),
            "right": text_field(_("Which right"), old.get("right", ""), rows=2),
            "actor": chosen(_("By whom"), actors, old.get("actor", "violation")),
            "cites": text_field(_("Source"), old.get("cites", ""), rows=2),
        }

    def question_fields(self, _asked: list[str]) -> dict[str, forms.Field]:
        old = self.old
        decisive = old.get("decisive", True)
        how = "when" if isinstance(decisive, dict) else "always" if decisive else "never"
        days = forms.IntegerField(
            label=_("Days to answer"), initial=old.get("days"), min_value=1, widget=line("govuk-input--width-5")
        )
        return {
            "text": text_field(_("How it is asked"), old.get("text", {}).get("en", "")),
            "cites": text_field(_("Source"), old.get("cites", ""), rows=2),
            "days": days,
            "decisive": forms.ChoiceField(label=_("Decisive"), choices=DECISIVE, initial=how, widget=radios()),
        }

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
        choices = facts_to_choose(terms)
        for number in range(1, self.many(len(old.rows), "row{}_fact") + 1):
            kept = old.rows[number - 1] if number <= len(old.rows) else None
            fields |= row_fields(number, kept if self.sent is None else sent_row(self.sent, number), choices)
        if self.sent is not None:
            fields["joint"].initial = sent_rows(self.sent).joint
        return fields

    def many(self, stated: int, name: str) -> int:
        """How many of repeated fields there are: those that came with the form, with more where more are wanted."""
        if self.sent is None:
            return min(MOST, stated + BLANK)
        came = sum(name.format(number) in self.sent for number in range(1, MOST + 1))
        return min(MOST, max(1, came + (BLANK if "more" in self.sent else 0)))

    def severity_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        held = self.old.get("severity", [])
        dimensions = [("", _("No step")), *((each, each) for each in get_args(Dimension))]
        levels = [(str(step), str(step)) for step in range(1, STEPS + 1)]
        for number in range(1, self.many(len(held), "severity{}_dimension") + 1):
            one = held[number - 1] if number <= len(held) else {}
            told, at = {"number": number}, f"severity{number}"
            when = condition_text(one["when"]) if "when" in one else ""
            hint = _("In the policy language; left empty: always")
            fields |= {
                f"{at}_dimension": chosen(
                    _("Step %(number)d: of what") % told, dimensions, one.get("dimension", ""), required=False
                ),
                f"{at}_level": chosen(_("Step %(number)d: level") % told, levels, str(one.get("level", 1))),
                f"{at}_text": text_field(
                    _("Step %(number)d: in words") % told, one.get("text", {}).get("en", ""), required=False
                ),
                f"{at}_when": as_written(
                    text_field(_("Step %(number)d: when") % told, when, hint=hint, required=False)
                ),
            }
        return fields

    def all_examples(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        least = 4 if self.adding else 0
        for number in range(1, self.many(max(least, len(self.examples)), "example{}_expect") + 1):
            fields |= example_fields(number, self.examples[number - 1] if number <= len(self.examples) else None)
        return fields

    # -- what the form states

    def stated_name(self) -> str:
        return str(self.cleaned_data.get("name") or self.old.get("id") or self.old.get("fact") or "")

    def stated_examples(self) -> list[dict[str, Any]] | None:
        return None if self.kind == "question" else sent_examples(self, self.stated_name())

    def stated_table(self) -> dict[str, Any]:
        """The table as the policy language has it. Keys that the form does not show stay as they were."""
        given, name = self.cleaned_data, self.stated_name()
        table: dict[str, Any] = {"fact" if self.kind == "question" else "id": name, **self.old}
        table["text"] = {**self.old.get("text", {}), "en": self.plain("text")}
        table["cites"] = self.plain("cites")
        if self.kind == "rule":
            table |= {"group": given["group"], "then": given["then"], "asks": given["asks"]}
            table["unknown"] = given["unknown"]
            if given["unknown"] == "show" and "unknown" not in self.old:
                table.pop("unknown")
        elif self.kind == "scenario":
            table |= {key: given[key] if key == "actor" else self.plain(key) for key in ("right", "actor", "at_risk")}
            table["severity"] = self.severity()
        else:
            table["days"] = given["days"]
        key = "decisive" if self.kind == "question" else "when"
        plain = {"always": True, "never": False}
        how = given.get("decisive", "")
        table[key] = plain[how] if how in plain else self.stated_condition()
        table["ground"] = self.plain("ground")
        empty = ("then", "asks", "ground")
        return {key: value for key, value in table.items() if value or key not in empty}

    def plain(self, name: str) -> str:
        return str(self.cleaned_data[name]).replace("\r\n", "\n").strip()

    def stated_condition(self) -> Any:
        """From rows, or from the text of one that is too deep; as it was written where it says the same."""
        if "condition" in self.fields:
            return self.read_condition("condition")
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

    def read_condition(self, name: str) -> Any:
        try:
            return condition_read(self.cleaned_data[name])
        except ValueError:
            self.add_error(name, _("This is no condition of the policy language: see its documentation"))
            return {}

    def severity(self) -> list[dict[str, Any]]:
        held, found = self.old.get("severity", []), []
        for number in range(1, MOST + 1):
            at, given = f"severity{number}", self.cleaned_data
            if not given.get(f"{at}_dimension"):
                continue
            old = held[number - 1] if number <= len(held) else {}
            one = {**old, "dimension": given[f"{at}_dimension"], "level": int(given[f"{at}_level"])}
            one.pop("when", None)
            if given[f"{at}_when"]:
                one["when"] = self.read_condition(f"{at}_when")
            found.append({**one, "text": {**old.get("text", {}), "en": self.plain(f"{at}_text")}})
        return found
