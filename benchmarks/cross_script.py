"""Names in another script against lists that know the Latin names only; beside nomenklatura as it is installed.

``python benchmarks/cross_script.py [FILE] [--json] [--worst N] [--no-peer]``: FILE has the columns script, schema,
name, latin_names (parted by |), source, entry. Each entry is listed by its Latin names, those of the file and those
that a watchlist under SAFECONDUCT_DATA (else the shared data beside the checkout) has for it, among every such list
stripped of the names in other scripts. *Found* is a row
whose very entry is *likely the same* or *cannot tell*; *alarms* counts the rows for which an entry that shares no Latin
name with it is, ``alarms_not_in_latin`` those for which one does that no Latin name of the entry would alarm on. By
name and kind alone. The peer needs the extra ``bench``; without it the object says ``absent``.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import peer_nomenklatura as peer
from watchlists import data_folder, editions

from safeconduct.core.party import Party, PartyKind
from safeconduct.core.script import script
from safeconduct.screen import Matcher, alert, build_index, fold, matcher_edition, warm
from safeconduct.sources.model import Listed, ListedName

SET = "cross-script"
LOADED_AS = {"un-consolidated": "un-sc"}  # what the file calls a list, and the key it is loaded under
_KINDS: dict[str, PartyKind] = {"Person": "person", "Organization": "organization", "Company": "company"}
Row = dict[str, str]
Lists = dict[str, list[Listed]]


def memory_mb() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def is_latin(text: str) -> bool:
    """Whether every letter of a name is a Latin one."""
    return all(script(char) == "LATIN" for char in text if char.isalpha())


def rows_of(path: Path) -> list[Row]:
    """The rows of the file; newlines inside a name are spaces."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: " ".join(value.split()) for key, value in row.items()} for row in csv.DictReader(file)]


def entry_of(row: Row) -> str:
    """The listed entry that a row must find."""
    return f"{row['source']}/{row['entry']}"


def kind_of(row: Row) -> PartyKind:
    """The kind of party that a row's schema names."""
    return _KINDS.get(row["schema"], "organization")


def listed_of(rows: Iterable[Row], lists: Lists) -> list[Listed]:
    """One entry for each that the rows name, by its Latin names: the file's, and those of the list itself."""
    loaded = {f"{key}/{one.entry}": one.names for key, several in lists.items() for one in several}
    names: dict[str, dict[str, ListedName]] = {}
    kinds: dict[str, PartyKind] = {}
    for row in rows:
        latin = (one.strip() for one in row["latin_names"].split("|"))
        told = names.setdefault(entry_of(row), {})
        told.update((one, ListedName(one)) for one in latin if one and is_latin(one))
        for name in loaded.get(f"{LOADED_AS.get(row['source'], row['source'])}/{row['entry']}", ()):
            told.setdefault(name.text, name)
        kinds[entry_of(row)] = kind_of(row)
    return [Listed(entry, kinds[entry], tuple(told.values()), entry) for entry, told in names.items()]


def haystack(folder: Path) -> Lists:
    """Every watchlist, its entries by their Latin names; an entry without one is left out."""
    lists: Lists = {}
    for reading in editions(folder):
        for one in reading.records():
            if not isinstance(one, Listed):
                continue
            if latin := tuple(name for name in one.names if is_latin(name.text)):
                lists.setdefault(reading.edition.key, []).append(msgspec.structs.replace(one, names=latin))
    return lists


