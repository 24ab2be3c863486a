"""The written product sheets: each label by the real classification, and what a missing fact may do to it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from product_sheets import (
    ANY,
    CASES,
    HARMLESS,
    SHEETS,
    Sheet,
    answer,
    is_right,
    read_sheets,
    second_reading,
    with_a_gap,
)

from safeconduct.classify import classify_line, listed_facts
from safeconduct.core.fact import Known, Unknown
from tests.classify.tests_at_hand import DAY, entry_tests

EU = SHEETS / "eu"
SHARE = 0.95  # of the labels that the entry tests must reach, by status


@cache
def sheets() -> tuple[Sheet, ...]:
    return read_sheets(EU)


@cache
def gaps(name: str) -> tuple[tuple[str, str], ...]:
    """Each fact of the sheet, and its status without it."""
    return tuple(with_a_gap(next(sheet for sheet in sheets() if sheet.name == name), entry_tests()))


each_sheet = pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)


@pytest.mark.parametrize("status", ["caught", "freed", "outside", "cannot_tell"])
def test_of_every_status_nearly_all_sheets_are_answered_as_argued(status: str) -> None:
    of_it = [sheet for sheet in sheets() if sheet.status == status]
    wrong = [sheet.name for sheet in of_it if not is_right(sheet, answer(sheet, entry_tests()))]
    assert len(of_it) >= 10
    assert len(wrong) <= (1 - SHARE) * len(of_it), wrong


@each_sheet
def test_what_is_caught_or_open_is_never_called_harmless(sheet: Sheet) -> None:
    given = answer(sheet, entry_tests())
    assert sheet.status in HARMLESS or given.status not in HARMLESS, sheet.argument


@each_sheet
def test_a_fact_taken_away_never_makes_a_sheet_harmless(sheet: Sheet) -> None:
    allowed = {
        "caught": {"caught", "cannot_tell"},
        "cannot_tell": {"cannot_tell"},
        "freed": {"freed", "cannot_tell"},
        "outside": {"outside", "freed", "cannot_tell"},
    }[answer(sheet, entry_tests()).status]
    assert [(key, after) for key, after in gaps(sheet.name) if after not in allowed] == []


@given(st.sampled_from([one for one in sheets() if one.status == "caught" and one.code != ANY]), st.data())
def test_however_little_is_known_beside_the_kind_a_caught_item_is_not_known_to_be_unlisted(
    sheet: Sheet, data: st.DataObject
) -> None:
    # Not of goods that an officer found to be of a kind about which no entry is: that finding answers for the entries.
    kept = data.draw(st.sets(st.sampled_from(sorted(sheet.facts))))
    known = {key: fact for key, fact in sheet.facts.items() if key in kept}
    listed = listed_facts(classify_line(sheet.item, known, entry_tests(), DAY))["item.listed"]
    assert isinstance(listed, Unknown) or listed.value is True, kept


@each_sheet
def test_a_conflicting_fact_is_as_open_as_a_missing_one(sheet: Sheet) -> None:
    for key, after in gaps(sheet.name):
        fact = sheet.facts[key]
        conflicting = sheet.facts | {key: Unknown("conflicting", fact.evidence if isinstance(fact, Known) else ())}
        assert answer(sheet, entry_tests(), conflicting).status == after, key


@each_sheet
def test_a_sheet_argues_its_label(sheet: Sheet) -> None:
    assert sheet.place
    assert len(sheet.argument.split()) >= 8
    assert sheet.item.name in "\n".join(sheet.item.datasheet.lines if sheet.item.datasheet else ())
    assert (sheet.status == "cannot_tell") is bool(sheet.asks)
    assert (sheet.status == "freed") is bool(sheet.note)
    assert sheet.text_held or sheet.status == "cannot_tell"


def test_there_are_three_sheets_and_a_hard_one_for_each_entry_that_is_tested() -> None:
    by_code: dict[str, list[Sheet]] = {}
    for sheet in sheets():
        by_code.setdefault(sheet.code, []).append(sheet)
    tested = [entry.code for tests in entry_tests() if tests.list == "eu-annex1" for entry in tests.entries]
    assert [code for code in tested if len(by_code.get(code, ())) < 3] == []
    hard = ("near_miss", "missing")
    assert [code for code in tested if not any(sheet.case in hard for sheet in by_code[code])] == []
    for code in tested:
        assert {sheet.status for sheet in by_code[code]} & {"caught"}, code
        assert {sheet.status for sheet in by_code[code]} & {*HARMLESS}, code


def test_no_sentence_of_a_sheet_stands_in_the_list(shared_data: Path) -> None:
    law = (shared_data / "controllists" / "no_list2_eu_annex1_2022.txt").read_text(encoding="utf-8")
    known = _runs(law)
    for sheet in sheets():
        words = [sheet.argument, *(sheet.item.datasheet.lines if sheet.item.datasheet else ())]
        assert [text for text in words if _runs(text) & known] == [], sheet.name


def test_the_second_reading_covers_the_sheets_and_keeps_what_differs() -> None:
    found = second_reading(SHEETS, [sheet._replace(name=f"eu/{sheet.name}") for sheet in sheets()])
    assert found["read"] == len(sheets())
    assert found["agree"] + len(found["differ"]) == found["read"]


def test_the_command_prints_the_same_figures_whatever_the_hash_seed(tmp_path: Path) -> None:
    """On some sheets of every status and case: what orders an answer is the same code for all of them."""
    for path in sorted(EU.glob("*.toml"))[::8]:
        shutil.copy(path, tmp_path)
    program = [sys.executable, "benchmarks/product_sheets.py", str(tmp_path), "--json"]
    root = SHEETS.parents[2]
    out = [
        subprocess.run(
            program, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "4711")
    ]
    assert out[0].stdout == out[1].stdout
    found = json.loads(out[0].stdout)["eu-annex1"]
    assert found["freed_wrongly"] == []
    assert set(found["by_case"]) == set(CASES)
    assert {sheet.status for sheet in read_sheets(tmp_path)} == {"caught", "freed", "outside", "cannot_tell"}


def test_a_sheet_whose_fact_is_no_fact_is_refused_with_its_name(tmp_path: Path) -> None:
    text = (EU / "4a005-1-caught.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["code"] != ANY
    (tmp_path / "one.toml").write_text(text.replace('"delivers", "commands"', '"comands"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.toml: item\.intrusion_role"):
        read_sheets(tmp_path)


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
