"""Like matches decided in one go: each shown, each chosen by hand, each recorded by itself."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from safeconduct.access import Actor, Role
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.doors.casework import match_parts
from safeconduct.doors.casework.acts import assess_anew
from safeconduct.doors.casework.match_forms import TogetherForm
from safeconduct.doors.casework.match_groups import Waiting, Way, grouped, row, value_of, way_of
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import in_words, opened_to, signed_in
from safeconduct.doors.page.sent import sent
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.reading import open_matches

Plain = dict[str, Any]
MOST_TOGETHER = 50
DECIDERS = frozenset({Role.OFFICER, Role.COUNTERSIGNER})


@opened_to(DECIDERS)
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Like matches, each shown, to be cleared in one go: one ground, one reason, each recorded by itself."""
    actor, way = signed_in(request), way_of(request.GET.get("by", ""))
    groups = grouped(open_matches(actor), way)
    group = next((one for one in groups if one.id == request.GET.get("group")), None)
    if group is None:
        messages.info(request, _("Nothing of that group waits any more."))
        return redirect(f"{reverse('matches')}?by={way.slug}")
    held = [one for one in group.waiting if one.first.standing == "open"][:MOST_TOGETHER]
    values = {value_of(one.first): one for one in held}
    told = dict(pair for one in held for pair in match_parts.differing(one.first.match))
    differing = [(part, match_parts.part_words(part)) for part in told]
    data = sent(request)
    form = TogetherForm(data, values=list(values), differing=differing, initial={"key": new_key()})
    if data is not None and form.is_valid():
        chosen = [values[value] for value in form.cleaned_data["chosen"]]
        if _cleared_together(request, actor, chosen, form):
            return redirect(f"{reverse('matches')}?by={way.slug}")
    elif data is not None and set(data.getlist("chosen")) - set(values):
        form.add_error(None, _("Some of these were decided, or have changed, since they were shown. Look again."))
    ticked = set(data.getlist("chosen")) if data is not None else set()
    context = {
        "group": group.title,
        "form": form,
        "matches": [_whole(one, value, value in ticked, way) for value, one in values.items()],
        "left": len(group.waiting) - len(held),
        "back": f"{reverse('matches')}?by={way.slug}",
    }
    return render(request, "casework/matches_together.html", context)


def _whole(one: Waiting, value: str, ticked: bool, way: Way) -> Plain:
    return row(one, way) | {
        "value": value,
        "ticked": ticked,
        "id": f"pick-{sha256(value.encode())[:12]}",
        "match": {"groups": match_parts.grouped(one.first.match)},
        "place": one.first.match.place,
    }


def _cleared_together(request: HttpRequest, actor: Actor, chosen: list[Waiting], form: django_forms.Form) -> bool:
    """Clear each; whether all were. Those refused are named at the head of the form, the rest stands."""
    said, refused, second = form.cleaned_data, 0, 0
    for one in (waiting.first for waiting in chosen):
        order = ClearMatch(
            case=one.case,
            party=one.party.id,
            source=one.match.source,
            entry=one.match.entry,
            party_facts=one.party_facts,
            entry_facts=one.match.facts,
            grounds=said["grounds"],
            ground=said["ground"],
        )
        try:
            done = clear_match(actor, order, key=f"{said['key']} {sha256(value_of(one).encode())[:16]}")
        except Refusal as refusal:
            refused += 1
            form.add_error(None, f"{one.party.name} / {one.match.name}, {one.case}: {in_words(refusal)}")
        else:
            second += bool(done.second_person)
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
