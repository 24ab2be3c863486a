"""Checkpoints: a log's name, size and root in a signed note (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.ledger.note import PublicKey, Signer, open_note, sign_note
from safeconduct.ledger.tree import EMPTY_ROOT, HASH_SIZE, MAX_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a log says of itself at one moment: ``size`` leaves under ``root`` (32 bytes).

    ``extensions`` are opaque lines; this system writes none, since no monitor can audit them.
    ValueError for values that the text could not carry.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != HASH_SIZE:
            raise ValueError("a checkpoint has a size of 0 to 2**63 - 1 and a root of 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise ValueError("the root of the empty tree is SHA-256 of nothing")
        if any(not line or "\n" in line for line in (self.origin, *self.extensions)):
            raise ValueError("the lines of a checkpoint are not empty and hold no newline")

    def text(self) -> str:
        """The note text: origin, size, root in base64, extension lines."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "\n".join(lines) + "\n"


def checkpoint_note(origin: str, size: int, root: bytes, signer: Signer) -> str:
    """The signed checkpoint; the key's name is the log's origin (ValueError otherwise)."""
    if signer.name != origin:
        raise ValueError("the key that signs a checkpoint bears the log's origin as its name")
    return sign_note(Checkpoint(origin, size, root).text(), [signer])


def parse_checkpoint(text: str, where: str = "checkpoint") -> Checkpoint:
    """A note text as a checkpoint, strictly; a ``Refusal`` that says what is wrong.

    Trust the values only when the note around it was opened with a known key.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Refusal("not three or more full lines", where, "fetch the checkpoint again")
    origin, size, root, *extensions = lines[:-1]
    if not _SIZE.fullmatch(size):
        raise Refusal("the second line is no tree size", where, "fetch the checkpoint again")
    try:
        raw = base64.b64decode(root, validate=True)
        found = Checkpoint(origin, int(size), raw, tuple(extensions))
    except (binascii.Error, ValueError) as error:
        raise Refusal(f"the third line is no root hash: {error}", where, "fetch the checkpoint again") from error
    if found.text() != text:
        raise Refusal("the root hash is not in its one spelling", where, "fetch the checkpoint again")
    return found


def open_checkpoint(note: str, keys: Iterable[PublicKey], where: str = "checkpoint") -> Checkpoint:
    """The checkpoint in a note that a known key of its own log signed, else a ``Refusal``."""
    opened = open_note(note, keys, where)
    found = parse_checkpoint(opened.text, where)
    if all(key.name != found.origin for key in opened.signed_by):
        raise Refusal("not signed by the log it names", where, "check that this is the right log's key")
    return found
