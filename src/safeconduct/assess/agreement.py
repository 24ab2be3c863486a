"""How far assessors agree: per cent, and Krippendorff's alpha on an ordinal scale, each with its uncertainty.

Alpha is 1 less observed over expected disagreement (K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*,
2011; A. F. Hayes and K. Krippendorff, *Answering the Call for a Standard Reliability Measure for Coding Data*,
Communication Methods and Measures 1(1), 2007, 77-89). It fits here because who assesses differs from case to case, so
that there is no first and second rater, and because a step is less of a disagreement than four.
Its uncertainty is the jackknife over cases (B. Efron and C. Stein, *The Jackknife Estimate of Variance*, Annals of
Statistics 9(3), 1981, 586-596); that of the share is Wilson's interval. Both are approximate and too narrow for few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

Unit = tuple[int, ...]
"""What each assessor gave one thing, as places on the scale from 0."""
FEWEST = 10  # cases below which no interval of alpha is given
Z = 1.959964  # of a 95 % interval


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``cases`` compared, ``things`` rated in them by two, ``same`` of these alike. Figures are decimal texts (a share
    or alpha, three places); ``""`` where it cannot be told: no case, nothing but one value, or too few cases."""

    cases: int
    things: int
    same: int
    share: str = ""
    share_low: str = ""
    share_high: str = ""
    alpha: str = ""
    alpha_low: str = ""
    alpha_high: str = ""


def agreement(cases: Iterable[Sequence[Unit]], steps: int) -> Agreement:
    """Of cases, each with the pairs of values in it, on a scale of ``steps``."""
    kept = [tuple(sorted(tuple(sorted(unit)) for unit in case if len(unit) > 1)) for case in cases]
    kept = [case for case in kept if case]
    units = [unit for case in kept for unit in case]
    same = sum(len(set(unit)) == 1 for unit in units)
    if not units:
        return Agreement(0, 0, 0)
    low, high = _wilson(same, len(units))
    found = alpha(units, steps)
    spread = None if found is None or len(kept) < FEWEST or same == len(units) else _error(kept, steps)
    return Agreement(
        cases=len(kept),
        things=len(units),
        same=same,
        share=_text(same / len(units)),
        share_low=_text(low),
        share_high=_text(high),
        alpha="" if found is None else _text(found),
        alpha_low="" if found is None or spread is None else _text(max(-1.0, found - Z * spread)),
        alpha_high="" if found is None or spread is None else _text(min(1.0, found + Z * spread)),
    )


def alpha(units: Iterable[Unit], steps: int) -> float | None:
    """Krippendorff's alpha with the ordinal metric; None where everybody always gave one and the same value."""
    return _alpha(Counter(units), steps)


def _alpha(units: Counter[Unit], steps: int) -> float | None:
    seen = [[0.0] * steps for _ in range(steps)]
    for unit, times in units.items():
        if len(unit) < 2:
            continue
        for place, one in enumerate(unit):
            for beside, other in enumerate(unit):
                if place != beside:
                    seen[one][other] += times / (len(unit) - 1)
    totals = [sum(row) for row in seen]
    every = sum(totals)
    observed = expected = 0.0
    for one in range(steps):
        for other in range(one + 1, steps):
            apart = (sum(totals[one : other + 1]) - (totals[one] + totals[other]) / 2) ** 2
            observed += seen[one][other] * apart
            expected += totals[one] * totals[other] * apart
    return 1 - (every - 1) * observed / expected if expected else None


def _error(cases: list[tuple[Unit, ...]], steps: int) -> float | None:
    """The standard error, from leaving out one case at a time; None where that leaves nothing to tell it by."""
    whole = Counter(unit for case in cases for unit in case)
    kinds = Counter(cases)
    left: list[tuple[float, int]] = []
    for case, times in kinds.items():
        found = _alpha(whole - Counter(case), steps)
        if found is None:
            return None
        left.append((found, times))
    mean = sum(value * times for value, times in left) / len(cases)
    squares = sum(times * (value - mean) ** 2 for value, times in left)
    return math.sqrt((len(cases) - 1) / len(cases) * squares)


def _wilson(same: int, of: int) -> tuple[float, float]:
    share, square = same / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _text(value: float) -> str:
    return f"{value:.3f}"
