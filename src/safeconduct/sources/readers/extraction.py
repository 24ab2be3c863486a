"""US lists that are published as text and come as a JSON extraction of it: the Entity List, the
military end-user list, and the forced-labour (UFLPA) entity list.

The publisher numbers nobody, so an entry's id is a hash of name and country. The day of the
extraction is when the list was obtained, not when it was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safeconduct.core.errors import Refusal
from safeconduct.sources.files import SourceFile, squeeze
from safeconduct.sources.model import Listed, ListedName
from safeconduct.sources.readers.naming import entry_of, link
from safeconduct.sources.readers.whole_json import read_object
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

_IDS = {"bis-el": "bis-entity-list", "bis-meu": "bis-meu", "dhs-uflpa": "dhs-uflpa"}
_FIELDS = frozenset(
    ("name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes")
)  # fmt: skip


def is_extraction(key: str, head: str) -> str:
    """``list`` where the text begins the extraction called ``key``."""
    return "list" if f'"list_id": "{_IDS[key]}"' in head[:500] or f'"list_id":"{_IDS[key]}"' in head[:500] else ""


def read_extraction(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every entity; refused where fewer stand there than ``count`` says."""
    file = files["list"]
    data = read_object(file, "list_id", "entities")
    entities = data["entities"]
    if not isinstance(entities, list) or data.get("count", len(entities)) != len(entities):
        raise Refusal("not as many entities as its count says", file.name, "fetch it again: it was cut off or altered")
    for number, row in enumerate(entities, 1):
        reason = _wrong(row)
        if reason:
            out.bad(f"entity {number}", reason)
        else:
            out.keep(_entry(row, number), join=True)
    return ""


def _wrong(row: Any) -> str:
    if not isinstance(row, dict):
        return "not an object"
    if strange := set(row) - _FIELDS:
        return f"unknown field {min(strange)}"
    if not isinstance(row.get("name"), str) or not squeeze(row["name"]):
        return "no name"
    texts = [value for field, value in row.items() if field != "aliases"]
    if not all(value is None or isinstance(value, str) for value in texts):
        return "a field that is not text"
    aliases = row.get("aliases") or []
    return (
        "" if isinstance(aliases, list) and all(isinstance(text, str) for text in aliases) else "aliases are not texts"
    )


def _entry(row: dict[str, Any], number: int) -> Listed:
    name, country = squeeze(row["name"]), squeeze(row.get("country"))
    aliases = [ListedName(squeeze(text), "alias") for text in row.get("aliases") or [] if squeeze(text)]
    address = squeeze(row.get("address"))
    return Listed(
        entry=entry_of(name, country),
        kind="unknown",
        names=tuple(dict.fromkeys([ListedName(name), *aliases])),
        place=f"entity {number}",
        territories=(link("listed_under", country),) if country else (),
        addresses=(address,) if address else (),
        listed_on=single(squeeze(row.get("effective_date"))),
        citation=squeeze(row.get("federal_register")),
        remarks="; ".join(filter(None, (squeeze(row.get("status")), squeeze(row.get("notes"))))),
    )
