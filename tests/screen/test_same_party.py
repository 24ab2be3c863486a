"""When a machine may say that two parties are one: rather too seldom than once too often."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.party import Identifier, Party
from safeconduct.screen.same_party import contradictions, keys, name_key, number_key, same_by_number, telling


def party(name: str = "Larkholm Instruments", **more: Any) -> Party:
    return Party(id="P1", **{"name": name, "kind": "company", **more})


def number(value: str, kind: str = "registration", territory: str = "") -> tuple[Identifier, ...]:
    return (Identifier(kind, value, territory),)


@pytest.mark.parametrize(
    ("more", "tells"),
    [
        ({}, False),
        ({"territory": "NO"}, True),
        ({"address": "1 Quay"}, True),
        ({"kind": "unknown", "territory": "NO"}, False),
        ({"kind": "unknown", "territory": "NO", "address": "1 Quay"}, True),
        ({"kind": "person", "territory": "NO", "address": "1 Quay"}, False),
        ({"kind": "person", "born": "1970", "territory": "NO"}, False),
        ({"kind": "person", "born": "1970-01-02"}, False),
        ({"kind": "person", "born": "1970-01-02", "territory": "NO"}, True),
        ({"kind": "person", "born": "1970-01-02", "birth_place": "Moss"}, True),
        ({"kind": "person", "identifiers": number("X1", "passport")}, True),
        ({"kind": "person", "identifiers": number("a@b.example", "email")}, False),
        ({"identifiers": number("---")}, False),
    ],
)
def test_equal_facts_tell_only_where_more_than_a_name_is_stated(more: dict[str, Any], tells: bool) -> None:
    assert telling(party(**more)) is tells


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"name": "Instruments by Larkholm, AS"}, True),
        ({}, {"name": "Quite Another House"}, False),
        ({}, {"name": "L. I."}, False),
        ({"territory": "NO"}, {"territory": "SE"}, False),
        ({"territory": "NO"}, {"territory": ""}, True),
        ({}, {"kind": "person"}, False),
        ({}, {"kind": "unknown"}, True),
        ({"kind": "person", "born": "1970"}, {"kind": "person", "born": "1970-03-01"}, True),
        ({"kind": "person", "born": "1970-02"}, {"kind": "person", "born": "1970-03-01"}, False),
        ({"kind": "person", "sex": "male"}, {"kind": "person", "sex": "female"}, False),
        ({"identifiers": number("12", territory="NO")}, {"identifiers": number("1-2", territory="SE")}, False),
        ({"identifiers": number("12", territory="NO")}, {"identifiers": number("1.2")}, True),
        ({"identifiers": number("12", "phone")}, {"identifiers": number("12", "phone")}, False),
        ({"identifiers": number("12")}, {"identifiers": number("12", "tax")}, False),
    ],
)
def test_a_shared_number_joins_unless_names_or_facts_speak_against_it(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    first, second = (party(**{"identifiers": number("123 45"), **more}) for more in (one, other))
    assert same_by_number(first, second) is same
    assert same_by_number(second, first) is same


def test_names_are_found_whatever_case_accents_and_order() -> None:
    assert name_key("Søren  Ångström-Müller") == name_key("MÜLLER, angstrom; søren")
    assert name_key("···") == ""
    assert name_key("شركة الأفق") == name_key("الأفق شركة")


def test_keys_fit_their_column_and_long_ones_stay_apart() -> None:
    long_one, long_other = ("word " * 100 + end for end in ("a", "b"))
    assert name_key(long_one) != name_key(long_other)
    many = party(
        long_one, aliases=(long_other, "x" * 380), identifiers=number("9" * 500) + number("8" * 500, "k" * 500)
    )
    assert len(keys(many)) == 5
    assert max(map(len, keys(many))) <= 200


@given(st.text(max_size=500), st.text(max_size=200), st.text(max_size=60))
def test_any_text_makes_a_key_that_fits(name: str, value: str, kind: str) -> None:
    assert len(name_key(name)) <= 200
    assert len(number_key(Identifier(kind, value))) <= 200
    assert name_key(name) == name_key(" ".join(reversed(name.split()))), "order is nothing"


_PARTIES = st.builds(
    party,
    kind=st.sampled_from(["person", "company", "unknown"]),
    territory=st.sampled_from(["", "NO", "SE"]),
    born=st.sampled_from(["", "1970", "1970-03", "1970-03-01", "1971"]),
    sex=st.sampled_from(["", "male", "female"]),
    identifiers=st.sampled_from([(), number("1"), number("1", territory="NO"), number("1", territory="SE")]),
)


@given(_PARTIES, _PARTIES)
def test_what_contradicts_is_the_same_from_both_sides_and_never_a_silence(one: Party, other: Party) -> None:
    assert set(contradictions(one, other)) == set(contradictions(other, one))
    assert not list(contradictions(one, one))
    silent = Party(id="P2", name="Larkholm Instruments")
    assert not list(contradictions(one, silent))
