"""The applicant's own entry is checked against the facts, never believed."""

import datetime as dt

import msgspec
import pytest

from safeconduct.classify import classify_line, listed_facts
from safeconduct.classify.declared import covers
from safeconduct.core.fact import Known, Unknown
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.item import Declared
from tests.classify.sheets import SHEETS, Sheet
from tests.classify.tests_at_hand import DAY, classified, entry_tests, statuses

NAMED = {sheet.name: sheet for sheet in SHEETS}


def remark(sheet: Sheet, *declared: tuple[str, str]) -> Finding:
    item = msgspec.structs.replace(sheet.item(), declared=tuple(Declared(*each) for each in declared))
    found = classified(item, sheet.known())
    return next(each for each in found.findings if each.rule == f"classify.declared {' '.join(declared[0])}")


@pytest.mark.parametrize(
    ("sheet", "code", "verdict", "key"),
    [
        ("Tarn Deepwater", "5A001.j", Verdict.MET, "caught"),
        ("Tarn Deepwater", "5A001", Verdict.MET, "caught"),
        ("Tarn Deepwater", "5A001.j.2.a", Verdict.MET, "caught"),
        ("Tarn Deepwater", "5A001.f.1", Verdict.NOT_MET, "not_borne_out"),
        ("Marlo Campaign", "5A001.j", Verdict.NOT_MET, "freed"),
        ("Tarn Clearflow, half index", "5A001.j", Verdict.CANNOT_TELL, "open"),
    ],
)
def test_a_declared_entry_is_borne_out_or_not(sheet: str, code: str, verdict: Verdict, key: str) -> None:
    found = remark(NAMED[sheet], ("eu-annex1", code))
    assert (found.verdict, found.reason.key) == (verdict, f"classify.declared.{key}")
    assert found.evidence[0].fact == "line.declared"
    assert len(found.evidence) > 1


def test_a_declaration_changes_no_status() -> None:
    for sheet in SHEETS:
        item = msgspec.structs.replace(sheet.item(), declared=(Declared("eu-annex1", "5A001.j"),))
        assert statuses(classified(item, sheet.known())) == statuses(classified(sheet.item(), sheet.known()))


@pytest.mark.parametrize(("list_", "code"), [("eu-annex1", "6A003.b"), ("xx-national", "PL9001")])
def test_a_declared_entry_nobody_tests_is_left_to_a_person_and_never_unlisted(list_: str, code: str) -> None:
    sheet = NAMED["Brae Visitor Camera"]
    item = msgspec.structs.replace(sheet.item(), declared=(Declared(list_, code),))
    found = classified(item, sheet.known())
    assert statuses(found) == {f"{list_} {code}": "cannot_tell"}
    assert [(gap.fact, gap.why) for gap in found.entries[0].questions] == [("item.listed", "not_searched")]
    assert isinstance(listed_facts(found)["item.listed"], Unknown)


def test_tests_of_some_paragraphs_do_not_answer_for_the_whole_declared_entry() -> None:
    sheet = NAMED["Brae Visitor Camera"]
    item = msgspec.structs.replace(sheet.item(), declared=(Declared("eu-annex1", "5A001"),))
    found = classified(item, sheet.known())
    assert statuses(found) == {"eu-annex1 5A001": "cannot_tell"}
    assert isinstance(listed_facts(found)["item.listed"], Unknown)


def test_an_entry_caught_without_being_declared_is_remarked() -> None:
    sheet = NAMED["Tarn Deepwater"]
    found = classified(sheet.item(), sheet.known())
    assert {each.rule for each in found.findings} == {
        "classify.undeclared eu-annex1 5A001.j",
        "classify.undeclared us-ccl 5A001.j",
    }


@pytest.mark.parametrize(
    ("one", "other", "yes"),
    [
        ("5A001", "5A001.j", True), ("5A001.j.1", "5A001.j", True), ("5A001.j", "5A001.j", True),
        ("5A001.f.1", "5A001.f.10", False), ("5A0", "5A001", False), ("4E001.a", "4E001.c", False),
    ],
)  # fmt: skip
def test_a_code_covers_what_stands_above_or_below_it(one: str, other: str, yes: bool) -> None:
    assert covers(one, other) is covers(other, one) is yes


def test_a_list_younger_than_the_day_is_named_as_hindsight() -> None:
    sheet = NAMED["Tarn Deepwater"]
    assert classified(sheet.item(), sheet.known(), DAY).hindsight == ()
    assert classified(sheet.item(), sheet.known(), dt.date(2024, 1, 1)).hindsight == ("us-ccl",)
    assert classified(sheet.item(), sheet.known(), dt.date(2015, 1, 1)).hindsight == ("eu-annex1", "us-ccl")


@pytest.mark.parametrize(
    ("on", "answered"),
    [
        (dt.date(2019, 12, 31), False),
        (dt.date(2020, 1, 1), True),
        (dt.date(2021, 6, 30), True),
        (dt.date(2021, 7, 1), False),
    ],
)
def test_an_entry_is_asked_only_while_it_is_valid(on: dt.date, answered: bool) -> None:
    sheet = NAMED["Skarn Silence"]
    tests = entry_tests()[0]
    entry = next(each for each in tests.entries if each.code == "5A001.f.3")
    dated = msgspec.structs.replace(entry, valid_from="2020", valid_to="2021-06")
    found = classify_line(sheet.item(), sheet.known(), [msgspec.structs.replace(tests, entries=(dated,))], on)
    assert bool(found.entries) is answered


def test_without_any_test_nothing_is_known() -> None:
    sheet = NAMED["Strand Radio"]
    facts = listed_facts(classify_line(sheet.item(), sheet.known(), [], DAY))
    assert not any(isinstance(fact, Known) for fact in facts.values())
