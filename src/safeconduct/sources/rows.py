"""Where a reader puts what it finds: records kept, rows skipped, each counted once.

A row that is not kept is reported with its place and why. A row whose reason is not foreseen
by the format is *bad*; where more than one in a hundred are bad the file is refused.
"""

from __future__ import annotations

import itertools

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.sources.files import unsafe
from safeconduct.sources.model import (
    ControlParagraph,
    CountryRule,
    Figure,
    Listed,
    Record,
    RegimeCode,
    RelevantEntry,
    Skipped,
)

MAX_RECORDS = 5_000_000
_ENCODER = msgspec.json.Encoder(order="sorted")  # the bytes of core.canonical: records hold no floats


def identity(record: Record) -> str:
    """What a record is called from one edition to the next, unique within an edition."""
    match record:
        case Listed():
            return record.entry
        case ControlParagraph():
            return record.code
        case Figure():
            return f"{record.variable} {record.territory or record.name} {record.period:04d}"
        case CountryRule():
            return f"{record.kind} {record.key} {record.territory or record.text}"
        case RegimeCode():
            return f"{record.regime} {record.code}"
        case RelevantEntry():
            return f"{record.list} {record.code} {record.capability}"


class Rows:
    """Collects one edition. ``where`` names the file in refusals.

    A reader sets ``key``, ``publisher``, ``kind``, ``licence``, ``obtained`` or ``fictional`` where
    the content says so and the catalogue cannot.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.key = self.publisher = self.kind = self.licence = self.obtained = ""
        self.fictional = False
        self.skipped: list[Skipped] = []
        self._kept: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, record: Record, *, join: bool = False) -> None:
        """Keep a record. A second one of the same identity is a bad row, or with ``join`` (lists
        whose publisher gives no ids) is joined to the first and reported so."""
        try:
            data = _ENCODER.encode(record)
        except UnicodeEncodeError:
            return self.bad(record.place, "a lone surrogate is not allowed in text")
        if reason := unsafe_record(data):
            return self.bad(record.place, reason)
        name = identity(record)
        before = self._kept.get(name)
        if before is None:
            if len(self._kept) >= MAX_RECORDS:
                raise Refusal(f"more than {MAX_RECORDS} records", self.where, "load it in parts")
            self._kept[name] = data
        elif join and isinstance(record, Listed):
            self._kept[name] = _ENCODER.encode(joined(msgspec.json.decode(before, type=Listed), record))
            self.skip(record.place, f"joined to entry {name}: the same party again")
        else:
            self.bad(record.place, f"{name} stands twice")
        return None

    def skip(self, place: str, why: str) -> None:
        """Report a row that the format foresees and that is no record."""
        self.skipped.append(Skipped(place, why))

    def bad(self, place: str, why: str) -> None:
        """Report a row that the format does not foresee."""
        self.skipped.append(Skipped(place, why, explained=False))

    def finish(self) -> bytes:
        """The normalised edition: canonical JSON Lines in the order of identities; refuses a file
        with nothing in it, or with more than one bad row in a hundred."""
        bad = [row for row in self.skipped if not row.explained]
        if len(bad) * 100 > len(self._kept) + len(bad):
            raise Refusal(
                f"{len(bad)} of {len(self._kept) + len(bad)} rows cannot be read; the first: {bad[0].why}",
                f"{self.where}, {bad[0].place}",
                "give the file as its publisher issues it",
            )
        if not self._kept:
            raise Refusal("no record in it", self.where, "check that it is the whole file, as its publisher issues it")
        ordered = (self._kept[name] + b"\n" for name in sorted(self._kept))
        return b"".join(ordered)


def unsafe_record(data: bytes) -> str:
    """Why the text of an encoded record is refused, or ``""`` (control and direction characters, length)."""
    text = data.decode()
    if "\\u00" in text or len(text) > 64 * 1024:
        plain = msgspec.json.decode(data)
        return next(filter(None, map(unsafe, _texts(plain))), "")
    return unsafe(text)


def _texts(value: object) -> itertools.chain[str]:
    if isinstance(value, str):
        return itertools.chain([value])
    if isinstance(value, dict):
        return itertools.chain.from_iterable(map(_texts, value.values()))
    if isinstance(value, list):
        return itertools.chain.from_iterable(map(_texts, value))
    return itertools.chain()


def joined(first: Listed, second: Listed) -> Listed:
    """Two rows of one party as one entry; an order without an end, or the later end, holds."""
    several = ("names", "born", "birth_places", "territories", "identifiers", "addresses", "programmes", "relations")
    union = {field: tuple(dict.fromkeys((*getattr(first, field), *getattr(second, field)))) for field in several}
    ends = (first.ends_on, second.ends_on)
    return msgspec.structs.replace(
        first,
        **union,
        sex=first.sex or second.sex,
        listed_on=min(filter(None, (first.listed_on, second.listed_on)), default=""),
        ends_on=max(ends) if all(ends) else "",
        citation="; ".join(dict.fromkeys(filter(None, (first.citation, second.citation)))),
        remarks="; ".join(dict.fromkeys(filter(None, (first.remarks, second.remarks)))),
    )
