"""Canonical JSON: one value, one sequence of bytes, on every machine and in every year.

Keys sorted by code point, no insignificant white space, UTF-8, no floats (figures are
integers or decimal strings). What is hashed, signed or kept for ever is written by
``encode`` and read back by ``decode``. ``read_hostile`` is for JSON that somebody sent.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

import msgspec

from safeconduct.core.errors import Refusal

T = TypeVar("T")
MAX_BYTES = 5_000_000
MAX_DEPTH = 40


def encode(value: object) -> bytes:
    """Canonical bytes of a Struct or plain JSON value; TypeError where it holds a float."""
    plain = msgspec.to_builtins(value, str_keys=True)
    _refuse_floats(plain)
    return msgspec.json.encode(plain, order="sorted")


def decode(data: bytes, kind: type[T]) -> T:
    """A value of ``kind`` from bytes this system wrote itself."""
    return msgspec.json.decode(data, type=kind)


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(encode(value))


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats: use an integer or a decimal string")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


def read_hostile(data: bytes, where: str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """JSON from outside as plain values, or a ``Refusal`` that names the place.

    Refused: more than ``max_bytes``, nesting over ``max_depth`` (checked before parsing, so
    the parser's own stack is never tried), bytes that are not UTF-8, duplicate keys, NaN and
    infinities, lone surrogates, NUL, and the bidirectional control characters that make a
    text read differently from how it is stored.
    """
    if len(data) > max_bytes:
        raise Refusal(f"larger than {max_bytes} bytes", where, "send less, or in parts")
    if not data.strip():
        raise Refusal("empty: no JSON in it", where, "send one JSON object")
    _refuse_depth(data, where, max_depth)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"not UTF-8 at byte {error.start}", where, "save the file as UTF-8") from error
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _unique(pairs, where),
            parse_constant=lambda name: _no_constant(name, where),
        )
    except json.JSONDecodeError as error:
        raise Refusal(
            f"not JSON: {error.msg}", f"{where}, line {error.lineno}, column {error.colno}", "correct the file"
        ) from error
    except ValueError as error:  # an integer of thousands of digits
        raise Refusal("a number with too many digits", where, "correct the number") from error
    refuse_unsafe_text(value, where)
    return value


def _refuse_depth(data: bytes, where: str, max_depth: int) -> None:
    depth, in_string, escaped = 0, False, False
    for byte in data:
        if in_string:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_string = False
        elif byte == 0x22:
            in_string = True
        elif byte in (0x5B, 0x7B):
            depth += 1
            if depth > max_depth:
                raise Refusal(f"nested deeper than {max_depth}", where, "flatten the document")
        elif byte in (0x5D, 0x7D):
            depth -= 1


def _unique(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refusal(f"the key {key!r} stands twice in one object", where, "keep one of them")
        found[key] = value
    return found


def _no_constant(name: str, where: str) -> Any:
    raise Refusal(f"{name} is not a JSON number", where, "state the figure, or leave the field out")


# Embeddings, overrides, isolates and marks of the bidirectional algorithm (Unicode UAX #9, Trojan Source).
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


_INVISIBLE = "remove it; it cannot be seen, so type the text anew rather than copy it"


def refuse_unsafe_text(value: object, where: str) -> None:
    """Refuse control characters, lone surrogates and bidirectional overrides in any text of ``value``."""
    if isinstance(value, str):
        for char in value:
            if (char < " " and char not in "\n\r\t") or char == "\x7f" or "\ud800" <= char <= "\udfff" or char in BIDI:
                raise Refusal(f"the character U+{ord(char):04X} is not allowed in text", where, _INVISIBLE)
    elif isinstance(value, dict):
        for key, item in value.items():
            refuse_unsafe_text(key, where)
            refuse_unsafe_text(item, f"{where} → {key}")
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            refuse_unsafe_text(item, f"{where} [{number}]")
