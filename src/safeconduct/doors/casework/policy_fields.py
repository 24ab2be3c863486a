"""What a table of each kind says besides its condition and examples: a field for each of its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

import msgspec
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.doors.casework.policy_rows import Folded
from safeconduct.doors.page.fact_field import block, boxes, line, select
from safeconduct.flows.catalogue import catalogue
from safeconduct.policy.outcome import LICENSING
from safeconduct.policy.pack import STEPS, Group
from safeconduct.policy.rows import verdicts_in_words, verdicts_read

LONGEST = 4_000
OUTCOMES = [(str(each), str(each)) for each in LICENSING]
LEVELS = [(str(step), str(step)) for step in range(1, STEPS + 1)]
Make = Callable[[Any, Any, Sequence[str]], forms.Field]


class Part(msgspec.Struct, frozen=True):
    """A key of a table. ``make``: the field, from its label, the value as written (or None) and the facts that the pack
    asks for. ``read``: the value, from the one before and what was given; ValueError with the words that say none."""

    key: str
    label: Any
    make: Make
    read: Callable[[Any, Any], Any]


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


def plain(given: Any) -> str:
    """A text as it is written into a file."""
    return str(given).replace("\r\n", "\n").strip()


def _said(label: Any) -> Part:
    """The table's text; in other languages it stays as it is."""
    return Part(
        "text", label, lambda told, old, _asked: text_field(told, (old or {}).get("en", "")),
        lambda old, given: {**(old or {}), "en": plain(given)},
    )  # fmt: skip


def _text(key: str, label: Any, *, hint: Any = "") -> Part:
    return Part(
        key, label, lambda told, old, _asked: text_field(told, old or "", rows=2, hint=hint),
        lambda _old, given: plain(given),
    )  # fmt: skip


def _line(key: str, label: Any, *, hint: Any = "") -> Part:
    def make(told: Any, old: Any, _asked: Sequence[str]) -> forms.Field:
        return forms.CharField(label=told, help_text=hint, initial=old or "", max_length=200, widget=line())

    return Part(key, label, make, lambda _old, given: plain(given))


def _one_of(key: str, label: Any, choices: Iterable[tuple[str, Any]], usual: str = "") -> Part:
    offered = list(choices)
    needed = all(value for value, _says in offered)
    return Part(
        key, label, lambda told, old, _asked: chosen(told, offered, old or usual, required=needed),
        lambda _old, given: given,
    )  # fmt: skip


def _level() -> Part:
    return Part(
        "level", gettext_lazy("How likely, 1 to 5"), lambda told, old, _asked: chosen(told, LEVELS, str(old or 1)),
        lambda _old, given: int(given),
    )  # fmt: skip


def _days() -> Part:
    def make(told: Any, old: Any, _asked: Sequence[str]) -> forms.Field:
        return forms.IntegerField(label=told, initial=old, min_value=1, widget=line("govuk-input--width-5"))

    return Part("days", gettext_lazy("Days to answer"), make, lambda _old, given: given)


def _asks() -> Part:
    def make(told: Any, old: Any, asked: Sequence[str]) -> forms.Field:
        choices = [(fact, f"{found.means} [{fact}]" if (found := catalogue().get(fact)) else fact) for fact in asked]
        return Folded(label=told, choices=choices, required=False, widget=boxes(), initial=old or [])

    return Part("asks", gettext_lazy("Then ask for"), make, lambda _old, given: given)


def _lowered() -> Part:
    def make(told: Any, old: Any, _asked: Sequence[str]) -> forms.Field:
        hint = _("Names such as RF-20, a comma between them")
        return forms.CharField(
            label=told, help_text=hint, initial=", ".join(old or []), max_length=LONGEST, widget=line()
        )

    def read(_old: Any, given: Any) -> list[str]:
        return [each.strip() for each in given.split(",") if each.strip()]

    return Part("lowers", gettext_lazy("The rules and scenarios whose outcome it lowers"), make, read)


def _expected() -> Part:
    def make(told: Any, old: Any, _asked: Sequence[str]) -> forms.Field:
        hint = _("One a line: “outcome: refer”, and “RF-20: met”, “not met” or “cannot tell” for a rule or scenario")
        return text_field(told, verdicts_in_words(old or {}), hint=hint)

    return Part("expect", gettext_lazy("What must come out"), make, lambda _old, given: verdicts_read(given))


_CITES = _text("cites", gettext_lazy("Source"))
_NONE = ("", gettext_lazy("No outcome (reasons for, questions)"))
_TOLD = [("show", gettext_lazy("Show it")), ("ask", gettext_lazy("Ask for it"))]
_ACTORS = [("violation", gettext_lazy("A violation, by a State")), ("abuse", gettext_lazy("An abuse, by others"))]
_GROUPS = [(each, each.replace("_", " ")) for each in get_args(Group)]
PARTS: dict[str, tuple[Part, ...]] = {
    "rule": (
        _said(gettext_lazy("What the rule says")),
        _CITES,
        _one_of("group", gettext_lazy("Kind of rule"), _GROUPS, "red_flag"),
        _one_of("then", gettext_lazy("Outcome at least"), [_NONE, *OUTCOMES]),
        _one_of("unknown", gettext_lazy("What is unknown"), _TOLD, "show"),
        _asks(),
    ),
    "scenario": (
        _said(gettext_lazy("What could happen")),
        _text("at_risk", gettext_lazy("Who is at risk")),
        _text("right", gettext_lazy("Which right")),
        _one_of("actor", gettext_lazy("By whom"), _ACTORS, "violation"),
        _CITES,
    ),
    "question": (_said(gettext_lazy("How it is asked")), _CITES, _days()),
    "term": (_said(gettext_lazy("What it says, as part of a sentence")),),
    "likelihood": (_level(), _said(gettext_lazy("In words")), _CITES),
    "lowers": (_said(gettext_lazy("In words")), _CITES),
    "exception": (
        _said(gettext_lazy("What the exception says")),
        _lowered(),
        _one_of("to", gettext_lazy("Lowered to"), OUTCOMES),
        _text("ground", gettext_lazy("Ground"), hint=gettext_lazy("Why the State lowers it. It is always needed.")),
        _CITES,
    ),
    "second_person": (_said(gettext_lazy("When two people are needed")), _CITES),
    "case": (_line("case", gettext_lazy("Name of the case")), _expected()),
}
