"""The programs that judge pairs of names and of parties, beside the floor."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import entity_pairs
import list_pairs
import name_pairs
import pair_figures
import pytest
import yaml
from pair_figures import Pair

from safeconduct.screen import alert

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
KEYS = {"precision", "recall", "f1", "strong_wrong", "one_changed_f1", "threshold"}


def pair(name1: str, name2: str, same: bool, schema: str = "Person", quality: str = "MEDIUM") -> Pair:
    return Pair(schema, {"name": [name1]}, {"name": [name2]}, same, quality)


PAIRS = [
    pair("Zorab Vishtu", "Zorab Vishtru", True),
    pair("Zorab Vishtu", "Zorab Okshel", False),
    pair("Zorab Vishtu", "VISHTU, Zorab", True, quality="STRONG"),
    pair("Vantrex GmbH", "Vantrex Ltd", False, "Company", "STRONG"),
]


def test_figures_count_what_was_said() -> None:
    found = pair_figures.figures(PAIRS, [True, True, False, False], 0.5)
    assert found["precision"] == 0.5
    assert found["recall"] == 0.5
    assert found["f1"] == 0.5
    assert found["strong_wrong"] == 1
    assert found["one_changed_f1"] == pytest.approx(2 / 3, abs=0.001)


def test_nothing_said_is_no_error() -> None:
    assert pair_figures.figures(PAIRS, [False] * 4, 0.5)["f1"] == 0.0
    assert pair_figures.figures([], [], 0.5)["recall"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "schema", "changed"),
    [
        ("Zorab Vishtu", "Zorab Vishtru", "Person", True),
        ("Zórab VISHTU", "Zorab Vishtu", "Person", False),
        ("Zorab Vishtu", "Zorab K. Vishtu", "Person", False),
        ("Zorab Vishtu", "Tirvan Okshel", "Person", False),
        ("Zorab Vishtu", "Zorab Vishtru", "Company", False),
    ],
)
def test_one_changed_word_of_a_person(one: str, other: str, schema: str, changed: bool) -> None:
    assert pair(one, other, True, schema).one_changed is changed


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ("Person", {"firstName": ["Zorab"], "lastName": ["Vishtu"]}),
        ("Person", {"name": ["Zorab Vishtu"], "birthDate": ["1971"], "gender": ["male"]}),
        ("Person", {"alias": ["Zorab Vishtu"]}),
        ("Company", {"name": ["Vantrex Ltd"], "jurisdiction": ["de"], "leiCode": ["5299000J2N45DDNE4Y28"]}),
        ("Vessel", {"name": ["Orvela"], "imoNumber": ["IMO9074729"], "flag": ["pa"]}),
        ("Airplane", {"name": ["QM-ABC"], "serialNumber": ["12345"]}),
        ("LegalEntity", {"name": ["Pelmo Drashik"], "country": ["fr", "de"]}),
        ("Organization", {"name": ["Karsova Front"]}),
        ("PublicBody", {"name": ["Ministry of Karsova"]}),
    ],
)
def test_a_party_is_itself_in_every_schema(schema: str, values: dict[str, list[str]]) -> None:
    assert entity_pairs.ours([Pair(schema, values, values, True)]) == [True]


@pytest.mark.parametrize(
    ("schema", "values"), [("Person", {"name": ["🙂"]}), ("Person", {}), ("Sanction", {"name": ["A B"]})]
)
def test_who_cannot_be_read_matches_nobody(schema: str, values: dict[str, list[str]]) -> None:
    assert entity_pairs.ours([Pair(schema, values, {"name": ["Zorab Vishtu"]}, False)]) == [False]


def test_any_of_several_values_may_agree() -> None:
    query = {"name": ["Zorab Vishtu"], "birthDate": ["1950-01-02", "1971-03-09"], "nationality": ["fr", "de"]}
    listed = {"name": ["Zorab Vishtu"], "birthDate": ["1971-03-09"], "nationality": ["de"]}
    match = entity_pairs.match(Pair("Person", query, listed, True))
    assert match is not None
    assert match.answer == "likely_same"


@pytest.mark.parametrize(
    ("against", "same"),
    [
        ({"birthDate": ["1990-05-02"]}, False),
        ({"birthDate": ["1971-09-03"]}, True),
        ({"birthDate": ["1971"]}, True),
        ({"nationality": ["fr"]}, True),
        ({"gender": ["female"]}, True),
        ({"nationality": ["fr"], "gender": ["female"]}, False),
    ],
)
def test_facts_against_a_name_that_is_the_same(against: dict[str, list[str]], same: bool) -> None:
    listed = {"name": ["Zorab Vishtu"], "birthDate": ["1971-03-09"], "nationality": ["de"], "gender": ["male"]}
    query = {"name": ["Zorab Vishtu"], **against}
    assert entity_pairs.ours([Pair("Person", query, listed, same)]) == [same]


@pytest.mark.parametrize("key", ["imoNumber", "registrationNumber"])
def test_a_shared_number_counts_under_another_name(key: str) -> None:
    query, listed = ({"name": [name], key: ["9074729"]} for name in ("Orvela Star", "Vantrex Dawn"))
    found = entity_pairs.match(Pair("Vessel", query, listed, True))
    assert found is not None
    assert found.answer == "cannot_tell"
    assert found.score >= entity_pairs.THRESHOLD


def test_values_of_a_check_are_read_as_text(tmp_path: Path) -> None:
    checks = [
        {
            "match": True,
            "schema": "Person",
            "query": {"name": "A B", "birthDate": 1971},
            "candidate": {"name": ["A B", None]},
        }
    ]
    path = tmp_path / "checks.yml"
    path.write_text(yaml.safe_dump({"checks": checks}), encoding="utf-8")
    (read,) = entity_pairs.read(path)
    assert read.query == {"name": ["A B"], "birthDate": ["1971"]}
    assert read.candidate == {"name": ["A B"]}


def test_the_program_prints_ours_beside_the_peer_and_the_floor(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["schema", "name1", "name2", "is_match", "quality"])
        writer.writerow(["Person", "Zorab Vishtu", "Vishtu, Zorab", "true", ""])
        writer.writerow(["Company", "Vantrex Ltd", "Okshel Ltd", "False", "STRONG"])
    made = subprocess.run(
        [sys.executable, str(BENCHMARKS / "name_pairs.py"), str(path), "--json", "--no-peer"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found = json.loads(made.stdout)
    assert set(found["ours"]) == set(found["floor"]) == KEYS
    assert found["ours"]["f1"] == 1.0
    assert found["ours"]["strong_wrong"] == 0
    assert found["peer"] == "skipped"


def test_labelled_names_and_parties_reach_their_figures(shared_data: Path) -> None:
    names = name_pairs.read(shared_data / "labelled" / "name_pairs.csv")
    found = pair_figures.figures(names, entity_pairs.ours(names), entity_pairs.THRESHOLD)
    assert found["f1"] >= 0.87
    assert found["strong_wrong"] == 0
    assert found["one_changed_f1"] >= 0.75
    parties = entity_pairs.read(shared_data / "labelled" / "entity_pairs_sample.yml")
    assert pair_figures.figures(parties, entity_pairs.ours(parties), 0)["f1"] >= 0.93


def test_pairs_of_the_lists_own_reach_theirs(shared_data: Path) -> None:
    found, chance = list_pairs.entries(shared_data, "check"), random.Random(7)
    rows = [*list_pairs.same_names(found, chance, 150), *list_pairs.other_names(found, chance, 150)]
    pairs = [pair(row["name1"], row["name2"], row["is_match"] == "true", row["schema"]) for row in rows]
    assert pair_figures.figures(pairs, entity_pairs.ours(pairs), 0)["f1"] >= 0.85
    checks = list(list_pairs.checks(found, chance, 200))
    parties = [Pair(one["schema"], one["query"], one["candidate"], one["match"]) for one in checks]
    assert pair_figures.figures(parties, entity_pairs.ours(parties), 0)["f1"] >= 0.93


def test_what_alerts_on_the_name_alone_resembles() -> None:
    for one, other in (("Zorab Vishtu", "Zorab Vishtru"), ("Zorab Kelmendar Vishtu", "Zorab Vishtu")):
        found = entity_pairs.match(pair(one, other, True))
        assert found is not None
        assert alert(found)
        assert found.score >= entity_pairs.THRESHOLD
