"""Which reader a file nobody recognised comes nearest to, and what in its heading is wrong."""

from __future__ import annotations

import csv
from typing import NamedTuple

from safeconduct.sources.files import nearly, squeeze
from safeconduct.sources.readers import bis_dpl, eu_fsf, indicators, regimes, uk_sanctions, us_csl, us_paragraphs

DELIMITERS = (",", ";", "\t", "|")
CALLED = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_COLUMNS = 400
MOST_LETTERS = 80


class _Expected(NamedTuple):
    """The heading that a reader of delimited files asks for."""

    reader: str
    columns: tuple[str, ...]
    delimiter: str = ","


EXPECTED = (
    _Expected("bis-dpl", bis_dpl.COLUMNS, "\t"),
    _Expected("us-csl", us_csl.COLUMNS),
    _Expected("eu-fsf", eu_fsf.COLUMNS, ";"),
    _Expected("uk-sl", uk_sanctions.UKSL_COLUMNS),
    _Expected("uk-ofsi", uk_sanctions.OFSI_COLUMNS),
    _Expected("us-ccl-paragraphs", us_paragraphs.COLUMNS),
    _Expected("hr-relevant", regimes.RELEVANT_COLUMNS),
    _Expected("vdem", indicators.VDEM_COLUMNS),
    _Expected("wgi-va", indicators.WGI_COLUMNS),
    _Expected("fariss", indicators.FARISS_COLUMNS),
)


class _Heading(NamedTuple):
    line: int
    delimiter: str
    cells: tuple[str, ...]


def what_is_wrong(text: str) -> str:
    """What keeps the nearest reader from knowing this text by its heading; empty where none comes near."""
    found = [(_closeness(reader, heading), reader, heading) for heading in _headings(text) for reader in EXPECTED]
    if not found:
        return ""
    closeness, reader, heading = max(found, key=lambda one: one[0])
    if closeness < max(1, (len(reader.columns) + 1) // 2):
        return ""
    return f"the nearest is {reader.reader}, but in line {heading.line} {_wrong(reader, heading)}"


def _headings(text: str) -> list[_Heading]:
    """The first two lines, cut by each sign that separates columns: some publishers put a date before the heading."""
    found = []
    for number, line in enumerate(text.splitlines()[:2], 1):
        for delimiter in DELIMITERS:
            cells = next(csv.reader([line], delimiter=delimiter), [])[:MOST_COLUMNS]
            if len(cells) > 1:
                found.append(_Heading(number, delimiter, tuple(squeeze(cell)[:MOST_LETTERS] for cell in cells)))
    return found


def _closeness(reader: _Expected, heading: _Heading) -> int:
    """How many of the reader's columns are there, rightly written or nearly."""
    return sum(column in heading.cells or bool(nearly(column, heading.cells)) for column in reader.columns)


def _wrong(reader: _Expected, heading: _Heading) -> str:
    said = []
    for column in reader.columns:
        if column not in heading.cells:
            like = nearly(column, heading.cells)
            said.append(f"{like!r} stands where it has {column!r}" if like else f"the column {column!r} is missing")
    if heading.delimiter != reader.delimiter:
        said.append(f"columns are separated by {CALLED[heading.delimiter]}, not by {CALLED[reader.delimiter]}")
    return ", ".join(said[:5]) if said else "its columns stand in another order"
