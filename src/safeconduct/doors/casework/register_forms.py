"""Forms of the acts on the register. ``key`` makes a second press of a button have no second effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.doors.casework.forms import LONGEST, KeyForm
from safeconduct.doors.page.answer_form import SourceForm, party_kinds, places
from safeconduct.doors.page.fact_field import block, day, line, radios, select
from safeconduct.flows.register_orders import TIES
from safeconduct.flows.state_tie import ListedHolder, StateTie
from safeconduct.intake.limits import NAME_CHARS


class ReasonForm(KeyForm):
    """An act with its reason."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What shows it: a document, a date, who looked at it. It carries your name in the record."),
        max_length=LONGEST,
        widget=block(4),
        error_messages={"required": _("Give the reason")},
    )


class MergeForm(ReasonForm):
    """Which other entry is the same party."""

    field_order = ("other", "reason")
    other = forms.CharField(
        label=_("The other entry"),
        help_text=_("Its number in the register, such as R-12."),
        max_length=30,
        widget=line("govuk-input--width-10"),
        error_messages={"required": _("Give the number of the other entry")},
    )


class EndForm(ReasonForm):
    """The last day of a tie, or that it never held."""

    field_order = ("last_day", "reason")
    last_day = day(
        label=_("The last day on which it held"),
        help_text=_(
            "2026-03-05, 2026-03 or 2026. Leave it empty where it was stated wrongly: it then counts on no day."
        ),
        required=False,
    )


def _ties() -> list[tuple[str, Any]]:
    told = {
        "owner": _("Owns it, or a share of it"),
        "parent": _("Is the body that it is a part of"),
        "director": _("Directs it"),
        "family": _("Is family"),
        "associate": _("Is an associate"),
        "linked": _("Is linked to it in a way that is not known"),
        "all_owners": _("Nobody else: every owner is stated already"),
    }
    return [(what, told[what]) for what in TIES]


class TieForm(KeyForm):
    """Who holds the party, and how. The holder is given in one of three ways."""

    what = forms.ChoiceField(
        label=_("What the other one is to it"),
        choices=_ties,
        widget=radios(),
        error_messages={"required": _("Choose what the other one is to it")},
    )
    holder = forms.CharField(
        label=_("The other one, where it is in the register"),
        help_text=_("Its number, such as R-12."),
        max_length=30,
        required=False,
        widget=line("govuk-input--width-10"),
    )
    new_name = forms.CharField(
        label=_("Its name, where it is not in the register yet"),
        max_length=NAME_CHARS,
        required=False,
        widget=line(),
    )
    new_kind = forms.ChoiceField(label=_("What it is"), choices=party_kinds, required=False, widget=select())
    new_territory = forms.ChoiceField(label=_("Seat or nationality"), choices=places, required=False, widget=select())
    new_born = day(label=_("Date of birth, of a person"), required=False)
    listed = forms.CharField(
        label=_("Its list and entry, where it is on a list"),
        help_text=_("Such as ofac-sdn 12345."),
        max_length=200,
        required=False,
        widget=line("govuk-input--width-20"),
    )
    share = forms.CharField(
        label=_("Its share, of an owner"),
        help_text=_("Per cent: 51, 25-50 or more than 25. Leave it empty where it is not known: that is not nothing."),
        max_length=60,
        required=False,
        widget=line("govuk-input--width-10"),
    )
    begins = day(label=_("Since"), required=False)
    ends = day(label=_("Until"), required=False)
    case = forms.CharField(
        label=_("For readers of one case only"),
        help_text=_("Its reference. Leave it empty where whoever sees both parties may see the tie."),
        max_length=20,
        required=False,
        widget=line("govuk-input--width-10"),
    )

    def order(self, held: str, source: dict[str, Any]) -> StateTie:
        """What the form states of ``held``."""
        said = self.cleaned_data
        list_, _space, entry = said["listed"].strip().partition(" ")
        new = Party(
            id="P1",
            name=said["new_name"],
            kind=said["new_kind"] or "unknown",
            territory=said["new_territory"],
            born=said["new_born"],
        )
        return StateTie(
            held=held,
            what=said["what"],
            source=Source(source["kind"], source["ref"], source["date"], source["place"], sealed=source["sealed"]),
            holder=said["holder"].strip(),
            listed=ListedHolder(list_, entry.strip()) if list_ else None,
            new=new if said["new_name"].strip() else None,
            share=said["share"],
            begins=said["begins"],
            ends=said["ends"],
            case=said["case"].strip(),
        )


class DocumentForm(SourceForm):
    """The document that shows a tie."""

    searched = None  # type: ignore[assignment]  # Django's way to leave out a field of the form above
