"""Which control entries catch the goods of an application, without opening a case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.assess.public import Public
from safeconduct.classify import classify_line
from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import control_tests, suggested, tested, used
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.intake import facts_of
from safeconduct.intake.read import read_application


def classify_goods(
    actor: Actor, data: bytes, name: str, as_of: str = "", *, at: Installation | None = None
) -> dict[str, Any]:
    """Each line beside every list's entries: ``{lines, editions}`` as plain values; nothing is kept."""
    ask(actor, Action.LOOK_UP, None)
    at = at or here()
    day = _day(as_of) if as_of else at.today()
    case = read_application(data, name)
    every = control_tests()
    lists = of_day(active("control_list"), as_of)
    places = suggested(case, tuple(one.edition for one in lists), at.home)
    public, lines = Public(words, closed=False), []
    for item in case.lines:
        facts = facts_of(case, f"line:{item.line}")
        near = tuple(one.found for one in places if one.line == item.line)
        found = classify_line(item, facts, [one.tests for one in every], day, suggestions=near)
        lines.append(
            {
                "line": item.line,
                "entries": [public.entry(entry) for entry in found.entries],
                "outside": [{"list": one.list, "code": one.code, "why": words(one.why)} for one in found.outside],
                "findings": [public.finding(finding) for finding in found.findings],
                "suggestions": [msgspec.to_builtins(one) for one in found.suggestions],
            }
        )
    editions = [tested(one.tests, day.isoformat()) for one in every] + [used(one, day.isoformat()) for one in lists]
    return {"lines": lines, "editions": [msgspec.to_builtins(one) for one in editions]}


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is not a day", "as of", "write YYYY-MM-DD") from error
