"""The record of a screening as files: the same bytes each time, no formula in a spreadsheet, letters on paper."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.doors.page import printed
from safeconduct.doors.page.printed import own_font, pdf, spelt
from safeconduct.doors.page.screening_files import COLUMNS, as_csv, as_json, as_pdf, paper

DECISION = {
    "answer": "not_same", "state": "standing", "at": "2026-11-02T09:00:00Z", "author": "Ada", "reasons": "@SUM(A1)",
    "second": "Bo", "second_at": "2026-11-03T09:00:00Z", "second_answer": "confirmed",
}  # fmt: skip
RECORD: dict[str, Any] = {
    "shape": 1, "screening": "S-7", "case": "XX-2026-0001", "marking": "secret", "state": "done",
    "asked": "2026-11-02T08:00:00Z", "record": {"number": 4, "sha256": "a" * 64, "at": "2026-11-02T08:00:01Z"},
    "party": {"id": "P1", "name": "=HYPERLINK(1)", "kind": "person", "aliases": ("محمد بن سلمان", "Иван", "王小明")},
    "party_facts": "b" * 64, "matcher": "safeconduct-screen rules/3", "considered": 12, "unread": ["???"],
    "tells_too_little": [{"name": "=Ltd", "why": "nothing_tells", "reason": "It holds only legal forms."}],
    "editions": [{
        "source": "un-sc", "publisher": "United Nations", "published": "2026-10-01", "obtained": "2026-10-02",
        "sha256": "c" * 64, "raw_sha256": ["d" * 64], "reader": "un-sc-xml/1", "count": 1000, "fictional": False,
    }],
    "stands_at": [{"source": "un-sc", "sha256": "e" * 64, "published": "2026-10-09", "obtained": "2026-10-09"}],
    "matches": [{
        "source": "un-sc", "entry": "+1", "name": "-Nobody, <b>&", "place": "row 3", "answer": "cannot_tell",
        "score": 512, "standing": "cleared", "facts": "f" * 64, "reason": "The name resembles “Nobody”.",
        "rule": "name_resembles",
        "parts": [{"part": "name_word", "finding": "same", "query": "\tx", "listed": "محمد", "words": "Name"}],
        "decisions": [DECISION],
    }],
}  # fmt: skip
NOTHING_YET = {
    **{key: RECORD[key] for key in ("shape", "screening", "asked", "party")}, "case": "", "state": "failed",
    "editions": [],    "failure": "the list's file is gone",
}  # fmt: skip


@pytest.mark.parametrize("record", [RECORD, NOTHING_YET], ids=["done", "failed"])
@pytest.mark.parametrize("write", [as_json, as_csv, as_pdf])
def test_the_same_record_gives_the_same_bytes(write: Any, record: dict[str, Any]) -> None:
    assert write(record) == write(json.loads(json.dumps(record)))


def test_json_is_canonical_and_whole() -> None:
    data = as_json(RECORD)
    assert json.loads(data) == json.loads(json.dumps(RECORD))
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1


def rows(record: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(record).decode(), newline="")))


def test_csv_has_a_row_for_everything() -> None:
    found = rows(RECORD)
    kinds = [
        "screening",
        "name nobody can read",
        "name tells too little",
        "edition",
        "stands at edition",
        "match",
        "part",
    ]
    assert [row["row"] for row in found] == [*kinds, "decision", "decision"]
    little = found[2]
    assert (little["name"], little["what"], little["reasons"]) == (
        "'=Ltd",
        "nothing_tells",
        "It holds only legal forms.",
    )
    assert tuple(found[0]) == COLUMNS
    assert {row["screening"] for row in found} == {"S-7"}
    assert [row["who"] for row in found if row["row"] == "decision"] == ["Ada", "Bo"]


def test_no_cell_is_a_formula() -> None:
    cells = [cell for row in rows(RECORD) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert "'=HYPERLINK(1)" in cells
    assert "'@SUM(A1)" in cells


def streams(data: bytes) -> bytes:
    """All that the file holds, unpacked."""
    found = [data]
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            found.append(zlib.decompress(body))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_paper_is_tagged_and_carries_its_own_fonts() -> None:
    data = as_pdf(RECORD)
    whole = streams(data)
    assert data.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid", b"/FontFile", b"/Lang"):
        assert mark in whole, mark
    names = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", whole))
    assert any(b"Arabic" in name for name in names)
    assert any(b"Plex" in name for name in names)


def test_what_is_on_paper_is_escaped_and_marked() -> None:
    assert as_pdf({**RECORD, "party": {**RECORD["party"], "name": "<script>alert(1)</script>"}}) != as_pdf(RECORD)
    assert as_pdf({**RECORD, "marking": "open"}) != as_pdf(RECORD)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.woff2", "file:///etc/passwd", "safeconduct:/fonts/../app.css", "safeconduct:/app.css",
        "data:text/plain,x", "safeconduct:/fonts/ibm-plex-sans-latin-400-normal.woff2?x", "",
    ],
)  # fmt: skip
def test_nothing_but_our_own_fonts_is_read(url: str) -> None:
    with pytest.raises(ValueError, match="not a font of this package"):
        own_font(url)


def test_our_own_fonts_are_there() -> None:
    assert own_font("safeconduct:/fonts/ibm-plex-sans-latin-400-normal.woff2").startswith(b"wOF2")


def test_a_page_that_asks_for_more_is_made_without_it() -> None:
    assert pdf('<html lang="en"><title>t</title><img alt="x" src="http://127.0.0.1:1/x.png"><p>a').startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["Ada Verhoeven", "Łódź", "Иван", "Νίκος", "محمد", "don’t – “so”", ""])
def test_letters_that_our_fonts_have_stand_alone(text: str) -> None:
    assert spelt(text) == text


def test_letters_that_no_font_of_ours_has_are_spelt_out() -> None:
    assert spelt("王小明 Wang") == "王小明 Wang [U+738B U+5C0F U+660E]"


def test_without_the_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(Refusal, match="libpango") as caught:
        pdf("<p>x")
    assert caught.value.remedy.endswith(printed.PACKAGES)


def test_decisions_are_told_in_words() -> None:
    asked = {"answer": "ask", "state": "standing", "at": "2026-11-02T09:00:00Z", "asked": "birth_date exporter"}
    withdrawn = {"answer": "same", "state": "withdrawn", "at": "2026-11-02T09:00:00Z", "ground": "birth_date"}
    html = paper({**RECORD, "matches": [{**RECORD["matches"][0], "decisions": [DECISION, asked, withdrawn]}]})
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    for words in (
        "Not the same (standing), Ada, 2 November 2026, 09:00 UTC.",
        "Confirmed: Bo, 3 November 2026, 09:00 UTC.",
        "Cannot tell: asked (standing), in another case, 2 November 2026, 09:00 UTC. birth date, exporter.",
        "The same (withdrawn), in another case, 2 November 2026, 09:00 UTC. birth date.",
        "-Nobody, &lt;b&gt;&amp;",
    ):
        assert words in said
    assert "_" not in said.replace("name_word", "")


def test_on_paper_a_state_has_its_name_and_a_day_its_words() -> None:
    party = {**RECORD["party"], "territory": "IL", "born": "1971-05-02", "kind": "public_body"}
    said = paper({**RECORD, "party": party})
    for words in ("Israel", "2 May 1971", "public body"):
        assert words in said
