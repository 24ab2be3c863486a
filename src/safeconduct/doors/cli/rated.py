"""How a rating is told on a terminal: entries, places to look at, like goods rated before, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeconduct.doors.cli.bare_sheet import entry_lines, proposed_lines
from safeconduct.doors.cli.told import asks_of, note_of

Plain = dict[str, Any]
LONGEST = 160


def lines_of(found: Plain, *, since: bool) -> Iterator[str]:
    """The answer of ``classify``, a line each; ``since`` adds what changed from the day asked for to today."""
    if bare := "provisional" in found:
        yield from proposed_lines(found)
    for line in found["lines"]:
        yield f"line {line['line']}"
        yield from entry_lines(line["entries"]) if bare else _entries(line["entries"])
        for each in line["suggestions"]:
            same = f"; the same words stand in {', '.join(each['same'])}" if each.get("same") else ""
            yield f"  look at     {each['list']} {each['code']}  (words: {', '.join(each['words'])}{same})"
        yield from _precedents(line)
        if since:
            yield from _since(line)
    if since:
        for one in found["since"]:
            yield f"{one['list']} since {found['as_of']}: {' '.join(one['said'])}"
            yield from _listed("added", one["added"])
            yield from _listed("removed", one["removed"])


def _entries(entries: list[Plain]) -> Iterator[str]:
    for entry in entries:
        status = entry["status"].replace("_", " ")
        yield f"  {status:<12}{entry['list']} {entry['code']}{note_of(entry)}{asks_of(entry)}"
        yield from _list_says(entry)
        if like := [_corresponding(one) for one in entry["corresponds"]]:
            yield f"                corresponds to {', '.join(like)}"


def _list_says(entry: Plain) -> Iterator[str]:
    """The notes of the list that free something, what else it holds, and what it does not."""
    for note in entry["notes"]:
        if note["frees"]:
            items = f" ({len(note['items'])} items)" if note["items"] else ""
            yield f"                note        {note['code']}: {_short(note['text'])}{items}"
    held = [
        f"notes {', '.join(one['code'] for one in entry['notes'])}" if entry["notes"] else "",
        f"meanings of {', '.join(one['term'] for one in entry['definitions'])}" if entry["definitions"] else "",
        f"no meaning of {', '.join(entry['terms_not_held'])}" if entry["terms_not_held"] else "",
    ]
    if said := "; ".join(filter(None, held)):
        yield f"                list        {said}"
    yield f"                dates       {_dates(entry)}"


def _dates(entry: Plain) -> str:
    dates = entry["dates"]
    own = " to ".join(filter(None, (dates["valid_from"], dates["valid_to"]))) or "none stated by the publisher"
    known = f"known from the edition of {dates['known_from']}" if dates["known_from"] else "its text is not loaded"
    return f"{own}; {known}{' or earlier' if dates['or_earlier'] else ''}"


def _precedents(line: Plain) -> Iterator[str]:
    for one in line["precedents"]:
        alike = {"same_name": "same name", "same_facts": "same kind and facts", "near_words": "words"}[one["likeness"]]
        where = f"{one['case']}/{one['record']}, {one['day']} ({alike})"
        yield f"  before      {one['rating']}, {one['list']} {one['code']}: {where}"
        yield f"                {_short(one['reasons'])}"


def _since(line: Plain) -> Iterator[str]:
    for one in line["since"]:
        standing = f"{one['then']} then, {one['now']} today".replace("_", " ")
        stood = f"; this text since {one['text_since']}{' or earlier' if one['or_earlier'] else ''}"
        dates = "".join(
            f"; test {word} {one[key]}" for word, key in (("from", "valid_from"), ("to", "valid_to")) if one[key]
        )
        yield f"  since       {one['list']} {one['code']}: {standing}{stood if one['text_since'] else ''}{dates}"
        for said in one["said"]:
            yield f"                {said}"
        for change in one["changes"]:
            yield f"                {change['sign']} {change['code']}"
            if change["before"]:
                yield f"                  was: {_short(change['before'])}"
            if change["after"]:
                yield f"                  is:  {_short(change['after'])}"
        if one["more"]:
            yield f"                and {one['more']} more changes; --json has what is shown of each entry"


def _corresponding(one: Plain) -> str:
    return f"{one['other']}{' ' if one['code'] else ''}{one['code']}{'' if one['sure'] else ' (unsure)'}"


def _listed(sign: str, codes: list[str]) -> Iterator[str]:
    if codes:
        yield f"  {sign}: {', '.join(codes[:20])}{' …' if len(codes) > 20 else ''}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
