"""Our own normalised form: a header line, then one record a line. The starter editions ship in it,
and a State can give a list of its own in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from safeconduct.core.dates import parse_partial
from safeconduct.core.errors import Refusal
from safeconduct.sources.files import SourceFile, refuse_size, text_lines
from safeconduct.sources.model import ControlParagraph, Record
from safeconduct.sources.rows import Rows

_RECORD: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="starter"):
    """What the file says of itself. ``published`` and ``obtained`` are those of the facts in it
    (ISO days); ``about`` says in a sentence what was taken from where."""

    key: str
    publisher: str
    kind: Literal["watchlist", "control_list", "indicator", "country_rules", "regime", "relevant"]
    licence: str
    obtained: str
    about: str
    published: str = ""
    fictional: bool = False


def is_starter(head: str) -> str:
    """``list`` where the first line is such a header."""
    return "list" if '"type":"starter"' in head.partition("\n")[0] else ""


def read_starter(files: Mapping[str, SourceFile], out: Rows) -> str:
    """The records as they stand; each is checked against the model."""
    file = files["list"]
    refuse_size(file)
    lines = text_lines(file)
    number, first = next(lines)
    try:
        header = msgspec.json.decode(first, type=Header)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refusal(f"the header: {error}", f"{file.name}, line {number}", "correct the header") from error
    out.key, out.publisher, out.kind, out.licence = header.key, header.publisher, header.kind, header.licence
    out.obtained, out.fictional = header.obtained, header.fictional
    for number, line in lines:
        if not line.strip():
            continue
        try:
            record = _RECORD.decode(line)
            if isinstance(record, ControlParagraph):
                for date in filter(None, (record.valid_from, record.valid_to)):
                    parse_partial(date)
        except (msgspec.DecodeError, RecursionError, Refusal) as error:
            out.bad(f"line {number}", str(error)[:200])
        else:
            out.keep(record)
    return header.published
