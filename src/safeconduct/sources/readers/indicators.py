"""Country-year tables: V-Dem indices, WGI Voice and Accountability, Fariss human-rights protection.

Figures are taken from the bytes as they stand (decimal strings, never a float). A territory
that no code or name resolves is kept under its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from safeconduct.core import territory
from safeconduct.sources.files import SourceFile, Table, squeeze, unsafe
from safeconduct.sources.model import Figure
from safeconduct.sources.rows import Rows

_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_MISSING = frozenset(("", "NA", "NaN", "nan", "..", "#N/A"))
# V-Dem's country-year releases: the number of a release is the last year it covers less 2009.
_RELEASE_OFFSET = 2009


VDEM_COLUMNS = ("country_text_id", "year")
WGI_COLUMNS = ("wb_country", "wb_code", "year", "Estimate", "StdErr", "NumSrc", "Rank", "Lower", "Upper")
FARISS_COLUMNS = ("country_name", "year", "human_rights_protection")


def _columns(head: str) -> set[str]:
    return {squeeze(column).strip('"') for column in head.partition("\n")[0].split(",")}


def is_vdem(head: str) -> str:
    """``list`` where the header has V-Dem's country code and an index of its."""
    columns = _columns(head)
    index = any(re.fullmatch(r"v2\w+", column) for column in columns)
    return "list" if {"country_text_id", "year"} <= columns and index else ""


def is_wgi(head: str) -> str:
    """``list`` where the header has the columns of a Worldwide Governance Indicator."""
    return "list" if {"wb_code", "year", "Estimate"} <= _columns(head) else ""


def is_fariss(head: str) -> str:
    """``list`` where the header has the latent protection score."""
    return "list" if {"country_name", "year", "human_rights_protection"} <= _columns(head) else ""


def read_vdem(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every index with its bounds; the release (``vdem-v15``) is told by the last year covered."""
    table = Table(files["list"], VDEM_COLUMNS)
    bounds = ("_codelow", "_codehigh")
    variables = [name for name in table.header if name.startswith("v2") and not name.endswith(bounds)]
    lows = {name: (f"{name}_codelow", f"{name}_codehigh") for name in variables}
    name_column = next((name for name in table.header if name.endswith("country_name")), "")
    last = _read(table, out, {name: name for name in variables}, lows, "country_text_id", name_column)
    out.key = f"vdem-v{last - _RELEASE_OFFSET}" if last > _RELEASE_OFFSET else ""
    return ""


def read_wgi(files: Mapping[str, SourceFile], out: Rows) -> str:
    """The estimate, its standard error and sources, and the percentile rank with its bounds."""
    table = Table(files["list"], WGI_COLUMNS)
    names = {"va_estimate": "Estimate", "va_stderr": "StdErr", "va_sources": "NumSrc", "va_rank": "Rank"}
    _read(table, out, names, {"va_rank": ("Lower", "Upper")}, "wb_code", "wb_country")
    return ""


def read_fariss(files: Mapping[str, SourceFile], out: Rows) -> str:
    """The score of each country and year; the table has names only."""
    table = Table(files["list"], FARISS_COLUMNS)
    _read(table, out, {"human_rights_protection": "human_rights_protection"}, {}, "", "country_name")
    return ""


def _read(
    table: Table,
    out: Rows,
    variables: Mapping[str, str],
    bounds: Mapping[str, tuple[str, str]],
    code_column: str,
    name_column: str,
) -> int:
    """Keep a figure for each variable of each row; the last year seen."""
    last = 0
    for number, row in table:
        place = f"line {number}"
        if row is None or (why := unsafe("\t".join(row.values()))):
            out.bad(place, f"not the {len(table.header)} columns of the header" if row is None else why)
            continue
        year = _YEAR.fullmatch(row["year"].strip())
        if year is None:
            out.bad(place, "no year")
            continue
        last = max(last, int(year[1]))
        name = squeeze(row.get(name_column, ""))
        key = _territory(row.get(code_column, ""), name)
        if not key and not name:
            out.bad(place, "no territory")
            continue
        for figure in _figures(row, variables, bounds, place, out):
            out.keep(Figure(figure[0], key, int(year[1]), figure[1], place, figure[2], figure[3], "" if key else name))
    return last


def _figures(
    row: Mapping[str, str],
    variables: Mapping[str, str],
    bounds: Mapping[str, tuple[str, str]],
    place: str,
    out: Rows,
) -> Iterator[tuple[str, str, str, str]]:
    missing = []
    for variable, column in variables.items():
        cells = [row.get(name, "").strip() for name in (column, *bounds.get(variable, ()))]
        texts = [_decimal(cell) for cell in cells]
        if None in texts:
            out.bad(place, f"{column}: {cells[texts.index(None)][:20]!r} is not a number")
        elif not texts[0]:
            missing.append(column)
        else:
            low, high = texts[1:] if len(texts) == 3 else ("", "")
            yield variable, texts[0], low or "", high or ""
    if missing:
        out.skip(place, f"no figure for {', '.join(missing)}")


def _decimal(cell: str) -> str | None:
    """The figure as a decimal string; ``""`` where the cell says there is none; None for anything else."""
    if cell in _MISSING:
        return ""
    if not _NUMBER.fullmatch(cell):
        return None
    return f"{Decimal(cell):f}" if "e" in cell.lower() else cell


def _territory(code: str, name: str) -> str:
    """The key of a row: publishers count some parts apart under the code of the whole."""
    by_code, part = territory.from_code(code), territory.part_from_name(name)
    if by_code and part and territory.whole(part) == by_code:
        return part
    return by_code or part
