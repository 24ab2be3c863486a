"""What the page about lists reads: what is in use, how fresh it is, what changed, and what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from safeconduct.access import Action, Actor, may
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows import list_changes
from safeconduct.flows.editions import of_day
from safeconduct.flows.fetches import FileFetched, catalogue, due
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.wording import said_of
from safeconduct.flows.work import ask
from safeconduct.sources.changes import Changes
from safeconduct.sources.model import Edition
from safeconduct.sources.publishers import Publisher
from safeconduct.store.models import EditionRow, Fetch


class EditionSeen(msgspec.Struct, frozen=True):
    """One edition. ``changes`` from ``before`` (the normalised hash of the one before it), None where there is none, it
    is too large to be compared while a page waits, or nobody asked (``with_changes``). ``held`` says why it waits for a
    person (empty: it does not); ``may_release`` whether the reader may release it."""

    source: str
    published: str
    obtained: str
    loaded: str
    loaded_by: str
    released_by: str
    count: int
    skipped: int
    sha256: str
    in_use: bool
    held: str
    may_release: bool
    before: str
    changes: Changes | None


class FetchSeen(msgspec.Struct, frozen=True):
    """One attempt to fetch a source. ``files`` as its publisher has them; addresses hold no credential."""

    at: str
    by: str
    outcome: str
    reason: str
    edition: str
    files: tuple[FileFetched, ...] = ()


class ListSeen(msgspec.Struct, frozen=True):
    """One source: its edition in use (None: none), those that are held, and how it is fetched.

    ``confirmed`` is the last moment at which its publisher was known to have this edition: it was obtained then, or
    fetched and unchanged. ``stale`` is True where that is longer ago than ``every_hours`` of the catalogue, None where
    the catalogue has no such source. ``next_due`` is empty where nothing is fetched by itself.
    """

    key: str
    publisher: str
    kind: str
    licence: str
    fictional: bool
    in_use: EditionSeen | None
    held: tuple[EditionSeen, ...]
    editions: int
    confirmed: str
    every_hours: int
    stale: bool | None
    on: bool
    checked: str
    last_fetch: FetchSeen | None
    next_due: str


class Lists(msgspec.Struct, frozen=True):
    """Every source that is loaded or catalogued. ``fetching``: the State has switched fetching on. ``trouble``: why the
    State's catalogue cannot be read (the shipped one is not used in its place)."""

    sources: tuple[ListSeen, ...]
    fetching: bool
    trouble: str
    now: dt.datetime


class ListHistory(msgspec.Struct, frozen=True):
    """One source, its editions (see ``with_changes``) and the last attempts to fetch it, each the newest first."""

    seen: ListSeen
    editions: tuple[EditionSeen, ...]
    fetches: tuple[FetchSeen, ...]
    publisher: Publisher | None


class _Loaded(NamedTuple):
    row: EditionRow
    edition: Edition


MOST_FETCHES = 50


def lists(actor: Actor, at: Installation | None = None) -> Lists:
    """The picture of all lists; a ``Refusal`` for whoever may not see it."""
    ask(actor, Action.SEE_LISTS, None)
    at = at or here()
    catalogued, fetching, trouble = _catalogued(at)
    by_key = _by_key(EditionRow.objects.order_by("key", "id"))
    keys = sorted(by_key.keys() | catalogued.keys())
    seen = tuple(_list(actor, key, by_key.get(key, ()), catalogued.get(key), fetching, at) for key in keys)
    return Lists(seen, fetching, trouble, at.clock())


def list_history(actor: Actor, key: str, at: Installation | None = None) -> ListHistory:
    """One list; a ``Refusal`` where there is none of this key."""
    ask(actor, Action.SEE_LISTS, None)
    at = at or here()
    catalogued, fetching, _ = _catalogued(at)
    loaded = _by_key(EditionRow.objects.filter(key=key).order_by("id")).get(key, ())
    publisher = catalogued.get(key)
    if not loaded and publisher is None:
        raise Refusal(NO_LIST, key[:60], "see all lists")
    seen = _list(actor, key, loaded, publisher, fetching, at)
    used = seen.in_use.sha256 if seen.in_use else ""
    editions = tuple(_edition(actor, one, loaded, used) for one in reversed(loaded))
    rows = Fetch.objects.filter(source=key).order_by("-id")[:MOST_FETCHES]
    return ListHistory(seen, editions, tuple(_fetch(row) for row in rows), publisher)


NO_LIST = "no such list"