def ours(lists: Lists, rows: Sequence[Row], worst: int) -> dict[str, Any]:
    """What the matcher finds, and how long it takes."""
    warm()
    encode = msgspec.json.Encoder().encode
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        begun = time.process_time()
        built = {
            key: build_index(b"\n".join(encode(one) for one in listed), where).name.partition(".")[0]
            for key, listed in lists.items()
        }
        figures: dict[str, Any] = {"build_s": round(time.process_time() - begun, 2), "before_mb": memory_mb()}
        matcher = Matcher.open(where, built.items())
        took, said = [], []
        for row in rows:
            begun = time.process_time()
            matches = matcher.screen(Party("p", row["name"], kind_of(row))).matches
            took.append(time.process_time() - begun)
            said.append({f"{one.source} {one.entry}" for one in matches if alert(one)})
    figures |= judged(lists, rows, said, worst) | {"alarms_not_in_latin": not_in_latin(matcher, lists, rows, said)}
    slow = sorted(took)[len(took) * 95 // 100]
    return figures | {"one_p95_ms": round(slow * 1000, 1), "memory_mb": memory_mb()}


def not_in_latin(matcher: Matcher, lists: Lists, rows: Sequence[Row], said: Sequence[set[str]]) -> int:
    """The rows for which an entry alarms that none of their Latin names would: what another script adds."""
    names = {
        f"{key} {one.entry}": [name.text for name in one.names] for key, several in lists.items() for one in several
    }
    found = 0
    for row, alarmed in zip(rows, said, strict=True):
        target = f"{SET} {entry_of(row)}"
        others = alarmed - {target}
        for text in names[target] if others else ():
            matches = matcher.screen(Party("p", text, kind_of(row))).matches
            others -= {f"{one.source} {one.entry}" for one in matches if alert(one)}
        found += bool(others)
    return found


def theirs(lists: Lists, rows: Sequence[Row], worst: int) -> dict[str, Any] | str:
    """What the peer finds."""
    if not peer.present():
        return "absent (install the extra bench)"
    listed = [(f"{key} {one.entry}", one) for key, several in lists.items() for one in several]
    queries = [("Person" if row["schema"] == "Person" else "Company", row["name"]) for row in rows]
    return judged(lists, rows, peer.said(listed, queries), worst)


def judged(lists: Lists, rows: Sequence[Row], said: Sequence[set[str]], worst: int) -> dict[str, Any]:
    """Shares found by script, with counts, and the rows for which another entry alarms."""
    names = {f"{key} {one.entry}": _folded(one) for key, several in lists.items() for one in several}
    scripts = sorted({row["script"] for row in rows})
    hits: dict[str, list[bool]] = {script: [] for script in scripts}
    missed, alarmed = [], []
    for row, found in zip(rows, said, strict=True):
        target = f"{SET} {entry_of(row)}"
        hits[row["script"]].append(target in found)
        others = sorted(one for one in found if not names[one] & names[target])
        if target not in found:
            missed.append(f"{row['name']} / {row['latin_names'][:80]}")
        if others:
            alarmed.append(f"{row['name']} / {', '.join(sorted(names[others[0]])[:2])} ({others[0]}; {len(others)})")
    figures: dict[str, Any] = {script: round(sum(found) / len(found), 4) for script, found in hits.items()}
    figures["found"] = {script: f"{sum(found)} of {len(found)}" for script, found in hits.items()}
    figures["alarms"] = len(alarmed)
    return figures | ({"worst": {"missed": missed[:worst], "alarmed": alarmed[:worst]}} if worst else {})


def _folded(listed: Listed) -> frozenset[str]:
    return frozenset(fold.roman(name.text) for name in listed.names)


def main() -> int:
    """Print the figures."""
    folder = data_folder()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=folder / "labelled" / "cross_script.csv")
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    parser.add_argument("--worst", type=int, default=0, help="show so many misses and alarms")
    parser.add_argument("--no-peer", action="store_true", help="ours only")
    arguments = parser.parse_args()
    if not arguments.file.is_file():
        print(f"no file {arguments.file}: give one, or set SAFECONDUCT_DATA", file=sys.stderr)
        return 1
    rows = rows_of(arguments.file)
    lists = haystack(folder)
    lists[SET] = listed_of(rows, lists)
    figures = {
        "matcher": matcher_edition(),
        "rows": len(rows),
        "entities": sum(len(listed) for listed in lists.values()),
        "ours": ours(lists, rows, arguments.worst),
        "peer": "skipped" if arguments.no_peer else theirs(lists, rows, arguments.worst),
    }
    print(json.dumps(figures, ensure_ascii=False) if arguments.json else lines(figures))
    return 0


def lines(figures: dict[str, Any]) -> str:
    """The figures for reading, ours beside the peer's."""
    peer_figures = figures["peer"] if isinstance(figures["peer"], dict) else {}
    out = [f"{figures['rows']} names in other scripts, {figures['entities']} entities"]
    for key, value in figures["ours"].items():
        if isinstance(value, dict):
            continue
        counts = figures["ours"]["found"].get(key, "")
        out.append(f"  {key:16}{value!s:>10}{peer_figures.get(key, '')!s:>10}  {counts}")
    if not peer_figures:
        out.append(f"  peer: {figures['peer']}")
    for whose in ("ours", "peer"):
        worst = figures[whose].get("worst", {}) if isinstance(figures[whose], dict) else {}
        out += [f"  {whose} {what}: {one}" for what, several in worst.items() for one in several]
    return "\n".join(out)


if __name__ == "__main__":
    raise SystemExit(main())
