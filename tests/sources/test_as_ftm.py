"""Listed parties as FollowTheMoney entities: named for good, with nothing that the publisher did not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.party import Identifier
from safeconduct.sources import by_entry
from safeconduct.sources.as_ftm import SCHEMAS, entity, entity_id, entry_of, neighbours, topics
from safeconduct.sources.model import Listed, ListedName, Relation, TerritoryLink
from safeconduct.store import blobs

ANNA = Listed(
    entry="7/a",
    kind="person",
    names=(
        ListedName("Anna Petrova", given="Anna", family="Petrova"),
        ListedName("Анна Петрова", "original_script"),
        ListedName("Annie", "weak_alias"),
        ListedName("Anna Ivanova", "former"),
    ),
    place="line 1",
    born=("1975-03-12", "1970/1975"),
    sex="female",
    territories=(
        TerritoryLink("nationality", "RU"),
        TerritoryLink("birth", "UA"),
        TerritoryLink("address", "", "Atlantis"),
    ),
    identifiers=(
        Identifier("passport", "12"),
        Identifier("wallet", "0xAB"),
        Identifier("imo", "9"),
        Identifier("registration", "5"),
    ),
    programmes=("UKRAINE",),
    relations=(Relation("owns", "8", "Holding", "60"), Relation("cousin", name="Boris")),
    listed_on="2014-03-20",
)


def test_every_fact_stands_under_the_property_that_its_schema_has() -> None:
    found = entity(ANNA, "ofac-sdn", "2026-10-01", "2026-10-02T10:00:00Z")
    assert found["properties"] == {
        "name": ["Anna Petrova"], "alias": ["Анна Петрова"], "weakAlias": ["Annie"], "previousName": ["Anna Ivanova"],
        "firstName": ["Anna"], "lastName": ["Petrova"], "birthDate": ["1975-03-12"], "gender": ["female"],
        "nationality": ["ru"], "birthCountry": ["ua"], "country": ["Atlantis"], "passportNumber": ["12"],
        "idNumber": ["9"], "registrationNumber": ["5"], "topics": ["sanction"], "program": ["UKRAINE"],
        "notes": ["Born between 1970 and 1975"],
    }  # fmt: skip
    assert (found["first_seen"], found["last_change"]) == ("2014-03-20T00:00:00", "2026-10-01T00:00:00")
    assert found["last_seen"] == "2026-10-02T00:00:00"


def test_neighbours_are_the_listing_wallets_and_other_parties() -> None:
    found = neighbours(ANNA, "ofac-sdn", "Treasury")
    assert found["sanctions"][0]["properties"]["authority"] == ["Treasury"]
    assert found["cryptoWallets"][0]["properties"]["publicKey"] == ["0xAB"]
    (owned,) = found["ownershipOwner"]
    assert owned["properties"]["owner"] == [entity_id("ofac-sdn", "7/a")]
    assert owned["properties"]["asset"][0]["id"] == "ofac-sdn.8"
    assert found["unknownLinkTo"][0]["properties"]["object"][0]["caption"] == "Boris"


@pytest.mark.parametrize(
    ("source", "programmes", "expected"),
    [
        ("un-sc", (), ["sanction"]),
        ("bis-el", (), ["export.control"]),
        ("our-own", (), ["poi"]),
        ("ftm-mine", ("role.pep", "UKRAINE"), ["role.pep"]),
        ("ftm-mine", (), []),
        ("un-sc", ("linked, not itself listed",), ["sanction.linked"]),
    ],
)
def test_topics_are_those_of_the_file_or_what_the_list_stands_for(
    source: str, programmes: tuple[str, ...], expected: list[str]
) -> None:
    listed = Listed("1", "person", (ListedName("x"),), "line 1", programmes=programmes)
    assert topics(listed, source) == expected


@given(
    st.sampled_from(["ofac-sdn", "ftm-mine", "our-own"]),
    st.text(min_size=1, max_size=40).filter(lambda text: max(text) < "\ud800" or max(text) > "\udfff"),
)
def test_an_entity_is_found_again_by_its_id_which_needs_no_quoting(source: str, entry: str) -> None:
    name = entity_id(source, entry)
    assert entry_of(name, source) == entry
    assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", name)  # what FollowTheMoney takes for an id


def test_an_id_of_another_source_is_none_of_this_one() -> None:
    assert entry_of("ofac-sdn.7", "ofac-cons") is None
    assert entry_of("ofac-sdn", "ofac-sdn") is None


def test_every_kind_of_party_has_a_schema() -> None:
    for kind, schema in SCHEMAS.items():
        listed = Listed(
            "1", kind, (ListedName("x"),), "line 1", identifiers=ANNA.identifiers, territories=ANNA.territories
        )
        assert entity(listed, "un-sc")["schema"] == schema


def test_one_entry_is_read_from_its_place_among_many(tmp_path: Path) -> None:
    from safeconduct.core.canonical import encode

    many = [Listed(f"é{number}", "person", (ListedName(f"Name {number}"),), "line") for number in range(500)]
    data = b"\n".join(map(encode, many)) + b"\n"
    sha256 = blobs.keep(tmp_path, data)
    table = tmp_path / "places.npy"
    by_entry.build(data, table)
    for listed in (many[0], many[77], many[-1]):
        assert by_entry.find(table, blobs.path_of(tmp_path, sha256), listed.entry) == listed
    assert by_entry.find(table, blobs.path_of(tmp_path, sha256), "nobody") is None
    assert not list(tmp_path.glob(".making-*"))


def test_an_edition_without_parties_has_no_entries(tmp_path: Path) -> None:
    table = tmp_path / "places.npy"
    by_entry.build(b"", table)
    sha256 = blobs.keep(tmp_path, b"\n")
    assert by_entry.find(table, blobs.path_of(tmp_path, sha256), "x") is None
