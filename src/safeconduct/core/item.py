"""One line of goods, with the words of its datasheet."""

from __future__ import annotations

import msgspec


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control entry the applicant believes to apply: ``list`` such as ``eu-annex1``, ``code`` such as ``5A001.j``."""

    list: str
    code: str


class Datasheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A product sheet as numbered lines (the first is line 1)."""

    title: str
    lines: tuple[str, ...]
    date: str = ""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A goods line. ``quantity`` and ``value`` are decimal strings, ``currency`` ISO 4217."""

    line: int
    name: str
    description: str = ""
    quantity: str = ""
    unit: str = ""
    value: str = ""
    currency: str = ""
    declared: tuple[Declared, ...] = ()
    datasheet: Datasheet | None = None
