"""The editions of the control lists of a day beside those of today, and what of a line's rating changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from safeconduct.classify import EntryTests, LineClassification
from safeconduct.classify.correspondences import Held
from safeconduct.classify.list_dates import in_force
from safeconduct.classify.over_time import Compare, EntryOverTime, Texts, entries_over_time, listed_changes
from safeconduct.core.dates import parse_partial
from safeconduct.core.message import Message, Param
from safeconduct.flows.wording import words
from safeconduct.sources.kept import as_of, records
from safeconduct.sources.model import ControlParagraph, Edition
from safeconduct.store import blobs

Plain = dict[str, Any]
MOST_OLDER = 12  # editions that are read back through, for how long a text has stood
MOST_CODES = 100
KEPT = 6  # editions held in memory, a few megabytes each


def compared(editions: Sequence[Edition], lists: Sequence[str], day: str, today: str, home: Path) -> dict[str, Compare]:
    """For each list: its edition of ``day`` beside the one of ``today`` (both ISO), with what they say."""
    return {name: _compared(name, _comparable(name, editions), day, today, home) for name in lists}


def _comparable(name: str, editions: Sequence[Edition]) -> list[Edition]:
    """The publisher's own texts where some are loaded: an edition in our own words beside one of them would look as
    if all of the law had changed."""
    every = [one for one in editions if one.key == name]
    return [one for one in every if not one.reader.startswith("starter/")] or every


def _compared(name: str, editions: list[Edition], day: str, today: str, home: Path) -> Compare:
    then, now = as_of(editions, name, day)[0], as_of(editions, name, today)[0]
    older = [one for one in sorted(editions, key=_date, reverse=True) if now and _date(one) <= _date(now)]
    before, after = dt.date.fromisoformat(day), dt.date.fromisoformat(today)
    return Compare(
        list=name,
        then=then,
        now=now,
        editions=len(editions),
        older=tuple((_day(one), in_force(_texts(one.normalised, home), after)) for one in older[:MOST_OLDER]),
        before=in_force(_texts(then.normalised, home), before) if then else {},
        after=in_force(_texts(now.normalised, home), after) if now else {},
        same_day=day >= today,
    )


def _date(edition: Edition) -> tuple[str, str, str]:
    return (edition.published or edition.obtained)[:10], edition.obtained, edition.normalised


def _day(edition: Edition) -> str:
    return (edition.published or edition.obtained)[:10]


def held_of(seen: Mapping[str, Compare]) -> dict[str, Held]:
    """Each list in its edition of the day, with the editions up to it, newest first."""
    found = {}
    for name, one in seen.items():
        if one.then is not None:
            editions = ((_day(one.then), one.before), *_before(one.then, one))
            found[name] = Held(one.then, one.before, editions)
    return found


def _before(then: Edition, seen: Compare) -> list[tuple[str, Texts]]:
    return [one for one in seen.older if one[0] < _day(then)]


@lru_cache(maxsize=KEPT)
def _texts(normalised: str, home: Path) -> Texts:
    every = records(blobs.read(home, normalised))
    return {each.code: each for each in every if isinstance(each, ControlParagraph)}


def lists_since(seen: Mapping[str, Compare], tests: Sequence[EntryTests], day: dt.date) -> list[Plain]:
    """Each list as a plain object: its editions then and now, what came and went, and what of it is hindsight."""
    return [_list(one, next((each for each in tests if each.list == name), None), day) for name, one in seen.items()]


def _list(seen: Compare, tests: EntryTests | None, day: dt.date) -> Plain:
    apart = seen.then is not None and seen.now is not None and seen.then.normalised != seen.now.normalised
    added, removed = listed_changes(seen.before, seen.after) if apart else ((), ())
    return {
        "list": seen.list,
        "then": _edition(seen.then),
        "now": _edition(seen.now),
        "editions": seen.editions,
        "hindsight": tests is not None and _younger(tests, day),
        "added": list(added[:MOST_CODES]),
        "removed": list(removed[:MOST_CODES]),
        "more": max(0, len(added) - MOST_CODES) + max(0, len(removed) - MOST_CODES),
        "said": [words(one) for one in _told(seen, tests, day, len(added), len(removed))],
    }


def _edition(edition: Edition | None) -> Plain | None:
    if edition is None:
        return None
    return {
        "published": edition.published,
        "obtained": edition.obtained,
        "sha256": edition.normalised,
        "reader": edition.reader,
        "basis": "published" if edition.published else "obtained",
    }


def _younger(tests: EntryTests, day: dt.date) -> bool:
    return bool(tests.published) and parse_partial(tests.published).first > day


def _told(seen: Compare, tests: EntryTests | None, day: dt.date, added: int, removed: int) -> list[Message]:
    found = [_which(seen, added, removed)]
    then, now = seen.then, seen.now
    if then and now and then.reader != now.reader:
        found.append(Message("classify.since.list.read_otherwise", {"then": then.reader, "now": now.reader}))
    undated = dict.fromkeys(_day(one) for one in (then, now) if one and not one.published)
    found += [Message("classify.since.list.by_obtained", {"date": date}) for date in undated]
    if tests is not None and _younger(tests, day):
        found.append(Message("classify.since.list.hindsight", {"published": tests.published}))
    return found


def _which(seen: Compare, added: int, removed: int) -> Message:
    if seen.now is None:
        return Message("classify.since.list.none_loaded", {})
    if seen.then is None:
        return Message("classify.since.list.no_edition", {"oldest": seen.older[-1][0]})
    if seen.then.normalised != seen.now.normalised:
        params: dict[str, Param] = {"then": _day(seen.then), "now": _day(seen.now), "added": added, "removed": removed}
        return Message("classify.since.list.two_editions", params)
    key = "one_edition" if seen.editions == 1 and not seen.same_day else "same_edition"
    return Message(f"classify.since.list.{key}", {})


def line_since(
    then: LineClassification, now: LineClassification, tests: Sequence[EntryTests], seen: Mapping[str, Compare]
) -> list[Plain]:
    """What each entry said on that day and says today, as plain objects."""
    return [_plain(one) for one in entries_over_time(then, now, tests, seen)]


def _plain(one: EntryOverTime) -> Plain:
    found: Plain = msgspec.to_builtins(one)
    return {**found, "changes": list(found["changes"]), "said": [words(_named(each)) for each in one.said]}


def _named(message: Message) -> Message:
    """The statuses in words."""
    params: dict[str, Param] = dict(message.params)
    for key in ("then", "now"):
        if key in params:
            params[key] = str(params[key]).replace("_", " ")
    return Message(message.key, params)
