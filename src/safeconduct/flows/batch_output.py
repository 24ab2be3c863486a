"""What a batch writes: CSV for people and spreadsheets, JSON Lines for programs; each says what it was seen with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from safeconduct.core.party import Party
from safeconduct.flows.reading_lookups import seen
from safeconduct.flows.spreadsheet import harmless
from safeconduct.intake.party_table import TableRow
from safeconduct.screen.model import EditionUsed, Match, Screening, rank

COLUMNS = (
    "line", "id", "name", "answer", "score", "rank", "listed_name", "list", "entry", "reason", "asks", "unread",
    "tells_too_little", "lists", "matcher",
)  # fmt: skip
_HASH = 12
Write = Callable[[TableRow, Screening | None], bytes]


def answer_of(found: Screening | None) -> str:
    """The gravest answer. ``not_searched`` where a name could not be read or tells too little and nobody alerts,
    ``none`` where nobody resembles the party, ``bad_row`` where the row is no party."""
    if found is None:
        return "bad_row"
    answers = {match.answer for match in found.matches} | (set() if found.searched else {"not_searched"})
    return max(answers, key=rank, default="none")


def head_of(as_csv: bool, about: dict[str, Any]) -> bytes:
    """The first line: headings, or what the batch is."""
    return _csv_line(COLUMNS) if as_csv else _json_line({"type": "batch", **about})


def end_of(as_csv: bool, counts: dict[str, int]) -> bytes:
    """The last line of JSON Lines: how many of what there were. A CSV file ends with its last row."""
    return b"" if as_csv else _json_line({"type": "summary", **counts})


def writer(as_csv: bool, editions: Sequence[EditionUsed], matcher: str) -> Write:
    """What turns a row and what was found for it into lines of the file."""
    if not as_csv:
        return _json_row
    lists = "; ".join(f"{one.key} {one.normalised[:_HASH]}" for one in editions)
    return lambda row, found: _csv_rows(row, found, lists, matcher)


def _json_row(row: TableRow, found: Screening | None) -> bytes:
    plain: dict[str, Any] = {"type": "row", "line": row.line, "id": row.id, "name": row.name}
    if found is None or row.party is None:
        return _json_line({**plain, "answer": "bad_row", "rank": rank("bad_row"), "why": row.why})
    what = {key: value for key, value in seen(found).items() if key != "matcher"}
    answer = answer_of(found)
    best = max((rank(match.answer, match.score) for match in found.matches), default=0)
    told = {"answer": answer, "rank": max(best, rank(answer))}
    return _json_line({**plain, "party": _stated(row.party), **told, **what})


def _stated(party: Party) -> dict[str, Any]:
    return {key: value for key, value in msgspec.to_builtins(party).items() if key != "id"}


def _csv_rows(row: TableRow, found: Screening | None, lists: str, matcher: str) -> bytes:
    """One line for each match. A row without one has a line too, so that nobody is missing from the file, and so has
    one that could not be searched and alerts on nobody."""
    mine = (str(row.line), row.id, row.name)
    if found is None:
        return _csv_line((*mine, *_cells("bad_row", reason=row.why), "", "", lists, matcher))
    what = seen(found)
    little = "; ".join(f"{one['name']}: {one['reason']}" for one in what["tells_too_little"])
    answer = answer_of(found)
    lines = [_cells(answer)] if answer in ("none", "not_searched") else []
    lines += [_match_cells(match, plain["reason"]) for match, plain in zip(found.matches, what["matches"], strict=True)]
    return b"".join(_csv_line((*mine, *cells, "; ".join(found.unread), little, lists, matcher)) for cells in lines)


def _cells(answer: str, *, reason: str = "") -> tuple[str, ...]:
    return (answer, "", str(rank(answer)), "", "", "", reason, "")


def _match_cells(match: Match, reason: str) -> tuple[str, ...]:
    numbers = (str(match.score), str(rank(match.answer, match.score)))
    return (match.answer, *numbers, match.name, match.source, match.entry, reason, ", ".join(match.asks))


def _csv_line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _json_line(plain: dict[str, Any]) -> bytes:
    return (json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
