"""Long lists in pages; only what a page shows is put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

T = TypeVar("T")
Row = dict[str, Any]
A_PAGE = 25


class _Shown(Sequence[Row], Generic[T]):
    """Rows that are turned into what a template reads when they are taken out."""

    def __init__(self, rows: Sequence[T], show: Callable[[T], Row]) -> None:
        self._rows, self._show = rows, show

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, part: int) -> Row: ...
    @overload
    def __getitem__(self, part: slice) -> list[Row]: ...
    def __getitem__(self, part: int | slice) -> Row | list[Row]:
        if isinstance(part, slice):
            return [self._show(row) for row in self._rows[part]]
        return self._show(self._rows[part])


def page_of(request: HttpRequest, rows: Sequence[T], show: Callable[[T], Row]) -> Page[Row]:
    """The page of ``rows`` that the address asks for (``?page=2``); a page that is not there gives the nearest."""
    return Paginator(_Shown(rows, show), A_PAGE).get_page(request.GET.get("page"))
