"""The EU's and the UK's sanctions lists. No file of theirs is here: the small files below are made after
the published formats, not issued by the publishers, and name nobody real."""

from __future__ import annotations

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources.model import ListedName, Relation
from tests.sources.reading import listed, names, numbers, reading_of, territories

EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-07-28T11:43:32.449+02:00" globalFileId="1">
 <sanctionEntity logicalId="13" euReferenceNumber="EU.27.28" designationDate="2003-07-07" unitedNationId="">
  <remark>a remark</remark>
  <regulation regulationType="amendment" publicationDate="2003-07-08" programme="IRQ" numberTitle="1210/2003">
   <publicationUrl>https://example.invalid/</publicationUrl></regulation>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="Ines" middleName="" lastName="Morales Vega" wholeName="Ines Morales Vega" function="Director"
   gender="F" title="" nameLanguage="" strong="true" logicalId="1"/>
  <nameAlias firstName="" middleName="" lastName="" wholeName="Inez Morales" gender="" strong="true" logicalId="2"/>
  <nameAlias wholeName="La Garza" strong="false" logicalId="3"/>
  <citizenship region="" countryIso2Code="PE" countryDescription="PERU"/>
  <birthdate circa="false" calendarType="GREGORIAN" city="Lima" birthdate="1981-02-05" year="1981" place=""
   countryIso2Code="PE" countryDescription="PERU"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1970" countryIso2Code="00" countryDescription="UNKNOWN"/>
  <birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1957" yearRangeTo="1959" countryIso2Code="00"
   countryDescription="UNKNOWN"/>
  <address city="Lima" street="Calle 1" zipCode="" countryIso2Code="PE" countryDescription="PERU"/>
  <identification number="AB123456" identificationTypeCode="passport" countryIso2Code="PE" latinNumber=""/>
 </sanctionEntity>
 <sanctionEntity logicalId="14" euReferenceNumber="EU.1.2"><subjectType code="enterprise"/>
  <nameAlias wholeName="Osprey Trading" strong="true"/></sanctionEntity>
</export>"""

EU_CSV = (
    "\ufefffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_Remark;"
    "Entity_SubjectType;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;NameAlias_LastName;"
    "NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Gender;NameAlias_Function;Address_City;"
    "Address_Street;Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;BirthDate_Year;"
    "BirthDate_Circa;BirthDate_City;BirthDate_CountryIso2Code;BirthDate_CountryDescription;Identification_Number;"
    "Identification_TypeCode;Identification_CountryIso2Code;Citizenship_CountryIso2Code;Citizenship_CountryDescription\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;Morales Vega;Ines;;Ines Morales Vega;F;Director;"
    ";;;;;;;;;;;;;;\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;;;;Inez Morales;;;;;;;;;;;;;;;;;\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;;;;;;;Lima;Calle 1;PE;PERU;;;;;;;;;;;\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;;;;;;;;;;;1981-02-05;1981;false;Lima;PE;PERU;;;;;\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;;;;;;;;;;;;;;;;;AB123456;passport;PE;;\n"
    "28/07/2026;13;EU.27.28;2003-07-07;a remark;P;2003-07-08;IRQ;;;;;;;;;;;;;;;;;;;;PE;PERU\n"
    "28/07/2026;14;EU.1.2;;;E;2003-07-08;IRQ;;;;Osprey Trading;;;;;;;;;;;;;;;;;\n"
)

UKSL_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>10/06/2026</DateGenerated>
 <Designation><LastUpdated>16/04/2026</LastUpdated><DateDesignated>29/06/2012</DateDesignated>
  <UniqueID>XYZ0001</UniqueID><UNReferenceNumber>QDi.1</UNReferenceNumber><RegimeName>A regime</RegimeName>
  <IndividualEntityShip>Individual</IndividualEntityShip><OtherInformation>a remark</OtherInformation>
  <Names><Name><Name1>Ines</Name1><Name6>MORALES VEGA</Name6><NameType>Primary Name</NameType></Name>
   <Name><Name6>Inez Morales</Name6><NameType>Alias</NameType></Name>
   <Name><Name6>La Garza</Name6><NameType>Alias</NameType><AliasStrength>Low Quality</AliasStrength></Name></Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>إينس</NameNonLatinScript></NonLatinName></NonLatinNames>
  <Addresses><Address><AddressLine1>Calle 1</AddressLine1><AddressLine6>Lima</AddressLine6>
   <AddressCountry>Peru</AddressCountry></Address></Addresses>
  <IndividualDetails><Individual><DOBs><DOB>05/02/1981</DOB><DOB>dd/mm/1970</DOB></DOBs>
   <Nationalities><Nationality>Peru</Nationality></Nationalities><Genders><Gender>Female</Gender></Genders>
   <BirthDetails><Location><TownOfBirth>Lima</TownOfBirth><CountryOfBirth>Peru</CountryOfBirth></Location></BirthDetails>
   <PassportDetails><Passport><PassportNumber>AB123456</PassportNumber></Passport></PassportDetails>
  </Individual></IndividualDetails></Designation>
 <Designation><UniqueID>XYZ0002</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip>
  <Names><Name><Name6>GREY HERON</Name6><NameType>Primary Name</NameType></Name></Names>
  <ShipDetails><Ship><IMONumbers><IMONumber>9187629</IMONumber></IMONumbers>
   <CurrentOwnerOperators><CurrentOwnerOperator>Osprey</CurrentOwnerOperator></CurrentOwnerOperators>
   <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Malta</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
  </Ship></ShipDetails></Designation>
</Designations>"""

