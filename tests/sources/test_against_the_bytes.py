"""Real files read a second time by other means, as an oracle: nothing may be lost, changed or made up."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from safeconduct.core.dates import parse_partial
from safeconduct.sources.editions import Reading, gather, read_group
from safeconduct.sources.model import ControlParagraph, CountryRule, Figure, Listed
from tests.sources.reading import DAY, controls, listed, names

ODD_IMO = ["15411", "543400"]  # as OFAC has them
KINDS = {"passport", "national_id", "registration", "tax", "lei", "imo", "mmsi", "bic", "wallet", "email", "domain",
         "phone", "other"}  # fmt: skip


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.fixture(scope="module")
def everything(shared_data: Path) -> dict[str, Reading]:
    folders = ("watchlists", "controllists", "indicators")
    files = [path for folder in folders for path in sorted((shared_data / folder).iterdir())]
    readings = [read_group(group, obtained=DAY) for group in gather(files)]
    return {reading.edition.key: reading for reading in readings}


@pytest.fixture(scope="module")
def parties(everything: dict[str, Reading]) -> list[Listed]:
    return [record for reading in everything.values() for record in reading.records() if isinstance(record, Listed)]


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if row and row != ["\x1a"]]


def test_every_real_file_is_an_edition_with_no_unexplained_row(everything: dict[str, Reading]) -> None:
    assert len(everything) == 23
    assert sum(reading.edition.count for reading in everything.values()) == 117_768
    assert {
        key: bad for key, reading in everything.items() if (bad := [r for r in reading.skipped if not r.explained])
    } == {}


def test_few_texts_name_a_territory_we_have_no_key_for(everything: dict[str, Reading]) -> None:
    found = {key: unresolved for key, reading in everything.items() if (unresolved := reading.unresolved())}
    assert found == {
        "bis-dpl": {"NM": 1},
        "ofac-sdn": {"None Identified": 6, "Region: Kafia Kingi": 6, "possibly Palestinian;arrested 23 Apr 2002": 3},
    }


def test_every_ofac_name_is_there_with_its_words(everything: dict[str, Reading], shared_data: Path) -> None:
    found = listed(everything["ofac-sdn"])
    written: dict[str, list[str]] = {}
    for row in rows_of(shared_data / "watchlists" / "ofac_sdn.csv"):
        written.setdefault(row[0], []).append(row[1])
    for row in rows_of(shared_data / "watchlists" / "ofac_alt.csv"):
        written.setdefault(row[0], []).append(row[3])
    assert set(found) == set(written)
    for entry, texts in written.items():
        words = Counter(frozenset(text.replace(",", " ").split()) for text in set(texts))
        kept = Counter(frozenset(text.replace(",", " ").split()) for text in names(found[entry]))
        assert not words - kept, entry


def test_every_ofac_remark_is_a_fact_or_stays_as_text(everything: dict[str, Reading], shared_data: Path) -> None:
    """Each phrase's numbers, quoted names and linked parties turn up in the record."""
    found = listed(everything["ofac-sdn"])
    lost = []
    for row in rows_of(shared_data / "watchlists" / "ofac_sdn.csv"):
        record = found[row[0]]
        body = json.dumps([record.remarks, *names(record), *(link.name for link in record.relations),
                           *(number.value for number in record.identifiers), *record.born, *record.birth_places,
                           *(link.text for link in record.territories)], ensure_ascii=False)  # fmt: skip
        for phrase in row[11].removesuffix(".").split("; ") if row[11].strip() != "-0-" else []:
            for number in re.findall(r"\b\w*\d{5,}\w*\b", phrase):
                if number not in body.replace('\\"', '"'):
                    lost.append((row[0], phrase))
    assert lost == []


def test_every_ofac_address_is_there(everything: dict[str, Reading], shared_data: Path) -> None:
    found = listed(everything["ofac-sdn"])
    for row in rows_of(shared_data / "watchlists" / "ofac_add.csv"):
        cells = [squeezed(cell) for cell in row[2:5] if cell.strip() != "-0-"]
        assert not cells or ", ".join(cells) in found[row[0]].addresses


