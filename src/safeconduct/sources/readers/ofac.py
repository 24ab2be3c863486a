"""OFAC's legacy CSV files: three without a header (names, other names, addresses), ``-0-`` for empty.

Columns in the order of OFAC's legacy-file specification. The three belong together: the list
without its other names would miss people.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Identifier, PartyKind
from safeconduct.sources.files import SourceFile, cut_off, delimited, squeeze, unsafe
from safeconduct.sources.model import Listed, ListedName, NameKind, Relation
from safeconduct.sources.readers.naming import family_first, link
from safeconduct.sources.readers.ofac_remarks import Facts, read_remarks
from safeconduct.sources.rows import Rows

WIDTHS = {"sdn": 12, "alt": 5, "add": 6}
_KINDS: Mapping[str, PartyKind] = {
    "individual": "person", "vessel": "vessel", "aircraft": "aircraft", "": "organization",
}  # fmt: skip
_ALIASES: Mapping[str, NameKind] = {"aka": "alias", "fka": "former", "nka": "alias"}
# Programmes that stand on the consolidated list and not, or seldom, on the SDN list.
_CONSOLIDATED = frozenset(("NS-PLC", "CMIC-EO13959", "561-Related", "UKRAINE-EO13662", "FSE-IR", "FSE-SY"))
_NumberedRows = list[tuple[int, list[str]]]


def part_of(head: str) -> str:
    """``sdn``, ``cons``, ``alt`` or ``add`` for the first lines of such a file, else ``""``."""
    lines = head.splitlines()[:40]
    try:
        rows = [row for row in csv.reader(lines) if row and row[0].isdecimal()]
    except csv.Error:
        return ""
    if len(rows) < max(1, len(lines) - 1):
        return ""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    rows = [row for row in rows if len(row) == width]
    if width >= 10 and all(row[2].strip() in {*_KINDS, "-0-"} for row in rows):
        programmes = [row[3].split("]")[0].strip() for row in rows]
        return "cons" if sum(text in _CONSOLIDATED for text in programmes) * 2 > len(rows) else "sdn"
    if width == 5 and all(row[2] in _ALIASES for row in rows):
        return "alt"
    return "add" if width == 6 and all(row[1].isdecimal() for row in rows) else ""


def same_list(main: SourceFile, part: SourceFile) -> bool:
    """Whether most of the first entries of a further part stand in the main file."""
    first = (line.partition(",")[0] for line in part.head().decode("utf-8", "replace").splitlines()[:20])
    wanted = {entry for entry in first if entry.isdecimal()}
    with main.open() as stream:
        entries = {line.partition(b",")[0].decode("ascii", "replace") for line in stream}
    return len(wanted & entries) * 2 > len(wanted)


def read_ofac(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Join the three files by their first column; no date of publication is stated."""
    other = _by_entry(files["alt"], "alt", out)
    places = _by_entry(files["add"], "add", out)
    listed: list[Listed] = []
    for number, row in _rows(files["sdn"], "sdn", out):
        listed.append(_entry(row, number, other.pop(row[0], []), places.pop(row[0], [])))
    _refuse_strangers(files, len(listed), len(other))
    for part, left in (("alt", other), ("add", places)):
        for number, row in (pair for rows in left.values() for pair in rows):
            out.bad(f"{part} line {number}", f"no entry {row[0]} in the main file")
    entries = _unique_names(listed)
    for record in listed:
        out.keep(_with_entries(record, entries))
    return ""


def _refuse_strangers(files: Mapping[str, SourceFile], entries: int, strangers: int) -> None:
    if strangers * 10 > max(entries, 1):
        raise Refusal(
            f"{strangers} entries of the other-names file are not in the main file",
            f"{files['sdn'].name} and {files['alt'].name}",
            "give the three files of one list and one day together",
        )


def _rows(file: SourceFile, part: str, out: Rows) -> Iterator[tuple[int, list[str]]]:
    width, pending = WIDTHS[part], 0
    for number, row in delimited(file):
        if pending:
            out.bad(f"{part} line {pending}", f"not the {width} columns of this file")
        pending = 0
        if row == ["\x1a"]:
            out.skip(f"{part} line {number}", "end-of-file mark")
        elif any(row) and len(row) != width:
            pending = number
        elif any(row):
            cells = ["" if cell.strip() == "-0-" else squeeze(cell) for cell in row]
            if reason := _wrong(cells):
                out.bad(f"{part} line {number}", reason)
            else:
                yield number, cells
    if pending:
        raise cut_off(file, pending)


def _wrong(cells: list[str]) -> str:
    if not cells[0].isdecimal():
        return f"the first column is {cells[0][:20]!r}, not the number of an entry"
    return unsafe("\t".join(cells))


def _by_entry(file: SourceFile, part: str, out: Rows) -> dict[str, _NumberedRows]:
    found: dict[str, _NumberedRows] = {}
    for number, row in _rows(file, part, out):
        found.setdefault(row[0], []).append((number, row))
    return found


def _entry(row: list[str], number: int, other: _NumberedRows, places: _NumberedRows) -> Listed:
    facts = read_remarks(row[11])
    links = [*facts.territories, *(link("address", place[4]) for _, place in places if _stated(place[4]))]
    if row[9]:
        links.append(link("flag", row[9]))
    return Listed(
        entry=row[0],
        kind=_KINDS.get(row[2], "unknown"),
        names=_names(row, other, facts),
        place=f"sdn line {number}",
        born=tuple(dict.fromkeys(facts.born)),
        birth_places=tuple(dict.fromkeys(facts.birth_places)),
        sex=facts.sex,
        territories=tuple(dict.fromkeys(links)),
        identifiers=tuple(dict.fromkeys([*facts.identifiers, *([Identifier("other", row[5])] if row[5] else [])])),
        addresses=tuple(dict.fromkeys(filter(None, (", ".join(filter(None, at[2:5])) for _, at in places)))),
        programmes=tuple(text.strip("[] ") for text in row[3].split("] [") if text.strip("[] ")),
        relations=tuple(dict.fromkeys([*facts.relations, *([Relation("owner", name=row[10])] if row[10] else [])])),
        remarks="; ".join(filter(None, [row[4], row[6], *facts.rest])),
    )


def _stated(country: str) -> bool:
    return country not in ("", "undetermined")


def _names(row: list[str], other: _NumberedRows, facts: Facts) -> tuple[ListedName, ...]:
    texts: list[tuple[str, NameKind]] = [(row[1], "primary")]
    texts += [(alias[3], _ALIASES.get(alias[2], "alias")) for _, alias in other if alias[3]]
    texts += facts.names
    if row[2] == "individual":
        return tuple(dict.fromkeys(family_first(text, kind) for text, kind in texts))
    return tuple(dict.fromkeys(ListedName(text, kind) for text, kind in texts))


def _unique_names(listed: list[Listed]) -> dict[str, str]:
    """The entry of each primary name that only one entry bears, spelled as remarks spell it."""
    found: dict[str, str] = {}
    for record in listed:
        name = _key(_as_written(record.names[0]))
        found[name] = "" if name in found else record.entry
    return found


def _as_written(name: ListedName) -> str:
    return f"{name.family}, {name.given}" if name.family else name.text


def _key(name: str) -> str:
    return name.casefold().rstrip(".")


def _with_entries(record: Listed, entries: Mapping[str, str]) -> Listed:
    """``Linked To`` names its target only; where one entry alone bears that name, say which."""
    if not record.relations:
        return record
    found = tuple(
        msgspec.structs.replace(relation, entry=entries.get(_key(relation.name), "")) for relation in record.relations
    )
    return msgspec.structs.replace(record, relations=found)
