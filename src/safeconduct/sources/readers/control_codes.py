"""The codes of a control list while it is read: each given once, notes numbered under what they belong to."""

from __future__ import annotations

from collections import Counter

MAX_DEPTH = 14


class Codes:
    """Codes taken so far. ``note`` and ``unused`` count per code, so that a hostile list of half a
    million notes under one paragraph takes no longer than any other."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._notes: Counter[str] = Counter()
        self._again: Counter[str] = Counter()

    def __contains__(self, code: object) -> bool:
        return code in self._taken

    def take(self, code: str) -> None:
        """Mark a code as given."""
        self._taken.add(code)

    def note(self, parent: str) -> str:
        """The code of the next note under ``parent``."""
        self._notes[parent] += 1
        return f"{parent}.note.{self._notes[parent]}"

    def unused(self, code: str) -> str:
        """The code, or with a further number where it is taken already (a misprint in the list)."""
        if code not in self._taken:
            return code
        self._again[code] += 1
        return f"{code}~{self._again[code] + 1}"

    def nearest(self, code: str) -> str:
        """The nearest code above ``code`` that the list has."""
        parent = code.rpartition(".")[0]
        while parent and parent not in self._taken:
            parent = parent.rpartition(".")[0]
        return parent


def too_deep(code: str) -> bool:
    """Whether a code has more parts than any real list; such numbering is not followed."""
    return code.count(".") >= MAX_DEPTH