UKSL_CSV = (
    "Report Date: 10-Jun-2026\n"
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Name non-latin script,Regime Name,Designation Type,Address Line 1,Address Line 6,Address Country,"
    "Date Designated,D.O.B,Nationality(/ies),Passport number,Gender,Town of birth,Country of birth\n"
    '16/04/2026,XYZ0001,1,QDi.1,MORALES VEGA,Ines,,,,,Primary Name,,إينس,A regime,Individual,Calle 1,Lima,Peru,'
    '29/06/2012,"05/02/1981",Peru,AB123456,Female,Lima,Peru\n'
    "16/04/2026,XYZ0001,1,QDi.1,Inez Morales,,,,,,Alias,,,A regime,Individual,,,,29/06/2012,,,,,,\n"
    "16/04/2026,XYZ0001,1,QDi.1,La Garza,,,,,,Alias,Low Quality,,A regime,Individual,,,,29/06/2012,,,,,,\n"
)  # fmt: skip

OFSI_CSV = (
    "Last Updated,10/06/2026\n"
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,DOB,Town of Birth,Country of Birth,"
    "Nationality,Passport Number,Position,Address 1,Address 2,Country,Other Information,Group Type,Alias Type,"
    "Alias Quality,Regime,Listed On,Group ID\n"
    "MORALES VEGA,Ines,,,,,,إينس,05/02/1981,Lima,Peru,(1) Peru (2) Chile,AB123456,Director,Calle 1,Lima,Peru,a remark,"
    "Individual,Primary name,,A regime,29/06/2012,501\n"
    "MORALES,Inez,,,,,,,00/00/1970,,,,,,,,,,Individual,AKA,,A regime,29/06/2012,501\n"
    "GARZA,,,,,,,,,,,,,,,,,,Individual,AKA,Low quality,A regime,29/06/2012,501\n"
)

OFSI_XML = """<?xml version="1.0" encoding="utf-8"?>
<ArrayOfFinancialSanctionsTarget xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">
 <FinancialSanctionsTarget><name1>Ines</name1><Name6>MORALES VEGA</Name6>
  <GroupTypeDescription>Individual</GroupTypeDescription><AliasType>Primary name</AliasType>
  <RegimeName>A regime</RegimeName><GroupID>501</GroupID><DateListed>2012-06-29T00:00:00</DateListed>
  <Individual_DateOfBirth>05/02/1981</Individual_DateOfBirth>
  <Individual_Nationality>(1) Peru (2) Chile</Individual_Nationality><Country>Peru</Country><Address1>Calle 1</Address1>
  <UKSanctionsListRef>XYZ0001</UKSanctionsListRef></FinancialSanctionsTarget>
 <FinancialSanctionsTarget><Name6>Inez Morales</Name6><AliasType>AKA</AliasType><GroupID>501</GroupID>
 </FinancialSanctionsTarget>
</ArrayOfFinancialSanctionsTarget>"""


