"""Like matches decided in one go: each shown, each chosen by hand, each recorded by itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from safeconduct.access import Actor, Role
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.doors.casework import match_page, match_parts
from safeconduct.doors.casework.acts import assess_anew
from safeconduct.doors.casework.match_forms import ChosenForm, TogetherForm
from safeconduct.doors.casework.match_groups import Group, Waiting, Way, grouped, row, value_of, way_of
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.reading import Decided, OpenMatch, match_view, open_matches

Plain = dict[str, Any]
MOST_TOGETHER = 50
DECIDERS = frozenset({Role.OFFICER, Role.COUNTERSIGNER})


@opened_to(DECIDERS)
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Like matches, each shown: those that are open to be cleared with one ground and one reason, and those that
    another person proposed to clear to be confirmed; each is recorded by itself."""
    actor, way = signed_in(request), way_of(request.GET.get("by", ""))
    groups = grouped(open_matches(actor), way)
    group = next((one for one in groups if one.id == request.GET.get("group")), None)
    if group is None:
        messages.info(request, _("Nothing of that group waits any more."))
        return redirect(f"{reverse('matches')}?by={way.slug}")
    parts: list[Part] = [Clearing(actor, group, way, sent(request)), Confirming(actor, group, way, sent(request))]
    for part in parts:
        if part.sent and part.form.is_valid() and _carried_out(request, part):
            return redirect(f"{reverse('matches')}?by={way.slug}")
        part.say_what_changed()
    context = {
        "group": group.title,
        "form": next((part.form for part in parts if part.sent), None),
        "parts": [part.shown() for part in parts if part.values],
        "left": len(group.waiting) - sum(len(part.values) for part in parts),
        "back": f"{reverse('matches')}?by={way.slug}",
    }
    return render(request, "casework/matches_together.html", context)


class Part(ABC):
    """Those of a group for which one answer can be given in one go, and the form that gives it."""

    act = ""
    state = ""

    def __init__(self, actor: Actor, group: Group, way: Way, data: QueryDict | None) -> None:
        self.actor, self.way = actor, way
        held = [one for one in group.waiting if one.first.standing == self.state][:MOST_TOGETHER]
        self.values = {value_of(one.first): one for one in held if self.may(one)}
        self.sent = data is not None and data.get("act") == self.act
        self.ticked = set(data.getlist("chosen")) if data is not None and self.sent else set()
        self.form = self.make(data if self.sent else None, {"key": new_key(), "act": self.act})

    def may(self, _one: Waiting, /) -> bool:
        """Whether the answer is this person's to give."""
        return True

    def make(self, data: QueryDict | None, first: Plain) -> ChosenForm:
        """The form, bound where it was sent."""
        return ChosenForm(data, values=list(self.values), initial=first, auto_id=f"{self.act}-%s")

    @abstractmethod
    def give(self, one: OpenMatch, key: str) -> bool:
        """Give the answer for one; whether a second person has to confirm it."""

    def say_what_changed(self) -> None:
        """At the head of the form, where something chosen is no longer there to be chosen."""
        if self.ticked - set(self.values):
            self.form.add_error(
                None, _("Some of these were decided, or have changed, since they were shown. Look again.")
            )

    def shown(self) -> Plain:
        """The part for the page."""
        matches = [self._whole(one, value) for value, one in self.values.items()]
        return {"act": self.act, "form": self.form, "matches": matches}

    def _whole(self, one: Waiting, value: str) -> Plain:
        return row(one, self.way) | {
            "value": value,
            "ticked": value in self.ticked,
            "id": f"pick-{sha256(value.encode())[:12]}",
            "match": {"groups": match_parts.grouped(one.first.match)},
            "place": one.first.match.place,
            "proposed": self.proposed(one.first),
        }

    def proposed(self, _one: OpenMatch, /) -> Plain | None:
        """Who would clear it and why, where somebody would."""
        return None


class Clearing(Part):
    """What is open: one ground, one reason."""

    act, state = "clear", "open"

    def make(self, data: QueryDict | None, first: Plain) -> ChosenForm:
        told = dict(pair for one in self.values.values() for pair in match_parts.differing(one.first.match))
        differing = [(part, match_parts.part_words(part)) for part in told]
        return TogetherForm(
            data, values=list(self.values), differing=differing, initial=first, auto_id=f"{self.act}-%s"
        )

    def give(self, one: OpenMatch, key: str) -> bool:
        said = self.form.cleaned_data
        order = ClearMatch(**_named(one), grounds=said["grounds"], ground=said["ground"])
        return bool(clear_match(self.actor, order, key=key).second_person)


class Confirming(Part):
    """What somebody else proposed to clear: one press for all whose grounds convince."""

    act, state = "second", "proposed"

    def may(self, one: Waiting, /) -> bool:
        newest = self._history(one.first)
        return newest is not None and newest.author_id != self.actor.id

    def give(self, one: OpenMatch, key: str) -> bool:
        confirm_clearance(self.actor, ConfirmClearance(**_named(one), confirm=True), key=key)
        return False

    def proposed(self, one: OpenMatch, /) -> Plain | None:
        newest = self._history(one)
        return match_page.decided(newest) if newest else None

    def _history(self, one: OpenMatch) -> Decided | None:
        view = match_view(self.actor, one.case, one.party.id, one.match.source, one.match.entry)
        return view.history[0] if view and view.history else None


def _named(one: OpenMatch) -> Plain:
    """The match as an order names it, on the facts that were shown."""
    return {
        "case": one.case,
        "party": one.party.id,
        "source": one.match.source,
        "entry": one.match.entry,
        "party_facts": one.party_facts,
        "entry_facts": one.match.facts,
    }


def _carried_out(request: HttpRequest, part: Part) -> bool:
    """Give the answer for each; whether all were taken. Those refused are named at the head of the form, the rest
    stands."""
    said, refused, second = part.form.cleaned_data, 0, 0
    chosen = [part.values[value] for value in said["chosen"]]
    for one in (waiting.first for waiting in chosen):
        try:
            second += part.give(one, f"{said['key']} {sha256(value_of(one).encode())[:16]}")
        except Refusal as refusal:
            refused += 1
            part.form.add_error(None, f"{one.party.name} / {one.match.name}, {one.case}: {in_words(refusal)}")
    for case in dict.fromkeys(case for one in chosen for case in one.cases):
        assess_anew(request, case, f"{said['key']} {case}")
    count = len(chosen) - refused
    if count:
        text = ngettext("%(n)d match recorded as not the same.", "%(n)d matches recorded as not the same.", count)
        messages.success(request, text % {"n": count})
    if second:
        text = ngettext("%(n)d waits for a second person.", "%(n)d wait for a second person.", second)
        messages.info(request, text % {"n": second})
    return not refused
