"""Differences between what was asked and what is listed are marked where they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.doors.casework.letters import LONGEST, side_by_side

WORDS = st.text(alphabet="abcdeéÖ خانهу -,.'1", max_size=40)


@pytest.mark.parametrize(
    ("query", "listed", "differs", "differs_listed"),
    [
        ("Dilawar Khan", "Dilawar Khan", "", ""),
        ("Dilawar Khan", "KHAN, Dilawar", "", ""),
        ("Dilawar Khan", "Dilawar Khan Zadran", "", "Zadran"),
        ("Dilawar Khan", "Dilawer Khan", "a", "e"),
        ("José Müller", "JOSE MULLER", "", ""),
        ("12 May 1971", "12 May 1966", "71", "66"),
        ("NSO Group", "KANSO GROUP", "", "KA"),
        ("دلاور خان", "دلاور خان زدران", "", "زدران"),
        ("Rosa", "Viktor", "Rosa", "Viktor"),
    ],
)
def test_only_what_differs_is_marked(query: str, listed: str, differs: str, differs_listed: str) -> None:
    ours, theirs = side_by_side(query, listed)
    assert (ours.differing, theirs.differing) == (differs, differs_listed)


@pytest.mark.parametrize(("query", "listed"), [("", "Pakistan"), ("Pakistan", ""), ("", "")])
def test_a_text_beside_nothing_is_not_a_difference(query: str, listed: str) -> None:
    assert [side.differing for side in side_by_side(query, listed)] == ["", ""]


@given(WORDS, WORDS)
def test_no_letter_is_lost_or_added(query: str, listed: str) -> None:
    for side, text in zip(side_by_side(query, listed), (query, listed), strict=True):
        assert side.text == text
        assert "".join(piece for piece, _ in side.pieces) == text


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [side.differing for side in side_by_side(text, text)] == ["", ""]


@given(WORDS, WORDS)
def test_both_directions_mark_when_one_does(query: str, listed: str) -> None:
    there = sorted(side.differing for side in side_by_side(query, listed))
    back = sorted(side.differing for side in side_by_side(listed, query))
    assert bool("".join(there)) == bool("".join(back))


def test_a_hostile_length_is_shown_but_not_compared() -> None:
    text = "ab " * 50_000
    began = time.process_time()
    ours, _ = side_by_side(text, "c " * 50_000)
    assert time.process_time() - began < 2
    assert ours.text == text
    assert ours.pieces[-1] == (text[LONGEST:], False) or not ours.pieces[-1][1]
