"""The UN's consolidated list."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import read
from tests.sources.reading import listed, names, numbers, reading_of, territories

# Made, not issued by the publisher.
UN = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS>
 <INDIVIDUAL>
  <DATAID>501</DATAID><FIRST_NAME>INES</FIRST_NAME><SECOND_NAME>MORALES
   VEGA</SECOND_NAME><UN_LIST_TYPE>Taliban</UN_LIST_TYPE><REFERENCE_NUMBER>TAi.999</REFERENCE_NUMBER>
  <LISTED_ON>2011-02-09</LISTED_ON><GENDER>Female</GENDER><NAME_ORIGINAL_SCRIPT>إينس</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>a remark</COMMENTS1><DESIGNATION><VALUE>clerk</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Peru</VALUE><VALUE>na</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Inez Morales</ALIAS_NAME>
   <DATE_OF_BIRTH>1972-01-01</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>La Garza</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><CITY>Lima</CITY><COUNTRY>Peru</COUNTRY></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1981-02-05</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1957</FROM_YEAR><TO_YEAR>1959</TO_YEAR>
  </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/><NOTE>24/06/1402 (Hijri Calendar)</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Lima</CITY><COUNTRY>Peru</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>
OR801168</NUMBER><ISSUING_COUNTRY>Peru</ISSUING_COUNTRY><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/>
 </INDIVIDUAL></INDIVIDUALS><ENTITIES>
 <ENTITY><DATAID>502</DATAID><FIRST_NAME>GRANDS LACS AVIATION ; GREAT LAKES AVIATION</FIRST_NAME>
  <UN_LIST_TYPE>DRC</UN_LIST_TYPE>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD LAKES</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS></ENTITY>
</ENTITIES></CONSOLIDATED_LIST>"""


def test_a_person_of_the_list() -> None:
    reading = reading_of(("un.xml", UN))
    person = listed(reading)["501"]
    assert reading.edition.published == "2026-02-27"
    assert person.kind == "person"
    assert names(person, "primary") == ["INES MORALES VEGA"]
    assert names(person, "original_script") == ["إينس"]
    assert names(person, "alias") == ["Inez Morales"]
    assert names(person, "weak_alias") == ["La Garza"]
    assert person.born == ("1981-02-05", "1957/1959", "1968/1972", "1972-01-01")
    assert territories(person) == {("nationality", "PE"), ("birth", "PE"), ("address", "PE")}
    assert numbers(person) == {("passport", "OR801168", "PE")}
    assert (person.sex, person.listed_on, person.citation) == ("female", "2011-02-09", "TAi.999")
    assert person.remarks == "clerk; born 24/06/1402 (Hijri Calendar); Passport: expired; a remark"


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("OR801168", "OR801168", "passport"),
        ("Peruvian passport number SE 012820", "SE 012820", "passport"),
        ("Provisional passport No.: 28642163", "28642163", "passport"),
        ("381110042 (Expired 25 Jan. 2016)", "381110042", "passport"),
    ],
)
def test_a_document_number_stands_without_the_words_that_lead_it(written: str, number: str, kind: str) -> None:
    person = listed(reading_of(("un.xml", UN.replace("OR801168", written))))["501"]
    assert numbers(person) == {(kind, number, "PE")}
    assert (written in person.remarks) is (written != number)


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("Amir Hazrat (original script: Амир Хазрат)", ["Amir Hazrat", "Амир Хазрат"]),
        ("Jin Tie (金铁)", ["Jin Tie", "金铁"]),
        ("حسن (Hassan Gul; Hasan Gul)", ["حسن", "Hassan Gul", "Hasan Gul"]),
        ("Hayat (HTS) (هيئة (original script); Tahrir; Assembly)", ["Hayat (HTS)", "هيئة", "Tahrir", "Assembly"]),
        ("Akhter son of Noor (اختر ),", ["Akhter son of Noor", "اختر"]),
        ("Butayev (Butaev)", ["Butayev (Butaev)"]),
        ("Encep (birth name)", ["Encep (birth name)"]),
        ("(Sheikh) Musa (", ["(Sheikh) Musa ("]),
        ("((((", ["(((("]),
        ("(حسن)", ["حسن"]),
    ],
)
def test_names_in_brackets_are_names_where_they_are_of_another_script(written: str, held: list[str]) -> None:
    text = UN.replace("La Garza", written)
    assert names(listed(reading_of(("un.xml", text)))["501"], "weak_alias") == held


def test_an_entity_with_several_names_in_one() -> None:
    entity = listed(reading_of(("un.xml", UN)))["502"]
    assert entity.kind == "organization"
    assert names(entity, "primary") == ["GRANDS LACS AVIATION"]
    assert names(entity, "alias") == ["GREAT LAKES AVIATION"]
    assert names(entity, "former") == ["OLD LAKES"]
    assert territories(entity) == {("address", "CD")}


def test_an_entry_without_its_number_is_a_bad_row() -> None:
    with pytest.raises(Refusal, match="no DATAID or no name"):
        reading_of(("un.xml", UN.replace("<DATAID>502</DATAID>", "")))


def test_the_real_list(shared_data: Path) -> None:
    reading = read([shared_data / "watchlists" / "un_consolidated.xml"], obtained="2026-08-01")
    found = listed(reading)
    assert (reading.edition.count, reading.edition.published, reading.skipped) == (1003, "2026-02-27", ())
    assert reading.unresolved() == {}
    assert "Dilawar Khan Zain Khan" in names(found["2959427"])
    assert set(found["2959427"].born) == {"1981-02-05", "1971-12-31", "1972-01-01"}
    assert sum(record.kind == "person" for record in found.values()) == 730
