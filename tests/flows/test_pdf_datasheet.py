"""PDF datasheets are read in a bounded process: what they say is proposed with its page, what harms is refused."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    TextStringObject,
)

from safeconduct.core.errors import Refusal
from safeconduct.flows import pdf_text
from safeconduct.flows.classify_goods import classify_goods
from safeconduct.flows.pdf_text import pages_of
from safeconduct.flows.raw_sheet import raw_sheet
from tests.flows.office import Office
from tests.people import OFFICER


def writer(*pages: tuple[str, ...]) -> PdfWriter:
    made = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    for lines in pages:
        page = made.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        stream.set_data(f"BT /F1 11 Tf 60 780 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = made._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return made


def bytes_of(made: PdfWriter) -> bytes:
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


SHEET = (("The Kestrel unit",), ("A portable unit for the police", "It captures the IMSI of every handset"))


def test_facts_of_a_pdf_bear_page_line_and_wording() -> None:
    found = raw_sheet(bytes_of(writer(*SHEET)), "kestrel.pdf")
    (catcher,) = (each for each in found.proposed if each.fact == "item.air_interface_identifiers")
    assert (catcher.place, catcher.words) == ("p. 2, line 2", "captures the IMSI")
    assert (found.reading.language, found.reading.read, found.reading.pages) == ("en", True, 2)


def test_a_pdf_is_rated_provisionally_and_nothing_is_freed_or_outside(office: Office) -> None:
    found: dict[str, Any] = classify_goods(OFFICER, bytes_of(writer(*SHEET)), "kestrel.pdf", at=office.at)
    assert found["provisional"] is True
    assert found["lines"][0]["outside"] == []
    assert {each["status"] for each in found["lines"][0]["entries"]} <= {"caught", "cannot_tell"}


def test_scripts_and_forms_are_neither_run_nor_read() -> None:
    made = writer(*SHEET)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    script[NameObject("/JS")] = TextStringObject("app.alert('it intercepts calls')")
    made._root_object[NameObject("/OpenAction")] = script
    field = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): TextStringObject("No IMSI")})
    made._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    made.add_attachment("note.txt", b"It decrypts backups")
    found = raw_sheet(bytes_of(made), "kestrel.pdf")
    assert {"item.air_interface_content", "item.cryptanalytic"}.isdisjoint(each.fact for each in found.proposed)
    assert found.proposed


def test_a_scanned_picture_is_told_to_be_unread_and_nothing_is_outside(office: Office) -> None:
    made = PdfWriter()
    made.add_blank_page(595, 842)
    found = classify_goods(OFFICER, bytes_of(made), "scan.pdf", at=office.at)
    assert not found["reading"]["read"]
    assert "Ask for the datasheet as text" in found["reading"]["said"]
    assert {each["status"] for each in found["lines"][0]["entries"]} == {"cannot_tell"}


def test_a_page_without_text_among_others_is_named() -> None:
    made = writer(*SHEET)
    made.add_blank_page(595, 842)
    assert "page 3" in raw_sheet(bytes_of(made), "kestrel.pdf").reading.said


def test_a_page_whose_font_does_not_tell_its_letters_is_not_read() -> None:
    garbled = ("\u00be \u00bf \u00c0 ` \u00b4 , I M S I \u00af I M E I", "\u00b8 \u00bb \u00ab")
    assert not raw_sheet(bytes_of(writer(garbled)), "kestrel.pdf").reading.read
    assert "page 3" in raw_sheet(bytes_of(writer(*SHEET, garbled)), "kestrel.pdf").reading.said


def test_a_table_of_numbers_with_leaders_is_read() -> None:
    table = ("Channels .............. 8", "Weight ________ 14 kg", "1 | 2 | 3", "Portable unit, 5 W")
    assert raw_sheet(bytes_of(writer(table)), "kestrel.pdf").reading.said == ""


@pytest.mark.parametrize(
    "text",
    ["جهاز اعتراض مكالمات الهاتف", "手机信号拦截设备", "Das Gerät ist kein Störsender und wird nicht von der Polizei"],
)
def test_a_text_in_a_language_that_is_not_read_says_so_and_leaves_all_open(office: Office, text: str) -> None:
    found = classify_goods(OFFICER, text.encode(), "sheet.txt", at=office.at)
    assert not found["reading"]["read"]
    assert found["proposed"] == []
    assert {each["status"] for each in found["lines"][0]["entries"]} == {"cannot_tell"}


def locked() -> bytes:
    made = writer(*SHEET)
    made.encrypt("secret", algorithm="RC4-128")
    return bytes_of(made)


def many_pages() -> bytes:
    made = PdfWriter()
    for _ in range(5_000):
        made.add_blank_page(10, 10)
    return bytes_of(made)


def bomb() -> bytes:
    """A page whose content grows from a megabyte to a gigabyte."""
    made = writer(*SHEET)
    plain = bytes_of(made)
    packer = zlib.compressobj(9)
    chunk = b" " * 10_000_000
    data = b"".join([*(packer.compress(chunk) for _ in range(100)), packer.flush()])
    reader = PdfReader(io.BytesIO(plain))
    made = PdfWriter(clone_from=reader)
    stream = EncodedStreamObject()
    stream._data = data
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    made.pages[0][NameObject("/Contents")] = made._add_object(stream)
    return bytes_of(made)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (locked, "locked by a password"),
        (many_pages, "more than 300 pages"),
        (bomb, "unpacks to more"),
        (lambda: b"%PDF-1.7\nnot really", "broken, or no PDF"),
        (lambda: b"%PDF-1.7\n" + b"\x00" * 1000, "broken, or no PDF"),
        (lambda: bytes_of(writer(*SHEET))[:200], "broken, or no PDF"),
    ],
    ids=["locked", "5,000 pages", "bomb", "no PDF", "zeros", "cut off"],
)
def test_what_cannot_be_read_within_bounds_is_refused_with_a_remedy(made: Any, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        pages_of(made(), "sheet.pdf")
    assert refused.value.remedy


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "PATIENCE", 0.01)
    with pytest.raises(Refusal, match="not read within"):
        pages_of(bytes_of(writer(*SHEET)), "sheet.pdf")
