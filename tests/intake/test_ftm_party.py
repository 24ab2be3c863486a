"""A party from a FollowTheMoney example: only what all its values agree on is taken, and the rest is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.intake.ftm_party import KINDS, Example, party_of_example


def of(schema: str = "Person", **properties: Any) -> Example:
    return party_of_example(schema, properties, "q")


def test_names_are_taken_whole_and_from_their_parts() -> None:
    party = of(name=["A B", "A  B"], alias="C", weakAlias=["D"], firstName=["E"], lastName=["F", "G"]).party
    assert (party.name, party.aliases) == ("A B", ("C", "D", "E F", "E G"))
    assert (
        of(firstName="Aleksandr", fatherName="Petrovich", lastName="Zacharov").party.name
        == "Aleksandr Petrovich Zacharov"
    )
    assert of(lastName="Zacharov").party.name == "Zacharov"


@pytest.mark.parametrize(
    ("dates", "born"),
    [
        (["1965"], "1965"),
        (["1965", "1965-02-11", "1965-02"], "1965-02-11"),
        (["1965", "1966"], ""),
        (["1965-02-11", "1965-11-02"], ""),
        (["soon"], ""),
        (["1965", "soon"], ""),
        ([], ""),
    ],
)
def test_a_birth_date_is_taken_where_all_values_agree(dates: list[str], born: str) -> None:
    found = of(name="x", birthDate=dates)
    assert found.party.born == born
    assert ("birthDate" in found.understood) == bool(born)
    assert [text.split(": ")[0] for text in found.unread] == ([] if born else ["birthDate"] * len(dates))


@pytest.mark.parametrize(
    ("properties", "key"),
    [
        ({"nationality": "Russia"}, "RU"),
        ({"nationality": ["ru", "Russia"]}, "RU"),
        ({"nationality": ["ru", "ua"]}, ""),
        ({"nationality": ["ru", "ua"], "country": "us"}, ""),  # one of two nationalities is no other's country
        ({"country": "us"}, "US"),
        ({"jurisdiction": "hk", "country": "cn"}, "HK"),
        ({"country": "Atlantis"}, ""),
    ],
)
def test_a_territory_is_taken_where_all_values_name_one(properties: dict[str, Any], key: str) -> None:
    assert of("LegalEntity", name="x", **properties).party.territory == key


def test_numbers_are_taken_with_their_kind() -> None:
    party = of("Company", name="x", leiCode="1", registrationNumber=["2", 3], website="a.example").party
    assert [(one.kind, one.value) for one in party.identifiers] == [
        ("registration", "2"), ("registration", "3"), ("lei", "1"), ("domain", "a.example"),
    ]  # fmt: skip


def test_what_is_understood_and_what_is_not_is_all_that_was_sent() -> None:
    found = of(name="x", gender="male", hobby=["chess"], birthPlace=["a", "b"], address={"id": "nested"})
    assert found.understood == {"name": ["x"], "gender": ["male"]}
    assert found.unread == ("hobby: chess", "birthPlace: a", "birthPlace: b")


@pytest.mark.parametrize("schema", ["", "xxx", "Address", "person", "Security"])
def test_a_schema_that_is_not_screened_is_refused(schema: str) -> None:
    with pytest.raises(Refusal, match="not screened"):
        of(schema, name="x")


@pytest.mark.parametrize("value", [[["x"]], [1.5], True, [True]])
def test_a_value_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(Refusal, match="no text"):
        of(name=["x"], hobby=value)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
properties = st.dictionaries(
    st.sampled_from(["name", "firstName", "birthDate", "nationality", "gender", "leiCode", "x"]), json
)


@given(st.sampled_from(sorted(KINDS)), properties)
def test_any_example_makes_a_party_or_a_refusal(schema: str, given_properties: dict[str, Any]) -> None:
    try:
        found = party_of_example(schema, given_properties, "q")
    except Refusal:
        return
    assert found.party.name
    assert len(found.party.aliases) == len(set(found.party.aliases))
