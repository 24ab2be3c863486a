"""Strict reading of a TOML table: every key known, every value of its kind, every error with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NoReturn

import msgspec

from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.policy.catalogue import nearest
from safeconduct.policy.lines import Path, find_lines

MAX_BYTES = 1_000_000
MAX_MEMBERS = 10_000
MAX_TEXT = 4_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_AT = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


class Place(msgspec.Struct, frozen=True):
    """A place in a file: its line where lines are known, else its path from the top."""

    where: str
    lines: Mapping[Path, int] = {}
    path: Path = ()

    def at(self, *keys: str | int) -> Place:
        return Place(self.where, self.lines, (*self.path, *keys))

    def __str__(self) -> str:
        for length in range(len(self.path), 0, -1):
            if line := self.lines.get(self.path[:length]):
                return f"{self.where}, line {line}"
        steps = [f"[{key + 1}]" if isinstance(key, int) else f"→ {key}" for key in self.path]
        return " ".join([self.where, *steps])

    def refuse(self, what: str, remedy: str) -> NoReturn:
        raise Refusal(what, str(self), remedy)

    def refuse_word(self, what: str, word: object, among: list[str]) -> NoReturn:
        """Refuse ``word`` and name the nearest right one, else all of them when they are few."""
        near = nearest(word, among) if isinstance(word, str) else ""
        few = ", ".join(among) if len(among) <= 30 else "see the documentation for the words allowed"
        self.refuse(what, f"did you mean {near!r}?" if near else few or "there is none to choose from")


def read_toml(data: bytes, where: str) -> tuple[dict[str, Any], Place]:
    """A TOML file from outside as plain values, and the place of its top.

    Refused: over ``MAX_BYTES``, not UTF-8, not TOML, nested too deep, and characters that make
    a text read differently from how it is stored.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(f"larger than {MAX_BYTES} bytes", where, "split the pack, or extend another")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", where, "save the file as UTF-8") from error
    place = Place(where, find_lines(text, where))
    try:
        document = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        what, spot = _syntax(str(error), where)
        raise Refusal(f"not TOML: {what}", spot, "correct the file") from error
    refuse_unsafe_text(document, where)
    return document, place


def _syntax(message: str, where: str) -> tuple[str, str]:
    found = _AT.fullmatch(message)
    return (found[1], f"{where}, line {found[2]}, column {found[3]}") if found else (message, where)


class Table:
    """One table. ``allowed`` names every key it may have; each reader refuses what does not fit."""

    def __init__(self, raw: object, place: Place, allowed: tuple[str, ...]) -> None:
        self.place = place
        if not isinstance(raw, dict):
            place.refuse(f"expected a table, found {describe(raw)}", "write a table with " + ", ".join(allowed))
        self.raw: dict[str, Any] = raw
        for key in raw:
            if key not in allowed:
                place.at(key).refuse_word(f"unknown key {key!r}", key, list(allowed))

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def at(self, *keys: str | int) -> Place:
        return self.place.at(*keys)

    def need(self, key: str) -> Any:
        """The value of ``key``, which must be there."""
        if key not in self.raw:
            self.place.refuse(f"{key!r} is missing", f"add {key} to this table")
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text of 1 to ``MAX_TEXT`` characters."""
        if default is not None and key not in self.raw:
            return default
        return _text(self.need(key), self.at(key))

    def word(self, key: str, allowed: list[str], default: str | None = None) -> str:
        """One of the ``allowed`` words."""
        if default is not None and key not in self.raw:
            return default
        return read_word(self.need(key), allowed, self.at(key))

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.at(key).refuse(f"{describe(value)} is not a whole number from {low} to {high}", "correct the number")
        return value

    def each(self, key: str) -> list[tuple[Any, Place]]:
        """The members of a list with their places; an absent list is empty."""
        return members(self.raw.get(key, []), self.at(key))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts without repetition; an absent list is empty."""
        found: list[str] = []
        for value, place in self.each(key):
            word = _text(value, place)
            if word in found:
                place.refuse(f"{word!r} stands twice", "keep one of them")
            found.append(word)
        return tuple(found)

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[Table]:
        return [Table(value, place, allowed) for value, place in self.each(key)]

    def languages(self, key: str) -> dict[str, str]:
        """A text by language (BCP 47 tag); English must be among them."""
        raw, place = self.need(key), self.at(key)
        if not isinstance(raw, dict):
            place.refuse(f"expected a text by language, found {describe(raw)}", f'write {key}.en = "…"')
        for tag in raw:
            if not _LANGUAGE.fullmatch(tag):
                place.at(tag).refuse(f"{tag!r} is not a language tag", "write a tag such as en, fr or sr-Latn")
        if "en" not in raw:
            place.refuse(f"{key}.en is missing", f'add {key}.en = "…"')
        return {tag: _text(raw[tag], place.at(tag)) for tag in sorted(raw)}


def members(raw: object, place: Place) -> list[tuple[Any, Place]]:
    """The members of a list, each with its place."""
    if not isinstance(raw, list):
        place.refuse(f"expected a list, found {describe(raw)}", "write a list in square brackets")
    if len(raw) > MAX_MEMBERS:
        place.refuse(f"more than {MAX_MEMBERS} members", "split the pack, or extend another")
    return [(value, place.at(number)) for number, value in enumerate(raw)]


def read_word(value: object, allowed: list[str], place: Place) -> str:
    """``value`` as one of the ``allowed`` words."""
    if not isinstance(value, str) or value not in allowed:
        place.refuse_word(f"{describe(value)} is not allowed here", value, allowed)
    return value


def _text(value: object, place: Place) -> str:
    if not isinstance(value, str) or not value.strip():
        place.refuse(f"expected a text, found {describe(value)}", "write a text in quotation marks")
    if len(value) > MAX_TEXT:
        place.refuse(f"a text of more than {MAX_TEXT} characters", "shorten it")
    return value


def describe(value: object) -> str:
    """A value from a pack as an error message shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return repr(value[:60]) if value.strip() else "an empty text"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number beyond all measure"
    return str(value)
