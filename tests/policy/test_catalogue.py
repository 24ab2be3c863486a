"""What a fact can be, and the nearest right word."""

from __future__ import annotations

import pytest

from safeconduct.core.fact import FactType, Kind
from safeconduct.policy import Catalogue
from safeconduct.policy.catalogue import fits, nearest
from tests.facts_doc import DOCUMENT, documented_catalogue, documented_facts
from tests.policy.logic import WORLD, fact_type


def test_facts_are_found_by_key() -> None:
    catalogue = Catalogue(WORLD)
    assert catalogue.get("item.flag") is WORLD[0]
    assert catalogue.get("item.flog") is None
    assert "item.flag" in catalogue
    assert "item.flog" not in catalogue
    assert list(catalogue) == list(WORLD)
    assert len(catalogue) == len(WORLD)


def test_a_fact_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"the fact item\.flag is declared twice"):
        Catalogue([*WORLD, WORLD[0]])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("item.capabilty", "item.capability"),
        ("item.capability_flag", "item.capability_flags"),
        ("user.oversigth", "user.oversight"),
        ("USER.OVERSIGHT", "user.oversight"),
        ("user.incidnts", "user.incidents"),
        ("place.libdem_trend", "place.libdem_trend5"),
        ("zzzzzzzzzzzzzzzzz", ""),
    ],
)
def test_the_nearest_fact_to_a_slip(wrong: str, right: str) -> None:
    assert documented_catalogue().nearest(wrong) == right


def test_the_nearest_of_several_words() -> None:
    assert nearest("ned", ["red", "need", "bed"]) == "need"
    assert nearest("xx", ["xa", "xb"]) == "xa", "the first of equals by alphabet"
    assert nearest("xx", ["xb", "xa"]) == "xa"
    assert nearest("ab", ["ba"]) == "ba", "a swap is one slip, and half is near enough"
    assert nearest("abc", ["xyz"]) == ""
    assert nearest("abc", ["abyz"]) == "abyz"
    assert nearest("abc", ["ayzw"]) == ""
    assert nearest("a", []) == ""
    assert nearest("m" * 50_000, ["m" * 100]) == "m" * 100


VALUES: list[tuple[Kind, tuple[str, ...], object, bool]] = [
    ("flag", (), True, True),
    ("flag", (), False, True),
    ("flag", (), 1, False),
    ("flag", (), "true", False),
    ("word", ("a", "b"), "a", True),
    ("word", ("a", "b"), "c", False),
    ("word", ("a", "b"), ("a",), False),
    ("word", (), "anything", True),
    ("word", (), " ", False),
    ("level", ("a", "b"), "b", True),
    ("level", ("a", "b"), 1, False),
    ("words", ("none", "a", "b"), (), True),
    ("words", ("none", "a", "b"), ("a", "b"), True),
    ("words", ("none", "a", "b"), ("none",), True),
    ("words", ("none", "a", "b"), ("none", "a"), False),
    ("words", ("a", "b"), ("none",), False),
    ("words", ("a", "b"), ("c",), False),
    ("words", ("a", "b"), "a", False),
    ("words", ("a", "b"), (1,), False),
    ("words", (), ("us-ccl 5A001.j",), True),
    ("words", (), ("",), False),
    ("number", (), 0, True),
    ("number", (), 1_000_000_000, True),
    ("number", (), 1_000_000_001, False),
    ("number", (), -1, False),
    ("number", (), True, False),
    ("number", (), "1", False),
    ("decimal", (), "0.3", True),
    ("decimal", (), "-12", True),
    ("decimal", (), "123456789012.123456789012", True),
    ("decimal", (), "1234567890123", False),
    ("decimal", (), "0.1234567890123", False),
    ("decimal", (), ".5", False),
    ("decimal", (), "1e5", False),
    ("decimal", (), "NaN", False),
    ("decimal", (), "٣", False),
    ("decimal", (), "1\n", False),
    ("decimal", (), 1, False),
    ("date", (), "2026-02-28", True),
    ("date", (), "2026-02-30", False),
    ("date", (), "20260228", False),
    ("date", (), 20260228, False),
    ("text", (), "said", True),
    ("text", (), "  ", False),
    ("text", (), 5, False),
    ("incident", (), "anything", False),
]


@pytest.mark.parametrize(("kind", "words", "value", "expected"), VALUES)
def test_what_can_be_the_value_of_a_fact(kind: Kind, words: tuple[str, ...], value: object, expected: bool) -> None:
    assert fits(fact_type("user.x", kind, words), value) is expected


def test_every_row_of_the_documented_facts_is_read() -> None:
    facts = {fact.key: fact for fact in documented_facts()}
    rows = [
        line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(("| item.", "| user."))
    ]
    assert {line.split(" | ")[0].strip("| ") for line in rows} <= set(facts)
    assert len(facts) >= 100
    assert facts["item.capability"].words == ("none", "incidental", "designed", "mass_or_covert", "intrusive")
    assert facts["item.capability"].subject == "line"
    assert facts["user.incidents"].unit == "incidents"
    assert facts["screening.alert"].may_state == ("system",)
    assert facts["item.caught_by"].words == ()


@pytest.mark.parametrize("fact", documented_facts(), ids=lambda fact: fact.key)
def test_every_documented_fact_says_what_it_means_and_can_have_a_value(fact: FactType) -> None:
    assert fact.means
    assert fact.unknown_means
    assert fact.may_state
    names = ("item.caught_by", "match.list")  # of whatever lists are loaded
    assert bool(fact.words) is (fact.kind in ("word", "words", "level") and fact.key not in names)
    assert len(fact.words) == len(set(fact.words))
    assert (bool(fact.unit)) is (fact.kind in ("number", "decimal"))
