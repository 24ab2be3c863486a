"""US licensing tables as JSON made from the eCFR: the country chart, country groups, licence exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from safeconduct.core import territory
from safeconduct.sources.files import SourceFile, squeeze
from safeconduct.sources.model import CountryRule
from safeconduct.sources.readers.whole_json import as_row, read_as
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

_MARKS = {"chart": '"columnLabels"', "groups": '"byCountry"', "exceptions": '"exceptions"'}


class _Row(msgspec.Struct, frozen=True):
    marks: list[str] = []
    footnotes: list[int] = []
    pointer: str = ""


class _Inherits(msgspec.Struct, frozen=True):
    row: str
    basis: str


class _Entries(msgspec.Struct, frozen=True):
    entries: list[str] = []


class _Everywhere(msgspec.Struct, frozen=True, rename="camel"):
    no_licence_exceptions: list[str] = []
    gov_only: _Entries = _Entries()


class _Chart(msgspec.Struct, frozen=True, rename="camel"):
    ecfr_issue_date: str
    columns: list[str]
    countries: dict[str, _Row]
    embargoed: dict[str, _Row] = {}
    footnotes: dict[str, str] = {}
    territory_inheritance: dict[str, _Inherits] = {}
    all_destinations_entries: _Everywhere = _Everywhere()


class _Groups(msgspec.Struct, frozen=True, rename="camel"):
    ecfr_issue_date: str
    groups: dict[str, list[str]]


class _Exceptions(msgspec.Struct, frozen=True, rename="camel"):
    ecfr_issue_date: str
    exceptions: list[Any]


class _Exception(msgspec.Struct, frozen=True):
    section: str
    symbols: list[str]
    title: str = ""


def is_rules(which: str, text: str) -> str:
    """``list`` where the text begins the table called ``which``."""
    return "list" if '"ecfrIssueDate"' in text[:3000] and _MARKS[which] in text else ""


def read_chart(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each mark. ``key`` ``row`` says that a destination has a row, so that no mark is
    told apart from no row; ``see`` points elsewhere; ``inherits`` names the row that governs it."""
    data = read_as(files["list"], _Chart)
    for name, row in data.countries.items():
        if strange := [mark for mark in row.marks if mark not in data.columns]:
            out.bad(f"countries {name}", f"{strange[0]!r} is no column of the chart")
            continue
        for key in ("row", *row.marks):
            _keep(out, key, name, name)
        _footnotes(out, data, name, row)
    for name, row in data.embargoed.items():
        _keep(out, "see", name, f"{name}: {squeeze(row.pointer)}")
        _footnotes(out, data, name, row)
    for name, heir in data.territory_inheritance.items():
        _keep(out, "inherits", name, f"{heir.row}: {squeeze(heir.basis)}")
    everywhere = data.all_destinations_entries
    for entry in (*everywhere.no_licence_exceptions, *everywhere.gov_only.entries):
        out.keep(_rule("chart", "all-destinations", "", "allDestinationsEntries", squeeze(entry)))
    return single(data.ecfr_issue_date)


def read_groups(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each member of each group, ``key`` such as ``D:5``."""
    data = read_as(files["list"], _Groups)
    for group, members in data.groups.items():
        for name in map(squeeze, members):
            if name:
                out.keep(_rule("group", group, territory.from_name(name), f"group {group}", name))
            else:
                out.bad(f"group {group}", "a member without a name")
    return single(data.ecfr_issue_date)


def read_exceptions(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each symbol (or section that has none), with its section and title."""
    data = read_as(files["list"], _Exceptions)
    for number, value in enumerate(data.exceptions, 1):
        place, row = f"exception {number}", as_row(value, _Exception)
        if isinstance(row, str) or not squeeze(row.section):
            out.bad(place, row if isinstance(row, str) else "no section")
            continue
        for symbol in row.symbols or [row.section]:
            out.keep(_rule("exception", symbol, "", place, f"{squeeze(row.section)}: {squeeze(row.title)}"))
    return single(data.ecfr_issue_date)


_Table = Literal["chart", "group", "exception"]
_LISTS: Mapping[_Table, str] = {
    "chart": "us-country-chart", "group": "us-country-groups", "exception": "us-licence-exceptions",
}  # fmt: skip


def _rule(kind: _Table, key: str, place_key: str, place: str, text: str) -> CountryRule:
    return CountryRule(_LISTS[kind], kind, key, place_key, place, text)


def _footnotes(out: Rows, data: _Chart, name: str, row: _Row) -> None:
    for number in row.footnotes:
        _keep(out, f"footnote {number}", name, squeeze(data.footnotes.get(str(number))))


def _keep(out: Rows, key: str, name: str, text: str) -> None:
    out.keep(_rule("chart", key, territory.from_name(name), f"countries {name}", text))
