"""Bytes, lines and rows: bounds, encodings, and where a table ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.files import MAX_FIELD, SourceFile, Table, delimited, squeeze, text_lines, unsafe
from safeconduct.sources.readers.draft import Draft, comma
from safeconduct.sources.readers.naming import document_number, family_first, link, link_code, link_either
from safeconduct.sources.xml_stream import all_said, elements, said


def file_of(text: str | bytes, name: str = "f.csv") -> SourceFile:
    return SourceFile(name, data=text.encode() if isinstance(text, str) else text)


def test_a_file_on_disk_and_the_same_bytes_in_memory_are_alike(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n1,2\n")
    on_disk, in_memory = SourceFile.of(path), SourceFile.of(("list.csv", b"a,b\n1,2\n"))
    assert (on_disk.name, on_disk.size, on_disk.head(), on_disk.whole()) == (
        in_memory.name, in_memory.size, in_memory.head(), in_memory.whole(),
    )  # fmt: skip
    assert on_disk.sha256() == in_memory.sha256() == canonical.sha256(b"a,b\n1,2\n")
    assert SourceFile.of(on_disk) is on_disk


def test_lines_are_numbered_and_a_byte_order_mark_is_dropped() -> None:
    assert list(text_lines(file_of("\ufeffa\nb"))) == [(1, "a\n"), (2, "b")]


def test_the_place_of_a_byte_that_is_not_utf8_is_named() -> None:
    with pytest.raises(Refusal, match="not UTF-8 at column 3") as caught:
        list(text_lines(file_of(b"good\nba\xe9\n")))
    assert caught.value.where == "f.csv, line 2"


def test_the_place_of_a_nul_is_named() -> None:
    with pytest.raises(Refusal, match="NUL") as caught:
        list(text_lines(file_of("good\nba\x00d\n")))
    assert caught.value.where == "f.csv, line 2, column 3"


@pytest.mark.parametrize("text", ["a\x01", "\x1b[31m", "a\u202eb", "\u2067", "\x7f"])
def test_unsafe_text_is_named_by_its_code_point(text: str) -> None:
    assert unsafe(text).startswith("the character U+")


@pytest.mark.parametrize("text", ["", "a\tb\nc\r", "é", "علی\u200cرضا", "\u200eLTR mark", "中"])
def test_ordinary_text_is_safe(text: str) -> None:
    assert unsafe(text) == ""


def test_a_field_has_a_greatest_length() -> None:
    assert unsafe("x" * MAX_FIELD) == ""
    assert "longer than" in unsafe("x" * (MAX_FIELD + 1))


def test_a_table_gives_rows_by_column_with_the_line_they_end_on() -> None:
    table = Table(file_of('a,b\n1,2\n\n"3\n4",5\n'), ("a", "b"))
    assert list(table) == [(2, {"a": "1", "b": "2"}), (5, {"a": "3\n4", "b": "5"})]


def test_a_row_of_the_wrong_width_is_handed_over_to_be_reported() -> None:
    assert list(Table(file_of("a,b\n1\n3,4\n"), ("a",))) == [(2, None), (3, {"a": "3", "b": "4"})]


@pytest.mark.parametrize("text", ["a,b\n1,2\n3\n", "a,b\n1,2\n3,4", 'a,b\n1,"2\n'])
def test_a_table_that_ends_in_the_middle_of_a_row_is_cut_off(text: str) -> None:
    with pytest.raises(Refusal, match="ends in the middle of a row"):
        list(Table(file_of(text), ("a",)))


def test_a_stray_quote_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as caught:
        list(delimited(file_of('a\n"x"y\nb\n')))
    assert caught.value.where == "f.csv, line 2"


def test_a_first_line_before_the_header_is_kept_apart() -> None:
    table = Table(file_of("Date,1 May\na,b\n1,2\n"), ("a",), preface=lambda cells: "a" not in cells)
    assert table.preface == "Date,1 May"
    assert list(table) == [(3, {"a": "1", "b": "2"})]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")), min_size=2, max_size=2)))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    body = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    read_back = [list(row.values()) for _, row in Table(file_of("a,b\n" + body), ("a", "b")) if row]
    assert read_back == [row for row in rows if any(row)]


def test_white_space_is_squeezed() -> None:
    assert squeeze("  a \n\t b\u00a0c ") == "a b c"
    assert squeeze(None) == ""


@pytest.mark.parametrize(
    ("text", "whole", "given", "family"),
    [
        ("KHAN, Dilawar Khan", "Dilawar Khan KHAN", "Dilawar Khan", "KHAN"),
        (
            "DELOS REYES, Feliciano Semborio, Jr.",
            "Feliciano Semborio DELOS REYES Jr.",
            "Feliciano Semborio",
            "DELOS REYES",
        ),
        ("ABU ZUBAYDAH", "ABU ZUBAYDAH", "", ""),
        ("BANK, Central, of Something", "BANK, Central, of Something", "", ""),
        (", Ines", ", Ines", "", ""),
        ("VEGA,", "VEGA,", "", ""),
    ],
)
def test_a_name_with_the_family_first_is_turned_round(text: str, whole: str, given: str, family: str) -> None:
    name = family_first(text)
    assert (name.text, name.given, name.family) == (whole, given, family)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("OR801168", "OR801168"), ("SE 012820", "SE 012820"), ("44103-5251752-5", "44103-5251752-5"),
        ("Afghan passport number SE 012820", "SE 012820"), ("AF465508 Colombia", "AF465508"),
        ("R00005943, South Sudan", "R00005943"), ("Booklet: A5199819", "A5199819"), ("Libya B/002210", "B/002210"),
        ("381110042 (Expired 25 Jan. 2016)", "381110042"), ("Social Security Number 423-31-3021 (US)", "423-31-3021"),
        ("Provisional passport No.: 28642163", "28642163"), ("CAR diplomatic passport no. 06FBO2262", "06FBO2262"),
        ("Russian passport number 8208 No. 555627", "555627"), ("61 Niha El-Mehfara", "61 Niha El-Mehfara"),
        ("", ""), ("no number at all", "no number at all"),
    ],
)  # fmt: skip
def test_a_document_number_is_found_among_words(text: str, number: str) -> None:
    assert document_number(text) == number


@given(st.text(max_size=80))
def test_a_document_number_is_part_of_what_was_written(text: str) -> None:
    assert document_number(text) in text


def test_a_territory_keeps_the_publishers_words_where_they_are_not_its_name() -> None:
    assert (link("address", "Peru").key, link("address", "Peru").text) == ("PE", "")
    assert (link("address", "Korea, North").key, link("address", "Korea, North").text) == ("KP", "Korea, North")
    assert (link("address", "Atlantis").key, link("address", "Atlantis").text) == ("", "Atlantis")
    assert (link_code("address", "per").key, link_code("address", "q1").text) == ("PE", "q1")
    assert link_either("address", "PE", "Atlantis").key == "PE"
    assert link_either("address", "00", "Peru").key == "PE"


def test_a_draft_without_a_name_is_no_party() -> None:
    draft = Draft("1", "line 1")
    draft.name("  ", "primary")
    assert draft.listed() is None


def test_a_draft_puts_the_primary_name_first_and_drops_what_stands_twice() -> None:
    draft = Draft("1", "line 1")
    for text, kind in (("Old", "former"), ("Osprey", "primary"), ("Osprey", "primary")):
        draft.name(text, kind)  # type: ignore[arg-type]
    draft.number("tax", " 7 ")
    draft.number("tax", "7")
    draft.number("tax", "")
    draft.gender("F")
    draft.gender("male")
    record = draft.listed()
    assert record is not None
    assert [name.text for name in record.names] == ["Osprey", "Old"]
    assert len(record.identifiers) == 1
    assert record.sex == "female"
    assert comma("a", "", " b ") == "a, b"


def test_elements_come_one_by_one_with_the_root_and_are_emptied() -> None:
    text = '<n:list xmlns:n="urn:x" date="1"><n:p><n:q> a  b </n:q></n:p><n:p><n:r><n:q>c</n:q></n:r></n:p></n:list>'
    found = []
    for root, element in elements(file_of(text, "f.xml"), frozenset(("p",))):
        found.append((root.get("date"), said(element, "q"), all_said(element, "r", "q")))
    assert found == [("1", "a b", []), ("1", "", ["c"])]


@pytest.mark.parametrize("text", ["<a>", "<a></b>", "plain", '<?xml version="1.0" encoding="x-none"?><a/>'])
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(elements(file_of(text, "f.xml"), frozenset(("p",))))
    assert caught.value.where.startswith("f.xml")
