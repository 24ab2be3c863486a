"""The record of a screening as files that are taken away: JSON, CSV and PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from safeconduct.core import canonical
from safeconduct.doors.page import words
from safeconduct.doors.page.printed import pdf, spelt
from safeconduct.flows.spreadsheet import harmless

Plain = dict[str, Any]
COLUMNS = (
    "row", "screening", "case", "source", "entry", "name", "place", "answer", "score", "standing", "part", "finding",
    "query", "listed", "at", "who", "what", "reasons", "publisher", "published", "obtained", "sha256",
)  # fmt: skip


def as_json(record: Plain) -> bytes:
    """Canonical JSON and a line feed: the same record, the same bytes."""
    return canonical.encode(record) + b"\n"


def as_csv(record: Plain) -> bytes:
    """One table: a row for the screening, each name that was not looked for, edition, match, part and decision. UTF-8,
    CRLF; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(record):
        of = {"screening": record["screening"], "case": record["case"]}
        writer.writerow({key: harmless(str(value)) for key, value in {**of, **row}.items()})
    return out.getvalue().encode()


def _rows(record: Plain) -> Iterator[Plain]:
    party, document = record["party"], record.get("record", {})
    told = f"{record.get('considered', 0)} listed parties compared; {record.get('matcher', '')}"
    yield {
        "row": "screening",
        "name": party["name"],
        "answer": record["state"],
        "at": document.get("at", record["asked"]),
        "what": told,
        "reasons": record.get("failure", ""),
        "sha256": document.get("sha256", ""),
    }
    for name in record.get("unread", ()):
        yield {"row": "name nobody can read", "name": name}
    for one in record.get("tells_too_little", ()):
        yield {"row": "name tells too little", "name": one["name"], "what": one["why"], "reasons": one["reason"]}
    for kind in ("editions", "stands_at"):
        for edition in record.get(kind, ()):
            names = ("source", "publisher", "published", "obtained", "sha256")
            row = "edition" if kind == "editions" else "stands at edition"
            yield {"row": row, **{name: edition.get(name, "") for name in names}}
    for match in record.get("matches", ()):
        yield from _match_rows(match)


def _match_rows(match: Plain) -> Iterator[Plain]:
    of = {"source": match["source"], "entry": match["entry"], "name": match["name"]}
    more = {"place": match["place"], "answer": match["answer"], "score": match["score"], "standing": match["standing"]}
    yield {"row": "match", **of, **more, "reasons": match["reason"], "sha256": match["facts"]}
    for part in match["parts"]:
        yield {"row": "part", **of, **{name: part[name] for name in ("part", "finding", "query", "listed")}}
    for one in match["decisions"]:
        who, what = one.get("author", ""), one["answer"]
        yield {"row": "decision", **of, "at": one["at"], "who": who, "what": what, "reasons": one.get("reasons", "")}
        if "second" in one:
            second = {"at": one["second_at"], "who": one["second"], "what": one["second_answer"]}
            yield {"row": "decision", **of, **second, "reasons": one.get("second_reasons", "")}


def as_pdf(record: Plain) -> bytes:
    """Tagged PDF (PDF/UA-1) with its fonts in it."""
    return pdf(paper(record))


def paper(record: Plain) -> str:
    """The page that is set on paper."""
    context = {
        "record": record,
        "editions": [_dated(one) for one in record.get("editions", ())],
        "stands_at": [_dated(one) for one in record.get("stands_at", ())],
        "asked": words.moment(record["asked"]),
        "at": words.moment(record.get("record", {}).get("at", "")),
        "party": _party(record["party"]),
        "too_little": [one | {"name": spelt(one["name"])} for one in record.get("tells_too_little", ())],
        "matches": [_printed(match) for match in record.get("matches", ())],
    }
    return render_to_string("printed/screening.html", context)


def _dated(edition: Plain) -> Plain:
    return edition | {key: words.day(edition.get(key, "")) for key in ("published", "obtained")}


_SAID: dict[str, Callable[[str], str]] = {"territory": words.place, "born": words.day, "kind": words.word}


def _party(party: Plain) -> list[tuple[str, str]]:
    """What was stated of the party, as it was compared."""
    rows = []
    for key, value in party.items():
        if value and key != "id":
            said = _SAID.get(key, str)
            text = "; ".join(map(_text, value)) if isinstance(value, list | tuple) else said(value)
            rows.append((words.heading(key), spelt(text)))
    return rows


def _text(value: object) -> str:
    return " ".join(map(str, value.values())) if isinstance(value, dict) else words.word(str(value))


def _printed(match: Plain) -> Plain:
    decisions = [_said(one) for one in match["decisions"]]
    parts = [one | {side: spelt(one[side]) for side in ("query", "listed")} for one in match["parts"]]
    told = {key: words.word(match[key]) for key in ("answer", "standing")}
    return match | told | {"name": spelt(match["name"]), "parts": parts, "decisions": decisions}


_ANSWERS = {"not_same": _("Not the same"), "same": _("The same"), "ask": _("Cannot tell: asked")}


def _said(one: Plain) -> Plain:
    """A decision in words."""
    told = {key: words.word(one[key]) for key in ("state", "ground", "second_answer") if key in one}
    asked = {"asked": ", ".join(words.word(word) for word in one["asked"].split())} if "asked" in one else {}
    when = {"when": words.moment(one["at"]), "second_when": words.moment(one.get("second_at", ""))}
    return one | told | asked | when | {"answer": _ANSWERS.get(one["answer"], one["answer"])}


FILES: dict[str, tuple[Callable[[Plain], bytes], str]] = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "pdf": (as_pdf, "application/pdf"),
}
