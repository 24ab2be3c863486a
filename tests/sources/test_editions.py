"""Editions: one sequence of bytes for one content, the one of a day, and what changed between two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.sources.editions import gather, read
from safeconduct.sources.kept import Changed, as_of, diff, records, shrinks_too_much
from safeconduct.sources.model import Edition, Figure, Listed, ListedName, TerritoryLink
from safeconduct.sources.rows import Rows, identity, joined
from tests.sources.reading import DAY, reading_of

FARISS = "country_name,year,human_rights_protection\nPeru,2018,0.5\nPeru,2019,0.75\nChile,2019,1.5\n"


def party(entry: str, *names: str, **more: object) -> Listed:
    texts = tuple(ListedName(name) for name in names or ("Osprey",))
    return msgspec.structs.replace(Listed(entry, "unknown", texts, f"line {entry}"), **more)


def edition(published: str, obtained: str, key: str = "un-sc", normalised: str = "n") -> Edition:
    return Edition(key, "UN", "watchlist", published, obtained, ("r",), normalised, "reader/1", 1)


def test_the_metadata_of_an_edition() -> None:
    reading = reading_of(("scores.csv", FARISS))
    found = reading.edition
    assert (found.key, found.kind, found.published, found.obtained, found.count) == ("fariss", "indicator", "", DAY, 3)
    assert found.files == ("scores.csv",)
    assert found.raw == (canonical.sha256(FARISS.encode()),)
    assert found.normalised == canonical.sha256(reading.normalised)
    assert found.reader == "fariss-csv/1"


def test_the_order_of_rows_and_the_name_of_the_file_do_not_matter_to_the_records() -> None:
    header, *rows = FARISS.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    first, second = reading_of(("a.csv", FARISS)), reading_of(("b.csv", turned))

    def without_place(data: bytes) -> list[object]:
        return [msgspec.structs.replace(record, place="") for record in records(data)]

    assert without_place(first.normalised) == without_place(second.normalised)
    assert reading_of(("other.csv", FARISS)).normalised == first.normalised


def test_normalised_lines_are_canonical_json() -> None:
    reading = reading_of(("a.csv", FARISS))
    for line, record in zip(reading.normalised.splitlines(), reading.records(), strict=True):
        assert line == canonical.encode(record)


def test_the_bytes_are_the_same_under_other_hash_seeds_places_and_zones(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(FARISS)
    code = (
        "import pathlib; from safeconduct.sources.editions import read;"
        f"print(read([pathlib.Path({str(tmp_path / 'f.csv')!r})], obtained='2026-08-01').edition.normalised)"
    )
    found = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Kabul", "C.UTF-8"), ("77", "America/Lima", "POSIX")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        done = subprocess.run(
            [sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_dates_given_override_those_stated_and_must_be_dates() -> None:
    file = ("a.csv", FARISS.encode())
    assert read([file], published="2024-03-01", obtained=DAY).edition.published == "2024-03-01"
    for wrong in ("yesterday", "2024-13-01", "2024"):
        with pytest.raises(Refusal, match="is not a date"):
            read([file], published=wrong, obtained=DAY)
        with pytest.raises(Refusal, match="is not a date"):
            read([file], obtained=wrong)


def test_files_of_two_sources_are_two_editions() -> None:
    regime = ("n.csv", b"N,PARENT,1,UK\nN1,ACTIVE,2,UK\n")
    assert [group.reader.key for group in gather([("a.csv", FARISS.encode()), regime])] == ["fariss", "uk-nsg-dual"]
    with pytest.raises(Refusal, match="files of several sources: fariss, uk-nsg-dual"):
        read([("a.csv", FARISS.encode()), regime], obtained=DAY)


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no such file"):
        read([tmp_path / "none.csv"], obtained=DAY)


def test_the_edition_of_a_day_is_the_last_one_published_by_then() -> None:
    old, new = edition("2025-01-01", "2026-01-01"), edition("2026-02-01", "2026-03-01")
    assert as_of([new, old], "un-sc", "2025-06-01") == (old, "published")
    assert as_of([old, new], "un-sc", "2026-02-01") == (new, "published")
    assert as_of([old, new], "un-sc", "2024-12-31") == (None, "")
    assert as_of([old, new], "bis-el", "2026-02-01") == (None, "")


def test_nothing_published_after_the_day_is_used_and_known_by_leaves_out_what_came_later() -> None:
    early = edition("2025-01-01", "2025-01-02")
    late = edition("2025-02-01", "2026-05-01")  # published before the day, obtained after it
    assert as_of([early, late], "un-sc", "2025-06-01") == (late, "published")
    assert as_of([early, late], "un-sc", "2025-06-01", known_by="2025-06-01") == (early, "published")


def test_without_a_date_of_publication_the_day_it_was_obtained_counts_and_is_said() -> None:
    undated = edition("", "2025-05-05")
    assert as_of([undated], "un-sc", "2025-05-05") == (undated, "obtained")
    assert as_of([undated], "un-sc", "2025-05-04") == (None, "")
    assert as_of([edition("2025-01-01", "2025-01-01"), undated], "un-sc", "2025-06-01") == (undated, "obtained")


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "2025-01-01", "2025-03-01"]), st.sampled_from(["2025-02-01", "2025-04-01"]))
    ),
    st.sampled_from(["2024-12-31", "2025-01-15", "2025-02-15", "2025-03-15", "2025-05-01"]),
)
def test_the_edition_of_a_day_does_not_depend_on_their_order(dates: list[tuple[str, str]], day: str) -> None:
    editions = [edition(published, obtained, normalised=f"{published}{obtained}") for published, obtained in dates]
    chosen, basis = as_of(editions, "un-sc", day)
    assert as_of(reversed(editions), "un-sc", day) == (chosen, basis)
    if chosen is not None:
        assert (chosen.published or chosen.obtained) <= day
        assert basis == ("published" if chosen.published else "obtained")


def test_what_was_added_removed_and_changed() -> None:
    old = [party("1", "Osprey"), party("2", "Heron"), party("3", "Egret")]
    new = [party("2", "Heron", "Grey Heron", born=("1970",)), party("3", "Egret", place="line 77"), party("4")]
    found = diff(old, new)
    assert (found.added, found.removed) == (("4",), ("1",))
    assert found.changed == (Changed("2", ("names", "born")),)


def test_an_edition_does_not_differ_from_itself() -> None:
    reading = reading_of(("a.csv", FARISS))
    same = diff(reading.records(), reading.records())
    assert (same.added, same.removed, same.changed) == ((), (), ())


def test_a_list_that_loses_more_than_a_tenth_waits_for_a_person() -> None:
    assert shrinks_too_much(1000, 900) is None
    assert shrinks_too_much(0, 0) is None
    assert shrinks_too_much(1000, 1200) is None
    message = shrinks_too_much(1000, 899)
    assert message is not None
    assert message.params == {"before": 1000, "after": 899}


def test_one_bad_row_in_a_hundred_is_borne_and_two_are_not() -> None:
    for bad, refused in ((1, False), (2, True)):
        out = Rows("list.csv")
        for number in range(100 - bad):
            out.keep(party(str(number)))
        for number in range(bad):
            out.bad(f"line {number + 7}", "no name")
        if refused:
            with pytest.raises(Refusal, match="2 of 100 rows cannot be read; the first: no name") as caught:
                out.finish()
            assert caught.value.where == "list.csv, line 7"
        else:
            assert out.finish().count(b"\n") == 99


@pytest.mark.parametrize("text", ["a\u202eb", "a\x1fb", "a\x7fb", "a\u2066b", "\ud800"])
def test_text_that_hides_what_it_says_is_no_record(text: str) -> None:
    out = Rows("list.csv")
    out.keep(party("1", f"Osprey {text}"))
    assert len(out) == 0
    assert out.skipped[0].place == "line 1"
    assert not out.skipped[0].explained


def test_marks_that_real_names_need_are_kept() -> None:
    out = Rows("list.csv")
    out.keep(party("1", "علی\u200cرضا", "O\u2019Brien", "e\u0301"))
    assert len(out) == 1


def test_rows_of_one_party_are_joined_without_loss() -> None:
    first = party("1", "Osprey", ends_on="2020-01-01", listed_on="2010-01-01", citation="A")
    second = party("1", "Osprey Ltd", ends_on="2030-01-01", listed_on="2009-01-01", citation="B", sex="female",
                   territories=(TerritoryLink("address", "PE"),))  # fmt: skip
    both = joined(first, second)
    assert [name.text for name in both.names] == ["Osprey", "Osprey Ltd"]
    assert (both.listed_on, both.ends_on, both.citation, both.sex) == ("2009-01-01", "2030-01-01", "A; B", "female")
    assert joined(first, party("1")).ends_on == ""


def test_identities_tell_figures_apart_and_order_by_period() -> None:
    names = [identity(Figure("v", "PE", year, "1", "line 1")) for year in (999, 2000)]
    assert names == sorted(names) == ["v PE 0999", "v PE 2000"]
    assert identity(Figure("v", "", 2000, "1", "line 1", name="Atlantis")) == "v Atlantis 2000"


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [reader.name for reader in CATALOGUE]
    assert len(set(names)) == len(names)
    assert all(reader.parts and reader.publisher for reader in CATALOGUE)


def test_the_starter_editions_load_like_any_other() -> None:
    folder = Path(__file__).parents[2] / "src" / "safeconduct" / "starter" / "lists"
    files = sorted(folder.glob("*.jsonl"))
    contents = json.loads((folder / "editions.json").read_text())
    assert [row["file"] for row in contents] == [file.name for file in files]
    for row, file in zip(contents, files, strict=True):
        reading = read([file], obtained=DAY)
        found = reading.edition
        assert (found.key, found.publisher, found.kind) == (row["key"], row["publisher"], row["kind"])
        assert (found.obtained, found.published, found.count) == (
            row["obtained"],
            row.get("published", ""),
            row["count"],
        )
        assert (found.licence, found.fictional) == (row["licence"], row.get("fictional", False))
        assert canonical.sha256(file.read_bytes()) == row["sha256"]
        assert reading.skipped == ()
        assert not any(isinstance(record, Listed) and record.remarks for record in reading.records())


def test_the_starter_editions_hold_what_the_examples_need() -> None:
    folder = Path(__file__).parents[2] / "src" / "safeconduct" / "starter" / "lists"
    by_key = {
        reading.edition.key: reading for file in folder.glob("*.jsonl") for reading in [read([file], obtained=DAY)]
    }
    entries = {record.entry for record in by_key["ofac-sdn"].records() if isinstance(record, Listed)}
    assert {"12562", "23683", "23663", "23664", "23665", "23666"} <= entries
    listed = [record for record in by_key["bis-el"].records() if isinstance(record, Listed)]
    assert {"NSO Group", "Qazi Abdallah", "Candiru"} <= {record.names[0].text for record in listed}
    codes = {identity(record) for record in by_key["eu-annex1"].records()}
    assert {"4A005", "5A001.j.1.c", "5A001.j.note.1.b", "5A004.b.note.2.c", "5D002.c.3.b"} <= codes


def test_the_fictional_twins_have_the_same_figures_and_all_are_marked() -> None:
    file = Path(__file__).parents[2] / "src" / "safeconduct" / "starter" / "lists" / "fictional-indicators.jsonl"
    figures = [record for record in read([file], obtained=DAY).records() if isinstance(record, Figure)]
    assert all(figure.fictional for figure in figures)
    rows: dict[str, dict[tuple[str, int], tuple[str, str, str]]] = {}
    for each in figures:
        rows.setdefault(each.territory, {})[each.variable, each.period] = (each.value, each.low, each.high)
    assert rows["QT"] == rows["QU"]
    assert set(rows) == {"QR", "QS", "QT", "QU", "QV", "XX"}
    assert {year for _, year in rows["QR"]} == set(range(2014, 2026))
    assert float(rows["QR"]["v2x_libdem", 2025][0]) < float(rows["QR"]["v2x_libdem", 2020][0]) - 0.1


def test_no_sentence_of_a_publisher_ships(shared_data: Path) -> None:
    """Facts only: no run of eight words in the starter control entries stands in the lists themselves."""
    folder = Path(__file__).parents[2] / "src" / "safeconduct" / "starter" / "lists"
    source = (shared_data / "controllists" / "no_list2_eu_annex1_2022.txt").read_text()
    source += (shared_data / "controllists" / "us_ccl_ecfr_2026-07-23.json").read_text()
    words = " ".join(source.lower().split())
    for key in ("eu-annex1", "us-ccl"):
        for line in (folder / f"{key}.jsonl").read_text().splitlines()[1:]:
            text = json.loads(line)["text"].lower().split()
            runs = [" ".join(text[start : start + 8]) for start in range(len(text) - 7)]
            assert [run for run in runs if run in words] == []
