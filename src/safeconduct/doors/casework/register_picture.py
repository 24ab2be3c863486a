"""Who holds a party, drawn: one box a party, under it those who hold it. No wider than a phone, so never scaled.

What a box says stands in it in words; its border says it once more. The same rows stand in a table beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from safeconduct.doors.casework.register_words import bond_words, standing_words
from safeconduct.screen.holdings import Party
from safeconduct.screen.ownership_tree import Branch

Plain = dict[str, Any]
WIDTH, ROW, BOX = 288, 52, 44
STEP, MOST_STEPS = 16, 6
_LETTER, _SMALL = 7.2, 6.3  # how wide a letter is drawn, name and note
_FILLS = {"listed": "currentColor"}
_DASHES = {"perhaps": "5 3", "unseen": "2 3"}


def picture(branches: tuple[Branch, ...], parties: Mapping[str, Party], title: str) -> Plain:
    """Boxes and lines with their places as texts; mirrored where the page runs from right to left."""
    rows = [_row(number, branch, parties[branch.party]) for number, branch in enumerate(branches)]
    lines = [line for number, branch in enumerate(branches) if (line := _line(number, branch, branches))]
    told = "; ".join(f"{row['name']}: {row['note']}" for row in rows)
    return {
        "title": title,
        "description": told,
        "width": str(WIDTH),
        "height": str(len(branches) * ROW + 4),
        "boxes": rows,
        "lines": lines,
    }


def _start(depth: int) -> int:
    return 2 + min(depth, MOST_STEPS) * STEP


def _row(number: int, branch: Branch, party: Party) -> Plain:
    left, top = _start(branch.depth), number * ROW + 2
    room = WIDTH - left - 20
    note = ", ".join(filter(None, (bond_words(branch.bond), standing_words(party), _rest(branch))))
    return {
        "x": str(_x(left, WIDTH - left - 2)),
        "y": str(top),
        "width": str(WIDTH - left - 2),
        "height": str(BOX),
        "fill": _FILLS.get(party.standing, "none"),
        "dash": _DASHES.get(party.standing, ""),
        "stroke": "2" if party.standing in ("listed", "perhaps") else "1",
        "on_dark": party.standing == "listed",
        "text_x": str(WIDTH - left - 9 if get_language_bidi() else left + 9),
        "name_y": str(top + 18),
        "note_y": str(top + 35),
        "name": _cut(party.name, int(room / _LETTER)),
        "note": note,
        "short_note": _cut(note, int(room / _SMALL)),
    }


def _x(left: int, width: int) -> int:
    return WIDTH - left - width if get_language_bidi() else left


def _line(number: int, branch: Branch, branches: tuple[Branch, ...]) -> str:
    """From the box it stands under, down and to the box; ``""`` for the party itself, and where steps are no longer
    drawn."""
    if branch.bond is None:
        return ""
    under = next(place for place in range(number - 1, -1, -1) if branches[place].depth == branch.depth - 1)
    down, across = _start(branch.depth - 1) + STEP // 2, _start(branch.depth)
    if across <= down:
        return ""
    bidi = get_language_bidi()
    from_x, to_x = (WIDTH - down, WIDTH - across) if bidi else (down, across)
    return f"M{from_x} {under * ROW + 2 + BOX}V{number * ROW + 2 + BOX // 2}H{to_x}"


def _rest(branch: Branch) -> str:
    if branch.again:
        return _("its holders stand above")
    return _("more holders are not drawn") if branch.cut else ""


def _cut(text: str, room: int) -> str:
    """As much of a text as has room, wide letters counting twice."""
    used = 0
    for place, char in enumerate(text):
        used += 2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1
        if used > room:
            return text[: max(place - 1, 1)].rstrip() + "…"
    return text
