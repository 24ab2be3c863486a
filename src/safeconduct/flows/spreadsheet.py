"""Cells of the tables that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before a sign that would begin one, also where it
    is as wide as a Chinese letter."""
    return f"'{cell}" if cell[:1] in _FORMULA and cell else cell
