"""Answers about a line of goods: a blank field is filled in, a stated one never overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.core.item import Declared, Item
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.casefile import case_file
from safeconduct.intake.limits import SHEET_LINES
from safeconduct.store.models import Case, Question, Record, Screening
from tests.flows.office import Office, starter
from tests.people import OFFICER, OTHER_EXPORTER

BLANK: dict[str, Any] = {"quantity": "", "unit": "", "value": "", "currency": "", "declared": [], "datasheet": None}


@pytest.fixture
def case(office: Office) -> str:
    """Starter case 3 with nothing said of its goods but their name."""
    application = starter("3")
    application["lines"][0].update(BLANK)
    return office.worked(application, organisation="Halden Optics").case


def answer(office: Office, case: str, question: str, value: Any, actor: Any = OFFICER) -> None:
    answer_question(actor, Answer(case=case, question=question, value=value), key=office.key(), at=office.at)


def line_of(case: str) -> Item:
    return case_file(Case.objects.get(reference=case)).lines[0]


def state_of(case: str, question: str) -> str:
    return Question.objects.get(case__reference=case, name=question).state


@pytest.mark.parametrize(
    ("field", "given", "stands"),
    [
        ("quantity", "12", {"quantity": "12"}),
        ("quantity", 12, {"quantity": "12"}),
        ("unit", " pieces ", {"unit": "pieces"}),
        ("value", "12500.00 EUR", {"value": "12500.00", "currency": "EUR"}),
        ("value", "12500.00eur", {"value": "12500.00", "currency": "EUR"}),
        ("declared", "eu-annex1 5A001.j", {"declared": (Declared("eu-annex1", "5A001.j"),)}),
        (
            "declared",
            "eu-annex1 5A001.j, us-ccl 5A980",
            {"declared": (Declared("eu-annex1", "5A001.j"), Declared("us-ccl", "5A980"))},
        ),
    ],
)
def test_an_answer_fills_the_field_in_and_the_question_is_answered(
    office: Office, case: str, field: str, given: Any, stands: dict[str, Any]
) -> None:
    question = f"line.{field}@line:1"
    assert state_of(case, question) == "open"
    answer(office, case, question, given, OTHER_EXPORTER)
    assert {name: getattr(line_of(case), name) for name in stands} == stands
    office.assess(case)
    assert state_of(case, question) == "answered"


def test_a_datasheet_is_taken_line_by_line_and_can_be_cited(office: Office, case: str) -> None:
    answer(office, case, "line.datasheet@line:1", "HX-9 thermal camera\n\nCounts visitors.\r\nStores no picture.\n")
    sheet = line_of(case).datasheet
    assert sheet is not None
    assert sheet.lines == ("HX-9 thermal camera", "", "Counts visitors.", "Stores no picture.")
    assert sheet.title
    office.assess(case)
    assert state_of(case, "line.datasheet@line:1") == "answered"


@pytest.mark.parametrize(
    ("question", "given", "why"),
    [
        ("line.quantity@line:1", "a dozen", "no quantity"),
        ("line.quantity@line:1", "-3", "negative"),
        ("line.quantity@line:1", "0", "quantity of nothing"),
        ("line.quantity@line:1", "", "one text"),
        ("line.quantity@line:1", True, "one text"),
        ("line.quantity@line:7", "3", "of which line"),
        ("line.weight@line:1", "3", "no such question about a line"),
        ("line.unit@line:1", ["pieces"], "one text"),
        ("line.unit@line:1", "a\u202eb", "U\\+202E"),
        ("line.value@line:1", "12500.00", "no amount with a currency"),
        ("line.value@line:1", "EUR", "no amount with a currency"),
        ("line.value@line:1", "12,500 EUR", "no amount with a currency"),
        ("line.value@line:1", "1.2.3 EUR", "no value"),
        ("line.declared@line:1", "5A001.j", "no control entry"),
        ("line.declared@line:1", "none", "no control entry"),
        ("line.declared@line:1", "eu-annex1 !!", "not a control entry"),
        ("line.declared@line:1", "eu-annex1 5A001.j, eu-annex1 5A001.j", "entry"),
        ("line.datasheet@line:1", "  \n ", "one text"),
        ("line.datasheet@line:1", "x\n" * (SHEET_LINES + 1), "lines"),
        ("line.datasheet@line:1", "x" * 1_000_001, "characters"),
        ("line.datasheet@line:1", "x" * 20_000, "characters"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_kept(
    office: Office, case: str, question: str, given: Any, why: str
) -> None:
    before = Record.objects.count()
    with pytest.raises(Refusal, match=why) as refused:
        answer(office, case, question, given)
    assert refused.value.remedy
    assert Record.objects.count() == before


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("quantity", "12", "13"),
        ("unit", "pieces", "kg"),
        ("value", "10 EUR", "11 EUR"),
        ("value", "10 EUR", "10 USD"),
        ("value", "10 EUR", "10 EUR"),
        ("declared", "eu-annex1 5A001.j", "us-ccl 5A980"),
        ("datasheet", "one line", "another line"),
    ],
)
def test_what_is_stated_is_not_overwritten(office: Office, case: str, field: str, first: str, second: str) -> None:
    answer(office, case, f"line.{field}@line:1", first)
    stands = line_of(case)
    with pytest.raises(Refusal, match="stated already"):
        answer(office, case, f"line.{field}@line:1", second)
    assert line_of(case) == stands


def test_the_half_of_a_value_that_is_stated_may_be_left_out_but_not_changed(office: Office) -> None:
    application = starter("3")
    application["lines"][0].update({"value": "500", "currency": ""})
    case = office.worked(application, organisation="Halden Optics").case
    with pytest.raises(Refusal, match="stated already"):
        answer(office, case, "line.value@line:1", "501 EUR")
    answer(office, case, "line.value@line:1", "EUR")
    assert (line_of(case).value, line_of(case).currency) == ("500", "EUR")


def test_the_only_line_need_not_be_named_and_nobody_is_screened_again(office: Office, case: str) -> None:
    before = Screening.objects.count()
    answer(office, case, "line.quantity", "3")
    assert line_of(case).quantity == "3"
    assert Screening.objects.count() == before


def test_a_seat_and_a_signatory_asked_for_are_filled_in_and_screened(office: Office) -> None:
    application = starter("3")
    distributor = application["parties"][1]
    distributor["roles"], _ = ["consignee"], distributor.pop("territory")
    case = office.worked(application, organisation="Halden Optics").case
    seat = f"party.territory@{distributor['id']}"
    assert {state_of(case, seat), state_of(case, "party.signatory")} == {"open"}
    answer(office, case, seat, "QT", OTHER_EXPORTER)
    answer(office, case, "party.signatory", {"name": "Mira Solent", "kind": "person", "territory": "QT"})
    office.worker.work_off()
    office.assess(case)
    assert {state_of(case, seat), state_of(case, "party.signatory")} == {"answered"}
