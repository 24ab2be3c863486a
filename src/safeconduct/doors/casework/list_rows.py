"""Lists, editions and fetches as their pages show them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.doors.page import words
from safeconduct.flows.reading_lists import EditionSeen, FetchSeen, ListHistory, ListSeen
from safeconduct.flows.reading_rescreening import LastRescreening
from safeconduct.sources.changes import Changes, EntryChange

SHOWN = 12  # letters of a hash
SHAPES = {"new": "passes", "unchanged": "passes", "held": "stops", "failed": "asks"}


def row(seen: ListSeen, now: dt.datetime) -> dict[str, Any]:
    """One list as a row of the page about all of them."""
    used = seen.in_use
    return {
        "key": seen.key,
        "href": reverse("lists:history", kwargs={"key": seen.key}),
        "publisher": seen.publisher,
        "fictional": seen.fictional,
        "edition": edition_row(used, now) if used else None,
        "freshness": freshness(seen, now),
        "fetch": fetch_row(seen.last_fetch) if seen.last_fetch else None,
        "fetched": _fetched(seen),
        "held": len(seen.held),
    }


def freshness(seen: ListSeen, now: dt.datetime) -> dict[str, str]:
    """``shape``: *asks* for a list that is older than its interval or of which a newer edition waits, *passes* for one
    that is fresh, empty where there is no interval to hold it to."""
    if seen.in_use is None:
        return {"shape": "stops", "text": _("Not loaded"), "note": ""}
    confirmed = _("confirmed %s") % ago(seen.confirmed, now)
    if seen.held:
        return {"shape": "asks", "text": _("A newer one waits"), "note": confirmed}
    if seen.stale is None:
        return {"shape": "", "text": _("No interval set"), "note": confirmed}
    limit = ngettext("%(n)d hour", "%(n)d hours", seen.every_hours) % {"n": seen.every_hours}
    if seen.stale:
        return {"shape": "asks", "text": _("Older than %s") % limit, "note": confirmed}
    return {"shape": "passes", "text": _("Fresh"), "note": confirmed}


def ago(text: str, now: dt.datetime) -> str:
    """A day or a moment as its age: *today*, *3 days ago*."""
    if not text:
        return _("never")
    if len(text) > len("2026-11-24"):
        then = dt.datetime.fromisoformat(text)
        age = timesince(then, now, depth=1) if now > then else ""
        return _("%s ago") % age if age and now - then >= dt.timedelta(minutes=1) else _("just now")
    days = (now.date() - dt.date.fromisoformat(text)).days
    if days < 1:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%s ago") % timesince(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC), now, depth=1)


def edition_row(one: EditionSeen, now: dt.datetime) -> dict[str, Any]:
    """One edition."""
    return {
        "source": one.source,
        "published": words.day(one.published) if one.published else "",
        "obtained": words.day(one.obtained),
        "age": ago(one.published[:10] or one.obtained[:10], now),
        "loaded": words.moment(one.loaded),
        "loaded_by": one.loaded_by,
        "released_by": one.released_by,
        "count": words.figure(str(one.count)),
        "skipped": words.figure(str(one.skipped)) if one.skipped else "",
        "sha256": one.sha256,
        "hash": one.sha256[:SHOWN],
        "in_use": one.in_use,
        "held": one.held,
        "may_release": one.may_release,
        "release_href": reverse("lists:release", kwargs={"key": one.source, "sha256": one.sha256}),
        "changes": changed(one.changes) if one.changes else None,
        "first": not one.before,
        "changes_href": reverse("lists:differences", kwargs={"key": one.source, "sha256": one.sha256}),
    }


def changed(found: Changes) -> dict[str, str]:
    """How much an edition changed, as figures."""
    return {
        "added": words.figure(str(found.added)),
        "removed": words.figure(str(found.removed)),
        "changed": words.figure(str(found.changed)),
        "nothing": "" if found.entries else _("nothing"),
    }


def held_row(one: EditionSeen, now: dt.datetime) -> dict[str, Any]:
    """An edition that waits for a person, with why."""
    return edition_row(one, now) | {"href": reverse("lists:history", kwargs={"key": one.source})}


def idle_row(seen: ListSeen) -> dict[str, str]:
    """A list of the catalogue that is neither loaded nor switched on."""
    href = reverse("lists:history", kwargs={"key": seen.key})
    return {"key": seen.key, "href": href, "publisher": seen.publisher, "checked": checked(seen.checked)}


def checked(text: str) -> str:
    """Whether somebody looked that the addresses hold the list."""
    return _("addresses unchecked") if text == "unchecked" else _("addresses checked %s") % words.day(text)


def fetch_row(one: FetchSeen) -> dict[str, Any]:
    """One attempt to fetch a list."""
    said = {
        "new": _("New edition"),
        "unchanged": _("Unchanged"),
        "held": _("Held"),
        "failed": _("Failed"),
    }
    return {
        "at": words.moment(one.at),
        "by": one.by,
        "outcome": said.get(one.outcome, one.outcome),
        "shape": SHAPES.get(one.outcome, ""),
        "reason": one.reason,
        "hash": one.edition[:SHOWN],
        "addresses": [file.address.partition("?")[0] for file in one.files],
    }


def _fetched(seen: ListSeen) -> str:
    """What is known of fetching, where nothing was fetched yet, or when it will be next."""
    if seen.next_due:
        return _("next %s") % words.moment(seen.next_due)
    if not seen.every_hours:
        return _("not in the catalogue")
    return _("not by itself") if seen.last_fetch else _("never fetched")


def facts(found: ListHistory) -> list[dict[str, Any]]:
    """What is known of a list, for a summary."""
    seen, publisher = found.seen, found.publisher
    rows: list[dict[str, Any]] = [
        {"key": _("Publisher"), "value": seen.publisher},
        {"key": _("Licence"), "value": seen.licence},
        {"key": _("Kind"), "value": words.heading(seen.kind)},
    ]
    if publisher:
        every = ngettext("every %(n)d hour", "every %(n)d hours", publisher.every_hours) % {"n": publisher.every_hours}
        rows += [
            {"key": _("Fetched"), "value": f"{every}; {_('switched on') if publisher.on else _('switched off')}"},
            *(
                {"key": _("Address (%s)") % part, "value": text.partition("?")[0], "code": True}
                for part, text in publisher.addresses.items()
            ),
            {"key": _("Checked"), "value": checked(publisher.checked)},
            {"key": _("Taken from"), "value": publisher.note},
        ]
    return rows


def change_row(one: EntryChange) -> dict[str, str]:
    """One entry that differs."""
    said = {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed")}
    return {
        "sign": said[one.sign],
        "id": one.id,
        "name": one.name,
        "fields": words.listing(one.fields),
    }


def rescreening(found: LastRescreening) -> dict[str, Any] | None:
    """The last time live parties were looked at again."""
    one = found.newest
    if one is None:
        return None
    said = {"running": _("running"), "done": _("done"), "failed": _("failed")}
    return {
        "started": words.moment(one.started),
        "finished": words.moment(one.finished) if one.finished else "",
        "source": one.source,
        "state": said.get(one.state, one.state),
        "failure": one.failure,
        "looked": words.figure(str(one.looked)),
        "total": words.figure(str(one.total)),
        "touched": words.figure(str(one.touched)),
        "reopened": words.figure(str(one.reopened)),
    }


def moment(now: dt.datetime) -> str:
    """The time at which a page was made."""
    return words.moment(now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
