"""Parties from a CSV file of any length, row by row: what cannot be read is told with its line, and the rest goes on.

Comma, semicolon or tab; with or without a byte-order mark; columns by their headings, in any order and case. A quote
that never ends costs its own row alone: the lines it swallowed are read again.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, TextIO

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.intake.party_words import party_in_words

MOST_LINE = 200_000  # letters
MOST_CELL = 20_000
COLUMNS = {
    "id": "id", "reference": "id", "ref": "id",
    "name": "name", "full_name": "name", "party": "name",
    "kind": "kind", "type": "kind",
    "country": "country", "territory": "country", "nationality": "country", "seat": "country",
    "born": "born", "birth_date": "born", "birthdate": "born", "date_of_birth": "born", "dob": "born",
    "aliases": "aliases", "alias": "aliases", "aka": "aliases",
    "identifiers": "identifiers", "identifier": "identifiers",
    "birth_place": "birth_place", "place_of_birth": "birth_place",
    "sex": "sex", "gender": "sex", "address": "address",
}  # fmt: skip
_AS_UTF8 = "save the table anew as CSV in UTF-8 (a spreadsheet offers it as CSV UTF-8 under Save as)"
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TableRow(msgspec.Struct, frozen=True):
    """A row that became a party, or, with ``why``, one that did not. ``line`` is that of the file it begins on."""

    line: int
    id: str
    name: str
    party: Party | None = None
    why: str = ""


class PartyTable:
    """Reads a table once, from a binary stream that begins at its first byte. ``ignored`` are headings nobody knows."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        if stream.read(2) in _OTHER_MARKS:
            raise Refusal("UTF-16, not UTF-8", where, _AS_UTF8)
        stream.seek(0)
        self.where = where
        self._lines = _Lines(io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline=""))
        self._headings, self._delimiter = self._head()
        self.ignored = tuple(each for each in self._headings if each and each not in COLUMNS)

    def __iter__(self) -> Iterator[TableRow]:
        """Every row that is not blank, as it comes."""
        while True:
            reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
            try:
                line = self._lines.begin()
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield self._row(line, cells)
                    line = self._lines.begin()
                return
            except csv.Error as error:
                open_quote = "end of data" in str(error)
                why = "a quote never ends" if open_quote else f"the row cannot be taken apart: {error}"
                why += "; put quotes around a cell that holds a quote or the separator, and write a quote in it twice"
                yield TableRow(line, "", "", why=why)
                self._lines.again_from_second()

    def _head(self) -> tuple[list[str], str]:
        self._lines.begin()
        first = next(self._lines, "")
        if not first.strip():
            raise Refusal(
                "no headings", f"{self.where}, line 1", "begin the file with a line such as name,country,born"
            )
        delimiter = max(",;\t", key=first.count)
        cells = next(csv.reader([first], delimiter=delimiter))
        headings = [cell.strip().casefold().replace(" ", "_").replace("-", "_") for cell in cells]
        if not _is_utf8(cells):
            raise Refusal("bytes that are not UTF-8", f"{self.where}, line 1", _AS_UTF8)
        fields = [COLUMNS[each] for each in headings if each in COLUMNS]
        twice = next((each for each in fields if fields.count(each) > 1), None)
        if twice:
            raise Refusal(f"two columns for {twice}", f"{self.where}, line 1", "keep one of them")
        if "name" not in fields:
            raise Refusal("no column name", f"{self.where}, line 1", "one of the headings must be name")
        return headings, delimiter

    def _row(self, line: int, cells: list[str]) -> TableRow:
        known = zip(self._headings, cells, strict=False)
        said = {COLUMNS[heading]: cell for heading, cell in known if heading in COLUMNS}
        given = " ".join(said.pop("id", "").split())
        said["name"] = name = " ".join(said.get("name", "").split())
        try:
            if not _is_utf8(cells):
                raise Refusal("bytes that are not UTF-8", "", _AS_UTF8)
            if len(cells) > len(self._headings):
                raise Refusal("more cells than headings", "", "quote cells that hold the separator")
            if any(len(cell) > MOST_CELL for cell in cells):
                raise Refusal(f"a cell longer than {MOST_CELL} letters", "", "shorten it")
            return TableRow(line, given, name, party_in_words(said, ""))
        except Refusal as refusal:
            return TableRow(line, _shown(given), _shown(name), why=told(refusal))


def told(refusal: Refusal) -> str:
    """Where, what and how to mend it, in one line."""
    where, remedy = refusal.where.lstrip(" →"), refusal.remedy
    return (f"{where}: " if where else "") + refusal.what + (f"; {remedy}" if remedy else "")


def _is_utf8(cells: list[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:  # what ``surrogateescape`` made of a byte
        return False
    return True


def _shown(text: str) -> str:
    """What can be written out of a cell that may hold anything."""
    return text[:200].encode("utf-8", "backslashreplace").decode()


class _Lines:
    """Lines of a stream, bounded; those of the row under way are kept, so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._number = stream, 0
        self._row: list[str] = []
        self._letters = 0
        self._waiting: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self._number += 1
        self._row.append(line)
        self._letters += len(line)
        if self._letters > MOST_LINE:
            raise csv.Error(f"longer than {MOST_LINE} letters, or a quote that never ends")
        return line

    def begin(self) -> int:
        """A row begins: the number of its first line."""
        self._row, self._letters = [], 0
        return self._number + 1

    def again_from_second(self) -> None:
        """Give out again all lines of the row under way but its first."""
        self._waiting.extendleft(reversed(self._row[1:]))
        self._number -= len(self._row) - 1
        self._row, self._letters = [], 0

    def _read(self) -> str:
        line = self._stream.readline(MOST_LINE)
        if len(line) >= MOST_LINE and not line.endswith("\n"):
            while (more := self._stream.readline(MOST_LINE)) and not more.endswith("\n"):
                pass
            line += " " * MOST_LINE  # over the bound, and so refused with its number
        return line
