"""The parts of a match as pages show them: what contradicts stands apart from what is left out or silent."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.core.message import Message
from safeconduct.doors.casework.letters import side_by_side
from safeconduct.doors.page import words
from safeconduct.flows.wording import words as said
from safeconduct.screen.model import Match, Part

Plain = dict[str, Any]
GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("against", _("Speaks against it")),
    ("agrees", _("Speaks for it")),
    ("close", _("Close, and no more")),
    ("omitted", _("Left out on one side")),
    ("silent", _("One side says nothing")),
    ("name", _("How the name stands there")),
)
_GROUP_OF = {
    **dict.fromkeys(("contradict", "different", "differs"), "against"),
    **dict.fromkeys(("same", "same_day", "agree", "agree_address"), "agrees"),
    "omitted": "omitted",
    **dict.fromkeys(("not_stated", "not_listed", "not_comparable", "unreadable"), "silent"),
}
ABOUT_THE_NAME = frozenset({"alias_quality", "name_order"})  # neither for nor against


def group_of(part: Part) -> str:
    """Where a part belongs; what is neither for nor against, nor left out, is close and no more."""
    return "name" if part.part in ABOUT_THE_NAME else _GROUP_OF.get(part.finding, "close")


def grouped(match: Match) -> list[Plain]:
    """Every part of the match under its heading, in the order given; headings without parts are left out."""
    found: dict[str, list[Plain]] = {}
    for part in match.parts:
        found.setdefault(group_of(part), []).append(shown(part))
    return [{"title": title, "parts": found[key]} for key, title in GROUPS if key in found]


def differing(match: Match) -> list[tuple[str, str]]:
    """The parts that speak against the match, each once, as grounds to choose from: name and words."""
    told: dict[str, str] = {}
    for part in match.parts:
        if group_of(part) == "against":
            sides = " / ".join(filter(None, (value(part.part, part.query), value(part.part, part.listed))))
            told.setdefault(part.part, f"{part_words(part.part)}: {sides}" if sides else part_words(part.part))
    return list(told.items())


def shown(part: Part) -> Plain:
    """One part with both values beside each other and what differs in them."""
    ours, theirs = side_by_side(value(part.part, part.query), value(part.part, part.listed))
    finding = said(Message(f"screen.finding.{part.finding}"))
    return {"part": part_words(part.part), "query": ours, "listed": theirs, "finding": finding}


def part_words(part: str) -> str:
    """What is compared, with a capital at its head."""
    text = said(Message(f"screen.part.{part}"))
    return text[:1].upper() + text[1:]


def value(part: str, text: str) -> str:
    """A value of a part as people read it."""
    if part == "territory":
        return ", ".join(words.place(key) for key in text.split())
    if part == "birth_date":
        return "; ".join(words.day(one.strip()) for one in text.split(";"))
    if part == "identifier":
        return "; ".join(_identifier(one) for one in text.split("; "))
    return words.word(text) if part in ("kind", "sex") else text


def _identifier(text: str) -> str:
    kind, space, number = text.partition(" ")
    return words.word(kind) + space + number
