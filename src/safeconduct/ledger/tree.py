"""The Merkle tree of RFC 6962 section 2.1, grown one leaf at a time.

A tree of any size is kept as its ``Frontier``: the roots of the perfect subtrees along its
right edge, at most 64 hashes. Appending and taking the root cost O(log n), whatever n is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

import msgspec

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
MAX_SIZE = 2**63 - 1

# Root of the perfect subtree over the leaves [index · 2**level, (index + 1) · 2**level).
Subtree = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data): the prefix keeps a leaf from passing for a node (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The right edge of a tree of ``size`` leaves.

    ``edge`` holds one 32-byte root for each bit set in ``size``, the largest subtree first.
    ValueError where the two do not agree. ``core.canonical`` writes and reads it.
    """

    size: int = 0
    edge: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MAX_SIZE or len(self.edge) != self.size.bit_count():
            raise ValueError("a frontier has one hash for each bit of its size")
        if any(len(item) != HASH_SIZE for item in self.edge):
            raise ValueError("a frontier is made of 32-byte hashes")


EMPTY = Frontier()


def append(frontier: Frontier, leaf_data: bytes) -> Frontier:
    """The frontier with one leaf more; ``leaf_data`` are the bytes before hashing."""
    return append_all(frontier, (leaf_data,))


def append_all(frontier: Frontier, leaves: Iterable[bytes]) -> Frontier:
    """The frontier with all of ``leaves`` (bytes before hashing) appended in order."""
    growing = Growing(frontier)
    for leaf_data in leaves:
        growing.add(leaf_data)
    return growing.frontier()


def root(frontier: Frontier) -> bytes:
    """The tree's root hash; of no leaves, SHA-256 of nothing."""
    return _fold(frontier.edge)


class Growing:
    """A frontier that grows in place, for passes over many leaves."""

    def __init__(self, frontier: Frontier = EMPTY) -> None:
        self.size = frontier.size
        self._edge = list(frontier.edge)

    def add(self, leaf_data: bytes) -> None:
        """Append one leaf."""
        found = leaf_hash(leaf_data)
        carry = self.size
        while carry & 1:
            found = node_hash(self._edge.pop(), found)
            carry >>= 1
        self._edge.append(found)
        self.size += 1

    def root(self) -> bytes:
        """Root over all leaves so far."""
        return _fold(self._edge)

    def frontier(self) -> Frontier:
        """The tree so far as a value."""
        return Frontier(self.size, tuple(self._edge))


def _fold(edge: Sequence[bytes]) -> bytes:
    if not edge:
        return EMPTY_ROOT
    found = edge[-1]
    for left in reversed(edge[:-1]):
        found = node_hash(left, found)
    return found


def subtrees(leaves: Iterable[bytes]) -> Subtree:
    """Every perfect subtree over ``leaves`` (bytes before hashing), in memory: about 2n hashes.

    Whoever keeps tiles passes a reader of those instead; proofs only ask for subtrees.
    """
    levels = [[leaf_hash(data) for data in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def range_hash(subtree: Subtree, start: int, end: int) -> bytes:
    """MTH(D[start:end]) of RFC 6962, where ``start`` is a multiple of a power of two that spans the range."""
    edge = []
    while start < end:
        level = (end - start).bit_length() - 1
        edge.append(subtree(level, start >> level))
        start += 1 << level
    return _fold(edge)
