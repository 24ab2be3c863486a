"""Why a case is open again, in words: which list touched it, whom it names, and what is said no more."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.access import State
from safeconduct.doors.page import words
from safeconduct.flows.reading import QueueRow, ReopenedView

Plain = dict[str, Any]
MOST_NAMED = 2  # in the queue


def note(row: QueueRow) -> str:
    """The reason in the queue, in one line; ``""`` for a case that no list touched since its last decision."""
    if row.reopened is None:
        return ""
    found = _found(row.reopened)
    rest = len(found) - MOST_NAMED
    more = ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest} if rest > 0 else ""
    why = "; ".join([*found[:MOST_NAMED], *filter(None, [more])]) or _("a party could not be screened again")
    if row.state == State.REOPENED:
        return _("Reopened: %(why)s") % {"why": why}
    return (_("Touched: %(why)s") if row.reopened.reasons else _("Lists have changed: %(why)s")) % {"why": why}


def section(row: QueueRow) -> Plain | None:
    """The reason at the head of the case's overview."""
    view = row.reopened
    if view is None:
        return None
    review = row.state == State.REOPENED
    at = {"reference": row.reference, "number": view.record}
    return {
        "title": _title(view, review),
        "lead": _lead(view),
        "found": _found(view),
        "gone": [
            _("%(party)s: %(listed)s is not found any more on the list of %(publisher)s")
            % {"party": party.name, "listed": name, "publisher": publisher}
            for party in view.parties
            for name, publisher in party.gone
        ],
        "failed": [f"{party.name}: {party.failure}" for party in view.parties if party.failure],
        "foot": _("The licence stands until somebody decides to keep or to end it, with reasons.") if review else "",
        "href": reverse("casework:document", kwargs=at),
    }


def _title(view: ReopenedView, review: bool) -> str:
    if review:
        return _("Reopened: the licence is under review")
    return _("Something else than a list touches this case") if view.reasons else _("A list touches this case")


def _lead(view: ReopenedView) -> str:
    said = {"publisher": view.publisher, "when": words.moment(view.at)}
    said |= {"before": words.day(view.before), "after": words.day(view.after)}
    if view.reasons:
        return _("On %(when)s it was found what bears on this case and its assessment did not know of.") % said
    if view.holders:
        return _("On %(when)s it was found that somebody listed owns or controls a party.") % said
    if not view.source:
        return _("On %(when)s every party was looked at again on the whole of every list.") % said
    if not view.after:
        return _("On %(when)s it was found that the list of %(publisher)s is not in use any more.") % said
    if not view.before:
        return _("On %(when)s its parties were compared with a new list, that of %(publisher)s of %(after)s.") % said
    return (
        _("On %(when)s its parties were compared with the list of %(publisher)s of %(after)s (before: %(before)s).")
        % said
    )


def _found(view: ReopenedView) -> list[str]:
    resembling = [
        _("%(party)s resembles %(listed)s, listed by %(publisher)s")
        % {"party": party.name, "listed": name, "publisher": publisher}
        for party in view.parties
        for name, publisher in party.found
    ]
    return [*view.reasons, *view.holders, *resembling]
