"""Pairs judged by ours, by nomenklatura as it is installed, and by rapidfuzz alone: the same figures of each."""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import itertools
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz import fuzz

from safeconduct.screen import fold

PEER_THRESHOLD = 0.70
FLOOR_THRESHOLD = 85  # of rapidfuzz's token_sort_ratio, as screening programs commonly set it


class Pair(msgspec.Struct, frozen=True):
    """Two parties as FollowTheMoney entities of one schema, and whether they are one."""

    schema: str
    query: dict[str, list[str]]
    candidate: dict[str, list[str]]
    same: bool
    quality: str = "MEDIUM"

    @property
    def one_changed(self) -> bool:
        """A person's name with exactly one word changed."""
        mine, theirs = (_words(side) for side in (self.query, self.candidate))
        differ = sum(one != other for one, other in zip(mine, theirs, strict=False))
        return self.schema == "Person" and len(mine) == len(theirs) and differ == 1

    def __str__(self) -> str:
        return f"{self.schema}: {name_of(self.query)} / {name_of(self.candidate)}"


def name_of(entity: Mapping[str, Sequence[str]]) -> str:
    """The entity's name, else its parts in their usual order."""
    parts = ("firstName", "secondName", "middleName", "fatherName", "motherName", "lastName")
    return next(iter(entity.get("name", ())), "") or " ".join(one for key in parts for one in entity.get(key, ())[:1])


def _words(entity: Mapping[str, Sequence[str]]) -> list[str]:
    return fold.roman(name_of(entity)).split()


def figures(pairs: Sequence[Pair], said: Sequence[bool], threshold: float | str) -> dict[str, Any]:
    """Precision, recall and F1 of what was said, how many strong pairs are wrong, and F1 where one word changed."""
    changed = [(pair, one) for pair, one in zip(pairs, said, strict=True) if pair.one_changed]
    return {
        **_rates([pair.same for pair in pairs], said),
        "strong_wrong": sum(
            pair.quality == "STRONG" and pair.same != one for pair, one in zip(pairs, said, strict=True)
        ),
        "one_changed_f1": _rates([pair.same for pair, _ in changed], [one for _, one in changed])["f1"],
        "threshold": threshold,
    }


def _rates(same: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    hit = sum(a and b for a, b in zip(same, said, strict=True))
    precision = hit / sum(said) if any(said) else 0.0
    recall = hit / sum(same) if any(same) else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def floor(pairs: Sequence[Pair]) -> dict[str, Any]:
    """rapidfuzz on the folded names, whatever else is known."""
    said = [
        fuzz.token_sort_ratio(fold.roman(name_of(pair.query)), fold.roman(name_of(pair.candidate))) >= FLOOR_THRESHOLD
        for pair in pairs
    ]
    return figures(pairs, said, FLOOR_THRESHOLD / 100)


def peer(pairs: Sequence[Pair]) -> dict[str, Any] | str:
    """nomenklatura's logic-v2 with its own defaults; ``absent`` where it is not installed."""
    if importlib.util.find_spec("nomenklatura") is None:
        return "absent"
    judge = _peer_judge()
    said = [judge(pair) >= PEER_THRESHOLD for pair in pairs]
    return figures(pairs, said, PEER_THRESHOLD) | {"version": importlib.metadata.version("nomenklatura")}


def _peer_judge() -> Callable[[Pair], float]:
    from followthemoney import ValueEntity, model
    from nomenklatura.matching import LogicV2

    config, numbers = LogicV2.default_config(), itertools.count()

    def entity(schema: str, values: Mapping[str, Sequence[str]]) -> Any:
        found = model.get(schema)
        if found is None:
            raise ValueError(f"no such schema: {schema}")
        made = ValueEntity(found, {"id": f"e-{next(numbers)}"})  # it keeps an entity's names by its id
        for key, texts in values.items():
            if key in found.properties:
                made.add(key, list(texts), cleaned=False)
        if not made.names:
            made.add("name", name_of(values))
        return made

    def judge(pair: Pair) -> float:
        query, candidate = entity(pair.schema, pair.query), entity(pair.schema, pair.candidate)
        return float(LogicV2.compare(query, candidate, config).score)

    return judge


def lines(found: Mapping[str, Any]) -> str:
    """The figures for reading, beside one another."""
    names = ("ours", "peer", "floor")
    columns = {name: found[name] if isinstance(found[name], dict) else {} for name in names}
    rows = [f"{found['pairs']} pairs" + "".join(f"{name:>12}" for name in names)]
    for key in columns["ours"]:
        rows.append(f"{key:16}" + "".join(f"{columns[name].get(key, '')!s:>12}" for name in names))
    rows += [f"{name}: {found[name]}" for name in names if not columns[name]]
    return "\n".join(rows + [f"{kind}: {text}" for kind, texts in found.get("wrong", {}).items() for text in texts])


def labelled(name: str) -> Path:
    """A labelled file under ``SAFECONDUCT_DATA``, else in ``shared/data`` beside the checkout."""
    folder = os.environ.get("SAFECONDUCT_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(folder) / "labelled" / name


def run(
    read: Callable[[Path], list[Pair]],
    ours: Callable[[Sequence[Pair]], list[bool]],
    threshold: float,
    usual: str,
    about: str | None,
) -> int:
    """The program: reads the pairs, judges them, prints the figures."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=labelled(usual))
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    parser.add_argument("--wrong", action="store_true", help="show the pairs that ours gets wrong")
    parser.add_argument("--no-peer", action="store_true", help="ours and the floor only")
    arguments = parser.parse_args()
    if not arguments.file.is_file():
        print(f"no pairs at {arguments.file}", file=sys.stderr)
        return 1
    pairs = read(arguments.file)
    said = ours(pairs)
    found = {
        "pairs": len(pairs),
        "ours": figures(pairs, said, threshold),
        "peer": "skipped" if arguments.no_peer else peer(pairs),
        "floor": floor(pairs),
    }
    if arguments.wrong:
        found["wrong"] = _wrong(pairs, said)
    print(json.dumps(found, ensure_ascii=False) if arguments.json else lines(found))
    return 0


def _wrong(pairs: Sequence[Pair], said: Sequence[bool]) -> dict[str, list[str]]:
    """The pairs that were missed, and those that alarmed though they are not one party's."""
    judged = list(zip(pairs, said, strict=True))
    return {
        "missed": [str(pair) for pair, one in judged if pair.same and not one],
        "alarmed": [str(pair) for pair, one in judged if one and not pair.same],
    }
