"""Control lists: hierarchy, notes on the right paragraphs, and which of them free."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import read
from safeconduct.sources.model import ControlParagraph
from safeconduct.sources.readers.control_notes import kind_of, terms_of
from safeconduct.sources.readers.control_text import codes, frees, opens_list, spoken_of, successor
from tests.sources.reading import controls, reading_of

Tree = dict[str, ControlParagraph]


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("5A001.f.1 and 5A001.f.2", ["5A001.f.1", "5A001.f.2"]),
        ("5A001.f.1. and 5A001.f.2.", ["5A001.f.1", "5A001.f.2"]),
        ("4E001.a and .c", ["4E001.a", "4E001.c"]),
        ("5A002, 5D002.a.1, .b, .c.1, z.1", ["5A002", "5D002.a.1", "5D002.b", "5D002.c.1", "5D002.z.1"]),
        ("3A001.a.1. or 2.", ["3A001.a.1", "3A001.a.2"]),
        ("3B001.a. to d.", ["3B001.a", "3B001.b", "3B001.c", "3B001.d"]),
        ("5A002.b, a", []),  # the article, not paragraph a
        ("equipment of 5A001", []),
        ("", []),
    ],
)
def test_codes_named_one_after_another(subject: str, found: list[str]) -> None:
    assert codes(subject) == found


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("5A001.j does not apply to systems specially designed for any of the following:", True),
        ("5A001.f.1. and 5A001.f.2. do not control any of the following:", True),
        ("5A004.b. does not include:", True),
        ("Note: 5D001.e does not apply to software for any of the following:", True),
        ("This entry does not control body armor when accompanying its user.", True),
        ("5A001.a.3 and 5A001.a.4 apply only to electronic equipment.", False),
        ("For the purposes of 5A001.c, 'proof test' is a test that does not apply stress.", False),
        ("Note 1 does not diminish national authorities' rights to ascertain compliance.", False),
        ("For radio receivers see 5A001.b.5.", False),
        ("The restrictions in 5A991.c.3 do not apply to networks of one kind.", False),
        ("An item that 5A001 does not control may be controlled elsewhere.", False),
    ],
)
def test_only_a_sentence_about_named_paragraphs_frees(text: str, free: bool) -> None:
    assert frees(text) is free


def test_a_note_is_about_what_it_names_or_what_stands_above() -> None:
    assert spoken_of("4E001.a and .c do not apply to disclosure.", "4E001", "4E001.c") == ["4E001.a", "4E001.c"]
    assert spoken_of("This entry does not control it.", "1A005", "1A005.a") == ["1A005"]
    assert spoken_of("For the purposes of 5A001.d, an antenna is", "5A001", "5A001.d.4") == ["5A001.d"]
    assert spoken_of("In 5A101 'missile' means a rocket", "5A101", "5A101") == ["5A101"]
    assert spoken_of("See also the regulations.", "5A001", "5A001.j.2.b") == ["5A001.j.2.b"]


def test_a_list_is_opened_by_a_colon_or_by_its_last_words() -> None:
    assert opens_list("having all of the following:")
    assert opens_list("applications as follows")
    assert not opens_list("The following are defined elsewhere. They are not listed here at all.")


@pytest.mark.parametrize(("part", "after"), [("1", "2"), ("9", "10"), ("a", "b"), ("z", "aa"), ("az", "ba")])
def test_what_comes_next(part: str, after: str) -> None:
    assert successor(part) == after


@given(st.text(max_size=300))
def test_any_text_is_a_sentence_or_none(text: str) -> None:
    frees(text)
    assert spoken_of(text, "5A001", "here")


def ccl(*items: tuple[str, str | None, str], eccn: str = "5A001") -> tuple[str, str]:
    """Made, not issued by the publisher: one entry of the US list, with items (kind, paragraph, text)."""
    rows = [{"kind": kind, "paragraph": part, "depth": 0, "text": text} for kind, part, text in items]
    entry = {"eccn": eccn, "heading": "Radios, as follows.", "reasonForControl": "NS, CC Column 1",
             "countryChart": [{"control": "NS applies", "countryChart": "NS Column 1."}],
             "licenceExceptionFlags": {"LVS": "$5000"}, "relatedControls": "See 5A991.", "items": rows,
             "topLevelParagraphs": {"a": "corrupt"}}  # fmt: skip
    data = {"ecfrIssueDate": "2026-07-23", "deepCategories": ["5"], "entries": [entry]}
    return ("ccl.json", json.dumps(data))


NOTED = (
    ("item", "a", "Radios having any of the following:"),
    ("item", "a.1", "Very strong; or"),
    ("text", None, "a.2 Very small;"),
    ("item", "b", "Jammers."),
    ("text", None, "5A001.b does not control any of the following:"),
    ("item", "a", "Toys;"),
    ("text", None, "For the purposes of this note, toys are small."),
    ("item", "b", "Things meeting all the following:"),
    ("note", "1", "Soft; and"),
    ("note", "2", "Round."),
    ("text", None, "See also elsewhere."),
    ("item", "c", "Antennas."),
)


def test_items_after_a_freeing_sentence_belong_to_the_note() -> None:
    tree = controls(reading_of(ccl(*NOTED)))
    note = "5A001.b.note.1"
    assert (tree[note].parent, tree[note].frees, tree[note].kind) == ("5A001.b", True, "note")
    assert [code for code in tree if code.startswith(f"{note}.")] == [
        f"{note}.a",
        f"{note}.b",
        f"{note}.b.1",
        f"{note}.b.2",
    ]
    assert tree[f"{note}.b.2"].parent == f"{note}.b"
    assert all(tree[f"{note}.{part}"].frees for part in ("a", "b", "b.1", "b.2"))
    assert tree["5A001.c"].parent == "5A001"
    assert tree["5A001.b.note.2"].frees is False


def test_a_paragraph_run_on_in_a_text_is_a_paragraph() -> None:
    assert controls(reading_of(ccl(*NOTED)))["5A001.a.2"].text == "Very small;"


def test_the_head_of_an_entry_holds_reasons_and_licence_lines() -> None:
    tree = controls(reading_of(ccl(*NOTED)))
    assert tree["5A001"].reasons == ("NS", "CC Column 1")
    assert tree["5A001.licence.1"].text == "NS applies: NS Column 1."
    assert tree["5A001.licence.LVS"].kind == "licence"
    assert tree["5A001.note.related"].text == "See 5A991."
    assert not any("corrupt" in record.text for record in tree.values())


def test_a_note_on_two_paragraphs_stands_under_both_and_no_third() -> None:
    tree = controls(reading_of(ccl(
        ("item", "a", "One;"), ("item", "b", "Two;"), ("item", "c", "Three."),
        ("text", None, "5A001.a and .b do not apply to toys."),
    )))  # fmt: skip
    assert {record.parent for record in tree.values() if record.frees} == {"5A001.a", "5A001.b"}


def test_an_entry_of_the_wrong_shape_is_refused_with_its_place() -> None:
    with pytest.raises(Refusal, match="eccn") as caught:
        reading_of(ccl(*NOTED, eccn="nonsense"))
    assert caught.value.where == "ccl.json, entry 1"


# Made, not issued by the publisher: the layout of the EU's list, with indentation that shifts at a page.
EU = """CATEGORY 5 - MADE
5A        Systems
5A001     Radios as follows:
          a.    Radios having any of the following:
                1.     Very strong; or
                2.     Very small, and broken over a line that ends in multi-
                       channel use;
                       Note:    5A001.a.2. does not control any of the following:
                                                 a.    Toys; or
                                                 b.    Things of wood meeting all the following:
                                                       1.     Soft;
                                                       2.     Round.
          b.    Jammers;
                Technical Note:
                A jammer is a noise.

                                                                                    25
