"""The BIS Denied Persons List: tab-separated text with a header.

One row is one order against one name at one address; rows of one name and country are one
entry. Orders that have ended stay, with ``ends_on``.
"""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.sources.files import SourceFile, Table, squeeze, unsafe
from safeconduct.sources.model import Listed, ListedName
from safeconduct.sources.readers.naming import entry_of, link_code
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import slashed

COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip


def is_dpl(head: str) -> str:
    """``list`` where the header names the columns of denial orders."""
    first = head.partition("\n")[0]
    return "list" if "\t" in first and "Standard_Order" in first and "FR_Citation" in first else ""


def read_dpl(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every order; the file states no date of its own."""
    for number, row in Table(files["list"], COLUMNS, "\t"):
        if row is None:
            out.bad(f"line {number}", f"not the {len(COLUMNS)} columns of the header")
        elif reason := _wrong(row):
            out.bad(f"line {number}", reason)
        else:
            out.keep(_entry(row, number), join=True)
    return ""


def _wrong(row: dict[str, str]) -> str:
    if not squeeze(row["Name"]):
        return "no name"
    for column in ("Effective_Date", "Expiration_Date"):
        if row[column].strip() and not slashed(row[column], "mdy"):
            return f"{column} {row[column]!r} is not a date"
    return unsafe("\t".join(row.values()))


def _entry(row: dict[str, str], number: int) -> Listed:
    cells = {column: squeeze(text) for column, text in row.items()}
    country = cells["Country"]
    where = ("Street_Address", "City", "State", "Postal_Code", "Country")
    return Listed(
        entry=entry_of(cells["Name"], country),
        kind="unknown",
        names=(ListedName(cells["Name"]),),
        place=f"line {number}",
        territories=(link_code("address", country),) if country else (),
        addresses=tuple(filter(None, (", ".join(filter(None, (cells[column] for column in where))),))),
        programmes=("standard order",) if cells["Standard_Order"].upper() == "Y" else (),
        listed_on=slashed(cells["Effective_Date"], "mdy"),
        ends_on=slashed(cells["Expiration_Date"], "mdy"),
        citation=cells["FR_Citation"],
        remarks=cells["Action"],
    )
