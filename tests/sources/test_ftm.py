"""FollowTheMoney entities: parties, and what is folded into them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import Reading
from safeconduct.sources.model import Relation
from tests.sources.reading import listed, names, numbers, reading_of, territories


def entity(entry: str, schema: str, **properties: Any) -> dict[str, Any]:
    lists = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": entry, "schema": schema, "properties": lists, "datasets": ["made_list"]}


def ftm(*entities: object, key: str | None = None) -> Reading:
    return reading_of(("made.ftm.json", "".join(json.dumps(each) + "\n" for each in entities)), key=key)


PERSON = {
    **entity(
        "p1", "Person", name=["Ines Morales Vega", "Инес Моралес"], alias="Inez Morales", weakAlias="La Garza",
        previousName="Ines Vega", birthDate="1981-02-05", birthPlace="Lima", gender="female", nationality="pe",
        country="cl", passportNumber="AB1", innCode="77", email="i@osprey.example", topics="sanction",
        addressEntity="a1", notes="a note",
    ),
    "caption": "Ines Morales Vega",
}  # fmt: skip
COMPANY = entity("c1", "Company", name="Osprey Trading", jurisdiction="pa", registrationNumber="99")


def test_a_person_with_everything() -> None:
    address = entity("a1", "Address", full="Calle 1, Lima", country="pe")
    person = listed(ftm(PERSON, COMPANY, address))["p1"]
    assert person.kind == "person"
    assert names(person, "primary") == ["Ines Morales Vega"]
    assert names(person, "alias") == ["Инес Моралес", "Inez Morales"]
    assert names(person, "weak_alias") == ["La Garza"]
    assert names(person, "former") == ["Ines Vega"]
    assert (person.born, person.birth_places, person.sex) == (("1981-02-05",), ("Lima",), "female")
    assert territories(person) == {("nationality", "PE"), ("residence", "CL"), ("address", "PE")}
    assert numbers(person) == {("passport", "AB1", ""), ("tax", "77", ""), ("email", "i@osprey.example", "")}
    assert person.addresses == ("Calle 1, Lima",)
    assert person.programmes == ("sanction",)
    assert person.place == "line 1"


@pytest.mark.parametrize(
    ("schema", "kind"),
    [("Person", "person"), ("Company", "company"), ("Organization", "organization"), ("LegalEntity", "unknown"),
     ("PublicBody", "public_body"), ("Vessel", "vessel"), ("Airplane", "aircraft")],
)  # fmt: skip
def test_each_schema_of_a_party_has_its_kind(schema: str, kind: str) -> None:
    assert listed(ftm(entity("x", schema, name="X")))["x"].kind == kind


def test_the_key_is_the_data_sets_or_the_one_given() -> None:
    assert ftm(PERSON).edition.key == "ftm-made_list"
    assert ftm(PERSON, key="xx-national").edition.key == "xx-national"


def test_sanctions_documents_and_wallets_are_folded_into_their_holder() -> None:
    reading = ftm(
        entity("s1", "Sanction", entity="p1", program="Programme A", startDate="2011-02-09", authorityId="REF-1"),
        entity("d1", "Passport", holder="p1", number="CD2", country="pe"),
        entity("d2", "Identification", holder="p1", number="ID3", type="identity card"),
        entity("w1", "CryptoWallet", holder="p1", publicKey="1Kuf2Rd8"),
        PERSON,
    )
    person = listed(reading)["p1"]
    assert {("passport", "CD2", "PE"), ("national_id", "ID3", ""), ("wallet", "1Kuf2Rd8", "")} <= numbers(person)
    assert (person.listed_on, person.citation) == ("2011-02-09", "REF-1")
    assert "Programme A" in person.programmes
    assert [row.why for row in reading.skipped] == [
        f"{schema}: folded into the party it belongs to"
        for schema in ("Sanction", "Passport", "Identification", "CryptoWallet")
    ]


def test_a_listing_ends_only_when_every_sanction_has_ended() -> None:
    over = entity("s1", "Sanction", entity="p1", endDate="2015-01-01")
    assert listed(ftm(PERSON, over))["p1"].ends_on == "2015-01-01"
    assert listed(ftm(PERSON, over, entity("s2", "Sanction", entity="p1")))["p1"].ends_on == ""


def test_links_are_seen_from_both_sides() -> None:
    owns = entity("o1", "Ownership", owner="p1", asset="c1", percentage="51")
    found = listed(ftm(PERSON, COMPANY, owns, entity("f1", "Family", person="p1", relative="p2")))
    assert found["p1"].relations == (
        Relation("owns", entry="c1", name="Osprey Trading", share="51"), Relation("family", entry="p2"),
    )  # fmt: skip
    assert found["c1"].relations == (Relation("owner", entry="p1", name="Ines Morales Vega", share="51"),)


def test_a_link_keeps_the_days_between_which_it_held() -> None:
    owns = entity("o1", "Ownership", owner="p1", asset="c1", percentage="51", startDate="2019-05", endDate="2021-01-31")
    leads = entity("d1", "Directorship", director="p1", organization="c1", startDate="2020")
    found = listed(ftm(PERSON, COMPANY, owns, leads))
    assert found["c1"].relations == (
        Relation("owner", "p1", "Ines Morales Vega", "51", "2019-05", "2021-01-31"),
        Relation("director", "p1", "Ines Morales Vega", "", "2020"),
    )


def test_entities_written_inside_another_belong_to_it() -> None:
    nested = entity("p1", "Person", name="Ines", sanctions={"id": "s1", "schema": "Sanction",
                    "properties": {"program": ["Programme A"]}},
                    addressEntity={"id": "a1", "schema": "Address", "properties": {"full": ["Calle 1"]}})  # fmt: skip
    person = listed(ftm(nested))["p1"]
    assert person.programmes == ("Programme A",)
    assert person.addresses == ("Calle 1",)


def test_a_relative_who_is_not_listed_is_told_apart() -> None:
    assert listed(ftm({**PERSON, "target": False}))["p1"].programmes == ("sanction", "linked, not itself listed")


def test_what_is_no_party_is_skipped_with_its_schema() -> None:
    reading = ftm(PERSON, entity("e1", "Event", name="A meeting"))
    assert [(row.place, row.why) for row in reading.skipped] == [("line 2", "Event: not a party")]


@pytest.mark.parametrize(
    "line",
    ['{"id": "x"}', "[]", '{"id": "x", "schema": "Person", "properties": {"name": "X"}}', '{"id": "x", "id": "y"}',
     '{"id": "x", "schema": "Person", "a": NaN}',
     '{"id": "x", "schema": "Person", "properties": {"name": ["\\ud800"]}}',
     "[" * 100_000, '{"id": 7, "schema": "Person"}'],
)  # fmt: skip
def test_a_bad_line_in_a_short_file_is_refused_with_its_number(line: str) -> None:
    good = json.dumps(PERSON)
    with pytest.raises(Refusal) as caught:
        reading_of(("made.json", f"{good}\n{line}\n{json.dumps(COMPANY)}\n"))
    assert caught.value.where == "made.json, line 2"


def test_a_bad_line_in_a_long_file_is_skipped_with_its_reason() -> None:
    many = "".join(json.dumps(entity(f"p{number}", "Person", name="X")) + "\n" for number in range(300))
    reading = reading_of(("made.json", many + "{broken\n" + json.dumps(COMPANY) + "\n"))
    assert reading.edition.count == 301
    assert [(row.place, row.explained) for row in reading.skipped] == [("line 301", False)]


def test_a_file_cut_off_in_an_entity_is_refused() -> None:
    many = "".join(json.dumps(entity(f"p{number}", "Person", name="X")) + "\n" for number in range(300))
    with pytest.raises(Refusal, match="ends in the middle of an entity"):
        reading_of(("made.json", many + json.dumps(PERSON)[:-20]))


def test_an_entity_twice_is_a_bad_row() -> None:
    with pytest.raises(Refusal, match="p1 stands twice"):
        ftm(PERSON, PERSON)
