"""Files built to cost: time and memory grow with the size of the file, never with its square."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources import xml_stream
from safeconduct.sources.editions import Reading, read
from safeconduct.sources.files import SourceFile
from safeconduct.sources.readers.control_codes import MAX_DEPTH, Codes
from safeconduct.sources.readers.naming import document_number
from safeconduct.sources.readers.ofac_remarks import read_remarks
from tests.sources.reading import DAY, controls, reading_of
from tests.sources.test_control_lists import ccl
from tests.sources.test_ftm import ftm


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 20, "a file of a few hundred kilobytes took longer than any real list"


def test_twenty_thousand_notes_under_one_paragraph() -> None:
    items = [("item", "a", "Radios.")] + [("text", None, f"Remark {number}.") for number in range(20_000)]
    tree = controls(reading_of(ccl(*items)))
    assert tree["5A001.a.note.20000"].parent == "5A001.a"


def test_twenty_thousand_items_that_each_open_a_list() -> None:
    items = [("item", "b", "Radios."), ("text", None, "5A001.b does not apply to the following:")]
    items += [("item", "a" if number % 2 else "1", "One of the following:") for number in range(20_000)]
    tree = controls(reading_of(ccl(*items)))
    assert max(code.count(".") for code in tree) <= MAX_DEPTH + 4


def test_the_same_paragraph_twenty_thousand_times() -> None:
    codes = Codes()
    given = []
    for _ in range(20_000):
        given.append(codes.unused("5A001.a"))
        codes.take(given[-1])
    assert len(set(given)) == 20_000
    assert given[:2] == ["5A001.a", "5A001.a~2"]


def test_layout_text_that_goes_deeper_line_by_line() -> None:
    lines = [f"{' ' * min(number, 60)}{'a' if number % 2 else '1'}.   Radio" for number in range(1, 2_000)]
    text = "CATEGORY 5 - MADE\n5A001   Radios as follows:\n" + "\n".join(lines) + "\n"
    assert max(code.count(".") for code in controls(reading_of(("annex.txt", text)))) <= MAX_DEPTH


@pytest.mark.parametrize(
    "text",
    ["A" * 60_000 + " abc", "(" * 60_000 + "abc", "Passport " + "A" * 60_000, "abc " + "1-" * 30_000, "a " * 30_000],
)
def test_long_fields_are_read_in_time(text: str) -> None:
    document_number(text)
    read_remarks(text + ".")


def test_nested_parties_are_followed_only_so_far() -> None:
    inner: dict[str, object] = {"id": "x", "schema": "Person", "properties": {"name": ["X"]}}
    for number in range(200):
        inner = {"id": f"n{number}", "schema": "Person", "properties": {"name": ["Y"], "associates": [inner]}}
    assert ftm(inner).edition.count == 1


def xml_reading(body: str) -> Reading:
    text = f'<CONSOLIDATED_LIST dateGenerated="2026-01-01">{body}</CONSOLIDATED_LIST>'
    return read([("un.xml", text.encode())], obtained=DAY)


PERSON = "<INDIVIDUAL><DATAID>7</DATAID><FIRST_NAME>INES</FIRST_NAME></INDIVIDUAL>"


def test_elements_nobody_wants_do_not_fill_the_memory() -> None:
    data = ('<l dateGenerated="2026-01-01">' + "<x/>" * 60_000 + "<p/></l>").encode()
    tracemalloc.start()
    assert len(list(xml_stream.elements(SourceFile("f.xml", data=data), frozenset(("p",))))) == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_one_entry_of_a_million_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_stream, "MAX_HELD", 1000)
    assert xml_reading(PERSON).edition.count == 1
    with pytest.raises(Refusal, match="an entry of over 1000 elements"):
        xml_reading(PERSON.replace("</INDIVIDUAL>", "<x/>" * 1001 + "</INDIVIDUAL>"))


def test_a_code_without_end_is_a_bad_row() -> None:
    with pytest.raises(Refusal):
        reading_of(("n.csv", "N,PARENT,1,UK\n" + "N" + "1a" * 30_000 + ",ACTIVE,2,UK\nN2,ACTIVE,2,UK\n"))
