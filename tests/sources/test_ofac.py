"""OFAC's legacy files: three joined by entry, facts read out of the remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier
from safeconduct.sources.editions import gather, read
from safeconduct.sources.model import ListedName, Relation
from safeconduct.sources.readers.ofac_remarks import read_remarks
from tests.sources.reading import listed, names, numbers, reading_of, territories

# Made, not issued by the publisher: nobody here is on a list.
SDN = (
    '101,"MORALES VEGA, Ines","individual","SDGT] [IFSR","Director","-0- ",-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 05 Feb 1981; '
    "alt. DOB circa 1970; POB Tarn City, Korea, North; nationality Peru; citizen Chile; Gender Female; Passport "
    "AB123456 (Peru) issued 28 Feb 2006 expires 27 Feb 2011; National ID No. 99-1 (Chile); Linked To: OSPREY TRADING "
    "S.A.; a.k.a. 'LA GARZA'.\"\r\n"
    '102,"OSPREY TRADING S.A.",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 77-2 (Panama); Email '
    "Address a@osprey.example; Website www.osprey.example; Digital Currency Address - XBT 1Kuf2Rd8mDyA; SWIFT/BIC "
    'OSPRPAPA."\r\n'
    '103,"GREY HERON","vessel","IRAN",-0- ,"9HDQ9","Tug","640","320","Malta","Osprey Shipping","Vessel Registration '
    'Identification IMO 9187629; MMSI 572469210; Former Vessel Flag Tuvalu."\r\n'
    "\x1a"
)
ALT = (
    '101,1,"aka","MORALES, Inez",-0- \r\n101,2,"fka","VEGA, Ines",-0- \r\n102,3,"aka","OSPREY GROUP",-0- \r\n\x1a'
)  # fmt: skip
ADD = '101,1,"Calle 1","Lima","Peru",-0- \r\n102,2,-0- ,-0- ,"undetermined",-0- \r\n103,3,-0- ,-0- ,-0- ,-0- \r\n\x1a'
THREE = (("sdn.csv", SDN), ("alt.csv", ALT), ("add.csv", ADD))


def test_the_three_files_are_one_edition_in_any_order() -> None:
    first, second = reading_of(*THREE), reading_of(*reversed(THREE))
    assert first.edition.key == "ofac-sdn"
    assert first.edition.count == 3
    assert first.edition.published == ""
    assert first.normalised == second.normalised
    assert first.edition.raw == second.edition.raw


def test_a_person_has_names_in_natural_order() -> None:
    person = listed(reading_of(*THREE))["101"]
    assert person.kind == "person"
    assert person.names[0] == ListedName("Ines MORALES VEGA", given="Ines", family="MORALES VEGA")
    assert names(person, "alias") == ["Inez MORALES"]
    assert names(person, "former") == ["Ines VEGA"]
    assert names(person, "weak_alias") == ["LA GARZA"]


def test_the_remarks_of_a_person_become_facts() -> None:
    person = listed(reading_of(*THREE))["101"]
    assert person.born == ("1981-02-05", "1968/1972")
    assert person.birth_places == ("Tarn City, Korea, North",)
    assert person.sex == "female"
    assert territories(person) == {("birth", "KP"), ("nationality", "PE"), ("nationality", "CL"), ("address", "PE")}
    assert numbers(person) == {("passport", "AB123456", "PE"), ("national_id", "99-1", "CL")}
    assert person.programmes == ("SDGT", "IFSR")
    assert person.addresses == ("Calle 1, Lima, Peru",)
    assert person.relations == (Relation("linked_to", entry="102", name="OSPREY TRADING S.A."),)
    assert person.remarks == "Director"
    assert person.place == "sdn line 1"


def test_a_company_keeps_its_numbers_and_addresses_of_every_kind() -> None:
    company = listed(reading_of(*THREE))["102"]
    assert company.kind == "organization"
    assert numbers(company) == {
        ("tax", "77-2", "PA"), ("email", "a@osprey.example", ""), ("domain", "www.osprey.example", ""),
        ("wallet", "1Kuf2Rd8mDyA", ""), ("bic", "OSPRPAPA", ""),
    }  # fmt: skip
    assert company.territories == ()  # "undetermined" names none


def test_a_vessel_has_its_number_flag_and_owner() -> None:
    vessel = listed(reading_of(*THREE))["103"]
    assert vessel.kind == "vessel"
    assert {("imo", "9187629", ""), ("mmsi", "572469210", ""), ("other", "9HDQ9", "")} == numbers(vessel)
    assert territories(vessel) == {("flag", "TV"), ("flag", "MT")}
    assert vessel.relations == (Relation("owner", name="Osprey Shipping"),)


def test_the_end_of_file_mark_is_skipped_with_its_reason() -> None:
    skipped = reading_of(*THREE).skipped
    assert [row.place for row in skipped] == ["alt line 4", "add line 4", "sdn line 4"]
    assert all(row.explained and row.why == "end-of-file mark" for row in skipped)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_list_without_one_of_its_parts_is_refused(missing: int) -> None:
    with pytest.raises(Refusal) as caught:
        reading_of(*(file for number, file in enumerate(THREE) if number != missing))
    assert caught.value.remedy == "give the files of one list together"


def test_other_names_of_another_list_are_refused() -> None:
    with pytest.raises(Refusal, match="main file is not here"):
        reading_of(THREE[0], ("alt.csv", ALT.replace("101,", "901,").replace("102,", "902,")), THREE[2])


def test_a_file_that_ends_in_a_row_is_refused() -> None:
    with pytest.raises(Refusal, match="ends in the middle of a row") as caught:
        reading_of(("sdn.csv", SDN[: SDN.index("GREY") + 30]), *THREE[1:])
    assert caught.value.where == "sdn.csv, line 3"


def test_the_same_entry_twice_is_a_bad_row() -> None:
    with pytest.raises(Refusal, match="101 stands twice"):
        reading_of(("sdn.csv", SDN.rstrip("\x1a") + SDN), *THREE[1:])


def test_the_consolidated_list_is_told_by_its_programmes() -> None:
    main = SDN.replace("SDGT] [IFSR", "NS-PLC").replace('"SDGT"', '"UKRAINE-EO13662"')
    assert reading_of(("sdn.csv", main), *THREE[1:]).edition.key == "ofac-cons"


def test_remarks_cut_off_by_the_publisher_keep_their_last_phrase_as_text() -> None:
    text = "DOB 1970; " + "POB Lima, Peru; " * 70 + "Passport AB12"
    facts = read_remarks(text)
    assert facts.identifiers == []
    assert facts.rest == ["Passport AB12"]


def test_a_sentence_about_documents_is_no_number() -> None:
    facts = read_remarks("Passport OR801168 (Peru); Passport OR801168 issued under the name Ana Bell.")
    assert facts.identifiers == [Identifier("passport", "OR801168", "PE")]
    assert facts.rest == ["Passport OR801168 issued under the name Ana Bell"]


def test_real_files_give_every_entry_and_no_unexplained_row(shared_data: Path) -> None:
    folder = shared_data / "watchlists"
    reading = read([folder / f"ofac_{part}.csv" for part in ("sdn", "alt", "add")], obtained="2026-08-01")
    assert reading.edition.count == 8976
    assert [row for row in reading.skipped if not row.explained] == []
    found = listed(reading)
    assert sum(len(record.names) for record in found.values()) >= 8976 + 11910 + 2000
    assert "Dilawar KHAN" in names(found["23683"])
    assert "Dilawar Khan ZAIN KHAN" in names(found["12562"])
    assert found["23683"].born == ("1982", "1981")
    assert numbers(found["12562"]) >= {("passport", "OR801168", "AF"), ("national_id", "281020505755", "KW")}


def test_real_files_of_both_lists_given_at_once_are_kept_apart(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "watchlists").iterdir()) if path.name.startswith("ofac_")]
    groups = {group.reader.key: [file.name for file in group.files.values()] for group in gather(files)}
    assert groups == {
        "ofac-sdn": ["ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv"],
        "ofac-cons": ["ofac_cons_prim.csv", "ofac_cons_alt.csv", "ofac_cons_add.csv"],
    }
