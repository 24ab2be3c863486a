"""Territories under keys of our own: neutral to status, stable, the same in every room.

A key is the ISO 3166-1 alpha-2 code where there is one, ``XK`` for Kosovo, a former code of
ISO 3166-3, or a hyphened key for a part that publishers count apart (``PS-GZ``). Keys of the
range that ISO leaves to its users (AA, QM–QZ, XA–XZ, ZZ; not XK) are fictional places, never
real ones. A key says nothing about statehood, and a State may add rows to ``territory.jsonl``.
"""

from __future__ import annotations

import functools
import pathlib
import re
import unicodedata

import msgspec

_FICTIONAL_RANGE = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")
_UPPER_CODE = re.compile(r"[A-Za-z]{2,4}(?:-[A-Za-z0-9]{1,4})?")


class Territory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of the table. ``within`` is the key of the whole that a part belongs to for matching;
    ``codes`` are further codes publishers use, ``spellings`` further English names."""

    key: str
    name: str
    alpha3: str = ""
    within: str = ""
    former: bool = False
    fictional: bool = False
    codes: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


@functools.cache
def table() -> dict[str, Territory]:
    """Every known territory by key, in the order of keys."""
    lines = pathlib.Path(__file__).with_name("territory.jsonl").read_bytes().splitlines()
    return {row.key: row for row in (msgspec.json.decode(line, type=Territory) for line in lines)}


def get(key: str) -> Territory | None:
    """The territory of a key, or None."""
    return table().get(key)


def display_name(key: str) -> str:
    """The English name, with ``(fictional)`` where the place is; the key itself where it is unknown."""
    row = table().get(key)
    if row:
        return row.name
    return f"{key} (fictional)" if is_fictional(key) else key


def is_fictional(key: str) -> bool:
    """Whether the key names a made-up place: by its row, or by standing in the user-assigned range."""
    row = table().get(key)
    return row.fictional if row else _FICTIONAL_RANGE.fullmatch(key) is not None


def whole(key: str) -> str:
    """The territory that ``key`` is a part of, or ``key`` itself."""
    row = table().get(key)
    return row.within or key if row else key


def from_code(code: str) -> str:
    """The key for a code (alpha-2, alpha-3, ISO 3166-3 or a publisher's own), ``""`` where unknown."""
    return _by_code().get(code.strip().upper(), "") if _UPPER_CODE.fullmatch(code.strip()) else ""


def from_name(text: str) -> str:
    """The key for an English name in any known spelling (``Korea, North``), ``""`` where unknown.

    A part that publishers name (``West Bank``) gives the key of the whole; ``part_from_name`` keeps it apart.
    """
    return whole(part_from_name(text))


def part_from_name(text: str) -> str:
    """As ``from_name``, but a part of a territory keeps its own key (``PS-WB``)."""
    return _by_name().get(fold(text), "")


def find(text: str) -> str:
    """The key for a code or a name, whichever ``text`` is; a two-letter text is read as a code."""
    return whole(from_code(text) or part_from_name(text))


def fold(text: str) -> str:
    """A name reduced to what spellings share: no accents, case, punctuation or article."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    bare = plain.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(word for word in re.sub(r"[^\w]+", " ", bare).split() if word != "the")


@functools.cache
def _by_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table().values():
        for code in (row.key, row.alpha3, *row.codes):
            if code:
                found.setdefault(code, row.key)
    return found


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table().values():
        for name in (row.name, *row.spellings):
            found.setdefault(fold(name), row.key)
    return found
