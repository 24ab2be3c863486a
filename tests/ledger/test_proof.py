"""Proofs that are made check, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.ledger.proof import Proof, consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from safeconduct.ledger.tree import EMPTY, EMPTY_ROOT, append_all, leaf_hash, node_hash, root, subtrees

SIZES = 40
LEAVES = [b"leaf %d" % number for number in range(SIZES)]
SUBTREE = subtrees(LEAVES)
ROOTS = [root(append_all(EMPTY, LEAVES[:size])) for size in range(SIZES + 1)]


def test_every_leaf_of_every_size_is_proven():
    for size in range(1, SIZES + 1):
        for index in range(size):
            proof = inclusion_proof(SUBTREE, index, size)
            assert len(proof) <= (size - 1).bit_length()
            assert verify_inclusion(leaf_hash(LEAVES[index]), index, size, proof, ROOTS[size])


def test_every_pair_of_sizes_is_consistent():
    for new in range(SIZES + 1):
        for old in range(new + 1):
            proof = consistency_proof(SUBTREE, old, new)
            assert verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


def test_the_examples_of_rfc_9162_2_1_5():
    hashes = [leaf_hash(LEAVES[number]) for number in range(7)]
    c, d, f, g = hashes[2], hashes[3], hashes[5], hashes[6]
    pair = [SUBTREE(1, number) for number in range(3)]
    assert inclusion_proof(SUBTREE, 0, 7) == (hashes[1], pair[1], node_hash(pair[2], g))
    assert inclusion_proof(SUBTREE, 3, 7) == (c, pair[0], node_hash(pair[2], g))
    assert inclusion_proof(SUBTREE, 4, 7) == (f, g, SUBTREE(2, 0))
    assert inclusion_proof(SUBTREE, 6, 7) == (pair[2], SUBTREE(2, 0))
    assert consistency_proof(SUBTREE, 3, 7) == (c, d, pair[0], node_hash(pair[2], g))
    assert consistency_proof(SUBTREE, 4, 7) == (node_hash(pair[2], g),)
    assert consistency_proof(SUBTREE, 6, 7) == (pair[2], g, SUBTREE(2, 0))


@st.composite
def inclusions(draw):
    size = draw(st.integers(1, SIZES))
    return draw(st.integers(0, size - 1)), size


@given(inclusions(), st.data())
def test_an_altered_inclusion_proof_fails(place, data):
    index, size = place
    proof = inclusion_proof(SUBTREE, index, size)
    leaf = leaf_hash(LEAVES[index])
    changed = data.draw(_damaged(proof))
    assert not verify_inclusion(leaf, index, size, changed, ROOTS[size])
    other = data.draw(st.integers(-1, SIZES).filter(lambda number: number != index))
    assert not verify_inclusion(leaf, other, size, proof, ROOTS[size])
    assert not verify_inclusion(_flip(leaf, 0), index, size, proof, ROOTS[size])
    assert not verify_inclusion(leaf, index, size, proof, _flip(ROOTS[size], 255))


@given(inclusions(), st.data())
def test_an_altered_consistency_proof_fails(place, data):
    old, new = place[0] + 1, place[1]
    proof = consistency_proof(SUBTREE, old, new)
    changed = data.draw(_damaged(proof))
    assert not verify_consistency(old, ROOTS[old], new, ROOTS[new], changed)
    assert not verify_consistency(old, _flip(ROOTS[old], 7), new, ROOTS[new], proof)
    assert not verify_consistency(old, ROOTS[old], new, _flip(ROOTS[new], 7), proof)
    if old < new:
        assert not verify_consistency(new, ROOTS[new], old, ROOTS[old], proof)


@given(st.integers(1, SIZES - 1), st.integers(0, 2**32))
def test_a_rewritten_past_has_no_consistency_proof(old, seed):
    at = seed % old
    rewritten = [b"rewritten" if number == at else leaf for number, leaf in enumerate(LEAVES)]
    subtree = subtrees(rewritten)
    now = root(append_all(EMPTY, rewritten))
    assert not verify_consistency(old, ROOTS[old], SIZES, now, consistency_proof(subtree, old, SIZES))


def _flip(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _damaged(proof: Proof) -> st.SearchStrategy[Proof]:
    """The proof with a bit flipped, a hash dropped, doubled or of a wrong length."""
    longer = st.just((*proof, b"\x00" * 32))
    if not proof:
        return longer
    at = st.integers(0, len(proof) - 1)
    return st.one_of(
        longer,
        at.map(lambda number: proof[:number] + proof[number + 1 :]),
        at.map(lambda number: (*proof[:number], proof[number][:31], *proof[number + 1 :])),
        st.tuples(at, st.integers(0, 255)).map(
            lambda pair: (*proof[: pair[0]], _flip(proof[pair[0]], pair[1]), *proof[pair[0] + 1 :])
        ),
    )


def test_the_empty_tree_begins_every_tree_and_only_with_its_own_root():
    assert verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], ())
    assert not verify_consistency(0, ROOTS[1], 5, ROOTS[5], ())
    assert not verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], (ROOTS[1],))
    assert not verify_consistency(0, EMPTY_ROOT, 0, ROOTS[1], ())


def test_a_missing_proof_is_no_proof():
    assert not verify_consistency(3, ROOTS[3], 7, ROOTS[7], ())
    assert not verify_consistency(4, ROOTS[4], 7, ROOTS[7], ())


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (5, 4)])
def test_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(SUBTREE, index, size)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1)])
def test_no_consistency_backwards(old, new):
    with pytest.raises(ValueError, match="beginning"):
        consistency_proof(SUBTREE, old, new)
