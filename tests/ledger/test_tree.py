"""The tree is RFC 6962's, however it was grown."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.ledger.tree import (
    EMPTY,
    EMPTY_ROOT,
    Frontier,
    Growing,
    append,
    append_all,
    leaf_hash,
    node_hash,
    range_hash,
    root,
    subtrees,
)

LEAVES = st.lists(st.binary(max_size=40), max_size=80)
# The reference leaves and roots that Certificate Transparency implementations share, for sizes 1 to 8.
CT_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 defines it, by recursion."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


def test_the_empty_tree_has_the_hash_of_nothing():
    assert root(EMPTY) == EMPTY_ROOT == by_definition([])


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert root(append_all(EMPTY, CT_LEAVES[:size])).hex() == CT_ROOTS[size - 1]


@given(LEAVES)
def test_the_root_is_the_definition_s_at_every_size(leaves):
    frontier = EMPTY
    for size, leaf in enumerate(leaves):
        assert root(frontier) == by_definition(leaves[:size])
        frontier = append(frontier, leaf)
    assert root(frontier) == by_definition(leaves)
    assert frontier.size == len(leaves)


@given(LEAVES, st.integers(0, 80))
def test_growth_may_stop_and_go_on_anywhere(leaves, pause):
    kept = canonical.encode(append_all(EMPTY, leaves[:pause]))
    assert append_all(canonical.decode(kept, Frontier), leaves[pause:]) == append_all(EMPTY, leaves)


@given(LEAVES.filter(bool))
def test_a_range_from_perfect_subtrees_is_the_definition_s(leaves):
    subtree = subtrees(leaves)
    assert range_hash(subtree, 0, len(leaves)) == by_definition(leaves)
    level = (len(leaves) - 1).bit_length()
    for height in range(level):
        assert subtree(height, 0) == by_definition(leaves[: 1 << height])


def test_a_frontier_is_small_at_any_size():
    frontier = Frontier(2**40 - 1, tuple(bytes([level]) * 32 for level in range(40)))
    grown = append(frontier, b"one more")
    assert (grown.size, len(grown.edge)) == (2**40, 1)


def test_appending_to_a_million_entries_from_the_stored_frontier_takes_far_less_than_a_millisecond():
    stored, took = (
        canonical.encode(Frontier(999_999, tuple(bytes([at]) * 32 for at in range((999_999).bit_count())))),
        [],
    )
    for number in range(200):
        begun = time.perf_counter()
        frontier = append(canonical.decode(stored, Frontier), b"%032d" % number)
        assert len(root(frontier)) == 32
        stored = canonical.encode(frontier)
        took.append(time.perf_counter() - begun)
    assert sorted(took)[100] < 0.001


def test_a_leaf_never_passes_for_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(("size", "edge"), [(1, ()), (0, (b"x" * 32,)), (3, (b"x" * 32,)), (1, (b"short",)), (-1, ())])
def test_a_frontier_that_cannot_be_is_refused(size, edge):
    with pytest.raises(ValueError, match="frontier"):
        Frontier(size, edge)


def test_a_pass_over_many_leaves_equals_single_appends():
    growing = Growing()
    for number in range(1000):
        growing.add(b"%d" % number)
    assert growing.frontier() == append_all(EMPTY, [b"%d" % number for number in range(1000)])
    assert growing.root() == root(growing.frontier())
