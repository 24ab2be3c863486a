"""Taking closed text out: a statement or piece of evidence from a sealed source leaves no trace of itself."""

from __future__ import annotations

from typing import Any

import msgspec

from safeconduct.intake.model import CaseFile

Plain = dict[str, Any]
CLOSED = frozenset({"closed"})
"""Fields that are closed whatever stands beside them: the reason of an argued scenario that may not be disclosed."""


def holds_closed(value: Any) -> bool:
    """Whether a sealed source stands anywhere in a plain JSON value."""
    if isinstance(value, dict):
        return value.get("sealed") is True or any(holds_closed(item) for item in value.values())
    return isinstance(value, list) and any(holds_closed(item) for item in value)


def without_closed(value: Any) -> Any:
    """A plain JSON value without anything that is from a sealed source: absent, not blanked."""
    if isinstance(value, dict):
        return {key: without_closed(item) for key, item in value.items() if key not in CLOSED and not _is_closed(item)}
    if isinstance(value, list):
        return [without_closed(item) for item in value if not _is_closed(item)]
    return value


def _is_closed(value: Any) -> bool:
    """A sealed source, or whatever carries one as its ``source``: its value and words are taken from there."""
    if not isinstance(value, dict):
        return False
    source = value.get("source")
    return value.get("sealed") is True or (isinstance(source, dict) and source.get("sealed") is True)


def open_file(file: CaseFile) -> CaseFile:
    """The case file without statements from sealed sources."""
    return msgspec.structs.replace(file, statements=tuple(one for one in file.statements if not one.source.sealed))
