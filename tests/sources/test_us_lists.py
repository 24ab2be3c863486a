"""BIS denied persons, the JSON extractions, and the consolidated screening list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.sources.editions import read
from safeconduct.sources.model import ListedName, Relation
from safeconduct.sources.readers.naming import entry_of
from tests.sources.reading import listed, names, numbers, reading_of, territories

# Made, not issued by the publisher.
HEADER = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"'
    '\t"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
)
ROW = '"OSPREY LTD"\t"1 QUAY"\t"LIMA"\t""\t"{}"\t""\t"{}"\t"{}"\t"Y"\t"2007-01-31"\t"ADDED"\t"68 F.R. {}"\n'
DPL = HEADER + ROW.format("PE", "06/19/2003", "06/29/2006", 1) + ROW.format("PE", "06/19/2005", "06/29/2056", 2)
ENTITY = {
    "name": "Osprey Ltd", "aliases": ["Osprey Group"], "country": "Peru", "address": "1 Quay,  Lima", "status": None,
    "effective_date": "June 21, 2022", "federal_register": "86 FR 1", "notes": "a note",
}  # fmt: skip
CSL_HEADER = (
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids"
)
CSL_COLUMNS = CSL_HEADER.split(",")


def extraction(*entities: object, list_id: str = "bis-entity-list", count: int | None = None) -> tuple[str, str]:
    total = len(entities) if count is None else count
    data = {"list_id": list_id, "extracted": "2026-07-09", "count": total, "entities": list(entities)}
    return ("el.json", json.dumps(data))


def test_orders_against_one_name_are_one_entry_with_the_later_end() -> None:
    reading = reading_of(("dpl.txt", DPL))
    (entry, record), = listed(reading).items()  # fmt: skip
    assert entry == entry_of("OSPREY LTD", "PE")
    assert (record.listed_on, record.ends_on) == ("2003-06-19", "2056-06-29")
    assert record.citation == "68 F.R. 1; 68 F.R. 2"
    assert territories(record) == {("address", "PE")}
    assert record.addresses == ("1 QUAY, LIMA, PE",)
    assert [(row.place, row.explained) for row in reading.skipped] == [("line 3", True)]


def test_an_order_without_an_end_has_none() -> None:
    rows = ROW.format("PE", "06/19/2003", "06/29/2006", 1) + ROW.format("PE", "06/19/2005", "", 2)
    (record,) = listed(reading_of(("dpl.txt", HEADER + rows))).values()
    assert record.ends_on == ""


def test_an_order_that_has_expired_stays_with_its_end() -> None:
    rows = HEADER + ROW.format("PE", "06/19/2003", "06/29/2006", 1)
    (record,) = listed(reading_of(("dpl.txt", rows))).values()
    assert record.ends_on == "2006-06-29"


def test_names_of_other_countries_are_other_entries() -> None:
    rows = ROW.format("PE", "06/19/2003", "", 1) + ROW.format("CL", "06/19/2003", "", 1) + ROW.format("", "", "", 1)
    reading = reading_of(("dpl.txt", HEADER + rows))
    assert reading.edition.count == 3


def test_a_date_no_calendar_has_is_a_bad_row() -> None:
    with pytest.raises(Refusal, match="Effective_Date '19/19/2003' is not a date"):
        reading_of(("dpl.txt", HEADER + ROW.format("PE", "19/19/2003", "", 1)))


def test_an_extraction_gives_ids_from_name_and_country() -> None:
    reading = reading_of(extraction(ENTITY))
    record = listed(reading)[entry_of("Osprey Ltd", "Peru")]
    assert reading.edition.key == "bis-el"
    assert reading.edition.published == ""  # the day of extraction is no publication
    assert record.names == (ListedName("Osprey Ltd"), ListedName("Osprey Group", "alias"))
    assert territories(record) == {("listed_under", "PE")}
    assert record.addresses == ("1 Quay, Lima",)
    assert (record.listed_on, record.citation, record.remarks) == ("2022-06-21", "86 FR 1", "a note")


def test_ids_do_not_depend_on_case_and_are_stable() -> None:
    assert entry_of("Osprey Ltd", "Peru") == entry_of("OSPREY LTD", "PERU") == "e2a2f45bd15e9715"
    assert entry_of("Osprey Ltd", "Chile") != entry_of("Osprey Ltd", "Peru")
    assert entry_of("a", "bc") != entry_of("ab", "c")


@pytest.mark.parametrize(("list_id", "key"), [("bis-meu", "bis-meu"), ("dhs-uflpa", "dhs-uflpa")])
def test_the_other_extractions_have_keys_of_their_own(list_id: str, key: str) -> None:
    assert reading_of(extraction(ENTITY, list_id=list_id)).edition.key == key


def test_an_extraction_with_fewer_entities_than_its_count_is_refused() -> None:
    with pytest.raises(Refusal, match="1 entities, where its count says 3"):
        reading_of(extraction(ENTITY, count=3))


@pytest.mark.parametrize(
    "row", [{"name": ""}, {"name": 7}, {"name": "A", "new_field": 1}, {"name": "A", "aliases": "B"}, "A", None]
)
def test_a_bad_entity_is_refused_with_its_place(row: object) -> None:
    with pytest.raises(Refusal) as caught:
        reading_of(extraction(ENTITY, row))
    assert caught.value.where == "el.json, entity 2"


def csl_row(**cells: str) -> str:
    texts = [cells.get(column, "") for column in CSL_COLUMNS]
    return ",".join('"' + text.replace('"', '""') + '"' for text in texts)


CSL_PERSON = {
    "source": "Specially Designated Nationals (SDN) - Treasury Department", "entity_number": "77",
    "type": "Individual", "programs": "SDGT; IFSR", "name": "MORALES VEGA, Ines", "addresses": "Calle 1, Lima, PE; CL",
    "start_date": "2011-02-09", "alt_names": "MORALES, Inez; LA GARZA", "citizenships": "PE", "nationalities": "CL",
    "dates_of_birth": "1981-02-05; circa 1970", "places_of_birth": "Lima, Peru",
    "ids": "PE, AB123456, Passport; Female, Gender; IMO 9187629, Vessel Registration Identification; 1, Strange label",
    "remarks": "(Linked To: OSPREY TRADING)",
}  # fmt: skip


def test_the_consolidated_list_as_csv() -> None:
    reading = reading_of(("csl.csv", CSL_HEADER + "\n" + csl_row(**CSL_PERSON) + "\n"))
    person = listed(reading)["77"]
    assert reading.edition.key == "us-csl"
    assert person.names[0] == ListedName("Ines MORALES VEGA", given="Ines", family="MORALES VEGA")
    assert names(person, "alias") == ["Inez MORALES", "LA GARZA"]
    assert person.programmes == ("SDN", "SDGT", "IFSR")
    assert person.born == ("1981-02-05", "1968/1972")
    assert person.sex == "female"
    assert territories(person) == {("nationality", "PE"), ("nationality", "CL"), ("address", "PE"), ("address", "CL")}
    assert person.identifiers == (Identifier("passport", "AB123456", "PE"), Identifier("imo", "9187629"))
    assert person.relations == (Relation("linked_to", name="OSPREY TRADING"),)
    assert "Strange label: 1" in person.remarks


def test_the_consolidated_list_as_json_says_the_same() -> None:
    result = {
        "source": CSL_PERSON["source"], "entity_number": "77", "type": "Individual", "programs": ["SDGT", "IFSR"],
        "name": "MORALES VEGA, Ines", "addresses": [{"address": "Calle 1", "city": "Lima", "country": "PE"}],
        "alt_names": ["MORALES, Inez"], "citizenships": ["PE"], "dates_of_birth": ["1981-02-05"],
        "ids": [{"type": "Passport", "number": "AB123456", "country": "PE"}], "federal_register_notice": None,
    }  # fmt: skip
    reading = reading_of(("csl.json", json.dumps({"results": [result]})))
    person = listed(reading)["77"]
    assert reading.edition.key == "us-csl"
    assert person.kind == "person"
    assert names(person) == ["Ines MORALES VEGA", "Inez MORALES"]
    assert numbers(person) == {("passport", "AB123456", "PE")}
    assert person.addresses == ("Calle 1, Lima, PE",)


def test_a_party_without_a_number_gets_one_from_name_and_country() -> None:
    row = csl_row(source="Entity List (EL) - BIS", name="Osprey Ltd", addresses="1 Quay, Lima, PE")
    found = listed(reading_of(("csl.csv", CSL_HEADER + "\n" + row + "\n")))
    assert list(found) == [entry_of("Osprey Ltd", "PE")]


def test_results_of_the_wrong_type_are_refused() -> None:
    text = json.dumps({"results": [{"name": "A", "addresses": "none", "federal_register_notice": ""}]})
    with pytest.raises(Refusal, match="not an object with texts"):
        reading_of(("csl.json", text))


@pytest.mark.parametrize(
    ("file", "key", "entries"),
    [("bis_denied_persons.txt", "bis-dpl", 499), ("bis_entity_list.json", "bis-el", 3406),
     ("bis_military_end_user.json", "bis-meu", 70), ("dhs_uflpa.json", "dhs-uflpa", 148),
     ("us_csl_sample.csv", "us-csl", 112)],
)  # fmt: skip
def test_the_real_lists(shared_data: Path, file: str, key: str, entries: int) -> None:
    reading = read([shared_data / "watchlists" / file], obtained="2026-08-01")
    assert (reading.edition.key, reading.edition.count) == (key, entries)
    assert [row for row in reading.skipped if not row.explained] == []


def test_every_real_row_is_a_record_or_reported(shared_data: Path) -> None:
    lines = (shared_data / "watchlists" / "bis_denied_persons.txt").read_text().splitlines()
    reading = read([shared_data / "watchlists" / "bis_denied_persons.txt"], obtained="2026-08-01")
    assert reading.edition.count + reading.edition.skipped == len(lines) - 1
    data = json.loads((shared_data / "watchlists" / "bis_entity_list.json").read_text())
    reading = read([shared_data / "watchlists" / "bis_entity_list.json"], obtained="2026-08-01")
    assert reading.edition.count + reading.edition.skipped == data["count"]
    assert {"NSO Group", "Qazi Abdallah"} <= {record.names[0].text for record in listed(reading).values()}
