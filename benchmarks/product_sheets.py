"""Written product sheets held against the entry tests: caught, freed, outside and cannot tell, and what a gap does.

``python benchmarks/product_sheets.py [DIR] [--json] [--wrong]`` reads every ``*.toml`` below DIR (by default the sheets
in ``tests/classify/sheets``, whose README gives the form) and prints, by list and in all:

* ``right`` of ``sheets``, and the same by the status expected. A sheet is right where its entry has the status argued
  for it, the note that frees is the one named, and what is asked includes what would settle it;
* ``gaps``: each fact of each sheet taken away in turn, and ``freed_wrongly``, how often what was caught or open
  became freed or outside by that;
* ``second_reading``: how many labels a second reading of the same sheets shares, where there is one.

The sheets are invented and were labelled by argument from the list's text by those who also wrote the entry tests:
the figure shows that the tests say what was argued, and proves nothing about goods that nobody wrote a sheet for.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import safeconduct
from safeconduct import assess, classify, intake, screen
from safeconduct.classify import EntryResult, EntryTests, LineClassification, classify_line, read_entry_tests
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Value
from safeconduct.core.item import Datasheet, Declared, Item
from safeconduct.policy import Catalogue

ROOT = Path(__file__).resolve().parents[1]
SHEETS = ROOT / "tests" / "classify" / "sheets"
DAY = dt.date(2026, 10, 20)
ANY = "any"  # the code of a sheet about a whole list
STATUSES = ("caught", "freed", "outside", "cannot_tell")
CASES = ("caught", "freed", "outside", "near_miss", "missing")
KEYS = {"v", "list", "code", "case", "text_held", "vendor", "product", "declared", "datasheet", "facts", "label"}
LABEL_KEYS = {"status", "paragraph", "note", "place", "argument", "asks"}
HARMLESS = ("freed", "outside")


class Sheet(NamedTuple):
    """One file. ``facts`` map a key to the fact as an officer states it, with its line; ``asks`` are fact keys."""

    name: str
    list: str
    code: str
    case: str
    text_held: bool
    item: Item
    facts: dict[str, Fact]
    status: str
    paragraph: str
    note: str
    place: str
    argument: str
    asks: tuple[str, ...]


class Answer(NamedTuple):
    """What the entry tests say of a sheet's code."""

    status: str
    note: str
    asks: tuple[str, ...]


def catalogue() -> Catalogue:
    """Every fact that an entry test may ask for."""
    return Catalogue([*intake.FACTS, *classify.FACTS, *assess.FACTS, *screen.FACTS])


def starter_tests() -> tuple[EntryTests, ...]:
    """The entry tests that are shipped."""
    folder = Path(safeconduct.__file__).parent / "starter" / "control_tests"
    known = catalogue()
    return tuple(read_entry_tests(path.read_bytes(), path.name, known) for path in sorted(folder.glob("*.toml")))


def read_sheets(folder: Path) -> tuple[Sheet, ...]:
    """Every sheet below ``folder`` in the order of paths; a ``ValueError`` names the file and what is wrong in it."""
    known = catalogue()
    paths = sorted(path for path in folder.rglob("*.toml") if not path.name.endswith("_second_reading.toml"))
    return tuple(_sheet(path, path.relative_to(folder).with_suffix("").as_posix(), known) for path in paths)


def answer(sheet: Sheet, tests: Sequence[EntryTests], facts: dict[str, Fact] | None = None) -> Answer:
    """What ``tests`` say of the sheet's code, on its own facts or on ``facts``."""
    found = classify_line(sheet.item, sheet.facts if facts is None else facts, tests, DAY)
    if sheet.code == ANY:
        return _of_the_list(sheet, found)
    for each in found.entries:
        if (each.list, each.code) == (sheet.list, sheet.code):
            return Answer(each.status, each.note, _asked([each]))
    if not any((each.list, each.code) == (sheet.list, sheet.code) for each in found.outside):
        raise ValueError(f"{sheet.name}: no test reaches {sheet.list} {sheet.code}; declare it")
    return Answer("outside", "", ())


def is_right(sheet: Sheet, given: Answer) -> bool:
    """The status argued for, with the note that frees or what would settle it."""
    if given.status != sheet.status:
        return False
    if sheet.status == "freed":
        return bool(sheet.note) and sheet.note in given.note
    return sheet.status != "cannot_tell" or set(sheet.asks) <= set(given.asks)


def with_a_gap(sheet: Sheet, tests: Sequence[EntryTests]) -> list[tuple[str, str]]:
    """Each fact of the sheet, and the status without it."""
    return [
        (key, answer(sheet, tests, {other: fact for other, fact in sheet.facts.items() if other != key}).status)
        for key in sheet.facts
    ]


def is_freed_wrongly(sheet: Sheet, before: str, after: str) -> bool:
    """Whether less is known and yet what was caught or open counts as harmless. ``sheet`` names what is meant."""
    return before in ("caught", "cannot_tell") and after in HARMLESS and sheet.text_held


def figures(sheets: Iterable[Sheet], tests: Sequence[EntryTests]) -> dict[str, Any]:
    """Counts and shares by list, and under ``all``."""
    by_list: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_list.setdefault(sheet.list, []).append(sheet)
        by_list.setdefault("all", []).append(sheet)
    return {name: _figures(chosen, tests) for name, chosen in sorted(by_list.items())}


