"""The files of entry tests: read strictly, and true to the lists they were read against."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from product_sheets import SHEETS as PRODUCT_SHEETS
from product_sheets import read_sheets

from safeconduct.classify import EntryTests, read_entry_tests
from safeconduct.classify.entry_tests import ENTRY_KEYS, TOP_KEYS
from safeconduct.classify.facts import FACTS
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.policy.condition import checks_of
from tests.classify.sheets import SHEETS, Reading, Sheet
from tests.classify.tests_at_hand import LISTS, classified, entry_tests, raw_tests, statuses
from tests.facts_doc import documented_catalogue, documented_facts

SAMPLE = """\
v = 1
list = "xx-list"
title.en = "A list"
citation = "Act 1"
publisher = "Karsova"
read_against = "xx-list of 2026"
published = "2026-01"

[[entry]]
code = "9A100"
text.en = "Something"
forms = ["equipment"]
kinds = ["jammer"]
signs = ["Hum"]
[[entry.element]]
paragraph = "9A100.a"
when = {fact = "item.selective_jamming"}
text.en = "hums"
[[entry.note]]
paragraph = "9A100 Note"
when = {fact = "item.specially_designed_for", has = "billing"}
text.en = "bills"
label = ["billing"]

[[entry]]
code = "9A101"
text.en = "Something else"
forms = ["equipment", "component"]
unless = ["9A100"]
combine = "any"
[[entry.element]]
paragraph = "9A101"
when = {fact = "item.cryptanalytic"}
text.en = "breaks"
"""


def read(text: str) -> EntryTests:
    return read_entry_tests(text.encode(), "xx.toml", documented_catalogue())


def test_a_file_is_read_with_its_hash() -> None:
    tests = read(SAMPLE)
    assert tests.sha256 == canonical.sha256(SAMPLE.encode())
    assert [each.code for each in tests.entries] == ["9A100", "9A101"]
    assert tests.entries[0].signs == ("hum",)
    assert (tests.entries[0].combine, tests.entries[1].combine) == ("all", "any")


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("item.selective_jamming", "item.selectiv_jamming", 17, "item.selective_jamming"),
        ('forms = ["equipment"]', 'forms = ["equipmnt"]', 12, "equipment"),
        ('kinds = ["jammer"]', 'kinds = ["jamer"]', 13, "jammer"),
        ('label = ["billing"]', 'label = ["biling"]', 23, "billing"),
        ('has = "billing"', 'has = "biling"', 21, "billing"),
        ("kinds =", "kind =", 13, "kinds"),
        ('unless = ["9A100"]', 'unless = ["9A102"]', 29, "before"),
        ('code = "9A101"', 'code = "9A100"', 26, "keep one"),
        ('code = "9A101"', 'code = "nine"', 26, "5A001.j"),
        ('published = "2026-01"', 'published = "2026-13"', 7, "YYYY"),
        ('list = "xx-list"', 'list = "XX list"', 2, "eu-annex1"),
        ('combine = "any"', 'combine = "some"', 30, "all, any"),
        ("v = 1", "v = 2", 1, "correct the number"),
        ('forms = ["equipment"]\n', "", 9, "add forms"),
    ],
)
def test_a_slip_is_refused_with_its_line_and_the_right_word(old: str, new: str, line: int, remedy: str) -> None:
    assert SAMPLE.count(old) >= 1
    with pytest.raises(Refusal) as caught:
        read(SAMPLE.replace(old, new, 1))
    assert f"line {line}" in caught.value.where
    assert remedy in caught.value.remedy


def test_an_entry_without_elements_and_a_file_without_entries_are_refused() -> None:
    head = SAMPLE[: SAMPLE.index("[[entry]]")]
    with pytest.raises(Refusal, match="no entry"):
        read(head)
    with pytest.raises(Refusal, match="no element"):
        read(f'{head}[[entry]]\ncode = "9A1"\n'.replace("9A1", "9A100") + 'text.en = "x"\nforms = ["equipment"]\n')


def test_the_room_declares_its_two_facts_as_documented() -> None:
    documented = {fact.key: fact for fact in documented_facts()}
    assert {fact.key: documented[fact.key] for fact in FACTS} == {fact.key: fact for fact in FACTS}


@pytest.mark.parametrize("tests", entry_tests(), ids=lambda each: each.list)
def test_entries_ask_only_for_what_the_goods_are(tests: EntryTests) -> None:
    for entry in tests.entries:
        for when in [each.when for each in entry.elements] + [each.when for each in entry.notes]:
            for check in checks_of(when):
                assert check.fact.key.startswith("item.")
                assert check.fact.key not in ("item.marketed_for", "item.kind", "item.listed", "item.caught_by")


@pytest.mark.parametrize("tests", entry_tests(), ids=lambda each: each.list)
def test_paragraphs_belong_to_their_entry(tests: EntryTests) -> None:
    for entry in tests.entries:
        for element in entry.elements:
            assert element.paragraph.startswith(entry.code)


def test_every_entry_but_the_thin_ones_has_a_sheet_that_it_catches() -> None:
    caught = {name for sheet in SHEETS for name, status in sheet.shown.items() if status == "caught"}
    caught |= {f"{sheet.list} {sheet.code}" for sheet in read_sheets(PRODUCT_SHEETS) if sheet.status == "caught"}
    asked = {f"{tests.list} {entry.code}" for tests in entry_tests() for entry in tests.entries}
    crime_control = {
        f"us-ccl {entry.code}"
        for entry in entry_tests()[1].entries
        if any(check.fact.key == "item.crime_control_kind" for check in checks_of(entry.elements[0].when))
    }
    assert asked - caught - crime_control == set()


CRIME_CONTROL = documented_catalogue().get("item.crime_control_kind")
assert CRIME_CONTROL is not None
WHAT_HEADINGS_TURN_ON: dict[str, Reading] = {
    "crime_control_exception": (("none",), 1), "riot_agent": ("other", 1), "container_net_weight": ("500", 1),
    "adjusted_peak_performance": ("1", 1), "technology_stage": (("development",), 1), "direct_view": (True, 1),
    "listed_infrared_sensor": (True, 1), "holds_crime_control_equipment": (True, 1),
}  # fmt: skip


@pytest.mark.parametrize("word", [word for word in CRIME_CONTROL.words if word != "none"])
@pytest.mark.parametrize("function", ["equipment", "software", "technology"])
def test_every_crime_control_heading_catches_its_equipment_and_some_their_software(word: str, function: str) -> None:
    read = WHAT_HEADINGS_TURN_ON | {"function": (function, 1), "crime_control_kind": (word, 1)}
    sheet = Sheet("Dorn 3", ("Dorn 3",), read, {}, "")
    kind = {"item.kind": sheet.fact("item.kind", "crowd_control", 1)}
    caught = statuses(classified(sheet.item(), sheet.known() | kind))
    assert set(caught.values()) <= {"caught"}
    assert len(caught) <= 1
    assert caught or function != "equipment"
    assert all(
        name.split()[1][1] == {"equipment": "A", "software": "D", "technology": "E"}[function] for name in caught
    )


@pytest.mark.parametrize("list_", LISTS)
def test_no_run_of_words_is_copied_from_the_lists(list_: str, shared_data: Path) -> None:
    folder = shared_data / "controllists"
    law = (folder / "no_list2_eu_annex1_2022.txt").read_text(encoding="utf-8")
    us = json.loads((folder / "us_ccl_ecfr_2026-07-23.json").read_bytes())
    law += " ".join(
        text
        for entry in us["entries"]
        for text in (entry["heading"], *(each["text"] for each in entry.get("items", [])))
    )
    known = runs(law)
    texts = re.findall(r'text\.en = "(.*)"', raw_tests(list_).decode())
    assert texts
    assert [text for text in texts if runs(text) & known] == []


def runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_every_code_stands_in_the_list_it_is_said_to_stand_in(shared_data: Path) -> None:
    folder = shared_data / "controllists"
    eu = (folder / "no_list2_eu_annex1_2022.txt").read_text(encoding="utf-8")
    us = {entry["eccn"] for entry in json.loads((folder / "us_ccl_ecfr_2026-07-23.json").read_bytes())["entries"]}
    for entry in entry_tests()[0].entries:
        assert re.search(rf"^{entry.code[:5]}\b", eu, re.MULTILINE), entry.code
    for entry in entry_tests()[1].entries:
        assert entry.code[:5] in us, entry.code


def test_the_documented_form_has_the_keys_that_are_read() -> None:
    document = (Path(__file__).parents[2] / "docs" / "classification.md").read_text(encoding="utf-8")
    block = re.search(r"```toml\n(.*?)```", document, re.DOTALL)
    assert block
    shown = tomllib.loads(block[1])
    assert set(shown) == set(TOP_KEYS)
    assert set(shown["entry"][0]) | {"valid_to"} == set(ENTRY_KEYS)
