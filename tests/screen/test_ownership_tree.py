"""The tree of holders: the party first, each holder under whom it holds, bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screen.ownership_tree import DEEPEST, MOST_ROWS, Branch, tree
from tests.screen.holdings import DAY, all_owners, owns, tied


def drawn(*holdings: object, party: str = "A") -> list[tuple[int, str]]:
    return [(row.depth, row.party) for row in tree(party, holdings, DAY)]  # type: ignore[arg-type]  # holdings


def row_of(rows: tuple[Branch, ...], name: str) -> Branch:
    return next(row for row in rows if row.party == name)


def test_larger_owners_stand_first_and_each_under_whom_it_holds() -> None:
    ties = (owns("S", "A", 10), owns("L", "A", 60), owns("X", "L", 100), tied("director", "D", "A"), all_owners("A"))
    assert drawn(*ties) == [(0, "A"), (1, "L"), (2, "X"), (1, "S"), (1, "D")]


def test_a_holder_by_two_ways_is_drawn_twice_and_followed_once() -> None:
    ties = (owns("B", "A", 60), owns("C", "A", 40), owns("X", "B", 100), owns("X", "C", 100), owns("Y", "X", 100))
    rows = tree("A", ties, DAY)
    assert [(row.depth, row.party, row.again) for row in rows] == [
        (0, "A", False), (1, "B", False), (2, "X", False), (3, "Y", False), (1, "C", False), (2, "X", True),
    ]  # fmt: skip


def test_a_ring_ends() -> None:
    rows = tree("A", (owns("B", "A", 60), owns("A", "B", 60)), DAY)
    assert [(row.party, row.again) for row in rows] == [("A", False), ("B", False), ("A", True)]


def test_a_tie_without_direction_is_not_drawn_back() -> None:
    assert drawn(tied("family", "B", "A")) == [(0, "A"), (1, "B")]


def test_what_has_ended_is_not_drawn() -> None:
    assert drawn(owns("B", "A", 60, ends="2020")) == [(0, "A")]


def test_deep_and_wide_trees_are_cut_and_say_so() -> None:
    deep = tree("N0", [owns(f"N{number + 1}", f"N{number}", 100) for number in range(20)], DAY)
    assert (deep[-1].depth, deep[-1].cut) == (DEEPEST, True)
    wide = tree("A", [owns(f"W{number:03}", "A", 1) for number in range(90)], DAY)
    assert len(wide) == MOST_ROWS
    assert wide[-1].cut


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")), max_size=20))
def test_any_web_ends_in_one_order(pairs: list[tuple[str, str]]) -> None:
    ties = [owns(holder, held, 20) for holder, held in pairs]
    rows = tree("A", ties, DAY)
    assert len(rows) <= MOST_ROWS
    assert rows == tree("A", list(reversed(ties)), DAY)
    for place, row in enumerate(rows[1:], 1):
        assert row.depth <= rows[place - 1].depth + 1
