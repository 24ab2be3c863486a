"""A register of very many parties beside large lists: 1,000 changed entries, and everybody again.

``python benchmarks/portfolio.py [--json] [--parties N] [--entities N] [--workers W] [--changed N] [--share N]`` prints

* ``changed``: seconds to find the parties that changed entries touch (``screen.delta.touched``), when the register's
  index is there, by one process and by ``--workers``; what making that index takes besides, and bringing it up to date
  when a hundredth of the parties is new;
* ``everybody``: parties a second on one list of all entities by one process and by ``--workers`` (``screen.bulk``),
  measured on every ``--share``-th party, the minutes that all would take, and whether the bytes are the same;
* the same at smaller sizes (``growth``).

Entities are ``make_entities.consolidated``. Half of the register are people, given and family names of the labelled
people on no list recombined by nationality; half are firms called after such a family name or a new word, with one or
two of the words of trade and a legal form that are common on the lists; one in a thousand is a listed party's first
name altered. Seconds are by the clock, with processor time beside them; a ratio is
of runs straight after one another. On a busy machine only processor time tells anything.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from make_entities import altered, consolidated, listed_parties
from screening import alone, rows_of
from watchlists import data_folder, editions

from safeconduct.core import canonical, territory
from safeconduct.core.party import Party
from safeconduct.flows import forked
from safeconduct.screen import Matcher, build_index, bulk, matcher_edition, warm
from safeconduct.screen.delta import touched
from safeconduct.sources.model import Listed

SOURCE = "all"
LISTED_TOO = 1000  # one party in so many is a listed one, written in another way


def register(count: int) -> Iterator[Party]:
    """So many parties, always the same."""
    by = random.Random("register")
    real = listed_parties(editions(data_folder()))
    rows = [row for row in rows_of(data_folder() / "labelled" / "unlisted_people.csv") if row["last_name"].isascii()]
    people, firms = _people(by, rows), _firms(by, rows, real)
    for number in range(count):
        if number % LISTED_TOO == 0:
            one = by.choice(real)
            yield Party(f"R{number}", altered(one.names[0].text, by), one.kind)
        else:
            yield next(firms if number % 2 else people)


def _people(by: random.Random, rows: Sequence[dict[str, str]]) -> Iterator[Party]:
    nations: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        nations.setdefault(row["nationality"], []).append(row)
    for number in itertools.count():
        nation = by.choice(sorted(nations))
        one, other, born = (by.choice(nations[nation]) for _ in range(3))
        name = f"{one['first_name']} {other['last_name']}".strip() or one["full_name"]
        yield Party(f"P{number}", name, "person", born=born["date_of_birth"], territory=territory.find(nation))


def _firms(by: random.Random, rows: Sequence[dict[str, str]], real: Sequence[Listed]) -> Iterator[Party]:
    words = Counter(
        word.strip(".,") for one in real if one.kind != "person" for word in one.names[0].text.title().split()
    )
    common = [word for word, count in sorted(words.items()) if count >= 60 and len(word) > 3]
    forms = ["Ltd", "LLC", "GmbH", "S.A.", "Inc.", "Co., Ltd.", "JSC", "B.V.", ""]
    seats = sorted({row["nationality"] for row in rows})
    for number in itertools.count():
        name = by.choice(rows)["last_name"]
        if by.random() < 0.5:
            other = by.choice(rows)["last_name"]
            name = (name[: len(name) // 2 + 1] + other[len(other) // 2 :]).capitalize()
        trade = " ".join(by.sample(common, by.choice((1, 2))))
        seat = territory.find(by.choice(seats))
        yield Party(f"F{number}", f"{name} {trade} {by.choice(forms)}".strip(), "company", territory=seat)


class Clock:
    """Seconds by the clock and of the processor since it was made."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """Both, rounded."""
        return {
            "wall_s": round(time.perf_counter() - self._wall, 1),
            "cpu_s": round(time.process_time() - self._processor, 1),
        }


def changed(entities: Path, parties: Sequence[Party], count: int, workers: int) -> dict[str, Any]:
    """How long it takes to find whom ``count`` entries of the list in force touch."""
    warm()
    whole = entities.read_bytes()
    lines = whole.splitlines(keepends=True)
    by = random.Random("changed")
    records = [b"".join(by.sample(lines, min(count, len(lines)))) for _ in range(3)]
    few = max(1, len(parties) // 100)
    new = [Party(f"N{number}", one.name[::-1], one.kind) for number, one in enumerate(parties[:few])]
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        build_index(whole, where)
        standing = Matcher.open(where, ((SOURCE, canonical.sha256(whole)),))
        figures: dict[str, Any] = {"parties": len(parties), "entities": len(lines), "changed": count}
        for name, asked, data, number in (
            ("with_a_new_index", parties, records[0], 1),
            ("with_the_index", parties, records[1], 1),
            (f"with_the_index_{workers}", parties, records[1], workers),
            ("with_a_hundredth_new", [*parties, *new], records[2], 1),
        ):
            clock = Clock()
            found = sum(1 for _ in touched(data, asked, where, standing, SOURCE, forked.by(number)))
            figures[name] = clock.read() | {"touched": found}
        figures["index_mb"] = round(sum(file.stat().st_size for file in where.rglob("*") if file.is_file()) / 1e6)
    return figures


def everybody(entities: Path, parties: Iterable[Party], workers: int, count: int) -> dict[str, Any]:
    """Parties a second by one process and by several, and what all would take."""
    warm()
    data = entities.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        build_index(data, where)
        used = ((SOURCE, canonical.sha256(data)),)
        Matcher.open(where, used)
        parts = list(bulk.chunks(parties))
        asked = sum(part.count(b"\n") for part in parts)
        figures: dict[str, Any] = {"entities": data.count(b"\n"), "asked": asked}
        said = set()
        for number in (1, workers):
            clock, digest = time.perf_counter(), hashlib.sha256()
            for answer in bulk.screened_all(where, used, parts, forked.by(number)):
                digest.update(answer)
            took = time.perf_counter() - clock
            said.add(digest.hexdigest())
            figures[f"per_s_{number}"] = round(asked / took)
            figures[f"minutes_for_all_{number}"] = round(took / asked * count / 60, 1)
    figures["times_one_process"] = round(figures[f"per_s_{workers}"] / max(1, figures["per_s_1"]), 2)
    figures["same_bytes"] = len(said) == 1
    return figures


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object")
    parser.add_argument("--parties", type=int, default=320_000)
    parser.add_argument("--entities", type=int, default=230_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--changed", type=int, default=1000, help="list entries that changed")
    parser.add_argument("--share", type=int, default=10, help="screen every so-manieth party against everything")
    parser.add_argument("--no-growth", action="store_true", help="the full sizes only")
    arguments = parser.parse_args()
    parties = list(register(arguments.parties))
    figures: dict[str, Any] = {
        "machine": {"cores": os.cpu_count()}, "matcher": matcher_edition(), "changed": [], "everybody": []
    }  # fmt: skip
    sizes = [1] if arguments.no_growth else [8, 1]
    with tempfile.TemporaryDirectory() as folder:
        for part in sizes:
            entities = Path(folder) / f"{part}.jsonl"
            made = consolidated(editions(data_folder()), arguments.entities // part)
            entities.write_bytes(b"".join(canonical.encode(one) + b"\n" for one in made))
            some = parties[: len(parties) // part]
            figures["changed"].append(alone(changed, entities, some, arguments.changed, arguments.workers))
            every = parties[:: arguments.share * part]
            figures["everybody"].append(alone(everybody, entities, every, arguments.workers, len(parties)))
    print(json.dumps(figures) if arguments.json else lines(figures))
    return 0


def lines(figures: dict[str, Any]) -> str:
    """The figures for reading."""
    out = [figures["matcher"]]
    for kind in ("changed", "everybody"):
        for one in figures[kind]:
            out += [f"{kind}:", *(f"  {key:24}{value}" for key, value in one.items())]
    return "\n".join(out)


if __name__ == "__main__":
    raise SystemExit(main())
