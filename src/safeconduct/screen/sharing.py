"""Who does a piece of work is the caller's: this room only says what the pieces are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Done = TypeVar("Done")


class Share(Protocol):
    """As ``map`` is: does the work on each of the given, perhaps elsewhere, and gives the results in their order."""

    def __call__(self, work: Callable[[Given], Done], given: Iterable[Given], /) -> Iterator[Done]:
        """The results."""
