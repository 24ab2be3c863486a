"""Inclusion and consistency proofs: made as in RFC 6962, checked as in RFC 9162, 2.1.3.2 and 2.1.4.2.

A checker answers yes or no and takes anything: sizes, indexes and hashes come from outside.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.ledger.tree import EMPTY_ROOT, HASH_SIZE, MAX_SIZE, Subtree, node_hash, range_hash

Proof = tuple[bytes, ...]


def inclusion_proof(subtree: Subtree, index: int, size: int) -> Proof:
    """Hashes that lead from leaf ``index`` to the root at ``size``, the leaf's sibling first.

    ValueError unless 0 ≤ index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end = 0, size
    path = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(subtree, middle, end))
            end = middle
        else:
            path.append(range_hash(subtree, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(subtree: Subtree, old: int, new: int) -> Proof:
    """Hashes that show the tree of ``old`` leaves to be the beginning of the one of ``new``.

    Empty where either tree says everything (old 0, or old equal to new). ValueError unless 0 ≤ old ≤ new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} cannot be the beginning of one of {new}")
    if old in (0, new):
        return ()
    start, end, whole = 0, new, True
    path = []
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_hash(subtree, middle, end))
            end = middle
        else:
            path.append(range_hash(subtree, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(subtree, start, end))
    return tuple(reversed(path))


def _split(size: int) -> int:
    """The largest power of two smaller than ``size`` (RFC 6962's k)."""
    return 1 << ((size - 1).bit_length() - 1)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``leaf`` (a leaf hash) stands at ``index`` in the tree of ``size`` leaves with this ``root``."""
    if not 0 <= index < size <= MAX_SIZE or not _hashes(leaf, root, *proof):
        return False
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree ``old, old_root`` is the beginning of ``new, new_root``.

    The empty tree begins every tree; its only root is SHA-256 of nothing and its proof is empty.
    """
    if not 0 <= old <= new <= MAX_SIZE or not _hashes(old_root, new_root, *proof):
        return False
    if old in (0, new):
        return not proof and (old != new or old_root == new_root) and (old > 0 or old_root == EMPTY_ROOT)
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    was = now = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def _hashes(*found: bytes) -> bool:
    return all(len(item) == HASH_SIZE for item in found)
