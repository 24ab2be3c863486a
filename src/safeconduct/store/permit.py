"""The permit to write: a flow holds one while it acts, and every row it saves is noted on it.

Models refuse to be saved without a permit, so that no view, script or shell changes a case
behind the ledger's back by accident. (Whoever has the database itself can; the ledger shows it.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class NotPermitted(Exception):
    """A row was about to change outside a flow, or in a way that no flow may: a defect in code, never bad input."""


class Permit:
    """The rows one act has written: table and key, each once, in order of first writing."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], None] = {}

    def note(self, table: str, key: str) -> None:
        """Remember that this row was written."""
        self.rows[table, key] = None


_current: ContextVar[Permit | None] = ContextVar("permit", default=None)


@contextmanager
def permitted() -> Iterator[Permit]:
    """Hold a permit for the length of a ``with`` block; NotPermitted when one is held already."""
    if _current.get() is not None:
        raise NotPermitted("an act is under way already: a flow calls no flow")
    permit = Permit()
    token = _current.set(permit)
    try:
        yield permit
    finally:
        _current.reset(token)


def current(what: str) -> Permit:
    """The permit held now; NotPermitted, naming ``what``, when there is none."""
    permit = _current.get()
    if permit is None:
        raise NotPermitted(f"{what} is written by flows alone")
    return permit