CATEGORY 5 - MADE

5A001.b. continued

             c.    Antennas;
             Note: 5A001.b. and 5A001.c. do not control kits.
4E001     a.    "Technology" for radios.
          b.    Not used.
5D001     "Software" as follows:
          Technical Notes:
                                   1.    A thing is a thing.
                                   2.    Another is another.
          Note: 5D001 does not control games.
"""


def test_the_layout_text_gives_the_hierarchy() -> None:
    tree = controls(reading_of(("annex.txt", EU)))
    paragraphs = {code: record.parent for code, record in tree.items() if record.kind in ("entry", "paragraph")}
    assert paragraphs == {
        "5A001": "", "5A001.a": "5A001", "5A001.a.1": "5A001.a", "5A001.a.2": "5A001.a", "5A001.b": "5A001",
        "5A001.c": "5A001", "4E001": "", "4E001.a": "4E001", "4E001.b": "4E001", "5D001": "",
    }  # fmt: skip
    assert tree["5A001.a.2"].text.endswith("multi-channel use;")
    assert tree["5A001.a.2"].place == "line 6"


def test_the_layout_text_gives_the_notes() -> None:
    tree = controls(reading_of(("annex.txt", EU)))
    note = "5A001.a.2.note.1"
    assert tree[note].frees
    assert [tree[f"{note}.{part}"].text for part in ("a", "b.1", "b.2")] == ["Toys; or", "Soft;", "Round."]
    assert tree["5A001.b.note.1"].kind == "technical_note"
    assert tree["5A001.b.note.2"].frees
    assert tree["5A001.c.note.1"].frees
    assert tree["5D001.note.1.2"].text == "Another is another."
    assert tree["5D001.note.2"].parent == "5D001"


def test_every_line_of_the_layout_text_is_text_or_reported() -> None:
    reading = reading_of(("annex.txt", EU))
    assert [row.why for row in reading.skipped] == [
        "a heading of a category or group", "a heading of a category or group",
        "a page number, or a raised figure set on its own line", "a heading of a category or group",
        "a page's running title",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def annex(shared_data: Path) -> Tree:
    return controls(read([shared_data / "controllists" / "no_list2_eu_annex1_2022.txt"], obtained="2026-08-01"))


@pytest.fixture(scope="module")
def us_list(shared_data: Path) -> Tree:
    return controls(read([shared_data / "controllists" / "us_ccl_ecfr_2026-07-23.json"], obtained="2026-08-01"))


@pytest.mark.parametrize("which", ["annex", "us_list"])
def test_the_entries_that_matter_are_read_with_the_notes_that_free_them(
    which: str, request: pytest.FixtureRequest
) -> None:
    tree: Tree = request.getfixturevalue(which)
    parts = {
        "5A001.f": ["1", "2", "3", "4"], "5A001.f.3": ["a", "b", "c"], "5A001.j": ["1", "2"],
        "5A001.j.1": ["a", "b", "c"], "5A001.j.2": ["a", "b"], "5A004.b": ["1", "2"], "5D001.e": ["1", "2"],
        "5D002.c.3": ["a", "b"], "5D002.a.3": ["a", "b"],
    }  # fmt: skip
    for code, expected in parts.items():
        children = sorted(r.code for r in tree.values() if r.parent == code and r.kind == "paragraph")
        assert children == [f"{code}.{part}" for part in expected]
    freed = {
        "5A001.f.1": 3, "5A001.f.2": 3, "5A001.j": 3, "5A004.b": 4, "5D001.e": 5, "4D004": 2, "4E001.a": 0,
        "4E001.c": 0, "5D002.c.3.b": 0,
    }  # fmt: skip
    for code, items in freed.items():
        notes = [r for r in tree.values() if r.parent == code and r.kind == "note" and r.frees]
        assert notes, code
        assert max(sum(item.parent == note.code for item in tree.values()) for note in notes) == items, code
    assert not any(r.frees for r in tree.values() if r.parent.startswith(("5A001.f.3", "5A001.f.4")))


@pytest.mark.parametrize("which", ["annex", "us_list"])
def test_every_part_stands_under_something_and_next_to_its_like(which: str, request: pytest.FixtureRequest) -> None:
    tree: Tree = request.getfixturevalue(which)
    parts = [record for record in tree.values() if record.kind in ("paragraph", "note_item")]
    assert [record.code for record in parts if record.parent not in tree] == []
    assert all(record.code.startswith(record.parent) for record in parts)


def test_the_numbers_of_the_layout_text_leave_no_gap(annex: Tree) -> None:
    """A number put under the wrong list would leave one missing where it belongs."""
    children: dict[str, list[str]] = {}
    for record in annex.values():
        if record.kind in ("paragraph", "note_item") and ".note" not in record.code[len(record.parent) :]:
            children.setdefault(record.parent, []).append(record.code[len(record.parent) + 1 :])
    for parent, parts in children.items():
        ordered = sorted(parts, key=lambda part: (part.isalpha(), len(part), part))
        assert ordered[0] in ("a", "1"), parent
        for before, after in itertools.pairwise(ordered):
            assert successor(before) == after, (parent, before, after)


def test_real_texts_are_kept_to_the_last_word(annex: Tree, shared_data: Path) -> None:
    """Every word of the layout text stands in some record, page furniture apart."""
    lines = (shared_data / "controllists" / "no_list2_eu_annex1_2022.txt").read_text().splitlines()
    kept = " ".join(record.text for record in annex.values())
    sample = [text for line in lines[5200:5300] if len(text := line.split("  ")[-1].strip()) > 40]
    sample = [text for text in sample if not text.startswith(("CATEGORY", "Note", "N.B."))]
    assert len(sample) > 30
    assert [text for text in sample if text not in kept] == []


def test_us_paragraphs_as_csv(shared_data: Path) -> None:
    path = shared_data / "controllists" / "us_ccl_usml_paragraphs.csv"
    reading = read([path], obtained="2026-08-01")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    paragraphs = [record for record in controls(reading).values() if record.kind in ("entry", "paragraph")]
    assert len(paragraphs) + reading.edition.skipped == len(rows)
    tree = controls(reading)
    assert tree["0A501.y.6"].parent == "0A501.y"
    assert tree["XX(b)(1)"].parent == "XX(b)"
    assert tree["#766"].text.startswith('"Technology,"')  # its code was lost to a spreadsheet


def test_the_note_of_a_category_stands_under_the_entries_that_it_names(shared_data: Path) -> None:
    tree = controls(read([shared_data / "controllists" / "us_ccl_usml_paragraphs.csv"], obtained="2026-08-01"))
    notes = [record for record in tree.values() if "Cryptography Note: ECCNs" in record.text]
    assert [record.parent for record in notes] == ["5A002", "5D002.a.1", "5D002.b", "5D002.c.1"]
    assert all(record.frees for record in notes)
    under = next(record.code for record in notes if record.parent == "5A002")
    assert [tree[f"{under}.1.{part}"].text[:2] for part in (1, 2, 3, 4)] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("For the purposes of 9X001.a., 'glow' means a light without heat.", ("glow",)),
        ("'Glow' or 'shine' is defined as a light without heat.", ("Glow", "shine")),
        ("A ‘glow token’ is an item that lights up.", ("glow token",)),
        ("(1) The term “glow” refers to light. (2) “Shine” means more of it.", ("glow", "Shine")),
        ("Lamps with 'glow' or 'shine' are specified in 9X001.b.", ()),
        ("Lamps that use 'glow' means of lighting.", ()),
        ('"Lamps" specially designed for a theatre.', ()),
        ("'' means nothing", ()),
    ],
)
def test_a_term_has_a_meaning_where_the_text_says_so(text: str, terms: tuple[str, ...]) -> None:
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("text", "freeing", "kind"),
    [
        ("Note: 'glow' means light.", False, "definition"),
        ("9X001 does not control lamps. 'Glow' means light.", True, "note"),
        ("Technical Note: the angle is measured at the base.", False, "technical_note"),
        ("N.B. For lamps see 9X002.", False, "nota_bene"),
        ("Related Controls: See also 9X002.", False, "related_controls"),
        ("Related Definitions: N/A", False, "definition"),
        ("The regulations say more.", False, "note"),
    ],
)
def test_a_note_is_of_the_kind_that_its_head_or_its_sentence_says(text: str, freeing: bool, kind: str) -> None:
    assert kind_of(text, terms_of(text), freeing=freeing) == kind


@given(st.text(alphabet="'‘’“”\" aeA.,;()means", max_size=400))
def test_looking_for_meanings_ends_on_any_text(text: str) -> None:
    assert all(len(term) <= 70 for term in terms_of(text))


def test_real_lists_state_the_meaning_of_their_own_terms(annex: Tree, us_list: Tree) -> None:
    """Terms in single quotation marks, which the lists define where they use them."""
    assert annex["5A002.b.note.1"].terms == ("cryptographic activation token",)
    for tree in (annex, us_list):
        meant = {term.casefold() for record in tree.values() for term in record.terms}
        assert {"cryptanalytic functions", "described security algorithm", "extract raw data"} <= meant
        assert sum(bool(record.terms) for record in tree.values()) > 100
    assert {record.kind for record in annex.values()} == {
        "entry", "paragraph", "note", "technical_note", "nota_bene", "note_item", "definition",
    }  # fmt: skip


def test_notes_that_are_no_list_are_a_bad_row() -> None:
    header = (
        "derived_ecn_no,ecn_number,parent_ecn,description_en,notes,child_count,children_list,sibling_eccns,is_leaf\n"
    )
    for cell in ("open('x')", "[" * 5000, "{[]}", "1/0"):
        with pytest.raises(Refusal) as caught:
            reading_of(("p.csv", f'{header}7,0A501,,"Rifles","{cell}",0,[],[],TRUE\n'))
        assert caught.value.where == "p.csv, line 2"


def test_an_item_without_a_paragraph_is_read_as_text() -> None:
    tree = controls(reading_of(ccl(("item", None, "Something."), ("item", "a", "Radios."))))
    assert tree["5A001.note.1"].text == "Something."
    assert tree["5A001.a"].parent == "5A001"
