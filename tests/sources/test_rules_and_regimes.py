"""US licensing tables, regimes' codes, and the table of entries that matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import Reading, read
from safeconduct.sources.model import CountryRule, RegimeCode, RelevantEntry
from tests.sources.reading import reading_of

# Made, not issued by the publisher.
CHART = {
    "ecfrIssueDate": "2026-07-23", "columns": ["CC 1", "NS 1"], "columnLabels": {},
    "countries": {"Peru": {"marks": ["CC 1"], "footnotes": [2]}, "Canada": {"marks": [], "footnotes": []}},
    "embargoed": {"Cuba": {"pointer": "See part 746.", "footnotes": []}}, "footnotes": {"2": "A footnote."},
    "territoryInheritance": {"hong kong": {"row": "China", "basis": "85 FR 83788"}},
    "allDestinationsEntries": {"noLicenceExceptions": ["0A983"], "govOnly": {"entries": ["5A980"]}},
}  # fmt: skip
GROUPS = {"ecfrIssueDate": "2026-07-23", "groups": {"D:5": ["Korea, North", "Atlantis"], "E:1": ["Korea, North"]},
          "byCountry": {}}  # fmt: skip
EXCEPTIONS = {"ecfrIssueDate": "2026-07-23", "exceptions": [
    {"section": "15 C.F.R. § 740.8", "symbols": ["NAC", "ACA"], "title": "Computing"},
    {"section": "15 C.F.R. § 740.1", "symbols": [], "title": "Introduction"}]}  # fmt: skip


def rules(reading: Reading) -> set[tuple[str, str, str]]:
    found = [record for record in reading.records() if isinstance(record, CountryRule)]
    return {(record.key, record.territory, record.text) for record in found}


def made(name: str, data: object) -> Reading:
    return reading_of((f"{name}.json", json.dumps(data)))


def test_no_mark_is_told_apart_from_no_row() -> None:
    reading = made("chart", CHART)
    assert (reading.edition.key, reading.edition.published) == ("us-country-chart", "2026-07-23")
    assert rules(reading) == {
        ("row", "PE", "Peru"), ("CC 1", "PE", "Peru"), ("footnote 2", "PE", "A footnote."), ("row", "CA", "Canada"),
        ("see", "CU", "Cuba: See part 746."), ("inherits", "HK", "China: 85 FR 83788"),
        ("all-destinations", "", "0A983"), ("all-destinations", "", "5A980"),
    }  # fmt: skip


def test_a_mark_in_no_column_is_refused() -> None:
    countries = {"Peru": {"marks": ["ZZ 9"], "footnotes": []}}
    with pytest.raises(Refusal, match="'ZZ 9' is no column"):
        made("chart", {**CHART, "countries": countries})


def test_members_of_groups() -> None:
    reading = made("groups", GROUPS)
    assert rules(reading) == {
        ("D:5", "KP", "Korea, North"), ("D:5", "", "Atlantis"), ("E:1", "KP", "Korea, North"),
    }  # fmt: skip
    assert reading.unresolved() == {"Atlantis": 1}


def test_licence_exceptions_by_symbol_or_by_section() -> None:
    assert {key for key, _, _ in rules(made("exceptions", EXCEPTIONS))} == {"NAC", "ACA", "15 C.F.R. § 740.1"}


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("chart", {**CHART, "countries": []}, "$.countries"),
        ("chart", {**CHART, "columns": "CC 1"}, "$.columns"),
        ("groups", {**GROUPS, "groups": {"D:5": [7]}}, "$.groups[...][0]"),
        ("exceptions", {**EXCEPTIONS, "exceptions": {}}, "$.exceptions"),
    ],
)
def test_a_table_of_another_shape_is_refused_with_its_place(name: str, data: object, place: str) -> None:
    with pytest.raises(Refusal) as caught:
        made(name, data)
    assert caught.value.where == f"{name}.json, {place}"


def test_a_regimes_codes_know_what_stands_above_them() -> None:
    reading = reading_of(
        ("t.csv", "T,ACTIVE,0,UK\nT1,PARENT,1,UK\nT1.1,ACTIVE,2,UK\nT1.10,ACTIVE,2,UK\nT1.1.2a,ACTIVE,3,UK\n")
    )
    found = {record.code: record for record in reading.records() if isinstance(record, RegimeCode)}
    assert reading.edition.key == "uk-nsg-trigger"
    assert {code: record.parent for code, record in found.items()} == {
        "T": "", "T1": "T", "T1.1": "T1", "T1.10": "T1", "T1.1.2a": "T1.1",
    }  # fmt: skip
    assert (found["T1"].status, found["T1"].regime) == ("parent", "NSG trigger list")


def test_a_regime_file_with_another_column_is_refused() -> None:
    rows = "".join(f"N{number},ACTIVE,1,UK\n" for number in range(1, 8))
    with pytest.raises(Refusal):
        reading_of(("n.csv", rows + "N9,ACTIVE,1\n"))


def test_the_table_of_entries_that_matter() -> None:
    text = (
        "list,code,capability,misuse,status,source\n"
        "EU-2021/821-AnnexI / Wassenaar,5D002.a.3.b / 5D002.c.3.b,extraction,searches,verified,x\n"
        '"US-CCL (reason CC, 15 CFR 742.7)",0A977,water cannon,blanket phrase,verified,x\n'
    )
    found = [record for record in reading_of(("r.csv", text)).records() if isinstance(record, RelevantEntry)]
    assert {(record.list, record.code, record.misuse) for record in found} == {
        ("eu-annex1", "5D002.a.3.b", "searches"), ("eu-annex1", "5D002.c.3.b", "searches"), ("us-ccl", "0A977", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "key", "count"),
    [
        ("uk_lite_MTCR_Cat_1_regimes.csv", "uk-mtcr-1", 23),
        ("uk_lite_MTCR_Cat_2_regimes.csv", "uk-mtcr-2", 241),
        ("uk_lite_NSG_Dual_use.csv", "uk-nsg-dual", 242),
        ("uk_lite_NSG_Potential_trigger_list.csv", "uk-nsg-trigger", 153),
        ("hr_relevant_entries.csv", "hr-relevant", 61),
        ("us_country_chart_ecfr_2026-07-23.json", "us-country-chart", 2063),
        ("us_country_groups_ecfr_2026-07-23.json", "us-country-groups", 497),
        ("us_license_exceptions_2026-07-23.json", "us-licence-exceptions", 28),
    ],
)
def test_the_real_tables(shared_data: Path, file: str, key: str, count: int) -> None:
    reading = read([shared_data / "controllists" / file], obtained="2026-08-01")
    assert (reading.edition.key, reading.edition.count, reading.skipped) == (key, count, ())
    assert reading.unresolved() == {}
