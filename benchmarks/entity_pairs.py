"""Pairs of parties with facts: which are one. Ours beside nomenklatura's logic-v2 and rapidfuzz, in the same run.

``python benchmarks/entity_pairs.py [FILE] [--json] [--wrong] [--no-peer]``. FILE is YAML: ``checks``, each with
``match``, ``schema``, ``query`` and ``candidate`` in FollowTheMoney properties, one value or several (the labelled
sample by default). Both sides go through the product's own reader of such entities. Neither side knows any list.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pair_figures as figures
import yaml
from pair_figures import Pair

from safeconduct.core.party import Party
from safeconduct.core.territory import whole
from safeconduct.screen import Match, Matcher, rules
from safeconduct.sources.files import SourceFile
from safeconduct.sources.model import Listed
from safeconduct.sources.readers.ftm import read_ftm
from safeconduct.sources.rows import Rows

THRESHOLD = rules.RESEMBLES
MOST_WAYS = 16  # ways to take one of each fact that the query states several times


def read(path: Path) -> list[Pair]:
    """The pairs of a file of checks."""
    return [
        Pair(
            check["schema"],
            _several(check["query"]),
            _several(check["candidate"]),
            bool(check["match"]),
            str(check.get("quality") or "MEDIUM").upper(),
        )
        for check in yaml.safe_load(path.read_text(encoding="utf-8"))["checks"]
    ]


def _several(values: Mapping[str, Any]) -> dict[str, list[str]]:
    lists = {key: value if isinstance(value, list) else [value] for key, value in values.items()}
    return {key: [str(one) for one in several if one is not None] for key, several in lists.items()}


def listed(schema: str, values: Mapping[str, Sequence[str]]) -> Listed | None:
    """The entity as the product's reader has it; ``None`` where it finds no party with a name."""
    entity = json.dumps({"id": "one", "schema": schema, "properties": values}).encode()
    rows = Rows("pairs")
    read_ftm({"list": SourceFile("pairs", entity)}, rows)
    return msgspec.json.decode(rows.finish(), type=Listed) if len(rows) else None


def parties(one: Listed) -> Iterator[Party]:
    """A listed party as somebody asks for it, once for each way to take one of its dates, places and territories."""
    territories = dict.fromkeys(whole(link.key) for link in one.territories if link.key and link.kind != "birth")
    ways = itertools.product(one.born or ("",), one.birth_places or ("",), territories or ("",))
    for born, place, territory in itertools.islice(ways, MOST_WAYS):
        yield Party(
            "query",
            one.names[0].text,
            one.kind,
            territory=territory,
            aliases=tuple(name.text for name in one.names[1:50]),
            born=born,
            birth_place=place,
            sex=one.sex,
            identifiers=one.identifiers,
            address=next(iter(one.addresses), ""),
        )


@functools.lru_cache(maxsize=1)
def matcher() -> Matcher:
    """A matcher without lists."""
    return Matcher([])


def match(pair: Pair) -> Match | None:
    """The likeliest of the ways to take the query; ``None`` where a side cannot be read."""
    query, candidate = listed(pair.schema, pair.query), listed(pair.schema, pair.candidate)
    if query is None or candidate is None:
        return None
    found = [matcher().compare(party, candidate) for party in parties(query)]
    return max((one for one in found if one), key=lambda one: one.score, default=None)


def ours(pairs: Sequence[Pair]) -> list[bool]:
    """Whether each pair reaches the shipped threshold."""
    return [(found := match(pair)) is not None and found.score >= THRESHOLD for pair in pairs]


if __name__ == "__main__":
    raise SystemExit(figures.run(read, ours, THRESHOLD, "entity_pairs_sample.yml", __doc__))
