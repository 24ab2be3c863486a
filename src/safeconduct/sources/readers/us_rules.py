"""US licensing tables as JSON made from the eCFR: the country chart, country groups, licence exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safeconduct.core import territory
from safeconduct.sources.files import SourceFile, squeeze
from safeconduct.sources.model import CountryRule
from safeconduct.sources.readers.whole_json import read_object
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

_MARKS = {"chart": '"columnLabels"', "groups": '"byCountry"', "exceptions": '"exceptions"'}


def is_rules(which: str, text: str) -> str:
    """``list`` where the text begins the table called ``which``."""
    return "list" if '"ecfrIssueDate"' in text[:3000] and _MARKS[which] in text else ""


def read_chart(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each mark. ``key`` ``row`` says that a destination has a row, so that no mark is
    told apart from no row; ``see`` points elsewhere; ``inherits`` names the row that governs it."""
    data = read_object(files["list"], "countries", "columns", "ecfrIssueDate")
    for name, row in _pairs(data, "countries"):
        key, marks = territory.from_name(name), row.get("marks") or []
        if strange := [mark for mark in marks if mark not in data["columns"]]:
            out.bad(f"countries {name}", f"{strange[0]!r} is no column of the chart")
            continue
        _keep(out, "row", key, name, name)
        for mark in marks:
            _keep(out, mark, key, name, name)
        _footnotes(out, data, name, row)
    for name, row in _pairs(data, "embargoed"):
        _keep(out, "see", territory.from_name(name), name, f"{name}: {squeeze(str(row.get('pointer')))}")
        _footnotes(out, data, name, row)
    for name, row in _pairs(data, "territoryInheritance"):
        text = f"{row.get('row')}: {squeeze(str(row.get('basis')))}"
        _keep(out, "inherits", territory.from_name(name), name, text)
    everywhere = data.get("allDestinationsEntries") or {}
    for entry in [*everywhere.get("noLicenceExceptions", []), *everywhere.get("govOnly", {}).get("entries", [])]:
        _keep(out, "all-destinations", "", "allDestinationsEntries", squeeze(str(entry)))
    return single(str(data["ecfrIssueDate"]))


def read_groups(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each member of each group, ``key`` such as ``D:5``."""
    data = read_object(files["list"], "groups", "ecfrIssueDate")
    for group, members in data["groups"].items():
        for name in members:
            if not isinstance(name, str) or not squeeze(name):
                out.bad(f"group {group}", "a member without a name")
            else:
                key = territory.from_name(name)
                out.keep(CountryRule("us-country-groups", "group", group, key, f"group {group}", squeeze(name)))
    return single(str(data["ecfrIssueDate"]))


def read_exceptions(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record for each symbol, with its section and title."""
    data = read_object(files["list"], "exceptions", "ecfrIssueDate")
    for number, row in enumerate(data["exceptions"], 1):
        symbols = row.get("symbols") if isinstance(row, dict) else None
        section = squeeze(str(row.get("section"))) if isinstance(row, dict) else ""
        if not isinstance(symbols, list) or not section:
            out.bad(f"exception {number}", "no section or no list of symbols")
            continue
        text = f"{section}: {squeeze(str(row.get('title')))}"
        for symbol in symbols or [section]:
            out.keep(CountryRule("us-licence-exceptions", "exception", symbol, "", f"exception {number}", text))
        if not symbols:
            out.skip(f"exception {number}", "has no symbol of its own; kept under its section")
    return single(str(data["ecfrIssueDate"]))


def _pairs(data: dict[str, Any], field: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, row) for name, row in (data.get(field) or {}).items() if isinstance(row, dict)]


def _footnotes(out: Rows, data: dict[str, Any], name: str, row: dict[str, Any]) -> None:
    for number in row.get("footnotes") or []:
        text = squeeze((data.get("footnotes") or {}).get(str(number)))
        _keep(out, f"footnote {number}", territory.from_name(name), name, text)


def _keep(out: Rows, key: str, place_key: str, name: str, text: str) -> None:
    out.keep(CountryRule("us-country-chart", "chart", key, place_key, f"countries {name}", text))
