"""Paragraphs of the US Commerce Control and Munitions Lists as CSV, numbered by its maker.

A spreadsheet turned some codes (``0E001``) into ``0.00E+00``: those stand under ``#`` and the
maker's number, since the code is lost.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from safeconduct.sources.files import SourceFile, Table, squeeze
from safeconduct.sources.model import ControlParagraph
from safeconduct.sources.readers.control_text import frees
from safeconduct.sources.rows import Rows

LIST = "us-ccl-paragraphs"
COLUMNS = ("derived_ecn_no", "ecn_number", "parent_ecn", "description_en", "notes", "is_leaf")
_CODE = re.compile(r"(?:\d[A-E]\d{3}|[IVX]+)(?P<rest>[.(+].*)?$")
_GROUP = re.compile(r"(?:CATEGORY \S+|\d[A-E]|USML|CCL)$")
_LOST = re.compile(r"\d+(?:\.\d+)?E[+-]?\d+$")
_MAX_DEPTH = 20


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
    codes = _codes(rows)
    for number, row in rows:
        _keep(number, row, codes, out)
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


def _keep(number: int, row: Mapping[str, str], codes: Mapping[str, str], out: Rows) -> None:
    place, text = f"line {number}", squeeze(row["description_en"])
    code = codes[row["derived_ecn_no"].strip().lstrip("0")]
    if _GROUP.match(squeeze(row["ecn_number"])):
        return out.skip(place, "a heading of a category or group")
    parent = codes.get(row["parent_ecn"].strip().lstrip("0"), "")
    top = not parent or _GROUP.match(parent.partition("#")[0]) is not None
    out.keep(ControlParagraph(LIST, code, "" if top else parent, "entry" if top else "paragraph", text, place))
    for position, note in enumerate(_notes(row["notes"], place, out), 1):
        record = ControlParagraph(LIST, f"{code}.note.{position}", code, "note", note, place, frees=frees(note))
        out.keep(record)
    return None


def _notes(cell: str, place: str, out: Rows) -> Iterator[str]:
    """The texts in a list written as Python; anything else is reported."""
    if cell.strip() in ("", "[]"):
        return
    if _depth(cell) > _MAX_DEPTH:
        out.bad(place, f"notes nested deeper than {_MAX_DEPTH}")
        return
    try:
        notes = ast.literal_eval(cell)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        out.bad(place, "notes that cannot be read")
        return
    yield from _texts(notes)


def _texts(notes: object) -> Iterator[str]:
    for note in notes if isinstance(notes, list) else []:
        if isinstance(note, dict):
            if text := squeeze(str(note.get("description") or "")):
                yield text
            yield from _texts(note.get("child_list"))


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char in "[{(") - (char in "]})")
        deepest = max(deepest, depth)
    return deepest
