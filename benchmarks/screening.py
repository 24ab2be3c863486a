"""Screening in figures: what is found, what alarms, how long it takes; beside nomenklatura as it is installed.

``python benchmarks/screening.py [--json] [--listed FILE] [--unlisted FILE] [--sample N] [--worst N] [--no-peer]``
indexes every watchlist under SAFECONDUCT_DATA (else the shared data beside the checkout) into a new folder, then asks
for listed people as others write their names (``target`` is the UN entry that must be found) and for people on no list.
Both files have the columns of the labelled ones. Times are of this process's own processor time, for other work may
run beside it. The peer needs the extra ``bench``; without it the object says ``absent``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import peer_nomenklatura as peer

from safeconduct.core import territory
from safeconduct.core.party import Party
from safeconduct.screen import Match, Matcher, alert, analyse, build_index, index, matcher_edition, warm
from safeconduct.sources.editions import Reading, gather, read_group

OBTAINED = "2026-07-31"
FIRST = 20  # candidates within which a listed name must be
Row = dict[str, str]


def data_folder() -> Path:
    """``SAFECONDUCT_DATA``, else ``shared/data`` beside the checkout."""
    return Path(os.environ.get("SAFECONDUCT_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def editions(folder: Path) -> list[Reading]:
    """Every watchlist under the folder."""
    groups = gather(sorted((folder / "watchlists").iterdir()))
    return [read_group(group, obtained=OBTAINED) for group in groups]


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


def built(readings: Sequence[Reading], where: Path) -> dict[str, Any]:
    """Time and size of the indexes, and the time to open them."""
    begun = time.process_time()
    for reading in readings:
        build_index(reading.normalised, where)
    seconds = time.process_time() - begun
    size = sum(file.stat().st_size for file in where.rglob("*") if file.is_file())
    begun = time.process_time()
    opened(readings, where)
    return {
        "build_s": round(seconds, 2),
        "index_mb": round(size / 1e6, 1),
        "start_ms": round((time.process_time() - begun) * 1000, 1),
    }


def opened(readings: Sequence[Reading], where: Path) -> Matcher:
    """A matcher over all editions."""
    return Matcher.open(where, [(one.edition.key, one.edition.normalised) for one in readings])


def is_target(match: Match, row: Row) -> bool:
    """Whether a match is the entry that the row was made from."""
    return match.source == "un-sc" and match.entry == row["target"]


def found(matcher: Matcher, rows: Sequence[Row], facts: bool) -> tuple[float, list[str]]:
    """Share of the rows whose entry raises an alert, and the names of those that do not."""
    missed = [
        row["full_name"]
        for row in rows
        if not any(alert(match) and is_target(match, row) for match in matcher.screen(party_of(row, facts)).matches)
    ]
    return 1 - len(missed) / len(rows), missed


def alarms(matcher: Matcher, rows: Sequence[Row], facts: bool) -> tuple[float, list[str], list[float]]:
    """Share of the rows that raise an alert, what they resemble, and the seconds each took."""
    alarmed, took = [], []
    for row in rows:
        begun = time.process_time()
        matches = [match for match in matcher.screen(party_of(row, facts)).matches if alert(match)]
        took.append(time.process_time() - begun)
        if matches:
            alarmed.append(f"{row['full_name']} / {matches[0].name} ({matches[0].source}, {matches[0].score})")
    return len(alarmed) / len(rows), alarmed, took


def candidate_recall(readings: Sequence[Reading], where: Path, rows: Sequence[Row]) -> float:
    """Share of the rows whose entry is among the first candidates of the UN list."""
    un = next(one for one in readings if one.edition.key == "un-sc")
    made = index.Index(index.directory(where, un.edition.normalised))
    hit = 0
    for row in rows:
        numbers = [
            number
            for reading in analyse.analyse(row["full_name"], "person")
            for number in made.candidates(index.Sought.of(reading.words), FIRST)
        ]
        hit += any(made.entry(int(made.entry_of[number])).entry == row["target"] for number in numbers)
    return hit / len(rows)


def ours(readings: Sequence[Reading], listed: Sequence[Row], unlisted: Sequence[Row], worst: int) -> dict[str, Any]:
    """Every figure of ours."""
    begun = time.process_time()
    warm()
    figures: dict[str, Any] = {"library_s": round(time.process_time() - begun, 2), "library_mb": memory_mb()}
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        figures |= built(readings, where)
        matcher = opened(readings, where)
        figures["candidate_recall"] = round(candidate_recall(readings, where, listed), 4)
        rate, missed = found(matcher, listed, facts=False)
        with_facts, missed_too = found(matcher, listed, facts=True)
        alarm, alarmed, took = alarms(matcher, unlisted, facts=False)
        alarm_facts, alarmed_too, _ = alarms(matcher, unlisted, facts=True)
    figures |= {
        "found_rate": round(rate, 4),
        "found_rate_with_facts": round(with_facts, 4),
        "alarm_rate": round(alarm, 5),
        "alarm_rate_with_facts": round(alarm_facts, 5),
        "batch_per_s": round(len(took) / sum(took)),
        "one_p50_ms": round(sorted(took)[len(took) // 2] * 1000, 2),
        "one_p95_ms": round(sorted(took)[len(took) * 95 // 100] * 1000, 2),
        "memory_mb": memory_mb(),
    }
    if worst:
        figures["worst"] = {"missed": (missed + missed_too)[:worst], "alarmed": (alarmed + alarmed_too)[:worst]}
    return figures


def memory_mb() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def listed_parties(readings: Sequence[Reading]) -> Iterator[tuple[str, Any]]:
    """Every listed party with its source."""
    for reading in readings:
        for record in reading.records():
            yield reading.edition.key, record


def main() -> int:
    """Print the figures."""
    folder = data_folder()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    parser.add_argument("--listed", type=Path, default=folder / "labelled" / "listed_people_altered.csv")
    parser.add_argument("--unlisted", type=Path, default=folder / "labelled" / "unlisted_people.csv")
    parser.add_argument("--sample", type=int, default=0, help="so many of the unlisted, spread evenly (all)")
    parser.add_argument("--worst", type=int, default=0, help="show so many misses and alarms")
    parser.add_argument("--no-peer", action="store_true", help="ours only")
    arguments = parser.parse_args()
    if not arguments.listed.is_file() or not arguments.unlisted.is_file():
        print(f"no labelled names at {folder}: set SAFECONDUCT_DATA", file=sys.stderr)
        return 1
    listed = [row for row in rows_of(arguments.listed) if row["target"]]
    unlisted = rows_of(arguments.unlisted, arguments.sample)
    readings = editions(folder)
    figures = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "matcher": matcher_edition(),
        "editions": [
            {"source": r.edition.key, "sha256": r.edition.normalised, "records": r.edition.count} for r in readings
        ],
        "entities": sum(reading.edition.count for reading in readings),
        "listed": len(listed),
        "unlisted": len(unlisted),
        "ours": ours(readings, listed, unlisted, arguments.worst),
        "peer": "skipped" if arguments.no_peer else peer.figures(list(listed_parties(readings)), listed, unlisted),
    }
    print(json.dumps(figures, ensure_ascii=False) if arguments.json else lines(figures))
    return 0


def lines(figures: dict[str, Any]) -> str:
    """The figures for reading, ours beside the peer's."""
    peer_figures = figures["peer"] if isinstance(figures["peer"], dict) else {}
    out = [f"{figures['entities']} entities, {figures['listed']} listed names, {figures['unlisted']} people on no list"]
    for key, value in figures["ours"].items():
        if key != "worst":
            out.append(f"  {key:24}{value!s:>12}{peer_figures.get(key, ''):>12}")
    if not peer_figures:
        out.append(f"  peer: {figures['peer']}")
    for kind, names in figures["ours"].get("worst", {}).items():
        out += [f"  {kind}: {name}" for name in names]
    return "\n".join(out)


if __name__ == "__main__":
    raise SystemExit(main())
