"""Identifiers are found however they are spaced, cased and introduced, and no two different ones are taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.party import Identifier
from safeconduct.screen.identifiers import LEAST, identifier_key
from tests.screen.listed import matcher, party, person

BARE = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=LEAST, max_size=30).filter(lambda text: text[0].isdigit())
KINDS = st.sampled_from(
    ["passport", "national_id", "registration", "tax", "lei", "imo", "mmsi", "bic", "wallet", "phone"]
)


def key(kind: str, value: str) -> str:
    return identifier_key(Identifier(kind, value))


@given(KINDS, BARE, st.lists(st.sampled_from([" ", "-", ".", "/", "\u00a0", "\u200b", "\t"]), max_size=8), st.randoms())
def test_spacing_and_case_change_nothing(kind: str, bare: str, between: list[str], by: object) -> None:
    written = list(bare)
    for number, mark in enumerate(between):
        written.insert((number * 7) % (len(written) + 1), mark)
    assert key(kind, "".join(written)) == key(kind, bare)
    assert key(kind, bare.lower()) == key(kind, bare)
    assert key(kind, f"  {bare} ") == key(kind, bare)


@given(KINDS, BARE, BARE)
def test_other_letters_or_digits_are_another_one(kind: str, one: str, other: str) -> None:
    assert (key(kind, one) == key(kind, other)) == (one == other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("imo", "IMO 9074729", "9074729"),
        ("imo", "imo:9074729", "9074729"),
        ("lei", "LEI 5493 001K JTII GC8Y 1R12", "5493001kjtiigc8y1r12"),
        ("passport", "No. K-1234567", "k1234567"),
        ("passport", "٤٥٦٧٨٩٠", "4567890"),
        ("passport", "Ｋ１２３４５６７", "K1234567"),
        ("wallet", "0xAbC0123456789aBcDeF", "0xabc0123456789abcdef"),
        ("email", "Sales@Vantrex.Example", " sales@vantrex.example"),
        ("email", "mailto:sales@vantrex.example", "sales@vantrex.example"),
        ("domain", "https://www.Vantrex.example:8080/about?x=1", "vantrex.example"),
        ("domain", "vantrex.example.", "http://vantrex.example"),
        ("phone", "+7 (495) 123-45-67", "74951234567"),
    ],
)
def test_ways_of_writing_one(kind: str, one: str, other: str) -> None:
    assert key(kind, one) == key(kind, other) != ""


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "a.b@vantrex.example", "ab@vantrex.example"),
        ("domain", "vantrex.example", "van-trex.example"),
        ("passport", "K1234567", "K1234568"),
    ],
)
def test_what_only_looks_like_it_is_another(kind: str, one: str, other: str) -> None:
    assert key(kind, one) != key(kind, other)


def test_a_long_number_is_one_whatever_the_publisher_calls_it_and_a_short_one_is_not() -> None:
    assert key("tax", "7707083893") == key("registration", "77 07 083893") == key("other", "7707083893")
    assert key("tax", "12345") != key("registration", "12345")
    assert key("passport", "7707083893") != key("tax", "7707083893")


@pytest.mark.parametrize("value", ["", "12", "n/a", "-", "no.", "🙂🙂🙂🙂", "\u202e\u200b"])
def test_what_is_too_short_tells_nothing(value: str) -> None:
    for kind in ("passport", "email", "domain", "wallet", "other"):
        assert key(kind, value) == ""


@given(st.sampled_from(["email", "domain", "passport", "other", "unheard of"]), st.text(max_size=300))
def test_any_text_has_a_key_or_none(kind: str, value: str) -> None:
    assert len(key(kind, value)) < 1000
    assert key(kind, value) == key(kind, value)


def test_a_party_is_found_by_its_number_under_another_name(tmp_path: Path) -> None:
    listed = person("I1", "Zorab Vishtu", identifiers=(Identifier("registration", "OGRN 1027700132195"),))
    found = matcher(tmp_path, listed).screen(
        party("Unlike Name", identifiers=(Identifier("other", "ogrn1027700132195"),))
    )
    assert [(match.entry, match.answer) for match in found.matches] == [("I1", "cannot_tell")]
