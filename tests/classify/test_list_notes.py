"""Notes and meanings that bear on an entry, from made texts and from the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.classify.list_notes import MOST_NOTES, SaidOf, meanings_in, said_of
from safeconduct.sources.editions import read
from safeconduct.sources.model import ControlParagraph
from tests.sources.reading import controls, reading_of

LAMPS = """CATEGORY 9 - LAMPS
9X       Systems
9A001    Lamps and "luminaires" as follows:
         a.    'Glow lamps' with a "burner";
               Technical Note:
               For the purposes of 9A001.a., 'glow lamps' means lamps that burn for a year.
               Note: 9A001.a. does not control any of the following:
                     a.    Toys; or
                     b.    Candles.
         b.    Torches with a 'beam';
               N.B.     For searchlights see 9A002.
9A002    Searchlights with a 'beam'
               Technical Note:
               'Beam' is a cone of light.
"""


@pytest.fixture(scope="module")
def lamps() -> dict[str, ControlParagraph]:
    return controls(reading_of(("annex.txt", LAMPS)))


def said(texts: dict[str, ControlParagraph], code: str) -> SaidOf:
    return said_of(code, texts, meanings_in(texts))


def test_a_note_is_shown_with_its_kind_its_items_and_where_it_stands(lamps: dict[str, ControlParagraph]) -> None:
    notes = said(lamps, "9A001.a").notes
    assert [(one.on, one.kind, one.frees) for one in notes] == [
        ("9A001.a", "definition", False), ("9A001.a", "note", True),
    ]  # fmt: skip
    assert [item.text for item in notes[1].items] == ["Toys; or", "Candles."]
    assert notes[1].place == "line 7"


def test_the_notes_of_a_neighbour_are_not_shown_and_those_of_the_whole_entry_are(
    lamps: dict[str, ControlParagraph],
) -> None:
    assert [one.kind for one in said(lamps, "9A001.b").notes] == ["nota_bene"]
    assert len(said(lamps, "9A001").notes) == 3


def test_a_term_that_another_entry_explains_is_taken_from_there(lamps: dict[str, ControlParagraph]) -> None:
    (meaning,) = said(lamps, "9A001.b").definitions
    assert (meaning.term, meaning.code) == ("beam", "9A002.note.1")
    assert meaning.text.endswith("is a cone of light.")


def test_each_wording_of_a_term_that_is_explained_elsewhere_is_shown(lamps: dict[str, ControlParagraph]) -> None:
    other = "In 9A003, 'beam' means a narrow cone of light."
    more = {
        code: ControlParagraph("xx", code, "9A003", "definition", other, "line 30", terms=("beam",))
        for code in ("9A003.note.1", "9A003.note.2")
    }
    found = said({**lamps, **more}, "9A001.b").definitions
    assert [one.text for one in found] == [lamps["9A002.note.1"].text, other]


def test_a_term_that_no_text_explains_is_named_and_gets_no_meaning(lamps: dict[str, ControlParagraph]) -> None:
    found = said(lamps, "9A001.a")
    assert set(found.not_held) == {"burner", "luminaires"}
    assert [one.term for one in found.definitions] == ["glow lamps"]


def test_an_entry_without_text_has_nothing_said_of_it(lamps: dict[str, ControlParagraph]) -> None:
    assert said(lamps, "9A777.b") == SaidOf()


def test_what_is_left_out_of_many_notes_is_counted() -> None:
    many = {
        f"9A001.note.{number}": ControlParagraph("xx", f"9A001.note.{number}", "9A001", "note", "See.", "line 1")
        for number in range(MOST_NOTES + 7)
    }
    found = said(many, "9A001")
    assert (len(found.notes), found.more) == (MOST_NOTES, 7)


def test_the_real_annex_has_its_notes_and_says_which_terms_it_does_not_explain(shared_data: Path) -> None:
    texts = controls(read([shared_data / "controllists" / "no_list2_eu_annex1_2022.txt"], obtained="2026-08-01"))
    probe = said(texts, "5A001.j")
    assert [(one.on, one.frees, len(one.items)) for one in probe.notes] == [("5A001.j", True, 3)]
    assert probe.not_held == ("hard selectors",)
    camera = said(texts, "6A003.b.4.b")
    assert any(one.on == "6A003.b.4.b" and one.frees for one in camera.notes)
    assert "direct view" in {one.term for one in camera.definitions}


def test_the_real_us_list_holds_the_note_on_cryptography(shared_data: Path) -> None:
    texts = controls(read([shared_data / "controllists" / "us_ccl_ecfr_2026-07-23.json"], obtained="2026-08-01"))
    found = said(texts, "5A002.a")
    assert [one.on for one in found.notes if one.text.startswith("Cryptography Note")] == ["5A002"]
    assert {"cryptography for data confidentiality", "described security algorithm"} <= {
        one.term for one in found.definitions
    }
    assert "cryptography" in found.not_held
