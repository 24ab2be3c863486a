"""The product sheets of the US list: each label by the real classification, and each entry with its sheets."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from product_sheets import HARMLESS, SHEETS, Sheet, answer, is_right, read_sheets, second_reading, with_a_gap

from safeconduct.core.fact import Known, Unknown
from tests.classify.test_entry_tests import runs
from tests.classify.tests_at_hand import entry_tests

US = SHEETS / "us"
SHARE = 0.95  # of the labels of each status that the entry tests must reach
THREE = re.compile(r"4A005|4D004|4E001\.[ac]|5|3A98|4A980|1A985", re.ASCII)  # surveillance, intrusion, biometrics


@cache
def sheets() -> tuple[Sheet, ...]:
    return read_sheets(US)


def by_code() -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets():
        found[sheet.code].append(sheet)
    return found


def codes_tested() -> list[str]:
    return [entry.code for tests in entry_tests() if tests.list == "us-ccl" for entry in tests.entries]


each_sheet = pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)


@pytest.mark.parametrize("status", ["caught", "freed", "outside", "cannot_tell"])
def test_of_every_status_nearly_all_sheets_are_answered_as_argued(status: str) -> None:
    of_it = [sheet for sheet in sheets() if sheet.status == status]
    wrong = [sheet.name for sheet in of_it if not is_right(sheet, answer(sheet, entry_tests()))]
    assert len(of_it) >= 10
    assert len(wrong) <= (1 - SHARE) * len(of_it), wrong


@each_sheet
def test_what_is_caught_or_open_is_never_called_harmless(sheet: Sheet) -> None:
    assert sheet.status in HARMLESS or answer(sheet, entry_tests()).status not in HARMLESS, sheet.argument


@each_sheet
def test_a_fact_that_is_missing_or_in_conflict_never_makes_a_sheet_harmless(sheet: Sheet) -> None:
    open_or_caught = answer(sheet, entry_tests()).status not in HARMLESS
    for key, after in with_a_gap(sheet, entry_tests()):
        assert not (open_or_caught and after in HARMLESS), key
        fact = sheet.facts[key]
        conflicting = sheet.facts | {key: Unknown("conflicting", fact.evidence if isinstance(fact, Known) else ())}
        assert answer(sheet, entry_tests(), conflicting).status == after, key


@each_sheet
def test_a_sheet_argues_its_label(sheet: Sheet) -> None:
    assert sheet.list == "us-ccl"
    assert sheet.place
    assert len(sheet.argument.split()) >= 6
    assert (sheet.status == "cannot_tell") is bool(sheet.asks)
    assert (sheet.status == "freed") is bool(sheet.note)


def test_each_entry_has_a_sheet_that_it_catches_and_those_of_surveillance_and_biometrics_three() -> None:
    found = by_code()
    assert [code for code in codes_tested() if not any(sheet.status == "caught" for sheet in found[code])] == []
    for code in filter(THREE.match, codes_tested()):
        assert len(found[code]) >= 3, code
        assert {sheet.status for sheet in found[code]} & {*HARMLESS}, code
        assert {sheet.case for sheet in found[code]} & {"near_miss", "missing"}, code


def test_each_us_row_that_matters_for_human_rights_has_a_sheet(shared_data: Path) -> None:
    with (shared_data / "controllists" / "hr_relevant_entries.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"] for row in csv.DictReader(file) if row["list"].startswith("US-CCL")}
    assert len(rows) >= 43
    assert [row for row in rows if not any(code.startswith(row) for code in by_code())] == []


def test_no_run_of_words_of_a_sheet_is_copied_from_the_list(shared_data: Path) -> None:
    us = json.loads((shared_data / "controllists" / "us_ccl_ecfr_2026-07-23.json").read_bytes())
    law = " ".join(
        text
        for entry in us["entries"]
        for text in (entry["heading"], *(each["text"] for each in entry.get("items", [])))
    )
    known = runs(law)
    for sheet in sheets():
        lines = sheet.item.datasheet.lines if sheet.item.datasheet else ()
        assert [text for text in (sheet.argument, *lines) if runs(text) & known] == [], sheet.name


def test_the_second_reading_covers_the_sheets_and_keeps_what_differs() -> None:
    found = second_reading(SHEETS, [sheet._replace(name=f"us/{sheet.name}") for sheet in sheets()])
    assert found["read"] == len(sheets())
    assert found["agree"] + len(found["differ"]) == found["read"]
