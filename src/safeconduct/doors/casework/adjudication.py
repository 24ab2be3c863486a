"""Deciding about matches: one at a time, several like ones in one go, and the queue of all that wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.access import Actor
from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.doors.casework import match_page, match_parts
from safeconduct.doors.casework.acts import assess_anew, carried_out
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.casework.match_forms import (
    AskForm,
    NotSameForm,
    SameForm,
    SecondForm,
    TogetherForm,
    WithdrawForm,
    form_sent,
)
from safeconduct.doors.casework.match_groups import (
    WAYS,
    Group,
    Waiting,
    Way,
    distinct,
    grouped,
    in_order,
    named,
    pair_of,
    value_of,
    way_of,
)
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import OFFICE, in_words, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.doors.page.sent import sent
from safeconduct.flows.ask_about_match import AskAboutMatch, ask_about_match
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance
from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match
from safeconduct.flows.reading import CasePage, MatchView, OpenMatch, case_page, match_view, open_matches
from safeconduct.flows.withdraw_decision import WithdrawDecision, withdraw_decision

Plain = dict[str, Any]
SHOWN = 5  # of a group in the queue; the group's own page has them all
MOST_TOGETHER = 50
KEYS = (
    ("n", gettext_lazy("the next match")),
    ("p", gettext_lazy("the match before")),
    ("l", gettext_lazy("the list they come from")),
    ("1", gettext_lazy("not the same; or, as the second person: confirm or decline")),
    ("2", gettext_lazy("the same")),
    ("3", gettext_lazy("cannot tell: ask")),
)


@opened_to(OFFICE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Every match that waits, like ones together, those likely the same first."""
    way = way_of(request.GET.get("by", ""))
    found = open_matches(signed_in(request))
    groups = grouped(found, way)
    context = {
        "page": page_of(request, groups, partial(_group, way)),
        "ways": [_way(one, one is way) for one in WAYS],
        "count": sum(len(group.waiting) for group in groups),
        "start": _address(groups[0].waiting[0].first, way) if groups else "",
    }
    return render(request, "casework/matches.html", context)


def _way(way: Way, current: bool) -> Plain:
    return {"href": f"{reverse('matches')}?by={way.slug}", "text": way.name, "current": current, "count": None}


def _address(one: OpenMatch, way: Way | None) -> str:
    address = reverse("casework:match", kwargs=named(one))
    return f"{address}?by={way.slug}" if way else address


def _group(way: Way, group: Group) -> Plain:
    more = len(group.waiting) - SHOWN
    return {
        "id": group.id,
        "title": group.title,
        "rows": [_row(one, way) for one in group.waiting[:SHOWN]],
        "more": ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more} if more > 0 else "",
        "together": f"{reverse('matches-together')}?by={way.slug}&group={group.id}" if len(group.waiting) > 1 else "",
        "count": len(group.waiting),
    }


def _row(waiting: Waiting, way: Way) -> Plain:
    one = waiting.first
    return {
        "href": _address(one, way),
        "answer": "proposed" if one.standing == "proposed" else one.match.answer,
        "party": one.party.name,
        "name": one.match.name,
        "source": one.match.source,
        "entry": one.match.entry,
        "case": ", ".join(waiting.cases),
        "score": one.match.score,
    }


