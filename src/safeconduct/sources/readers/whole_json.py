"""Extractions small enough to be read whole, by the strict JSON reader."""

from __future__ import annotations

from typing import Any

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.files import MAX_WHOLE, SourceFile

MAX_DEPTH = 40


def read_value(file: SourceFile) -> Any:
    """The JSON value of a whole file, within ``MAX_WHOLE`` bytes; hostile JSON is refused."""
    return canonical.read_hostile(file.whole(), file.name, max_bytes=MAX_WHOLE, max_depth=MAX_DEPTH)


def read_object(file: SourceFile, *fields: str) -> dict[str, Any]:
    """As ``read_value``, for one object that has ``fields``."""
    value = read_value(file)
    absent = [field for field in fields if not isinstance(value, dict) or field not in value]
    if absent:
        raise Refusal(f"no field {absent[0]!r} at the top", file.name, "give the file as it was extracted")
    return dict(value)
