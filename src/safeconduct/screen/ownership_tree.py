"""The holders of a party as a tree, for people who look rather than read: the party first, under each its holders."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from safeconduct.screen.holdings import SYMMETRIC, Bond, Holding, bonds
from safeconduct.screen.ownership import both_ways

MOST_ROWS = 60
DEEPEST = 8


class Branch(msgspec.Struct, frozen=True):
    """One row: a party, and the tie by which it holds the one it stands under (None for the party itself).

    ``again``: its own holders are drawn where it stood first. ``cut``: it has holders that are not drawn.
    """

    depth: int
    party: str
    bond: Bond | None
    again: bool = False
    cut: bool = False


def tree(party: str, holdings: Iterable[Holding], day: str) -> tuple[Branch, ...]:
    """Rows from the top down, owners before others and larger shares first; at most ``MOST_ROWS``."""
    above: dict[str, list[Bond]] = {}
    for stated in bonds(both_ways(holdings), day):
        if stated.what != "all_owners":
            above.setdefault(stated.held, []).append(stated)
    rows: list[Branch] = []
    drawn: set[str] = set()
    waiting: list[tuple[int, str, Bond | None, frozenset[str]]] = [(0, party, None, frozenset())]
    while waiting:
        depth, name, bond, below = waiting.pop()
        holders = [each for each in sorted(above.get(name, ()), key=_first) if not _back(each, bond)]
        if len(rows) >= MOST_ROWS:
            rows[-1] = msgspec.structs.replace(rows[-1], cut=True)
            break
        again, deep = name in drawn or name in below, depth >= DEEPEST
        rows.append(Branch(depth, name, bond, again=again and bool(holders), cut=deep and bool(holders) and not again))
        if again or deep:
            continue
        drawn.add(name)
        waiting += [(depth + 1, each.holder, each, below | {name}) for each in reversed(holders)]
    return tuple(rows)


def _back(bond: Bond, below: Bond | None) -> bool:
    """The other side of a tie without direction, by which one came here."""
    if below is None or bond.what not in SYMMETRIC:
        return False
    return (bond.what, bond.holder, bond.held) == (below.what, below.held, below.holder)


def _first(bond: Bond) -> tuple[object, ...]:
    kinds = ("owner", "parent", "director", "family", "associate", "linked")
    return kinds.index(bond.what), -bond.low, -bond.high, bond.holder