@pytest.mark.parametrize(("name", "text"), [("eu.xml", EU_XML), ("eu.csv", EU_CSV)])
def test_the_eu_list_in_both_forms(name: str, text: str) -> None:
    reading = reading_of((name, text))
    assert (reading.edition.key, reading.edition.published, reading.edition.count) == ("eu-fsf", "2026-07-28", 2)
    person = listed(reading)["13"]
    assert person.kind == "person"
    assert person.names[0] == ListedName("Ines Morales Vega", given="Ines", family="Morales Vega")
    assert "Inez Morales" in names(person, "alias")
    assert person.born[0] == "1981-02-05"
    assert person.sex == "female"
    assert territories(person) == {("nationality", "PE"), ("address", "PE"), ("birth", "PE")}
    assert person.birth_places == ("Lima, PERU",)
    assert person.addresses == ("Calle 1, Lima, PERU",)
    assert numbers(person) == {("passport", "AB123456", "PE")}
    assert (person.programmes, person.listed_on, person.citation) == (("IRQ",), "2003-07-07", "EU.27.28")
    assert person.remarks == "a remark; Director"
    assert listed(reading)["14"].kind == "organization"


def test_weak_names_and_uncertain_births_of_the_eu_list() -> None:
    person = listed(reading_of(("eu.xml", EU_XML)))["13"]
    assert names(person, "weak_alias") == ["La Garza"]
    assert person.born == ("1981-02-05", "1968/1972", "1957/1959")


def test_an_eu_entity_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal, match="no logicalId or no name"):
        reading_of(("eu.xml", EU_XML.replace('<nameAlias wholeName="Osprey Trading" strong="true"/>', "")))


@pytest.mark.parametrize(("name", "text"), [("uksl.xml", UKSL_XML), ("uksl.csv", UKSL_CSV)])
def test_the_uk_list_in_both_forms(name: str, text: str) -> None:
    reading = reading_of((name, text))
    assert (reading.edition.key, reading.edition.published) == ("uk-sl", "2026-06-10")
    person = listed(reading)["XYZ0001"]
    assert person.kind == "person"
    assert person.names[0] == ListedName("Ines MORALES VEGA", given="Ines", family="MORALES VEGA")
    assert names(person, "alias") == ["Inez Morales"]
    assert names(person, "weak_alias") == ["La Garza"]
    assert names(person, "original_script") == ["إينس"]
    assert person.born[0] == "1981-02-05"
    assert person.sex == "female"
    assert territories(person) == {("nationality", "PE"), ("address", "PE"), ("birth", "PE")}
    assert person.birth_places == ("Lima, Peru",)
    assert person.addresses == ("Calle 1, Lima, Peru",)
    assert numbers(person) == {("passport", "AB123456", "")}
    assert (person.programmes, person.listed_on, person.citation) == (("A regime",), "2012-06-29", "QDi.1")


def test_a_date_with_letters_for_the_unknown_is_a_year() -> None:
    assert listed(reading_of(("uksl.xml", UKSL_XML)))["XYZ0001"].born == ("1981-02-05", "1970")


def test_a_ship_of_the_uk_list() -> None:
    ship = listed(reading_of(("uksl.xml", UKSL_XML)))["XYZ0002"]
    assert ship.kind == "vessel"
    assert numbers(ship) == {("imo", "9187629", "")}
    assert territories(ship) == {("flag", "MT")}
    assert ship.relations == (Relation("owner", name="Osprey"),)


@pytest.mark.parametrize(
    ("name", "text", "published"), [("ConList.csv", OFSI_CSV, "2026-06-10"), ("ConList.xml", OFSI_XML, "")]
)
def test_the_former_uk_list_in_both_forms(name: str, text: str, published: str) -> None:
    reading = reading_of((name, text))
    assert (reading.edition.key, reading.edition.published) == ("uk-ofsi", published)
    person = listed(reading)["501"]
    assert person.kind == "person"
    assert names(person, "primary") == ["Ines MORALES VEGA"]
    assert {name.lower() for name in names(person, "alias")} == {"inez morales"}
    assert person.born[0] == "1981-02-05"
    assert territories(person) == {("nationality", "PE"), ("nationality", "CL"), ("address", "PE")} | (
        {("birth", "PE")} if name.endswith("csv") else set()
    )
    assert (person.programmes, person.listed_on) == (("A regime",), "2012-06-29")


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(Refusal, match="columns missing: Group Type") as caught:
        reading_of(("ConList.csv", OFSI_CSV.replace("Group Type,", "Kind,")))
    assert caught.value.where == "ConList.csv, line 2"


def test_an_eu_row_without_its_entity_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal, match="no Entity_LogicalId") as caught:
        reading_of(("eu.csv", EU_CSV.replace("28/07/2026;14;", "28/07/2026; ;")))
    assert caught.value.where == "eu.csv, line 8"
