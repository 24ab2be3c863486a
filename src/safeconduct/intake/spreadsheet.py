"""Old cases from a spreadsheet: one row, one case file; what cannot be taken in is left out with its reason.

The file is CSV as spreadsheets save it: comma, semicolon or tab, with or without a byte-order mark.
Columns are found by their heading; a heading nobody knows is named in the report. An empty cell
means *not stated*.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import msgspec

from safeconduct.core import territory
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Source
from safeconduct.core.fact import Statement
from safeconduct.core.item import Declared, Item
from safeconduct.core.party import Party, Role
from safeconduct.intake.model import CaseFile, CaseKind
from safeconduct.intake.read import check_case

MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_CELL = 20_000
PARTIES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("exporter", ("applicant", "exporter")),
    ("consignee", ("consignee",)),
    ("end_user", ("end_user",)),
)
FACTS: Mapping[str, tuple[str, str]] = {  # heading → fact and subject
    "use": ("use.stated", "case"),
    "end_user_kind": ("user.kind", "case"),
    "purpose": ("use.purpose", "case"),
    "item_kind": ("item.kind", "line:1"),
}
PLAIN = (
    "reference",
    "submitted",
    "kind",
    "item",
    "description",
    "quantity",
    "unit",
    "value",
    "currency",
    "list",
    "code",
)
HEADINGS = frozenset({*PLAIN, *FACTS, *(name for name, _ in PARTIES), *(f"{name}_territory" for name, _ in PARTIES)})
KINDS: tuple[CaseKind, ...] = (
    "individual_licence", "global_licence", "classification_enquiry", "licence_needed", "service", "temporary_export",
)  # fmt: skip


class ImportedRow(msgspec.Struct, frozen=True):
    """A row that became a case file; ``row`` counts as the spreadsheet does, the headings being row 1."""

    row: int
    case_file: CaseFile


class LeftOut(msgspec.Struct, frozen=True):
    """A row that did not, and why."""

    row: int
    why: str


class Sheet(msgspec.Struct, frozen=True):
    """All rows of one spreadsheet; ``ignored`` are headings that nobody knows."""

    cases: tuple[ImportedRow, ...]
    skipped: tuple[LeftOut, ...]
    ignored: tuple[str, ...]


def read_spreadsheet(data: bytes, where: str) -> Sheet:
    """Every row as a case file, or left out with its reason. A ``Refusal`` where the file as a whole cannot be read."""
    rows = _rows(_text(data, where), where)
    headings = [heading.strip().casefold().replace(" ", "_").replace("-", "_") for heading in next(rows, (1, []))[1]]
    _check_headings(headings, where)
    cases: list[ImportedRow] = []
    skipped: list[LeftOut] = []
    for number, cells in rows:
        if number > MAX_ROWS + 1:
            raise Refusal(f"more than {MAX_ROWS} rows", where, "split the spreadsheet")
        if any(cell.strip() for cell in cells):
            _take(number, headings, cells, where, cases, skipped)
    ignored = tuple(heading for heading in headings if heading and heading not in HEADINGS)
    return Sheet(tuple(cases), tuple(skipped), ignored)


def _text(data: bytes, where: str) -> str:
    if len(data) > MAX_BYTES:
        raise Refusal(f"larger than {MAX_BYTES} bytes", where, "split the spreadsheet")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", where, "save it as CSV in UTF-8") from error
    if not text.strip():
        raise Refusal("empty", where, "save the spreadsheet with its headings as CSV")
    return text


def _rows(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refusal(f"not CSV: {error}", f"{where}, row {number + 1}", "save the spreadsheet as CSV") from error
        number += 1
        yield number, cells


def _check_headings(headings: list[str], where: str) -> None:
    twice = next((each for each in headings if each in HEADINGS and headings.count(each) > 1), None)
    if twice:
        raise Refusal(f"the heading {twice!r} stands twice", f"{where}, row 1", "keep one of them")
    absent = [name for name in ("exporter", "item") if name not in headings]
    if absent:
        raise Refusal(
            f"no column {' or '.join(absent)}",
            f"{where}, row 1",
            f"give headings such as {', '.join(sorted(HEADINGS))}",
        )


def _take(
    number: int, headings: list[str], cells: list[str], where: str, cases: list[ImportedRow], skipped: list[LeftOut]
) -> None:
    place = f"{where}, row {number}"
    try:
        if len(cells) > len(headings):
            raise Refusal("more cells than headings", place, "quote cells that hold the separator")
        if any(len(cell) > MAX_CELL for cell in cells):
            raise Refusal(f"a cell longer than {MAX_CELL} letters", place, "shorten it")
        row = {name: cell.strip() for name, cell in zip(headings, cells, strict=False)}
        refuse_unsafe_text(row, place)
        case_file = _case_file(row, place)
        check_case(case_file, place)
    except Refusal as refusal:
        detail = refusal.where.removeprefix(place).lstrip(" →,")
        skipped.append(LeftOut(number, f"{detail}: {refusal.what}" if detail else refusal.what))
    else:
        cases.append(ImportedRow(number, case_file))


def _case_file(row: Mapping[str, str], place: str) -> CaseFile:
    kind = row.get("kind") or "individual_licence"
    if kind not in KINDS:
        raise Refusal(f"{kind!r} is no kind of case", f"{place} → kind", f"one of {', '.join(KINDS)}")
    return CaseFile(
        v=1,
        kind=kind,
        reference=row.get("reference", ""),
        submitted=row.get("submitted", ""),
        parties=tuple(_parties(row, place)),
        lines=(_item(row, place),),
        statements=tuple(_statements(row, place)),
    )


def _parties(row: Mapping[str, str], place: str) -> Iterator[Party]:
    for number, (name, roles) in enumerate(PARTIES, 1):
        seat = _territory(row, f"{name}_territory", place)
        if row.get(name):
            yield Party(f"P{number}", row[name], roles=roles, territory=seat)
        elif seat:
            raise Refusal(
                f"the territory of a {name} without a name", f"{place} → {name}", "name it, or clear the cell"
            )


def _territory(row: Mapping[str, str], heading: str, place: str) -> str:
    text = row.get(heading, "")
    key = territory.find(text) if text else ""
    if text and not key:
        raise Refusal(
            f"{text!r} names no territory", f"{place} → {heading}", "write a two-letter key or an English name"
        )
    return key or ""


def _item(row: Mapping[str, str], place: str) -> Item:
    if not row.get("item"):
        raise Refusal("no item", f"{place} → item", "name the goods")
    declared = (Declared(row["list"], row["code"]),) if row.get("list") and row.get("code") else ()
    return Item(
        line=1,
        name=row["item"],
        description=row.get("description", ""),
        quantity=row.get("quantity", ""),
        unit=row.get("unit", ""),
        value=row.get("value", ""),
        currency=row.get("currency", ""),
        declared=declared,
    )


def _statements(row: Mapping[str, str], place: str) -> Iterator[Statement]:
    source = Source("application", ref=place, date=row.get("submitted", ""))
    for heading, (fact, subject) in FACTS.items():
        if row.get(heading):
            yield Statement(fact, row[heading], "exporter", source, subject)
