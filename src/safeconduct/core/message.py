"""Words for people live in message catalogues; values carry a key and its parameters."""

from __future__ import annotations

import msgspec

Param = str | int | bool | tuple[str, ...]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to be rendered by a door in the reader's language."""

    key: str
    params: dict[str, Param] = {}