@opened_to(OFFICE)
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, reference: str, party: str, source: str, entry: str) -> HttpResponse:
    """A party beside a listed entry, part by part, and what can be decided about them."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    view = match_view(actor, reference, party, source, entry)
    if view is None:
        raise Http404
    walk = _Walk(actor, request.GET.get("by", ""), found, view)
    forms = _forms(sent(request), view)
    act = form_sent(sent(request))
    form = forms[act] if act else None
    if form is not None and form.is_valid():
        key = form.cleaned_data["key"]
        if carried_out(form, lambda: _decide(actor, view, found, act, form.cleaned_data)):
            assess_anew(request, reference, key)
            messages.success(request, _told(view, act, form.cleaned_data))
            return redirect(walk.onward())
    context = frame(found, "parties") | match_page.shown(found, view)
    context |= {"forms": forms, "form": form, "may": _may(actor, found, view), "walk": walk.shown()}
    context |= {"second_person": view.second_person, "asks": _asks(view), "keys": KEYS}
    return render(request, "casework/match.html", context)


def _forms(data: QueryDict | None, view: MatchView) -> dict[str, django_forms.Form]:
    """Each form with a name of its own for its fields; only the one that was sent is bound."""
    act = form_sent(data)
    kinds: dict[str, Callable[..., django_forms.Form]] = {
        "clear": partial(NotSameForm, differing=match_parts.differing(view.match)),
        "same": SameForm,
        "ask": partial(AskForm, asks=view.asks),
        "second": SecondForm,
        "withdraw": WithdrawForm,
    }
    first = {"key": new_key(), "party_facts": view.party_facts, "entry_facts": view.match.facts}
    return {
        name: kind(data if name == act else None, auto_id=f"{name}-%s", initial=first | {"act": name})
        for name, kind in kinds.items()
    }


def _may(actor: Actor, found: CasePage, view: MatchView) -> Plain:
    """What the reader may do about this match now."""
    able = Act.CLEAR in found.may
    newest = view.history[0] if view.history else None
    own = newest is not None and newest.author_id == actor.id
    return {
        "decide": able and view.standing == "open",
        "same_only": able and view.standing == "",
        "second": able and view.standing == "proposed" and not own,
        "own": able and view.standing == "proposed" and own,
        "withdraw": able
        and view.standing in ("cleared", "confirmed", "proposed")
        and any(h.case for h in view.history),
    }


def _asks(view: MatchView) -> list[Plain]:
    """What can be asked for, the facts that would tell most first."""
    rank = {part: place for place, part in enumerate(view.match.asks)}
    parts = sorted(view.asks, key=lambda part: rank.get(part, len(rank)))
    return [{"part": part, "text": match_parts.part_words(part)} for part in parts]


def _decide(actor: Actor, view: MatchView, found: CasePage, act: str, said: Plain) -> object:
    """Carry out what one of the forms asks for."""
    of: Plain = {
        "case": found.identity.reference,
        "party": view.party.id,
        "source": view.match.source,
        "entry": view.match.entry,
        "party_facts": said["party_facts"],
        "entry_facts": said["entry_facts"],
    }
    key = said["key"]
    match act:
        case "clear":
            return clear_match(actor, ClearMatch(**of, grounds=said["grounds"], ground=said["ground"]), key=key)
        case "same":
            return confirm_match(actor, ConfirmMatch(**of, reasons=said["reasons"]), key=key)
        case "ask":
            asked, _space, to = said["asked"].partition(" ")
            return ask_about_match(actor, AskAboutMatch(**of, asked=asked, to=to), key=key)
        case "second":
            order = ConfirmClearance(**of, confirm=said["confirm"] == "yes", reasons=said["reasons"])
            return confirm_clearance(actor, order, key=key)
    return withdraw_decision(actor, WithdrawDecision(**of, reasons=said["reasons"]), key=key)


def _told(view: MatchView, act: str, said: Plain) -> str:
    """What was recorded, for the head of the next page."""
    both = {"party": view.party.name, "listed": view.match.name}
    if act == "clear" and view.second_person:
        return _("Recorded: you would clear %(party)s of %(listed)s. A second person has to confirm it.") % both
    texts = {
        "clear": _("Recorded: %(party)s is not %(listed)s."),
        "same": _("Recorded: %(party)s is %(listed)s."),
        "ask": _("Asked. %(party)s and %(listed)s stay an alert until the answer settles it."),
        "withdraw": _("Withdrawn: %(party)s and %(listed)s have to be decided anew."),
        "second": _("Recorded: a second person agrees that %(party)s is not %(listed)s.")
        if said.get("confirm") == "yes"
        else _("Declined: %(party)s and %(listed)s have to be decided anew."),
    }
    return texts[act] % both


class _Walk:
    """The way through the matches that wait: all of them in the queue's order, or those of one case."""

    def __init__(self, actor: Actor, by: str, found: CasePage, view: MatchView) -> None:
        self._actor, self._found = actor, found
        self._way = way_of(by) if by else None
        self._here = (view.party_facts, view.match.source, view.match.entry, view.match.facts)
        self._rows = self._waiting()

    def _waiting(self) -> list[OpenMatch]:
        every = open_matches(self._actor)
        if self._way:
            return in_order(every, self._way)
        return [one.first for one in distinct(one for one in every if one.case == self._found.identity.reference)]

    def _place(self) -> int:
        return next((place for place, one in enumerate(self._rows) if pair_of(one) == self._here), -1)

    def shown(self) -> Plain:
        """Where this match stands, and the addresses of its neighbours."""
        place, count = self._place(), len(self._rows)
        before = self._rows[place - 1] if place > 0 else None
        after = self._rows[place + 1] if place + 1 < count else None
        return {
            "place": place + 1,
            "count": count,
            "previous": _address(before, self._way) if before else "",
            "next": _address(after, self._way) if after else "",
            "all": self._all(),
            "queue": self._way is not None,
        }

    def _all(self) -> str:
        if self._way:
            return f"{reverse('matches')}?by={self._way.slug}"
        return reverse("casework:parties", kwargs={"reference": self._found.identity.reference})

    def onward(self) -> str:
        """After a decision: the next that still waits, else the first, else the list they came from."""
        place = self._place()
        waiting = {pair_of(one) for one in self._waiting()}
        following = [*self._rows[place + 1 :], *self._rows[: max(place, 0)]]
        onward = next((one for one in following if pair_of(one) in waiting), None)
        return _address(onward, self._way) if onward else self._all()


@opened_to(OFFICE)
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Like matches, each shown, to be cleared in one go: one ground, one reason, each recorded in its own case."""
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
    return _row(one, way) | {
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
