"""The record of a screening as a file that is taken away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.screening_files import FILES
from safeconduct.flows.reading import screening_record


@opened_to(OFFICE)
@require_GET
def screening(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """JSON, CSV or PDF, for whoever may export the record of its case."""
    if kind not in FILES:
        raise Http404
    record = screening_record(signed_in(request), name, export=True)
    write, media = FILES[kind]
    answer = HttpResponse(write(record), content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="screening-{record["screening"]}.{kind}"'
    return answer


def links(name: str) -> dict[str, Any]:
    """A screening with the addresses of its files."""
    files = [
        {"text": kind.upper(), "href": reverse("screening-file", kwargs={"name": name, "kind": kind})} for kind in FILES
    ]
    return {"id": name, "files": files}
