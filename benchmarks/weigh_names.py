"""How the weights of a name's parts were set: a search that makes pairs of the lists' own come out right.

``list_pairs.py --half weigh --names FILE.csv`` makes the pairs; ``python benchmarks/weigh_names.py FILE.csv``
prints each shipped weight, how much of it the pairs hold, and what the search would have; and F1 with either. What is
shipped is rounded, ranks as people would (a slip never counts as much as the same word), and is the author's where the
pairs hold too little (numbers, fathers' names, places). Never run on the labelled files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import name_pairs
import numpy as np
import numpy.typing as npt
from pair_figures import Pair, name_of

from safeconduct.screen import analyse, building, names, rules, weighing, words
from safeconduct.sources.readers.ftm import PARTIES

FINDINGS = tuple(one for one in words.EARNS if one != "same")
ROLES = tuple(weighing.COSTS)
Numbers = npt.NDArray[np.float64]
STEPS = (20, 10, 5)
LEAST = 60  # weight of a kind of word that the pairs must hold before its cost is searched
SPREAD = 30  # points over which a pair goes from surely apart to surely one


class Measured(msgspec.Struct, frozen=True):
    """All readings of all pairs: which pair each is of, weight by finding, all weight, left-over weight by role."""

    same: npt.NDArray[np.bool_]
    pair: npt.NDArray[np.int64]
    earned: Numbers
    whole: Numbers
    left: Numbers

    def points(self, earns: Numbers, costs: Numbers) -> Numbers:
        """Points of each pair: of its best reading."""
        answered = self.whole * 100 - self.earned @ (100 - earns)
        found = weighing.NAME_POINTS * 2 * answered / np.maximum(1, 200 * self.whole + self.left @ costs)
        best = np.zeros(len(self.same))
        np.maximum.at(best, self.pair, found)
        return best

    def f1(self, points: Numbers) -> float:
        """At the shipped threshold."""
        said = points >= rules.RESEMBLES
        return float(2 * (said & self.same).sum() / max(1, said.sum() + self.same.sum()))

    def loss(self, points: Numbers) -> float:
        """Mean surprise, bounded for each pair, since some pairs are labelled wrongly."""
        sure = np.clip((points - rules.RESEMBLES) / SPREAD, -30, 30)
        return float(np.log1p(np.exp(np.where(self.same, -sure, sure))).clip(max=3).mean())


def measured(pairs: Sequence[Pair]) -> Measured:
    """What is found between the names of each pair, without its weight."""
    rows = [(place, *_row(compared)) for place, pair in enumerate(pairs) for compared in _compared(pair)]
    return Measured(
        np.array([pair.same for pair in pairs]),
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows], float),
        np.array([row[3] for row in rows]),
    )


RARITY = words.rarity_of(lambda _: 0, 0)  # no list is known: every word is rare


def _compared(pair: Pair) -> Iterator[weighing.Compared]:
    for mode in building.modes(PARTIES[pair.schema]):
        for mine in analyse.analyse(name_of(pair.query), mode):
            for theirs in analyse.analyse(name_of(pair.candidate), mode):
                yield names.compare(mine, theirs, RARITY)


def _row(compared: weighing.Compared) -> tuple[Numbers, int, Numbers]:
    earned, whole = np.zeros(len(FINDINGS)), 0
    for pair in compared.pairs:
        worth = weighing.worth(pair, RARITY)
        whole += worth
        if pair.finding in FINDINGS:
            earned[FINDINGS.index(pair.finding)] += worth
    left = np.zeros((len(ROLES), 3))
    place = weighing.beside(compared.only_query, compared.only_listed, lone=False)
    for word in (*compared.only_query, *compared.only_listed):
        left[ROLES.index(word.role), place] += RARITY(word)
    return earned, whole, left.ravel()


def searched(pairs: Measured, earns: Numbers, costs: Numbers) -> tuple[Numbers, Numbers]:
    """Weights from these on, one changed at a time for as long as the surprise falls."""
    earns, costs = earns.copy(), costs.copy()
    best = pairs.loss(pairs.points(earns, costs))
    free = [(earns, place, 100) for place in np.flatnonzero(pairs.earned.sum(0) > LEAST)]
    free += [(costs, place, 400) for place in np.flatnonzero(pairs.left.sum(0) > LEAST)]
    for step in STEPS:
        improved = True
        while improved:
            improved = False
            for weights, place, most in free:
                for change in (-step, step):
                    before = weights[place]
                    weights[place] = min(most, max(0, before + change))
                    found = pairs.loss(pairs.points(earns, costs))
                    improved |= found < best - 1e-6
                    weights[place], best = (weights[place], found) if found < best - 1e-6 else (before, best)
    return earns, costs


def main() -> int:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="pairs that list_pairs.py made")
    pairs = measured(name_pairs.read(parser.parse_args().file))
    earns = np.array([words.EARNS[one] for one in FINDINGS], float)
    costs = np.array([weighing.COSTS[role] for role in ROLES], float).ravel()
    new_earns, new_costs = searched(pairs, earns, costs)
    print(f"{'':24}{'weight':>9}{'shipped':>9}{'search':>9}")
    for place, finding in enumerate(FINDINGS):
        print(f"{finding:24}{pairs.earned[:, place].sum():9.0f}{earns[place]:9.0f}{new_earns[place]:9.0f}")
    for place, (role, beside) in enumerate((role, n) for role in ROLES for n in ("left out", "general", "both")):
        label = f"{role or 'name'}, {beside}"
        print(f"{label:24}{pairs.left[:, place].sum():9.0f}{costs[place]:9.0f}{new_costs[place]:9.0f}")
    figures = (pairs.f1(pairs.points(earns, costs)), pairs.f1(pairs.points(new_earns, new_costs)))
    print(f"{'F1':24}{'':9}{figures[0]:9.3f}{figures[1]:9.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
