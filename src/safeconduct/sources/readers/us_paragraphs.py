"""Paragraphs of the US Commerce Control and Munitions Lists as CSV, numbered by its maker.

A spreadsheet turned some codes (``0E001``) into ``0.00E+00``: those stand under ``#`` and the
maker's number, since the code is lost.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from safeconduct.sources.files import SourceFile, Table, squeeze
from safeconduct.sources.model import ControlParagraph
from safeconduct.sources.readers.control_codes import Codes
from safeconduct.sources.readers.control_notes import kind_of, terms_of
from safeconduct.sources.readers.control_text import frees, spoken_of
from safeconduct.sources.rows import Rows

LIST = "us-ccl-paragraphs"
COLUMNS = ("derived_ecn_no", "ecn_number", "parent_ecn", "description_en", "notes", "is_leaf")
_CODE = re.compile(r"(?:\d[A-E]\d{3}|[IVX]+)(?P<rest>[.(+].*)?$")
_GROUP = re.compile(r"(?:CATEGORY \S+|\d[A-E]|USML|CCL)$")
_LOST = re.compile(r"\d+(?:\.\d+)?E[+-]?\d+$")
_MAX_DEPTH = 20


class _Note(NamedTuple):
    text: str
    items: tuple[_Note, ...]


def is_paragraphs(head: str) -> str:
    """``list`` where the header names such paragraphs."""
    return "list" if head.startswith("derived_ecn_no,ecn_number,") else ""


def read_paragraphs(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every paragraph and its notes, under its parent's code."""
    rows = []
    for number, row in Table(files["list"], COLUMNS):
        if row is None or not row["derived_ecn_no"].strip().isdecimal():
            out.bad(f"line {number}", "not the columns of the header, or no number")
        else:
            rows.append((number, row))
    codes, taken = _codes(rows), Codes()
    known = frozenset(codes.values())
    for number, row in rows:
        _keep(number, row, codes, known, out, taken)
    return ""


def _codes(rows: list[tuple[int, dict[str, str]]]) -> dict[str, str]:
    """The code of each number; a code that several rows bear, or that is lost, is told apart by number."""
    often = Counter(squeeze(row["ecn_number"]) for _, row in rows)
    found = {}
    for _, row in rows:
        number, code = row["derived_ecn_no"].strip().lstrip("0"), squeeze(row["ecn_number"])
        if _LOST.match(code):
            found[number] = f"#{number}"
        else:
            head = _CODE.match(code)
            plain = code[: -len(head["rest"])] + head["rest"].lower() if head and head["rest"] else code
            found[number] = f"{plain}#{number}" if often[code] > 1 else plain
    return found


def _keep(
    number: int, row: Mapping[str, str], codes: Mapping[str, str], known: Set[str], out: Rows, taken: Codes
) -> None:
    place, text = f"line {number}", squeeze(row["description_en"])
    code = codes[row["derived_ecn_no"].strip().lstrip("0")]
    heading = _GROUP.match(squeeze(row["ecn_number"])) is not None
    if heading:
        out.skip(place, "a heading of a category or group")
    else:
        parent = codes.get(row["parent_ecn"].strip().lstrip("0"), "")
        top = not parent or _GROUP.match(parent.partition("#")[0]) is not None
        out.keep(ControlParagraph(LIST, code, "" if top else parent, "entry" if top else "paragraph", text, place))
    for note in _notes(row["notes"], place, out):
        # A note on a category stands under the entries that it names; where it names none, under the heading.
        named = [each for each in spoken_of(note.text, "", "") if each in known] if _is_above(code, heading) else []
        for on in named or [code]:
            _keep_note(note, on, place, out, taken)


def _is_above(code: str, heading: bool) -> bool:
    return heading or code.startswith("PART ")


def _keep_note(note: _Note, on: str, place: str, out: Rows, taken: Codes) -> None:
    freeing, terms = frees(note.text), terms_of(note.text)
    code = taken.note(on)
    kind = kind_of(note.text, terms, freeing=freeing)
    out.keep(ControlParagraph(LIST, code, on, kind, note.text, place, frees=freeing, terms=terms))
    _keep_items(note.items, code, place, freeing, out)


def _keep_items(items: Sequence[_Note], above: str, place: str, freeing: bool, out: Rows) -> None:
    """Each item by its place in the list above it: the marks of this file's items repeat and leap."""
    for position, item in enumerate(items, 1):
        code = f"{above}.{position}"
        terms = terms_of(item.text)
        out.keep(ControlParagraph(LIST, code, above, "note_item", item.text, place, frees=freeing, terms=terms))
        _keep_items(item.items, code, place, freeing, out)


def _notes(cell: str, place: str, out: Rows) -> tuple[_Note, ...]:
    """The notes in a list written as Python; anything else is reported."""
    if cell.strip() in ("", "[]"):
        return ()
    if _depth(cell) > _MAX_DEPTH:
        out.bad(place, f"notes nested deeper than {_MAX_DEPTH}")
        return ()
    try:
        notes = ast.literal_eval(cell)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        out.bad(place, "notes that cannot be read")
        return ()
    return tuple(_read(notes))


def _read(notes: object) -> Iterator[_Note]:
    for note in notes if isinstance(notes, list) else []:
        if not isinstance(note, dict):
            continue
        text, items = squeeze(str(note.get("description") or "")), tuple(_read(note.get("child_list")))
        if text:
            yield _Note(text, items)
        else:
            yield from items


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char in "[{(") - (char in "]})")
        deepest = max(deepest, depth)
    return deepest
