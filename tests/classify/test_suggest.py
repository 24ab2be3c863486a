"""Suggestions by words: explained, bounded, the same every time, and good enough to be worth a look."""

import csv
import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.classify import WordIndex, index_of, suggest
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet, Item
from safeconduct.sources.model import ControlParagraph


def paragraph(
    code: str, text: str, parent: str = "", kind: Any = "paragraph", list_: str = "xx-list"
) -> ControlParagraph:
    return ControlParagraph(list_, code, parent, kind, text, f"line {code}")


PARAGRAPHS = [
    paragraph("9A1", "Radio equipment", kind="entry"),
    paragraph("9A1.a", "Receivers that decrypt satellite telephony", "9A1"),
    paragraph("9A1.b", "Antennas of a parabolic shape", "9A1"),
    paragraph("9A1.b Note", "does not control decryption by the satellite's owner", "9A1.b", "note"),
    paragraph("9A2", "Pumps for sea water", kind="entry"),
]
INDEX = index_of(PARAGRAPHS)


def item(text: str, *lines: str) -> Item:
    return Item(1, text, datasheet=Datasheet("sheet", lines) if lines else None)


def test_a_suggestion_names_the_words_that_led_to_it_and_its_place() -> None:
    found = suggest(INDEX, item("Decryption of telephone calls", "over satellites"))
    assert [each.code for each in found] == ["9A1.a"]
    assert found[0].words == ("decryption", "satellites", "telephone")
    assert found[0].place == "line 9A1.a"


def test_only_the_lowest_entries_and_paragraphs_are_searched() -> None:
    assert {each.code for each in INDEX.paragraphs} == {"9A1.a", "9A1.b", "9A2"}


def test_nothing_in_common_suggests_nothing() -> None:
    assert suggest(INDEX, item("Bicycle bells")) == ()
    assert suggest(index_of([]), item("Decryption")) == ()


def test_common_words_suggest_nothing() -> None:
    assert suggest(INDEX, item("It is made for the use of such a one")) == ()


def test_more_of_the_rare_words_rank_higher() -> None:
    found = suggest(INDEX, item("Parabolic antennas and a satellite"))
    assert [each.code for each in found] == ["9A1.b", "9A1.a"]
    assert 1000 >= found[0].score > found[1].score > 0


def test_the_order_in_which_paragraphs_come_makes_no_difference() -> None:
    shuffled = list(PARAGRAPHS)
    random.Random(3).shuffle(shuffled)
    query = item("Parabolic antennas, a satellite and sea water")
    assert suggest(index_of(shuffled), query) == suggest(INDEX, query)


@given(st.text(max_size=300), st.integers(0, 7))
def test_any_text_gives_at_most_what_was_asked_for_in_falling_order(text: str, most: int) -> None:
    found = suggest(INDEX, item("x", text), most)
    assert len(found) <= most
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(0 <= each.score <= 1000 and each.words for each in found)


def test_two_lists_are_searched_together_and_kept_apart() -> None:
    index = index_of([*PARAGRAPHS, paragraph("9A2", "Sea water pumps", list_="yy-list", kind="entry")])
    assert {(each.list, each.code) for each in suggest(index, item("Sea water"))} == {
        ("xx-list", "9A2"),
        ("yy-list", "9A2"),
    }


def test_a_list_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.classify.suggesting.MOST_PARAGRAPHS", 3)
    with pytest.raises(Refusal, match="more than 3 paragraphs"):
        index_of(PARAGRAPHS)


def us_index(folder: Path) -> WordIndex:
    csv.field_size_limit(10**9)
    with (folder / "controllists" / "us_ccl_usml_paragraphs.csv").open(encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file))
    return index_of(
        paragraph(f"{row['ecn_number']}#{row['derived_ecn_no']}", row["description_en"], f"#{row['parent_ecn']}")
        for row in rows
        if row["is_leaf"] == "TRUE"
    )


def plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.partition("#")[0].upper())


def entry(code: str) -> str:
    head = re.match(r"\d[A-E]\d{3}|[IVX]+", code.upper())
    return head[0] if head else code


def test_on_descriptions_of_real_entries_it_finds_what_plain_word_search_finds(shared_data: Path) -> None:
    index = us_index(shared_data)
    with (shared_data / "labelled" / "item_descriptions_us.csv").open(encoding="utf-8") as file:
        queries = list(csv.DictReader(file))
    started = time.process_time()
    first = among = same_entry = 0
    for query in queries:
        codes = [each.code for each in suggest(index, item(query["query_text"]))]
        first += bool(codes) and plain(codes[0]) == plain(query["true_ecn"])
        among += plain(query["true_ecn"]) in [plain(code) for code in codes]
        same_entry += entry(query["true_ecn"]) in [entry(code) for code in codes]
    assert first / len(queries) >= 0.66
    assert among / len(queries) >= 0.87
    assert same_entry / len(queries) >= 0.89
    assert (time.process_time() - started) / len(queries) < 0.05
