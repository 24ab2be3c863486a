"""What must hold for the points of every two names."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.screen import analyse, names, rules, weighing, words
from safeconduct.screen.model import Mode, Part
from safeconduct.screen.weighing import Compared

MODES: tuple[Mode, ...] = ("person", "organization")
rarity = words.rarity_of(lambda _: 0, 0)
PEOPLE = [
    "zorab",
    "zorap",
    "vishtu",
    "okshel",
    "tirvan",
    "khan",
    "ahmed",
    "maria",
    "mario",
    "hsi",
    "xi",
    "ali",
    "hajji",
]
PEOPLE += ["ivanovich", "abdulrahman", "v", "sam", "samuel"]
FIRMS = [
    "vantrex",
    "vantreks",
    "okshel",
    "karsova",
    "drogheim",
    "group",
    "bank",
    "trading",
    "ltd",
    "gmbh",
    "plant",
    "5",
]
FIRMS += ["6", "xii", "france", "germany", "of", "vtb"]
PERSON = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5).map(" ".join)
FIRM = st.lists(st.sampled_from(FIRMS), min_size=1, max_size=6).map(" ".join)
TWO = st.one_of(
    st.tuples(st.just("person"), PERSON, PERSON), st.tuples(st.just("organization"), FIRM, FIRM)
)  # a kind and two names of it


def compared(one: str, other: str, mode: Mode) -> Compared:
    first, second = analyse.analyse(one, mode), analyse.analyse(other, mode)
    return names.compare(first[0], second[0], rarity)


@given(TWO)
def test_points_are_the_same_from_either_side(two: tuple[Mode, str, str]) -> None:
    mode, one, other = two
    there, back = compared(one, other, mode), compared(other, one, mode)
    assert (there.points, there.level, there.weight, there.share) == (back.points, back.level, back.weight, back.share)


@given(TWO)
def test_points_are_between_nothing_and_all(two: tuple[Mode, str, str]) -> None:
    mode, one, other = two
    found = compared(one, other, mode)
    assert 0 <= found.points <= weighing.NAME_POINTS
    assert found.points <= compared(one, one, mode).points


@given(PERSON, PERSON)
def test_words_of_ones_own_on_both_sides_never_make_it_likelier(one: str, other: str) -> None:
    before = compared(one, other, "person")
    after = compared(f"{one} qumbraltek", f"{other} zwoshilfen", "person")
    assert after.points <= before.points or before.level == "apart"
    assert after.level == "apart"


@given(FIRM, st.sampled_from(["5", "17", "xii"]))
def test_another_number_never_makes_it_likelier(name: str, number: str) -> None:
    usual, other = f"vantrex {name} {number}", f"vantrex {name} 88"
    assert compared(usual, other, "organization").points < compared(usual, usual, "organization").points
    assert compared(usual, other, "organization").level == "apart"


@given(st.lists(st.sampled_from(PEOPLE[:8]), min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_words_changes_nothing(listed: list[str], chance: random.Random) -> None:
    turned = listed.copy()
    chance.shuffle(turned)
    usual = compared("zorab okshel", " ".join(listed), "person")
    assert usual.points == compared("zorab okshel", " ".join(turned), "person").points


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("Zorab Vishtu", "Zorab Vishtru"),
        ("Zorab Vishtru", "Zorab Vishmo"),
        ("Zorab Vishmo", "Zorab Okshel"),
        ("Zorab Kelmendar Vishtu", "Zorab Kelmendar Okshel"),
        ("Zorab Kelmendar Vishtu", "Zorab Kelmendar Tirvan Morlo Vishtu"),
        ("Zorab Petrovich Vishtu", "Zorab Okshel"),
    ],
)
def test_likeness_ranks(nearer: str, farther: str) -> None:
    query = "Zorab Vishtu"
    assert compared(query, nearer, "person").points > compared(query, farther, "person").points


@pytest.mark.parametrize(
    "name", ["A", "AB", "Al", "of the", "Ltd", "ß", "а", "Zоrаb", "🙂 X", "7", "a " * 190, "Ivanovich"]
)
def test_any_name_is_itself_and_nothing_more(name: str) -> None:
    for mode in MODES:
        for one in analyse.analyse(name, mode):
            assert names.compare(one, one, rarity).points in (0, weighing.NAME_POINTS)


@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared(one: str, other: str) -> None:
    for mode in MODES:
        for mine in analyse.analyse(one, mode):
            for theirs in analyse.analyse(other, mode):
                assert 0 <= names.compare(mine, theirs, rarity).points <= weighing.NAME_POINTS


AGREE = [Part(part, finding) for (part, finding), weight in rules.WEIGHTS.items() if weight > 0]


@given(st.integers(0, 600), st.lists(st.sampled_from(AGREE), unique_by=lambda part: part.part))
def test_only_where_everything_agrees_is_a_score_full(points: int, parts: list[Part]) -> None:
    best = {part: max(w for (p, _), w in rules.WEIGHTS.items() if p == part) for part, _ in rules.WEIGHTS}
    everything = points == 600 and all(
        any(one.part == part and rules.WEIGHTS[one.part, one.finding] == most for one in parts)
        for part, most in best.items()
        if most > 0
    )
    assert (rules.score(points, parts) == 1000) is everything


@given(st.integers(0, 600), st.lists(st.sampled_from(AGREE), unique_by=lambda part: part.part), st.sampled_from(AGREE))
def test_more_that_agrees_never_scores_less(points: int, parts: list[Part], one: Part) -> None:
    assert rules.score(points, [*parts, one]) >= rules.score(points, parts)


PROGRAM = """
from safeconduct.screen import analyse, names, words
rarity = words.rarity_of(lambda _: 0, 0)
for one, other in (("Zorab K. Vishtu Khan", "Vishtru Khan Zorap"), ("Abd al-Rahman Samuel", "Sam Abdurrahman Maria")):
    found = names.compare(analyse.analyse(one, "person")[0], analyse.analyse(other, "person")[0], rarity)
    print(found.points, found.level, found.pairs, found.only_query, found.only_listed)
"""


def test_every_process_finds_the_same() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True, check=True, timeout=120,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(said) == 1
