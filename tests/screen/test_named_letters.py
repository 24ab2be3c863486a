"""Letters of scripts that the transliteration has no table for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screen import Matcher, fold, named_letters
from tests.screen.listed import party, person


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("ហ៊ុន សែន", "hun saen"),
        ("ពត", "pot"),
        ("මහින්ද", "mahinada"),
        ("ᏣᎳᎩ", "tsalagi"),
        ("ꆈꌠ", "nuosu"),
        ("Владимир", "vladimir"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_a_letter_sounds_like_its_name(written: str, latin: str) -> None:
    assert fold.roman(written) == latin


@pytest.mark.parametrize("name", ["ហ៊ុន សែន", "ບຸນຍັງ ວໍລະຈິດ", "མི་ལ་རས་པ", "මහින්ද රාජපක්ෂ", "ᠴᠢᠩᠭᠢᠰ", "ⴰⵎⵣⵉⵖ"])
def test_such_a_name_is_screened_and_not_refused(made: Matcher, name: str) -> None:
    assert made.screen(party(name)).matches == ()
    found = made.compare(party(name, kind="person"), person("X", name))
    assert found is not None
    assert found.answer == "cannot_tell"


@given(st.text(max_size=60))
def test_nothing_but_ascii_is_left(text: str) -> None:
    assert named_letters.spelt(text).isascii()
    assert named_letters.spelt("abc 1-2") == "abc 1-2"
