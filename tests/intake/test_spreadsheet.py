"""Spreadsheets of old cases, as offices really save them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.intake.spreadsheet import read_spreadsheet

HEAD = "Reference,Exporter,Consignee,Consignee territory,End user,Item,Quantity,Unit,Value,Currency,Use,Remarks\n"


def test_a_row_becomes_a_case_with_its_parties_goods_and_use() -> None:
    sheet = read_spreadsheet(
        (HEAD + "A-1,Norvik,Unitel,Kenya,,Router,2,piece,10.00,EUR,Upgrade,old\n").encode(), "old.csv"
    )
    case = sheet.cases[0].case_file
    assert [(party.name, party.territory) for party in case.parties] == [("Norvik", ""), ("Unitel", "KE")]
    assert (case.lines[0].name, case.lines[0].quantity) == ("Router", "2")
    assert [(each.fact, each.value, each.by) for each in case.statements] == [("use.stated", "Upgrade", "exporter")]
    assert case.statements[0].source.ref == "old.csv, row 2"
    assert sheet.ignored == ("remarks",)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_tabs_and_a_byte_order_mark_are_read(delimiter: str) -> None:
    text = "\ufeff" + "exporter,item,value\nNorvik,Router,5\n".replace(",", delimiter)
    assert read_spreadsheet(text.encode(), "old.csv").cases[0].case_file.lines[0].value == "5"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A-2,Norvik,,,,Router,-3,piece,,,,", "quantity"),
        ("A-3,Norvik,,Atlantis,,Router,,,,,,", "Atlantis"),
        ("A-4,Norvik,,,,,,,,,,", "no item"),
        ("A-5,Norvik,,,,Router,,,,,,,,,", "more cells than headings"),
        ("A-6,Nor\u202evik,,,,Router,,,,,,", "U+202E"),
    ],
)
def test_a_bad_row_is_left_out_with_its_reason_and_the_rest_is_taken_in(row: str, why: str) -> None:
    sheet = read_spreadsheet(f"{HEAD}{row}\nA-9,Norvik,,,,Router,,,,,,\n".encode(), "old.csv")
    assert [each.row for each in sheet.cases] == [3]
    assert sheet.skipped[0].row == 2
    assert why in sheet.skipped[0].why


def test_an_empty_cell_is_not_stated_rather_than_none() -> None:
    sheet = read_spreadsheet((HEAD + "A-1,Norvik,,,,Router,,,,,,\n").encode(), "old.csv")
    assert [party.name for party in sheet.cases[0].case_file.parties] == ["Norvik"]
    assert sheet.cases[0].case_file.statements == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a,b\n1,2\n", "no column"),
        (b"item,item,exporter\n1,2,3\n", "stands twice"),
    ],
)
def test_a_file_that_is_no_such_spreadsheet_is_refused_with_place_and_remedy(data: bytes, what: str) -> None:
    with pytest.raises(Refusal, match=what) as refused:
        read_spreadsheet(data, "old.csv")
    assert refused.value.where.startswith("old.csv")
    assert refused.value.remedy


@given(st.text(max_size=300))
def test_whatever_a_row_holds_it_is_a_case_or_left_out_or_refused(row: str) -> None:
    try:
        read_spreadsheet(("exporter,item,quantity\n" + row).encode("utf-8", "surrogatepass"), "old.csv")
    except Refusal:
        pass