def test_every_un_name_date_and_document_is_there(everything: dict[str, Reading], shared_data: Path) -> None:
    found = listed(everything["un-sc"])
    root = ElementTree.parse(shared_data / "watchlists" / "un_consolidated.xml").getroot()
    for element in [*root.iter("INDIVIDUAL"), *root.iter("ENTITY")]:
        record = found[element.findtext("DATAID", "")]
        texts = {squeezed(alias.text) for alias in element.iter("ALIAS_NAME")} - {"", "na", "Na"}
        in_brackets = texts - set(names(record))  # a name in each of two scripts: each word of them is there
        assert all("(" in text for text in in_brackets)
        assert words_of(in_brackets) - {"original", "script"} <= words_of(names(record))
        script = squeezed(element.findtext("NAME_ORIGINAL_SCRIPT"))
        assert not script or names(record, "original_script") == [script]
        dates = {squeezed(date.text) for date in element.iter("DATE")} | {
            squeezed(date.text) for date in element.iter("DATE_OF_BIRTH")
        }
        assert {date for date in dates if re.fullmatch(r"\d{4}-\d\d-\d\d", date)} <= widened(record.born)
        written = [squeezed(number.text) for number in element.iter("NUMBER")]
        held = [number.value for number in record.identifiers]
        assert all(any(value in text for value in held) for text in written if text not in ("", "na"))


def words_of(texts: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(texts)))


def widened(born: Iterable[str]) -> set[str]:
    """The dates themselves, and (for those given as approximate) every day of their first and last year."""
    return set(born) | {f"{year}-{month:02d}-{day:02d}" for span in born if "/" in span
                        for year in range(int(span[:4]), int(span.split("/")[1][:4]) + 1)
                        for month in range(1, 13) for day in range(1, 32)}  # fmt: skip


def test_every_name_of_the_entity_list_is_there(everything: dict[str, Reading], shared_data: Path) -> None:
    data = json.loads((shared_data / "watchlists" / "bis_entity_list.json").read_text())
    written = {squeezed(text) for row in data["entities"] for text in (row["name"], *row["aliases"])} - {""}
    kept = {text for record in listed(everything["bis-el"]).values() for text in names(record)}
    assert kept == written


def test_every_denied_name_and_citation_is_there(everything: dict[str, Reading], shared_data: Path) -> None:
    header, *rows = rows_of(shared_data / "watchlists" / "bis_denied_persons.txt", "\t")
    cited = {(squeezed(row[0]), squeezed(row[11])) for row in rows}
    found = listed(everything["bis-dpl"]).values()
    assert header[0] == "Name"
    assert {name for name, _ in cited} == {names(record)[0] for record in found}
    for name, citation in cited:
        assert any(citation in record.citation for record in found if names(record)[0] == name)


def test_every_date_is_a_date_and_no_range_is_turned_round(parties: list[Listed]) -> None:
    for record in parties:
        for born in record.born:
            ends = [parse_partial(part) for part in born.split("/")]
            assert ends[0].first <= ends[-1].last
        for date in filter(None, (record.listed_on, record.ends_on)):
            parse_partial(date)


def test_births_lie_in_the_last_two_centuries(parties: list[Listed]) -> None:
    years = {int(part[:4]) for record in parties for born in record.born for part in born.split("/")}
    assert min(years) >= 1900
    assert max(years) <= 2015


def test_identifiers_are_of_known_kinds_and_look_it(parties: list[Listed]) -> None:
    numbers = [number for record in parties for number in record.identifiers]
    assert {number.kind for number in numbers} <= KINDS
    assert [n.value for n in numbers if n.kind == "imo" and not re.fullmatch(r"\d{7}", n.value)] == ODD_IMO
    assert [n.value for n in numbers if n.kind == "email" and "@" not in n.value] == []
    assert [n.value for n in numbers if n.kind == "mmsi" and not re.fullmatch(r"\d{9}", n.value)] == []
    assert [n.value for n in numbers if n.kind == "bic" and not re.fullmatch(r"[A-Z0-9]{8,11}", n.value)] == []
    papers = [n.value for n in numbers if n.kind in ("passport", "national_id")]
    assert [value for value in papers if not re.search(r"\d", value)] == []
    assert len([value for value in papers if re.search(r"[a-z]{4}", value)]) <= 3  # numbers, not sentences


def test_every_party_has_one_primary_name_first(parties: list[Listed]) -> None:
    assert all(record.names[0].kind == "primary" for record in parties)
    assert all(sum(name.kind == "primary" for name in record.names) == 1 for record in parties)
    assert all(len(set(record.names)) == len(record.names) for record in parties)


def test_family_and_given_names_make_up_the_whole(parties: list[Listed]) -> None:
    split = [name for record in parties for name in record.names if name.family]
    assert len(split) > 11_000
    for name in split:
        assert name.text.startswith(f"{name.given} {name.family}")


def test_relations_that_name_an_entry_name_one_that_is_there(everything: dict[str, Reading]) -> None:
    for key in ("ofac-sdn", "ofac-cons"):
        found = listed(everything[key])
        links = [link for record in found.values() for link in record.relations if link.entry]
        assert links
        for link in links:
            target = found[link.entry].names[0]
            written = f"{target.family}, {target.given}" if target.family else target.text
            assert written.rstrip(".").lower() == link.name.rstrip(".").lower()


