"""What came with a form."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """The fields of a form that was sent, even of one with nothing in it; None where the page is only shown."""
    return request.POST if request.method == "POST" else None
