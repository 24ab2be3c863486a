"""Extractions small enough to be read whole, by the strict JSON reader, and checked against a shape."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.files import MAX_WHOLE, SourceFile

MAX_DEPTH = 40
T = TypeVar("T")


def read_as(file: SourceFile, shape: type[T]) -> T:
    """The JSON of a whole file (within ``MAX_WHOLE`` bytes) as ``shape``; hostile JSON, and JSON of
    another shape, is refused with the place."""
    value = canonical.read_hostile(file.whole(), file.name, max_bytes=MAX_WHOLE, max_depth=MAX_DEPTH)
    try:
        return msgspec.convert(value, type=shape)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        where = f"{file.name}, {place.strip('`')}" if place else file.name
        raise Refusal(what, where, "give the file as it was extracted") from error


def as_row(value: Any, shape: type[T]) -> T | str:
    """One row of such a file as ``shape``, or why it is none."""
    try:
        return msgspec.convert(value, type=shape)
    except msgspec.ValidationError as error:
        return str(error)