def test_every_text_of_the_us_list_is_kept_once_or_for_each_paragraph_it_names(
    everything: dict[str, Reading], shared_data: Path
) -> None:
    data = json.loads((shared_data / "controllists" / "us_ccl_ecfr_2026-07-23.json").read_text())
    texts = Counter(squeezed(item["text"]) for entry in data["entries"] for item in entry.get("items", []))
    kept = Counter(record.text for record in controls(everything["us-ccl"]).values())
    run_on = re.compile(r"^[a-z]{1,2}(\.\w+)+\.* ")
    missing = [text for text, count in texts.items() if kept[text] < count and not kept[run_on.sub("", text)]]
    assert missing == []
    headings = {squeezed(entry["heading"]) for entry in data["entries"]}
    assert headings <= set(kept)


def test_a_note_that_frees_says_so_itself(everything: dict[str, Reading]) -> None:
    """No record is marked as freeing unless its own text, or the note it is an item of, has the words."""
    words = re.compile(r"\b(?:does|do) not (?:control|apply|include)\b")
    for key in ("eu-annex1", "us-ccl", "us-ccl-paragraphs"):
        tree = controls(everything[key])
        for record in tree.values():
            note: ControlParagraph | None = record
            while note is not None and note.kind == "note_item":
                note = tree.get(note.parent)
            if record.frees:
                assert note is not None, record.code
                assert words.search(note.text), record.code


def test_nothing_but_notes_and_their_items_frees(everything: dict[str, Reading]) -> None:
    for key in ("eu-annex1", "us-ccl", "us-ccl-paragraphs"):
        freeing = {record.kind for record in controls(everything[key]).values() if record.frees}
        assert freeing <= {"note", "note_item", "technical_note", "nota_bene", "related_controls", "definition"}
        assert "note" in freeing


def test_entries_of_both_lists_for_people_have_the_same_paragraphs(everything: dict[str, Reading]) -> None:
    """The two lists come from one regime: their 5A001.j and 5A004.b must have the same shape."""
    ours, theirs = controls(everything["eu-annex1"]), controls(everything["us-ccl"])
    for code in ("5A001.j", "5A004.b", "5D001.e", "5A001.f"):
        shapes = [{record.code for record in tree.values() if record.kind == "paragraph" and
                   (record.code == code or record.code.startswith(f"{code}."))} for tree in (ours, theirs)]  # fmt: skip
        assert shapes[0] == shapes[1]


def test_the_chart_says_of_each_country_what_the_file_says(everything: dict[str, Reading], shared_data: Path) -> None:
    data = json.loads((shared_data / "controllists" / "us_country_chart_ecfr_2026-07-23.json").read_text())
    rules = [record for record in everything["us-country-chart"].records() if isinstance(record, CountryRule)]
    marks: dict[str, set[str]] = {}
    for rule in rules:
        if rule.key in data["columns"]:
            marks.setdefault(rule.text, set()).add(rule.key)
    assert marks == {name: set(row["marks"]) for name, row in data["countries"].items() if row["marks"]}
    assert {rule.text for rule in rules if rule.key == "row"} == set(data["countries"])
    assert all(rule.territory for rule in rules if rule.key != "all-destinations")


@pytest.mark.parametrize(
    ("key", "file", "column", "variable", "place"),
    [
        ("vdem-v15", "vdem_v15_indices_1990_2024.csv", "v2x_libdem", "v2x_libdem", "vdem_country_name"),
        ("vdem-v14", "vdem_v14_spaces_1990_2023.csv", "v2xcl_rol", "v2xcl_rol", "country_name"),
        ("wgi-va", "wgi_voice_accountability_1996_2023.csv", "Estimate", "va_estimate", "wb_country"),
    ],
)
def test_every_figure_is_the_cell_it_says_it_stands_in(
    everything: dict[str, Reading], shared_data: Path, key: str, file: str, column: str, variable: str, place: str
) -> None:
    header, *rows = rows_of(shared_data / "indicators" / file)
    at, year = header.index(column), header.index("year")
    found = [r for r in everything[key].records() if isinstance(r, Figure) and r.variable == variable]
    assert len(found) == sum(bool(row[at]) for row in rows)
    for figure in found:
        row = rows[int(figure.place.removeprefix("line ")) - 2]
        assert (figure.value, figure.period) == (row[at], int(row[year].removesuffix(".0")))
    assert place in header
