"""Names and dates nobody would write, and people do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen import Matcher, fold
from tests.screen.listed import answers, party


@pytest.mark.parametrize("name", ["", "   ", "!!! ---", "🙂🙂", "\u0301\u0302", "\u202e\u2066", "\x00", "؟،"])
def test_a_name_without_a_letter_is_refused(made: Matcher, name: str) -> None:
    with pytest.raises(Refusal, match="no letter or digit") as refused:
        made.screen(party(name))
    assert refused.value.where == "party p, name"
    assert refused.value.remedy


def test_a_name_of_ten_thousand_letters_is_refused(made: Matcher) -> None:
    with pytest.raises(Refusal, match="10000 characters"):
        made.screen(party("a" * 10_000))


@pytest.mark.parametrize(
    "name", ["A", "7", "Z V", "Al", "de la", "Mr", "Ltd", "the of and", "A" * 384, "a " * 192, "abu abd al din"]
)
def test_short_long_and_empty_words_are_answered(made: Matcher, name: str) -> None:
    for kind in ("person", "company", "unknown"):
        began = time.process_time()
        assert not answers(made.screen(party(name, kind=kind)).matches)
        assert time.process_time() - began < 0.5


def test_hidden_characters_do_not_hide_a_name(made: Matcher) -> None:
    for name in (
        "Zo\u200brab Vish\u00adtu",
        "\u202eZorab Vishtu\u202c",
        "Zorab\u00a0Vishtu 🙂",
        "Zоrаb Vіshtu",
        "ＺＯＲＡＢ Vishtu",
    ):
        assert "P1" in answers(made.screen(party(name)).matches), name


def test_an_alias_nobody_can_read_is_said_so_and_the_rest_is_screened(made: Matcher) -> None:
    found = made.screen(party("Zorab Vishtu", aliases=("🙂", "x" * 9_999, "Morlo")))
    assert found.unread == ("🙂", "x" * 384)
    assert {"P1", "P3"} <= set(answers(found.matches))


def test_too_many_aliases_are_refused(made: Matcher) -> None:
    with pytest.raises(Refusal, match="51 aliases"):
        made.screen(party("Zorab Vishtu", aliases=tuple(f"Name {number}" for number in range(51))))


@pytest.mark.parametrize("born", ["yesterday", "1974-01-32", "0000", "99/99/9999", "1" * 5_000, "-", "1970/"])
def test_a_date_nobody_can_read_settles_nothing(made: Matcher, born: str) -> None:
    found = made.screen(party("Zorab Vishtu", kind="person", born=born)).matches
    assert answers(found)["P1"] == "cannot_tell"


@given(
    st.text(max_size=80),
    st.text(max_size=12),
    st.text(max_size=20),
    st.sampled_from(["person", "company", "vessel", "unknown"]),
)
def test_any_text_is_answered_or_refused(made: Matcher, name: str, born: str, place: str, kind: str) -> None:
    try:
        found = made.screen(Party("p", name, kind, born=born, birth_place=place))  # type: ignore[arg-type]
    except Refusal:
        with pytest.raises(Refusal, match=r"no letter or digit|characters"):
            fold.checked(name, "")
    else:
        assert all(0 <= match.score <= 1000 for match in found.matches)
