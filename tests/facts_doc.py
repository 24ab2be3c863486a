"""``docs/facts.md`` as fact types: the tables that every declaration in code is held to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, cast

from safeconduct.core.fact import By, FactType, Kind
from safeconduct.policy import Catalogue

SUBJECTS: dict[str, Literal["line", "case", "match"]] = {"item": "line", "match": "match", "assessment": "match"}
DOCUMENT = Path(__file__).parents[1] / "docs" / "facts.md"
_ROW = re.compile(r"\| ([a-z_0-9]+\.[a-z_0-9]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")


@cache
def documented_facts() -> tuple[FactType, ...]:
    """Every row of every table, in the order written."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return tuple(_fact(found.groups()) for found in map(_ROW.fullmatch, text.splitlines()) if found)


@cache
def documented_catalogue() -> Catalogue:
    return Catalogue(documented_facts())


def _fact(row: tuple[str, ...]) -> FactType:
    key, kind, by, means, unknown = row
    name, _, rest = kind.partition(": ")
    words = re.split(r" < |, ", rest) if name in ("word", "words", "level") and rest else []
    return FactType(
        key=key,
        kind=cast(Kind, name),
        may_state=tuple(cast(By, each) for each in by.split(", ")),
        unknown_means=unknown,
        means=means,
        words=tuple(words),
        unit=rest if name in ("number", "decimal") else "",
        subject=SUBJECTS.get(key.partition(".")[0], "case"),
    )
