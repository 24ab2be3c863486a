"""Screening in figures: what is found, what alarms, how long it takes; beside nomenklatura, stock and cached.

``python benchmarks/screening.py [--json] [--listed FILE] [--unlisted FILE] [--entities N] [--worst N]`` indexes every
watchlist under SAFECONDUCT_DATA (else the shared data beside the checkout) into a new folder, each as its own edition;
with ``--entities N`` all of them and made parties (``make_entities.py``) as one list of N. Then it asks for listed
people as others write their names (``target`` is the UN entry that must be found) and for people on no list; both files
have the columns of the labelled ones. Further, 1,000 parties of every kind from all over the lists are asked for by
their first name as ``make_entities.altered`` writes it.

Each side is measured in a process of its own, whose most memory is told. Times are processor time, for other work may
run beside it; ``*_wall_s`` and ``start_s`` are by the clock, and so is ``build_s``: as the product builds, by as many
processes as there are cores (``build_processes``), while the peer knows one. ``library_s`` is the name library's own
start. The peer needs the extra ``bench``; it answers a sample (``asked``), for it takes minutes.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import peer_nomenklatura as peer
from make_entities import altered, consolidated
from watchlists import data_folder, editions

from safeconduct.core import canonical, territory
from safeconduct.core.party import Party
from safeconduct.flows import forked
from safeconduct.screen import Match, Matcher, alert, analyse, build_index, bulk, matcher_edition, warm
from safeconduct.screen.features import Sought
from safeconduct.screen.index import CANDIDATES
from safeconduct.sources.model import Listed

FIRST = 20  # candidates within which a listed name is also looked for
WHOLE = "all"  # the source key of the one list that --entities makes
ALTERED = 1000
PEER_UNLISTED = 1000  # people on no list the peer is asked for; a fifth of them, and of the listed, on large lists
LARGE = 100_000
Row = dict[str, str]
Lists = Sequence[tuple[str, Path]]  # source key and normalised JSON Lines of each list


def rows_of(path: Path, sample: int = 0) -> list[Row]:
    """The rows of a labelled file; of a larger one, ``sample`` rows spread evenly."""
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return rows[:: max(1, len(rows) // sample)] if sample else rows


def party_of(row: Row, facts: bool) -> Party:
    """The person of a row, by name alone or with birth date and nationality."""
    if not facts:
        return Party("p", row["full_name"], "person")
    return Party(
        "p", row["full_name"], "person", born=row["date_of_birth"], territory=territory.find(row["nationality"])
    )


def written(folder: Path, entities: int) -> list[tuple[str, Path]]:
    """The lists as files: every edition's own records, or all as one list."""
    readings = editions(data_folder())
    if not entities:
        lists = {reading.edition.key: reading.normalised for reading in readings}
    else:
        lists = {WHOLE: b"".join(canonical.encode(one) + b"\n" for one in consolidated(readings, entities))}
    for key, data in lists.items():
        (folder / f"{key}.jsonl").write_bytes(data)
    return [(key, folder / f"{key}.jsonl") for key in lists]


def entries(lists: Lists) -> Iterator[tuple[str, Listed]]:
    """Every listed party, with ``<source>:<entry>``."""
    for key, path in lists:
        for line in path.read_bytes().splitlines():
            one = msgspec.json.decode(line, type=Listed)
            yield (one.entry if key == WHOLE else f"{key}:{one.entry}"), one


