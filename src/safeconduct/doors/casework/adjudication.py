"""Deciding about a match, and the queue of all that wait."""

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
from safeconduct.decide import Act
from safeconduct.doors.casework import match_page, match_parts
from safeconduct.doors.casework.acts import assess_anew, carried_out
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.casework.match_forms import (
    AskForm,
    NotSameForm,
    SameForm,
    SecondForm,
    WithdrawForm,
    form_sent,
)
from safeconduct.doors.casework.match_groups import WAYS, Group, Way, address_of, distinct, grouped, row, way_of
from safeconduct.doors.casework.match_together import DECIDERS
from safeconduct.doors.casework.match_walk import Walk
from safeconduct.doors.page.answer_form import new_key
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
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
    actor = signed_in(request)
    found = open_matches(actor)
    groups = grouped(found, way)
    context = {
        "page": page_of(request, groups, partial(_group, way, actor.role in DECIDERS)),
        "ways": _ways(found, way),
        "count": sum(len(group.waiting) for group in groups),
        "start": address_of(groups[0].waiting[0].first, way) if groups else "",
    }
    return render(request, "casework/matches.html", context)


def _ways(found: tuple[OpenMatch, ...], current: Way) -> list[Plain]:
    """The tabs; what waits for a second person has one where anything does."""
    second = len(distinct(one for one in found if one.standing == "proposed"))
    return [
        {
            "href": f"{reverse('matches')}?by={way.slug}",
            "text": way.name,
            "current": way is current,
            "count": second if way.second else None,
        }
        for way in WAYS
        if second or way is current or not way.second
    ]


def _group(way: Way, decides: bool, group: Group) -> Plain:
    more = len(group.waiting) - SHOWN
    together = f"{reverse('matches-together')}?by={way.slug}&group={group.id}"
    return {
        "id": group.id,
        "title": group.title,
        "rows": [row(one, way) for one in group.waiting[:SHOWN]],
        "more": ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more} if more > 0 else "",
        "together": together if decides and len(group.waiting) > 1 else "",
        "count": len(group.waiting),
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
    walk = Walk(actor, request.GET.get("by", ""), found, view)
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
