"""A file that no reader knows: which list it comes nearest to, and which column is wrong or missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import read, recognise
from safeconduct.sources.files import SourceFile
from safeconduct.sources.nearest import EXPECTED, what_is_wrong
from tests.sources.samples import SAMPLES
from tests.sources.test_us_lists import CSL_HEADER

DPL = "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\tStandard_Order\t"


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        recognise(SourceFile("list.csv", data=text.encode()))
    assert caught.value.where == "list.csv"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            CSL_HEADER.replace("entity_number", "entity_nr") + "\n",
            "nearest is us-csl, but in line 1 'entity_nr' stands where it has 'entity_number'",
        ),
        (CSL_HEADER.replace("name,", "", 1) + "\n", "the column 'name' is missing"),
        (CSL_HEADER.replace(",", ";") + "\n", "columns are separated by semicolons, not by commas"),
        (DPL + "Last_Update\tAction\n", "nearest is bis-dpl, but in line 1 the column 'FR_Citation' is missing"),
        ("fileGenerationDate;Entity_LogicalID;Entity_SubjectType;NameAlias_WholeName\n", "'Entity_LogicalID' stands"),
        ("Report Date: 1/1/2026,,\nUnique Id,Name 6,Name type\n", "nearest is uk-sl, but in line 2 'Unique Id' stands"),
        ("wb_country,wb_code,yr,Estimate,StdErr,NumSrc,Rank,Lower,Upper\n", "nearest is wgi-va"),
        ("ecn_number,derived_ecn_no,parent_ecn,description_en,notes,is_leaf\n", "stand in another order"),
    ],
)
def test_the_nearest_list_and_the_wrong_column_are_named(text: str, said: str) -> None:
    assert said in refusal(text).what


@pytest.mark.parametrize("text", ["x\n", "a,b,c\n1,2,3\n", "<html></html>", "{}", "date,amount,balance\n", "\n\n", ","])
def test_what_comes_near_to_no_list_is_told_which_there_are(text: str) -> None:
    found = refusal(text)
    assert found.what == "no reader knows this file by its content"
    assert "us-csl" in found.remedy


def test_every_heading_is_that_of_a_sample_of_its_reader() -> None:
    """What the table expects is what the reader really asks for."""
    for one in EXPECTED:
        _, text = next(
            files[0]
            for name, files in SAMPLES.items()
            if name.startswith((f"{one.reader}-csv/", f"{one.reader}-text/"))
        )
        heads = [line.replace('"', "").split(one.delimiter) for line in text.lstrip("\ufeff").splitlines()[:2]]
        assert any(set(one.columns) <= {cell.strip() for cell in cells} for cells in heads), one.reader


def test_a_list_that_is_known_is_told_which_column_was_meant() -> None:
    text = CSL_HEADER.replace("alt_names", "alt_name") + "\n"
    with pytest.raises(Refusal, match=r"columns missing: alt_names \('alt_name' may be 'alt_names'\)") as caught:
        read([("csl.csv", text.encode())], obtained="2026-01-01")
    assert caught.value.where == "csl.csv, line 1"


@given(st.text(max_size=2000))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(what_is_wrong(text), str)


def test_a_heading_of_very_many_columns_is_answered_soon() -> None:
    assert "us-csl" in what_is_wrong(
        ",".join([CSL_HEADER.replace("remarks", "remark"), *(f"c{n}" for n in range(9000))])
    )