class Ours:
    """Every figure of ours, on indexes made in a folder."""

    def __init__(self, lists: Lists, where: Path) -> None:
        self._lists, self._where = lists, where
        begun = time.process_time()
        warm()
        self.figures: dict[str, Any] = {"library_s": round(time.process_time() - begun, 2)}
        self.figures["library_mb"] = peer.memory_mb()
        self._editions = self._built()
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            for _, path in lists:
                build_index(path.read_bytes(), Path(folder), share=forked.by(forked.cores()))
            self.figures |= {"build_s": round(time.perf_counter() - begun, 2), "build_processes": forked.cores()}
        begun = time.perf_counter()
        self._matcher = Matcher.open(where, self._editions)
        self.figures["start_s"] = round(time.perf_counter() - begun, 3)

    def _built(self) -> bulk.Editions:
        took = clock = 0.0
        made = []
        for key, path in self._lists:
            data = path.read_bytes()
            begun, hand = time.process_time(), time.perf_counter()
            made.append((key, build_index(data, self._where).name.partition(".")[0]))
            took, clock = took + time.process_time() - begun, clock + time.perf_counter() - hand
        size = sum(file.stat().st_size for file in self._where.rglob("*") if file.is_file())
        self.figures |= {
            "build_one_process_s": round(took, 2),
            "build_one_process_wall_s": round(clock, 2),
            "index_mb": round(size / 1e6, 1),
            "memory_mb": peer.memory_mb(),
        }
        return tuple(made)

    def found(self, rows: Sequence[Row], facts: bool) -> tuple[float, list[str]]:
        """Share of the rows whose entry raises an alert, and the names of those that do not."""
        missed = [row["full_name"] for row in rows if not self._finds(party_of(row, facts), target(row))]
        return share(len(rows) - len(missed), len(rows)), missed

    def _finds(self, party: Party, wanted: str) -> bool:
        return any(alert(match) and identity(match) == wanted for match in self._matcher.screen(party).matches)

    def alarms(self, rows: Sequence[Row], facts: bool) -> tuple[float, list[str]]:
        """Share of the rows that raise an alert, and what they resemble."""
        alarmed = []
        for row in rows:
            matches = [match for match in self._matcher.screen(party_of(row, facts)).matches if alert(match)]
            if matches:
                alarmed.append(f"{row['full_name']} / {matches[0].name} ({identity(matches[0])}, {matches[0].score})")
        return share(len(alarmed), len(rows)), alarmed

    def recall(self, asked: Sequence[tuple[Party, str]], most: int) -> float:
        """Share of the parties whose entry is among the first candidates of its list."""
        hit = 0
        for party, wanted in asked:
            source = WHOLE if self._lists[0][0] == WHOLE else wanted.partition(":")[0]
            index = self._matcher.index_of(source)
            modes = ("person", "organization") if party.kind == "unknown" else (mode_of(party),)
            sought = [Sought.of(one.words) for mode in modes for one in analyse.analyse(party.name, mode)]  # type: ignore[arg-type]
            numbers = [number for one in sought for number in (index.candidates(one, most) if index else [])]
            hit += any(index and source_entry(source, index.entry(int(index.entry_of[n]))) == wanted for n in numbers)
        return share(hit, len(asked))

    def altered(self) -> dict[str, Any]:
        """What is found of parties of every kind whose first name is altered."""
        by = random.Random("altered")
        whole = list(entries(self._lists))
        chosen = by.sample(whole, min(ALTERED, len(whole)))
        asked = [
            (Party("p", name, one.kind), identity)
            for identity, one in chosen
            if (name := altered(one.names[0].text, by)) and len(name) > 3 and len(name) < 300
        ]
        return {
            "asked": len(asked),
            "candidate_recall": self.recall(asked, CANDIDATES),
            "found_rate": share(sum(self._finds(party, wanted) for party, wanted in asked), len(asked)),
        }

    def batch(self, rows: Sequence[Row]) -> float:
        """Parties a second from JSON Lines in to JSON Lines out."""
        parts = list(bulk.chunks(party_of(row, facts=False) for row in rows))
        begun = time.process_time()
        for part in parts:
            bulk.screened(self._where, self._editions, part)
        return round(len(rows) / (time.process_time() - begun))

    def latency(self, rows: Sequence[Row]) -> dict[str, float]:
        """Milliseconds of single questions."""
        took = []
        for row in rows:
            begun = time.process_time()
            self._matcher.screen(party_of(row, facts=True))
            took.append((time.process_time() - begun) * 1000)
        took.sort()
        return {"one_p50_ms": round(took[len(took) // 2], 2), "one_p95_ms": round(took[len(took) * 95 // 100], 2)}


def identity(match: Match) -> str:
    """``<source>:<entry>`` of the listed party."""
    return match.entry if match.source == WHOLE else f"{match.source}:{match.entry}"


def source_entry(source: str, listed: Listed) -> str:
    """The same of an index's entry."""
    return listed.entry if source == WHOLE else f"{source}:{listed.entry}"


def target(row: Row) -> str:
    """The same of the entry that a row was made from."""
    return f"un-sc:{row['target']}"


def mode_of(party: Party) -> str:
    """How a name of a party whose kind is known is read."""
    return "person" if party.kind == "person" else "organization"


def share(part: int, whole: int) -> float:
    """To five places."""
    return round(part / max(1, whole), 5)


def ours(lists: Lists, listed: Sequence[Row], unlisted: Sequence[Row], worst: int) -> dict[str, Any]:
    """Every figure of ours."""
    with tempfile.TemporaryDirectory() as folder:
        made = Ours(lists, Path(folder))
        asked = [(party_of(row, facts=False), target(row)) for row in listed]
        figures = made.figures | {
            "candidate_recall": made.recall(asked, CANDIDATES),
            f"candidate_recall_{FIRST}": made.recall(asked, FIRST),
        }
        figures["found_rate"], missed = made.found(listed, facts=False)
        figures["found_rate_with_facts"], missed_too = made.found(listed, facts=True)
        figures["alarm_rate"], alarmed = made.alarms(unlisted, facts=False)
        figures["alarm_rate_with_facts"], alarmed_too = made.alarms(unlisted, facts=True)
        figures["batch_per_s"] = made.batch(unlisted)
        figures |= made.latency([*listed, *unlisted[: 4 * len(listed)]])
        figures["altered_of_every_kind"] = made.altered()
        figures["memory_in_use_mb"] = peer.memory_mb()
    if worst:
        figures["worst"] = {"missed": [*missed, *missed_too][:worst], "alarmed": [*alarmed, *alarmed_too][:worst]}
    return figures


def peers(lists: Lists, listed: Sequence[Row], unlisted: Sequence[Row]) -> dict[str, Any] | str:
    """The peer's figures, on a sample that is told."""
    if not peer.present():
        return "absent (install the extra bench)"
    every = list(entries(lists))
    part = 5 if len(every) > LARGE else 1
    few = unlisted[:: max(1, len(unlisted) * part // PEER_UNLISTED)]
    asked = [(row["full_name"], target(row)) for row in listed[::part]]
    return peer.figures(every, asked, [row["full_name"] for row in few])


def alone(work: Callable[..., Any], *given: Any) -> Any:
    """The result of work that is done by a new process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> int:
    """Print the figures."""
    folder = data_folder() / "labelled"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    parser.add_argument("--listed", type=Path, default=folder / "listed_people_altered.csv")
    parser.add_argument("--unlisted", type=Path, default=folder / "unlisted_people.csv")
    parser.add_argument("--entities", type=int, default=0, help="one list of so many: the real ones and made parties")
    parser.add_argument("--sample", type=int, default=0, help="so many of the unlisted, spread evenly (all)")
    parser.add_argument("--worst", type=int, default=0, help="show so many misses and alarms")
    parser.add_argument("--no-peer", action="store_true", help="ours only")
    arguments = parser.parse_args()
    if not arguments.listed.is_file() or not arguments.unlisted.is_file():
        print(f"no labelled names at {folder}: set SAFECONDUCT_DATA", file=sys.stderr)
        return 1
    listed = [row for row in rows_of(arguments.listed) if row["target"]]
    unlisted = rows_of(arguments.unlisted, arguments.sample)
    with tempfile.TemporaryDirectory() as temporary:
        lists = written(Path(temporary), arguments.entities)
        figures = {
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "matcher": matcher_edition(),
            "lists": {key: canonical.sha256(path.read_bytes()) for key, path in lists},
            "entities": sum(path.read_bytes().count(b"\n") for _, path in lists),
            "listed": len(listed),
            "unlisted": len(unlisted),
            "ours": alone(ours, lists, listed, unlisted, arguments.worst),
            "peer": "skipped" if arguments.no_peer else alone(peers, lists, listed, unlisted),
        }
    print(json.dumps(figures, ensure_ascii=False) if arguments.json else lines(figures))
    return 0


def lines(figures: dict[str, Any]) -> str:
    """The figures for reading, ours beside the peer's."""
    theirs = figures["peer"] if isinstance(figures["peer"], dict) else {}
    out = [f"{figures['entities']} entities, {figures['listed']} listed names, {figures['unlisted']} people on no list"]
    for key, value in figures["ours"].items():
        if not isinstance(value, dict):
            out.append(f"  {key:24}{value!s:>12}{theirs.get(key, ''):>12}")
    out += [f"  {key}: {value}" for key, value in {**figures["ours"], "peer": figures["peer"]}.items() if key != "worst"
            and (isinstance(value, dict) or key == "peer")]  # fmt: skip
    for kind, names in figures["ours"].get("worst", {}).items():
        out += [f"  {kind}: {name}" for name in names]
    return "\n".join(out)


if __name__ == "__main__":
    raise SystemExit(main())