def edition_changes(actor: Actor, key: str, sha256: str, at: Installation | None = None) -> EditionSeen:
    """One edition with what it changed; a ``Refusal`` where the source has none of this hash."""
    found = next((one for one in list_history(actor, key, at).editions if one.sha256 == sha256), None)
    if found is None:
        raise Refusal(NO_LIST, f"{key[:60]} {sha256[:12]}", "see the list's editions")
    return with_changes(actor, found, at)


def with_changes(actor: Actor, edition: EditionSeen, at: Installation | None = None) -> EditionSeen:
    """The edition with what it changed: apart, so that a page of a long history compares only what it shows."""
    ask(actor, Action.SEE_LISTS, None)
    if not edition.before:
        return edition
    found = list_changes.known((at or here()).home, edition.before, edition.sha256)
    return msgspec.structs.replace(edition, changes=found)


def _catalogued(at: Installation) -> tuple[dict[str, Publisher], bool, str]:
    try:
        found = catalogue(at)
    except Refusal as refusal:
        return {}, False, f"{refusal}: {refusal.remedy}"
    return {one.key: one for one in found.sources}, found.fetching.on, ""


def _by_key(rows: Iterable[EditionRow]) -> dict[str, tuple[_Loaded, ...]]:
    found: dict[str, list[_Loaded]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(_Loaded(row, canonical.decode(row.document.encode(), Edition)))
    return {key: tuple(loaded) for key, loaded in found.items()}


def _list(
    actor: Actor, key: str, loaded: Sequence[_Loaded], publisher: Publisher | None, fetching: bool, at: Installation
) -> ListSeen:
    active = [one.edition for one in loaded if one.row.state == EditionRow.State.ACTIVE]
    used = next((one.edition for one in of_day(active)), None)
    sha256 = used.normalised if used else ""
    newest = loaded[-1].edition if loaded else None
    rows = Fetch.objects.filter(source=key).order_by("-id")
    last, good = rows.first(), rows.filter(edition=sha256).first() if used else None
    confirmed = max(used.obtained, good.at if good else "") if used else ""
    when = due(publisher) if publisher and fetching and publisher.on else None

    def shown(one: _Loaded) -> EditionSeen:
        return with_changes(actor, _edition(actor, one, loaded, sha256), at)

    return ListSeen(
        key=key,
        publisher=newest.publisher if newest else publisher.publisher if publisher else "",
        kind=newest.kind if newest else "watchlist",
        licence=newest.licence if newest else publisher.licence if publisher else "",
        fictional=bool(newest and newest.fictional),
        in_use=next((shown(one) for one in loaded if one.edition is used), None),
        held=tuple(shown(one) for one in loaded if one.row.state == EditionRow.State.HELD),
        editions=len(loaded),
        confirmed=confirmed,
        every_hours=publisher.every_hours if publisher else 0,
        stale=_is_stale(confirmed, publisher.every_hours, at.clock()) if publisher and confirmed else None,
        on=bool(publisher and publisher.on),
        checked=publisher.checked if publisher else "",
        last_fetch=_fetch(last) if last else None,
        next_due=when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else "",
    )


def _is_stale(confirmed: str, every_hours: int, now: dt.datetime) -> bool:
    """Whether a list was last known to be its publisher's longer ago than the interval; a day counts to its end."""
    if len(confirmed) == len("2026-11-24"):
        since = dt.datetime.fromisoformat(confirmed).replace(tzinfo=dt.UTC) + dt.timedelta(days=1)
    else:
        since = dt.datetime.fromisoformat(confirmed)
    return now - since > dt.timedelta(hours=every_hours)


def _edition(actor: Actor, one: _Loaded, loaded: Sequence[_Loaded], used: str) -> EditionSeen:
    row, edition = one
    held = row.state == EditionRow.State.HELD
    others = [each.edition for each in loaded if each.row.state == EditionRow.State.ACTIVE]
    old = list_changes.before(edition, others)
    return EditionSeen(
        source=edition.key,
        published=edition.published,
        obtained=edition.obtained,
        loaded=row.loaded,
        loaded_by=row.loaded_by,
        released_by=row.released_by,
        count=edition.count,
        skipped=edition.skipped,
        sha256=edition.normalised,
        in_use=edition.normalised == used,
        held=said_of(row.held) if held else "",
        may_release=held and row.loaded_by != actor.id and may(actor, Action.RELEASE_EDITION).allowed,
        before=old.normalised if old else "",
        changes=None,
    )


def _fetch(row: Fetch) -> FetchSeen:
    files = canonical.decode(row.files.encode(), tuple[FileFetched, ...]) if row.files else ()
    return FetchSeen(row.at, row.by, row.outcome, row.reason, row.edition, files)
