"""What happened in a case: who did it by name, what it was about, and what its document says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safeconduct.access import Actor
from safeconduct.doors.casework import downloads
from safeconduct.doors.casework.identity import frame
from safeconduct.doors.page import words
from safeconduct.doors.page.gate import OFFICE, opened_to, signed_in
from safeconduct.doors.page.paging import page_of
from safeconduct.flows.reading import CasePage, RecordView, case_page, may_export, screenings_of
from safeconduct.flows.reading import record as read_record

Plain = dict[str, Any]
LINES = 400  # of a document on its page; the whole is in the exported ledger
LONGEST = 2_000  # characters of one value
NONE: Mapping[int, str] = MappingProxyType({})
_INNER = re.compile(r"[0-9a-f]{64}")


@opened_to(OFFICE)
@require_GET
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, the newest first, each with the hash of the document that it left."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    names = screenings_of(actor, reference) if may_export(actor, reference) else {}
    page = page_of(request, found.record[::-1], partial(_row, actor, found, screenings=names))
    return render(request, "casework/record.html", frame(found, "record") | {"page": page})


@opened_to(OFFICE)
@require_GET
def document(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One document, value by value, without closed text for whoever may not read it."""
    actor = signed_in(request)
    found = case_page(actor, reference)
    view = next((one for one in found.record if one.number == number), None)
    if view is None:
        raise Http404
    rows = list(itertools.islice(_values(read_record(actor, reference, number)), LINES + 1))
    context = frame(found, "record") | {
        "entry": _row(actor, found, view),
        "rows": rows[:LINES],
        "cut": len(rows) > LINES,
        "back": reverse("casework:record", kwargs={"reference": reference}),
    }
    return render(request, "casework/document.html", context)


def _row(actor: Actor, found: CasePage, one: RecordView, screenings: Mapping[int, str] = NONE) -> Plain:
    kinds = {
        "submission": _("Application submitted"),
        "screening": _("Party screened"),
        "assessment": _("Assessed"),
        "inputs": _("What the assessment read"),
        "answer": _("Question answered"),
        "question": _("Question asked"),
        "scenario": _("Misuse scenario argued"),
        "clearance": _("Not the same"),
        "adjudication": _("Match decided"),
        "rating": _("Line of goods rated"),
        "lapse": _("Question lapsed"),
        "decision": _("Decided"),
        "rescreening": _("Touched by a list"),
    }
    reference = found.identity.reference
    plain = read_record(actor, reference, one.number)
    if one.kind == "rescreening" and plain.get("reasons"):
        kinds["rescreening"] = _("Touched by something else than a list")
    return {
        "number": one.number,
        "href": reverse("casework:document", kwargs={"reference": reference, "number": one.number}),
        "when": words.moment(one.at),
        "who": _who(one),
        "what": kinds.get(one.kind) or words.heading(one.kind),
        "about": _about(found, one.kind, plain),
        "hash": one.sha256,
        "screening": downloads.links(screenings[one.number]) if one.number in screenings else None,
    }


def _who(one: RecordView) -> str:
    if one.name:
        return f"{one.name}, {words.word(one.role)}"
    return _("the system") if one.author == "system" else one.author


def _about(found: CasePage, kind: str, plain: Plain) -> str:
    """The party, question or decision that a document is about, as far as it may be read."""
    asked = {one.id: one.words for one in found.questions}
    if kind == "screening":
        return str(plain.get("party", {}).get("name", ""))
    if kind == "rescreening":
        return ", ".join(str(party.get("name", "")) for party in plain.get("parties", ()))
    if kind == "clearance":
        return _("%(party)s is not %(listed)s") % {"party": plain.get("name", ""), "listed": plain.get("listed", "")}
    if kind == "adjudication":
        said = {
            "same": _("%(party)s is %(listed)s"),
            "ask": _("asked about %(party)s and %(listed)s"),
            "confirmed": _("a second person agrees: %(party)s is not %(listed)s"),
            "declined": _("a second person does not agree: %(party)s and %(listed)s"),
            "withdrawn": _("withdrawn: %(party)s and %(listed)s"),
        }
        both = {"party": plain.get("name", ""), "listed": plain.get("listed", "")}
        return said.get(str(plain.get("answer", "")), "%(party)s / %(listed)s") % both
    if kind == "answer":
        return asked.get(str(plain.get("question", "")), "")
    if kind == "lapse":
        return " ".join(asked.get(name, name) for name in plain.get("questions", ()))
    if kind == "rating":
        return f"{plain.get('name', '')}: {plain.get('list', '')} {plain.get('code', '')}"
    if kind in ("decision", "assessment"):
        return words.heading(str(plain.get("decision" if kind == "decision" else "outcome", "")).replace("-", "_"))
    return ""


def _values(value: object, path: tuple[str, ...] = ()) -> Iterator[Plain]:
    """Every plain value of a document with the way to it; hashes and what is empty are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*path, words.word(str(key))))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _values(inner, (*path, str(number)) if isinstance(inner, dict | list) else path)
    elif value not in (None, "") and not _INNER.fullmatch(str(value)):
        yield {"key": " › ".join(path), "value": str(value)[:LONGEST]}
