"""Pairs of names: which are one party's. Ours beside nomenklatura's logic-v2 and rapidfuzz, in the same run.

``python benchmarks/name_pairs.py [FILE] [--json] [--wrong] [--no-peer]``. FILE has the columns schema, name1, name2,
is_match and quality (the labelled file by default). Neither side knows any list here: every word counts as rare.
The peer needs the extra ``bench``; without it the object says ``absent``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pair_figures as figures
from entity_pairs import THRESHOLD, ours
from pair_figures import Pair


def read(path: Path) -> list[Pair]:
    """The pairs of a file of names."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Pair(
                row["schema"],
                {"name": [row["name1"]]},
                {"name": [row["name2"]]},
                row["is_match"].strip().lower() == "true",
                (row.get("quality") or "MEDIUM").strip().upper(),
            )
            for row in csv.DictReader(file)
        ]


if __name__ == "__main__":
    raise SystemExit(figures.run(read, ours, THRESHOLD, "name_pairs.csv", __doc__))
