"""Small helpers of these tests: read bytes as an edition, and pick an entry out of it."""

from __future__ import annotations

from safeconduct.sources.editions import Reading, read
from safeconduct.sources.model import ControlParagraph, Listed

DAY = "2026-08-01"


def reading_of(*files: tuple[str, str | bytes], key: str | None = None) -> Reading:
    """An edition from files given by name and content."""
    given = [(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    return read(given, key=key, obtained=DAY)


def listed(reading: Reading) -> dict[str, Listed]:
    """The parties of a reading by entry."""
    return {record.entry: record for record in reading.records() if isinstance(record, Listed)}


def controls(reading: Reading) -> dict[str, ControlParagraph]:
    """The paragraphs of a reading by code."""
    return {record.code: record for record in reading.records() if isinstance(record, ControlParagraph)}


def names(record: Listed, kind: str = "") -> list[str]:
    """The names of a party, or those of one kind."""
    return [name.text for name in record.names if not kind or name.kind == kind]


def territories(record: Listed) -> set[tuple[str, str]]:
    """Kind and key of each territory of a party."""
    return {(link.kind, link.key) for link in record.territories}


def numbers(record: Listed) -> set[tuple[str, str, str]]:
    """Kind, value and territory of each identifier of a party."""
    return {(number.kind, number.value, number.territory) for number in record.identifiers}
