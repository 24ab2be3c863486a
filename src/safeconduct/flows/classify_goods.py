"""Which control entries catch the goods of an application, without opening a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.assess.public import Public
from safeconduct.classify import (
    EntryTests,
    LineClassification,
    Proposal,
    classify_line,
    classify_provisionally,
    kinds_beside_each_other,
    provisional_facts,
)
from safeconduct.classify.correspondences import Held
from safeconduct.classify.over_time import Compare
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Item
from safeconduct.flows.editions import Chosen, active, of_day
from safeconduct.flows.gathering import control_tests, suggested, tested, used
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.list_places import placed, stated
from safeconduct.flows.precedents import precedents
from safeconduct.flows.raw_sheet import RawSheet, raw_sheet
from safeconduct.flows.time_machine import compared, held_of, line_since, lists_since
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.intake import facts_of
from safeconduct.intake.read import read_application


def classify_goods(
    actor: Actor,
    data: bytes,
    name: str,
    as_of: str = "",
    lists: Sequence[str] = (),
    *,
    at: Installation | None = None,
) -> dict[str, Any]:
    """Each line beside the entries of every list, or of ``lists``: ``{lines, editions, since}`` as plain values.

    Each entry has what its list says of it and what it corresponds to (as in ``placed``), each line the
    ``precedents`` in cases that the actor may read; ``since`` and each line's own tell what changed from ``as_of``
    (ISO; empty: today) to today. Nothing is kept.
    ``data`` is an application, or a bare datasheet as text or PDF. A datasheet states no fact: it is rated by what
    its words suggest, ``provisional`` is true, and ``reading`` tells how far it was read.
    """
    ask(actor, Action.LOOK_UP, None)
    at = at or here()
    today = at.today()
    day = _day(as_of, today) if as_of else today
    sheet = None if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) else raw_sheet(data, name)
    case = sheet.case if sheet else read_application(data, name)
    rate = classify_provisionally if sheet else classify_line
    asked = _asked(lists, as_of, day, today, at.home)
    places = suggested(case, tuple(one.edition for one in asked.held), at.home)
    said, lines = stated(as_of, at.home), []
    for item in case.lines:
        facts = {**facts_of(case, f"line:{item.line}"), **(provisional_facts(item, sheet.proposed) if sheet else {})}
        near = tuple(one.found for one in places if one.line == item.line)
        then, now = rate(item, facts, asked.tests, day, suggestions=near), rate(item, facts, asked.tests, today)
        line = _plain(item, then)
        lines.append(
            {
                **line,
                "entries": placed(line["entries"], asked.places, said),
                "precedents": [msgspec.to_builtins(one) for one in precedents(actor, case, item)],
                "since": line_since(then, now, asked.tests, asked.seen),
            }
        )
    found = {
        "lines": lines,
        "editions": _editions(asked, day.isoformat()),
        "as_of": day.isoformat(),
        "since": lists_since(asked.seen, asked.tests, day),
    }
    return {**_proposed(sheet), **found} if sheet else found


def _proposed(sheet: RawSheet) -> dict[str, Any]:
    """What the words of a bare datasheet propose, and how far it was read."""
    return {
        "provisional": True,
        "reading": msgspec.to_builtins(sheet.reading),
        "proposed": [_proposal(one) for one in sheet.proposed],
        "several": kinds_beside_each_other(sheet.proposed),
    }


class _Lists(NamedTuple):
    """The lists asked for: their tests, editions of the day, and what their texts said then and say today.

    ``places`` has every loaded list's text: entries correspond to those of lists that were not asked for.
    """

    tests: list[EntryTests]
    held: tuple[Chosen, ...]
    seen: dict[str, Compare]
    places: dict[str, Held]


def _asked(lists: Sequence[str], as_of: str, day: dt.date, today: dt.date, home: Path) -> _Lists:
    loaded, every = active("control_list"), [one.tests for one in control_tests()]
    keys = _chosen(lists, [*(one.list for one in every), *(one.key for one in loaded)])
    known = tuple(dict.fromkeys((*keys, *(one.key for one in loaded))))
    seen = compared(loaded, known, day.isoformat(), today.isoformat(), home)
    return _Lists(
        tests=[one for one in every if one.list in keys],
        held=of_day([one for one in loaded if one.key in keys], as_of),
        seen={name: seen[name] for name in keys},
        places=held_of(seen),
    )


def _editions(asked: _Lists, day: str) -> list[dict[str, Any]]:
    editions = [*(tested(one, day) for one in asked.tests), *(used(one, day) for one in asked.held)]
    return [msgspec.to_builtins(one) for one in editions]


def _proposal(one: Proposal) -> dict[str, Any]:
    return {**msgspec.to_builtins(one), "place": one.place}


def _plain(item: Item, rated: LineClassification) -> dict[str, Any]:
    public = Public(words, closed=False)
    return {
        "line": item.line,
        "entries": [public.entry(entry) for entry in rated.entries],
        "outside": [{"list": one.list, "code": one.code, "why": words(one.why)} for one in rated.outside],
        "findings": [public.finding(finding) for finding in rated.findings],
        "suggestions": [msgspec.to_builtins(one) for one in rated.suggestions],
    }


def _chosen(lists: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The lists that were asked for; all where none was named."""
    every = tuple(dict.fromkeys(known))
    for name in lists:
        if name not in every:
            raise Refusal(f"no control list {name[:40]!r} is loaded", "list", f"one of {', '.join(sorted(every))}")
    return tuple(one for one in every if not lists or one in lists)


def _day(text: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is not a day", "as of", "write YYYY-MM-DD") from error
    if day > today:
        raise Refusal(f"{text} is still to come: no list is known of that day", "as of", f"a day until {today}")
    return day