def second_reading(folder: Path, sheets: Iterable[Sheet]) -> dict[str, Any]:
    """How many labels the second readings of ``folder`` share with the first; each that differs is named."""
    first = {sheet.name: sheet.status for sheet in sheets}
    again: dict[str, str] = {}
    for path in sorted(folder.glob("*_second_reading.toml")):
        again |= {f"{name}": row["status"] for name, row in tomllib.loads(path.read_text("utf-8"))["reading"].items()}
    shared = [name for name in again if name in first]
    differ = [f"{name}: {first[name]} / {again[name]}" for name in shared if first[name] != again[name]]
    return {"read": len(shared), "agree": len(shared) - len(differ), "differ": differ}


def _figures(sheets: list[Sheet], tests: Sequence[EntryTests]) -> dict[str, Any]:
    given = {sheet.name: answer(sheet, tests) for sheet in sheets}
    right = [sheet for sheet in sheets if is_right(sheet, given[sheet.name])]
    wanted, met = Counter(sheet.status for sheet in sheets), Counter(sheet.status for sheet in right)
    gaps = [(sheet, key, after) for sheet in sheets for key, after in with_a_gap(sheet, tests)]
    freed = [
        f"{sheet.name} without {key}: {after}"
        for sheet, key, after in gaps
        if is_freed_wrongly(sheet, given[sheet.name].status, after)
    ]
    return {
        "sheets": len(sheets),
        "text_held": sum(sheet.text_held for sheet in sheets),
        "right": round(len(right) / len(sheets), 3),
        "by_status": {status: f"{met[status]}/{wanted[status]}" for status in STATUSES if wanted[status]},
        "by_case": {case: sum(sheet.case == case for sheet in sheets) for case in CASES},
        "wrong": [
            f"{each.name}: {each.status} {each.note or '-'}, given {given[each.name].status} {given[each.name].note}"
            for each in sheets
            if each not in right
        ],
        "harmless_though_caught": sum(
            sheet.status in ("caught", "cannot_tell") and given[sheet.name].status in HARMLESS for sheet in sheets
        ),
        "gaps": len(gaps),
        "freed_wrongly": freed,
    }


def _of_the_list(sheet: Sheet, found: LineClassification) -> Answer:
    """The strictest status that any entry of the list has."""
    results = [each for each in found.entries if each.list == sheet.list]
    for status in ("caught", "cannot_tell", "freed"):
        these = [each for each in results if each.status == status]
        if these:
            return Answer(status, ", ".join(each.note for each in these if each.note), _asked(these))
    return Answer("outside", "", ())


def _asked(results: Iterable[EntryResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gap.fact for each in results for gap in each.questions))


def _sheet(path: Path, name: str, known: Catalogue) -> Sheet:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    label = raw.get("label", {})
    strange = (set(raw) - KEYS) | (set(label) - LABEL_KEYS)
    if strange or raw.get("v") != 1:
        raise ValueError(f"{path}: not known: {', '.join(sorted(strange)) or 'v'}")
    lines = tuple(raw["datasheet"].strip().splitlines())
    if raw["case"] not in CASES or label["status"] not in STATUSES or not 10 <= len(lines) <= 30:
        raise ValueError(f"{path}: case, status or length of the sheet ({len(lines)} lines) is none that is allowed")
    declared = tuple(Declared(raw["list"], code) for code in raw.get("declared", ()))
    item = Item(1, raw["product"], datasheet=Datasheet(f"{raw['product']} sheet", lines), declared=declared)
    facts = {f"item.{key}": _fact(path, f"item.{key}", stated, item, known) for key, stated in raw["facts"].items()}
    return Sheet(
        name=name,
        list=raw["list"],
        code=raw["code"],
        case=raw["case"],
        text_held=raw["text_held"],
        item=item,
        facts=facts,
        status=label["status"],
        paragraph=label.get("paragraph", ""),
        note=label.get("note", ""),
        place=label["place"],
        argument=label["argument"],
        asks=tuple(f"item.{key}" for key in label.get("asks", ())),
    )


def _fact(path: Path, key: str, stated: list[Any], item: Item, known: Catalogue) -> Fact:
    """``[value, line]``, with ``"incomplete"`` or ``"exporter"`` as a third where it is only part or only a claim."""
    value, line, *more = stated
    kind = known.get(key)
    held: Value = tuple(value) if isinstance(value, list) else value
    told = held if isinstance(held, tuple) else (held,)
    assert item.datasheet is not None
    if kind is None or (kind.words and not set(told) <= {*kind.words, "none"}):
        raise ValueError(f"{path}: {key} = {value!r} is no fact or no value of it")
    if not 1 <= line <= len(item.datasheet.lines):
        raise ValueError(f"{path}: {key} cites line {line}, which the sheet has not")
    source = Source("datasheet", ref=item.datasheet.title, place=f"line {line}")
    by = "exporter" if "exporter" in more else "officer"
    evidence = Evidence(key, ", ".join(str(each) for each in told), source, "line:1", by=by)
    return Known(held, (evidence,), complete="incomplete" not in more)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHEETS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sheets = read_sheets(options.folder)
    if not sheets:
        raise SystemExit(f"{options.folder}: no sheet (*.toml) in it or below it; name a folder that has some")
    found = figures(sheets, starter_tests()) | {"second_reading": second_reading(options.folder, sheets)}
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, row in found.items():
        print(name)
        for key, value in row.items():
            print(f"  {key}: {value}")


if __name__ == "__main__":
    main()
