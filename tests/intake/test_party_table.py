"""Parties from a table of any length: what can be read is, and what cannot costs its own row."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.intake.party_table import MOST_CELL, MOST_LINE, PartyTable, TableRow


def rows(text: str | bytes) -> list[TableRow]:
    data = text.encode() if isinstance(text, str) else text
    return list(PartyTable(io.BytesIO(data), "file.csv"))


def names(text: str | bytes) -> list[str]:
    return [row.name for row in rows(text) if row.party]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_mark_and_line_end_is_read_alike(delimiter: str, mark: str, end: str) -> None:
    lines = [("Name", "Country", "BORN"), ("Anna Petrova", "Kenya", "12 Mar 1975"), ("Li Wei", "", "1980")]
    found = rows(mark + end.join(delimiter.join(line) for line in lines) + end)
    assert [(row.line, row.name, row.party and row.party.territory, row.party and row.party.born) for row in found] == [
        (2, "Anna Petrova", "KE", "1975-03-12"),
        (3, "Li Wei", "", "1980"),
    ]


def test_columns_are_known_by_their_headings_in_any_order_and_case() -> None:
    table = PartyTable(
        io.BytesIO(b"Date of Birth,ALIASES,x,Full-Name,identifiers,Type,ID\n1975,A; B|A,?,C D,lei: 12AB,Ship,7"), "f"
    )
    (row,) = table
    assert table.ignored == ("x",)
    assert row.id == "7"
    assert row.party
    assert (row.party.name, row.party.kind, row.party.born) == ("C D", "vessel", "1975")
    assert row.party.aliases == ("A", "B")
    assert [(one.kind, one.value) for one in row.party.identifiers] == [("lei", "12AB")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no headings"),
        ("\n\nname\nx", "no headings"),
        ("first,last\na,b", "no column name"),
        ("name,full name\na,b", "two columns for name"),
        ("name,dob,born\na,b,c", "two columns for born"),
        ("name\nx".encode("utf-16"), "UTF-16"),
        ("name\nx".encode("utf-16-be"), "no"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(text: str | bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        rows(text)
    assert refused.value.remedy


BAD_ROWS = [
    (",KE,", "no letter or digit"),
    ("…,KE,", "no letter or digit"),
    (f"{'a' * 400},KE,", "characters"),
    ("Anna,Atlantis,", "names no territory"),
    ("Anna,KE,03/04/1975", "may be 1975-04-03 or 1975-03-04"),
    ("Anna,KE,1975-02-30", "not a date"),
    ("Anna,KE,soon", "not a date"),
    ("Anna,KE,1066", "impossible"),
    ("Anna,KE,1975,more", "more cells than headings"),
    ("Anna\x00,KE,", "U+0000"),
    ("An\u202ena,KE,", "U+202E"),
    ('"Anna" x,KE,', "cannot be taken apart"),
]


@pytest.mark.parametrize(("row", "says"), BAD_ROWS, ids=[says for _, says in BAD_ROWS])
def test_a_bad_row_in_the_middle_is_told_and_the_rest_is_done(row: str, says: str) -> None:
    before, bad, after = rows(f"name,country,born\nFirst,KE,\n{row}\nLast,KE,1980\n")
    assert (before.name, after.name) == ("First", "Last")
    assert bad.line == 3
    assert bad.party is None
    assert says in bad.why


def test_bytes_that_are_not_utf8_cost_their_own_row() -> None:
    found = rows(b"name,country\nFirst,KE\nB\xe9atrice,FR\nLast,KE\n")
    assert [row.name for row in found][::2] == ["First", "Last"]
    assert found[1].why.startswith("bytes that are not UTF-8; save the table anew as CSV in UTF-8")
    assert not any(row.why for row in found[::2])


def test_headings_that_are_not_utf8_refuse_the_file_and_say_how_to_save_it() -> None:
    with pytest.raises(Refusal, match="not UTF-8") as refused:
        rows(b"n\xe4me,born\nFirst,1970\n")
    assert "UTF-8" in refused.value.remedy


def test_a_cell_may_hold_a_line_break_and_quotes() -> None:
    (row, last) = rows('name,address\n"Anna ""Annie""\nPetrova","1 Road\nNairobi"\nLast,\n')
    assert (row.name, row.line, last.line) == ('Anna "Annie" Petrova', 2, 5)


@pytest.mark.parametrize("after", [3, 3_000, 30_000])
def test_a_quote_that_never_ends_costs_its_own_row_alone(after: int) -> None:
    names_after = [f"Party {number}" for number in range(after)]
    found = rows('name,born\nFirst,1970\n"Anna,1975\n' + "".join(f"{name},1980\n" for name in names_after))
    assert [row.line for row in found if row.party is None] == [3]
    assert [row.name for row in found if row.party] == ["First", *names_after]
    assert [row.line for row in found] == list(range(2, after + 4))


def test_a_line_without_end_is_refused_and_passed_over() -> None:
    found = rows(f"name,born\nFirst,1970\n{'x' * (3 * MOST_LINE)}\n{'y' * MOST_CELL}z,1\nLast,1980\n")
    assert [bool(row.party) for row in found] == [True, False, False, True]


class Endless(io.RawIOBase):
    """So many rows, made as they are read."""

    def __init__(self, count: int) -> None:
        self._count, self._parts, self._rest = count, self._made(count), b""

    def _made(self, count: int) -> Iterator[bytes]:
        yield b"name,born\n"
        for number in range(count):
            yield b"Anna Petrova %d,1975\n" % number

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, _place: int, _whence: int = 0) -> int:
        self._parts, self._rest = self._made(self._count), b""
        return 0

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and (part := next(self._parts, b"")):
            self._rest += part
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


@pytest.mark.parametrize("rows", [20_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_memory_stays_flat_however_long_the_table_is(rows: int) -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in PartyTable(io.BufferedReader(cast("io.RawIOBase", Endless(rows))), "endless"))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == rows
    assert most < 3_000_000


@given(st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), max_size=8))
def test_whatever_cells_hold_every_row_is_answered_once(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["name", "born", "country"])
    csv.writer(out).writerows(cells)
    found = rows(out.getvalue().encode("utf-8", "surrogatepass"))
    assert len(found) == len([row for row in cells if any(cell.strip() for cell in row)])
    assert all((row.party is None) == bool(row.why) for row in found)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read_and_never_anything_else(data: bytes) -> None:
    try:
        found = rows(b"name,born\n" + data)
    except Refusal:
        return
    assert all((row.party is None) == bool(row.why) for row in found)
