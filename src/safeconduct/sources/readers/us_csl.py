"""The US Consolidated Screening List: one table over a dozen US lists, as CSV or JSON.

The CSV packs several values into a cell, parted by ``; ``; both become the same rows here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from safeconduct.core import territory
from safeconduct.core.party import PartyKind
from safeconduct.sources.files import SourceFile, Table, squeeze, unsafe
from safeconduct.sources.model import Listed, NameKind
from safeconduct.sources.readers.draft import Draft, comma
from safeconduct.sources.readers.naming import entry_of, family_first, link, link_code
from safeconduct.sources.readers.ofac_remarks import kind_of
from safeconduct.sources.readers.whole_json import read_as
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import possible, single

COLUMNS = ("source", "entity_number", "type", "programs", "name", "addresses", "alt_names", "ids", "remarks")
_KINDS: Mapping[str, PartyKind] = {
    "individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_SOURCE = re.compile(r"\(([A-Z]+)\)")
_LINKED = re.compile(r"Linked To: ([^)]+)\)?")
_SEVERAL = ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth")


class _Results(msgspec.Struct, frozen=True):
    results: list[Any]


def is_csv(head: str) -> str:
    """``list`` where the header names the list's own columns."""
    first = head.partition("\n")[0]
    return "list" if "source,entity_number,type,programs,name" in first else ""


def is_json(head: str) -> str:
    """``list`` where the text begins the JSON edition."""
    return "list" if '"results"' in head[:2000] and '"federal_register_notice"' in head else ""


def read_csv(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every row; the file states no date of its own."""
    for number, cells in Table(files["list"], COLUMNS):
        if cells is None or (why := unsafe("\t".join(cells.values()))):
            out.bad(f"line {number}", "not the columns of the header" if cells is None else why)
            continue
        row: dict[str, Any] = {**cells, **{column: cells.get(column, "").split("; ") for column in _SEVERAL}}
        row["addresses"] = [_packed_address(text) for text in cells["addresses"].split("; ") if text]
        row["ids"] = [_packed_id(text) for text in cells["ids"].split("; ") if text]
        _keep(row, f"line {number}", out)
    return ""


def read_json(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every result; the file states no date of its own."""
    for number, row in enumerate(read_as(files["list"], _Results).results, 1):
        if isinstance(row, dict) and _well_typed(row):
            _keep(row, f"result {number}", out)
        else:
            out.bad(f"result {number}", "not an object with texts and lists of texts")
    return ""


def _well_typed(row: dict[str, Any]) -> bool:
    lists = all(_list_of(str, row.get(column)) for column in _SEVERAL)
    return lists and _list_of(dict, row.get("addresses")) and _list_of(dict, row.get("ids")) and bool(row.get("name"))


def _list_of(kind: type, value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, kind) for item in value))


def _packed_address(text: str) -> dict[str, str]:
    head, _, tail = text.rpartition(", ")
    return {"address": head, "country": tail} if re.fullmatch(r"[A-Z]{2}", tail) else {"address": text}


def _packed_id(text: str) -> dict[str, str]:
    head, _, label = text.rpartition(", ")
    country, _, rest = head.partition(", ")
    coded = re.fullmatch(r"[A-Z]{2}", country) and rest
    return {"type": label, "number": rest if coded else head, "country": country if coded else ""}


def _keep(row: dict[str, Any], place: str, out: Rows) -> None:
    record = _entry(row, place)
    if record is None:
        out.bad(place, "no name")
    else:
        out.keep(record, join=True)


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return squeeze(str(value)) if value is not None else ""


def _texts(row: Mapping[str, Any], column: str) -> Iterator[str]:
    return (squeeze(text) for text in row.get(column) or [] if squeeze(text))


def _entry(row: dict[str, Any], place: str) -> Listed | None:
    name, addresses = _text(row, "name"), row.get("addresses") or []
    country = next((_text(item, "country") for item in addresses if _text(item, "country")), "")
    draft = Draft(_text(row, "entity_number") or entry_of(name, country), place)
    draft.kind = _KINDS.get(_text(row, "type").lower(), "unknown")
    for number, text in enumerate((name, *_texts(row, "alt_names"))):
        kind: NameKind = "alias" if number else "primary"
        split = family_first(text, kind) if draft.kind == "person" else None
        draft.name(split.text if split else text, kind, split.given if split else "", split.family if split else "")
    _facts(draft, row)
    for item in addresses:
        parts = (_text(item, part) for part in ("address", "city", "state", "postal_code", "country"))
        draft.addresses.append(comma(*parts))
        if _text(item, "country"):
            draft.territories.append(link_code("address", _text(item, "country")))
    for item in row.get("ids") or []:
        _number(draft, item)
    return draft.listed()


def _facts(draft: Draft, row: dict[str, Any]) -> None:
    source = _SOURCE.search(_text(row, "source"))
    draft.programmes += [source[1] if source else _text(row, "source"), *_texts(row, "programs")]
    draft.born += [possible(text) for text in _texts(row, "dates_of_birth")]
    draft.birth_places += _texts(row, "places_of_birth")
    for column in ("citizenships", "nationalities"):
        draft.territories += [link_code("nationality", text) for text in _texts(row, column)]
    if flag := _text(row, "vessel_flag"):
        draft.territories.append(link("flag", flag))
    draft.number("other", _text(row, "call_sign"))
    draft.relate("owner", [_text(row, "vessel_owner")])
    draft.relate("linked_to", _LINKED.findall(_text(row, "remarks")))
    draft.listed_on, draft.ends_on = single(_text(row, "start_date")), single(_text(row, "end_date"))
    draft.citations.append(_text(row, "federal_register_notice"))
    draft.remarks += [_text(row, column) for column in ("title", "remarks", "license_requirement", "license_policy")]


def _number(draft: Draft, item: Mapping[str, Any]) -> None:
    label, value = _text(item, "type"), _text(item, "number")
    if label == "Gender":
        draft.gender(value)
    elif value.startswith("IMO "):
        draft.number("imo", value.removeprefix("IMO "))
    elif kind := kind_of(label):
        if kind == "wallet":
            value = value.partition(" ")[2] or value
        draft.number(kind, value, territory.find(_text(item, "country")))
    else:
        draft.remarks.append(f"{label}: {value}" if label else value)
