"""Country-year tables: figures as they stand in the bytes, on territories of our own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.sources.editions import Reading, read
from safeconduct.sources.model import Figure
from tests.sources.reading import reading_of

VDEM = (
    "vdem_country_name,country_text_id,year,v2x_libdem,v2x_libdem_codelow,v2x_libdem_codehigh,v2xcl_rol\n"
    "Mexico,MEX,2023,0.188,0.155,0.2150,0.5\n"
    "Mexico,MEX,2024,0.1,0.05,0.15,\n"
    "Palestine/West Bank,PSE,2024,0.2,0.1,0.3,NA\n"
    "Palestine/Gaza,PSG,2024,0.3,0.2,0.4,7e-05\n"
    "Atlantis,ATL,2024,0.4,0.3,0.5,0.6\n"
)
WGI = (
    "wb_country,wb_code,year,Estimate,StdErr,NumSrc,Rank,Lower,Upper\n"
    "Kosovo,KSV,2023.0,-0.12345678901234567,0.26,4.0,41.0,30.5,50.25\n"
)
FARISS = "country_name,year,human_rights_protection\nTimor,2019,-1.95610066581104\n"


def figures(reading: Reading) -> dict[tuple[str, str, int], Figure]:
    found = [record for record in reading.records() if isinstance(record, Figure)]
    return {(record.variable, record.territory or record.name, record.period): record for record in found}


def test_a_figure_has_its_bounds_and_the_very_digits_of_the_file() -> None:
    found = figures(reading_of(("vdem.csv", VDEM)))
    figure = found["v2x_libdem", "MX", 2023]
    assert (figure.value, figure.low, figure.high, figure.place) == ("0.188", "0.155", "0.2150", "line 2")
    assert found["v2xcl_rol", "MX", 2023].low == ""


def test_an_exponent_is_written_out() -> None:
    assert figures(reading_of(("vdem.csv", VDEM)))["v2xcl_rol", "PS-GZ", 2024].value == "0.00007"


def test_parts_that_a_publisher_counts_apart_stay_apart() -> None:
    found = figures(reading_of(("vdem.csv", VDEM)))
    assert found["v2x_libdem", "PS-WB", 2024].value == "0.2"
    assert found["v2x_libdem", "PS-GZ", 2024].value == "0.3"


def test_the_release_is_told_by_the_last_year_covered() -> None:
    assert reading_of(("vdem.csv", VDEM)).edition.key == "vdem-v15"
    until_2023 = "\n".join(VDEM.splitlines()[:2]) + "\n"
    assert reading_of(("vdem.csv", until_2023)).edition.key == "vdem-v14"


def test_a_territory_nobody_knows_is_kept_under_its_name_and_counted() -> None:
    reading = reading_of(("vdem.csv", VDEM))
    assert figures(reading)["v2x_libdem", "Atlantis", 2024].value == "0.4"
    assert reading.unresolved() == {"Atlantis": 2}


def test_an_empty_cell_is_reported_and_no_figure() -> None:
    reading = reading_of(("vdem.csv", VDEM))
    assert ("v2xcl_rol", "MX", 2024) not in figures(reading)
    assert [(row.place, row.why) for row in reading.skipped] == [
        ("line 3", "no figure for v2xcl_rol"), ("line 4", "no figure for v2xcl_rol"),
    ]  # fmt: skip


def test_the_worldwide_governance_table() -> None:
    found = figures(reading_of(("wgi.csv", WGI)))
    assert found["va_estimate", "XK", 2023].value == "-0.12345678901234567"
    rank = found["va_rank", "XK", 2023]
    assert (rank.value, rank.low, rank.high) == ("41.0", "30.5", "50.25")


def test_the_protection_scores_have_names_only() -> None:
    assert figures(reading_of(("f.csv", FARISS)))["human_rights_protection", "TL", 2019].value == "-1.95610066581104"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("0.188", "0,188", "not the"),
        ("0.188", "high", "'high' is not a number"),
        ("0.188", "1e999", "is not a number"),
        ("0.188", "Infinity", "is not a number"),
        (",2023,", ",twenty,", "no year"),
    ],
)
def test_a_cell_that_is_no_figure_makes_a_bad_row(old: str, new: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as caught:
        reading_of(("vdem.csv", VDEM.replace(old, new, 1)))
    assert caught.value.where == "vdem.csv, line 2"


def test_a_figure_cut_short_at_the_end_is_no_figure() -> None:
    with pytest.raises(Refusal, match="middle of a row"):
        reading_of(("vdem.csv", VDEM[:-2]))


@pytest.mark.parametrize(
    ("file", "key", "variables"),
    [
        ("vdem_v14_spaces_1990_2023.csv", "vdem-v14", 6),
        ("vdem_v15_indices_1990_2024.csv", "vdem-v15", 3),
        ("wgi_voice_accountability_1996_2023.csv", "wgi-va", 4),
        ("fariss_hr_protection_1990_2019.csv", "fariss", 1),
    ],
)
def test_the_real_tables_are_read_cell_by_cell(shared_data: Path, file: str, key: str, variables: int) -> None:
    path = shared_data / "indicators" / file
    reading = read([path], obtained="2026-08-01")
    assert reading.edition.key == key
    assert reading.unresolved() == {}
    assert [row for row in reading.skipped if not row.explained] == []
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    empty = sum(row.why.count(",") + 1 for row in reading.skipped)
    assert reading.edition.count + empty == len(rows) * variables
    found = figures(reading)
    assert len(found) == reading.edition.count
    if key == "fariss":
        assert {figure.value for figure in found.values()} == {row["human_rights_protection"] for row in rows}
