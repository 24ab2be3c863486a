"""US lists that are published as text and come as a JSON extraction of it: the Entity List, the
military end-user list, and the forced-labour (UFLPA) entity list.

The publisher numbers nobody, so an entry's id is a hash of name and country. The day of the
extraction is when the list was obtained, not when it was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.sources.files import SourceFile, squeeze
from safeconduct.sources.model import Listed, ListedName
from safeconduct.sources.readers.naming import entry_of, link
from safeconduct.sources.readers.whole_json import as_row, read_as
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

_IDS = {"bis-el": "bis-entity-list", "bis-meu": "bis-meu", "dhs-uflpa": "dhs-uflpa"}


class _Extraction(msgspec.Struct, frozen=True):
    list_id: str
    count: int
    entities: list[Any]


class _Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    aliases: list[str] = []
    country: str | None = None
    address: str | None = None
    status: str | None = None
    effective_date: str | None = None
    federal_register: str | None = None
    notes: str | None = None


def is_extraction(key: str, head: str) -> str:
    """``list`` where the text begins the extraction called ``key``."""
    start = head[:500].replace('": "', '":"')
    return "list" if f'"list_id":"{_IDS[key]}"' in start else ""


def read_extraction(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every entity; refused where fewer stand there than ``count`` says."""
    file = files["list"]
    data = read_as(file, _Extraction)
    if data.count != len(data.entities):
        what = f"{len(data.entities)} entities, where its count says {data.count}"
        raise Refusal(what, file.name, "fetch it again: it was cut off or altered")
    for number, value in enumerate(data.entities, 1):
        row = as_row(value, _Entity)
        if isinstance(row, str) or not squeeze(row.name):
            out.bad(f"entity {number}", row if isinstance(row, str) else "no name")
        else:
            out.keep(_entry(row, number), join=True)
    return ""


def _entry(row: _Entity, number: int) -> Listed:
    name, country, address = squeeze(row.name), squeeze(row.country), squeeze(row.address)
    aliases = [ListedName(squeeze(text), "alias") for text in row.aliases if squeeze(text)]
    return Listed(
        entry=entry_of(name, country),
        kind="unknown",
        names=tuple(dict.fromkeys([ListedName(name), *aliases])),
        place=f"entity {number}",
        territories=(link("listed_under", country),) if country else (),
        addresses=(address,) if address else (),
        listed_on=single(squeeze(row.effective_date)),
        citation=squeeze(row.federal_register),
        remarks="; ".join(filter(None, (squeeze(row.status), squeeze(row.notes)))),
    )
