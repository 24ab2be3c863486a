"""Which control entries catch the goods of an application, without opening a case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.assess.public import Public
from safeconduct.classify import classify_line, provisional_facts
from safeconduct.core.canonical import MAX_BYTES, refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet, Item
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import control_tests, suggested, tested, used
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.intake import facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import check_case, read_application

MOST_TITLE = 200


def classify_goods(
    actor: Actor, data: bytes, name: str, as_of: str = "", *, at: Installation | None = None
) -> dict[str, Any]:
    """Each line beside every list's entries: ``{lines, editions}`` as plain values; nothing is kept.

    ``data`` is an application, or the bare text of a datasheet. A text states no fact: it is rated by what its
    words suggest, and the answer is marked ``provisional``.
    """
    ask(actor, Action.LOOK_UP, None)
    at = at or here()
    day = _day(as_of) if as_of else at.today()
    raw = not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    case = _sheet(data, name) if raw else read_application(data, name)
    every = control_tests()
    lists = of_day(active("control_list"), as_of)
    places = suggested(case, tuple(one.edition for one in lists), at.home)
    public, lines = Public(words, closed=False), []
    for item in case.lines:
        facts = {**facts_of(case, f"line:{item.line}"), **(provisional_facts(item) if raw else {})}
        near = tuple(one.found for one in places if one.line == item.line)
        rated = classify_line(item, facts, [one.tests for one in every], day, suggestions=near)
        lines.append(
            {
                "line": item.line,
                "entries": [public.entry(entry) for entry in rated.entries],
                "outside": [{"list": one.list, "code": one.code, "why": words(one.why)} for one in rated.outside],
                "findings": [public.finding(finding) for finding in rated.findings],
                "suggestions": [msgspec.to_builtins(one) for one in rated.suggestions],
            }
        )
    editions = [tested(one.tests, day.isoformat()) for one in every] + [used(one, day.isoformat()) for one in lists]
    found = {"lines": lines, "editions": [msgspec.to_builtins(one) for one in editions]}
    return {"provisional": True, **found} if raw else found


def _sheet(data: bytes, name: str) -> CaseFile:
    """An enquiry about one line of goods of which only the datasheet's text is known."""
    if len(data) > MAX_BYTES:
        raise Refusal(f"larger than {MAX_BYTES} bytes", name, "send the datasheet's text alone")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", name, "save the text as UTF-8") from error
    refuse_unsafe_text(text, name)
    lines = tuple(text.rstrip().splitlines())
    title = next((line.strip()[:MOST_TITLE] for line in lines if line.strip()), "")
    if not title:
        raise Refusal("empty: neither an application nor the text of a datasheet", name, "send one of them")
    item = Item(1, title, datasheet=Datasheet(title, lines))
    case = CaseFile(v=1, kind="classification_enquiry", lines=(item,))
    check_case(case, name)
    return case


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is not a day", "as of", "write YYYY-MM-DD") from error
