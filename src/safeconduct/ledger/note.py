"""Signed notes with Ed25519 keys: C2SP signed-note, signature type 0x01.

A note is a text, a blank line, and one line a signature. Keys are written as Go's sumdb
writes them: ``name+keyid+base64(0x01 ‖ public key)``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safeconduct.core.errors import Refusal

ED25519 = b"\x01"
MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class Signer(Protocol):
    """Whoever holds a private key: a file, an HSM. ``public_key`` is RFC 8032's 32 bytes."""

    @property
    def name(self) -> str:
        """Key name, as the signature line states it."""

    @property
    def public_key(self) -> bytes:
        """The 32-byte public key."""

    def sign(self, data: bytes) -> bytes:
        """The 64-byte Ed25519 signature over ``data``."""


class SeedSigner:
    """A signer over a 32-byte Ed25519 seed held in memory."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.name = name
        self.public_key = self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


class PublicKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named verifying key; ValueError for a name or key no note could carry."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(char.isspace() or char < " " for char in self.name):
            raise ValueError("a key name is not empty and has no space, plus sign or control character")
        if len(self.key) != 32:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def id(self) -> bytes:
        """SHA-256(name ‖ newline ‖ 0x01 ‖ key), first four bytes."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def text(self) -> str:
        """The key as one line that people pass on."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether ``signature`` is this key's over ``text``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class Note(msgspec.Struct, frozen=True):
    """A text with the known keys that signed it (at least one) and the count of unknown signatures."""

    text: str
    signed_by: tuple[PublicKey, ...]
    unknown: int


def public_key(signer: Signer) -> PublicKey:
    """The key that verifies what ``signer`` signs."""
    return PublicKey(signer.name, signer.public_key)


def parse_key(text: str, where: str = "public key") -> PublicKey:
    """A key line as ``PublicKey.text`` writes it; a ``Refusal`` for anything else, a wrong key id included."""
    found = _VKEY.fullmatch(text.strip())
    raw = _strict_base64(found[3]) if found else None
    if found is None or raw is None or raw[:1] != ED25519:
        raise Refusal("not an Ed25519 key line", where, "write it as name+keyid+base64, as it was published")
    try:
        key = PublicKey(found[1], raw[1:])
    except ValueError as error:
        raise Refusal(str(error), where, "copy the key line again") from error
    if key.id.hex() != found[2]:
        raise Refusal("the key does not match its key id", where, "copy the key line again")
    return key


def sign_note(text: str, signers: Sequence[Signer]) -> str:
    """The note over ``text``, which ends in a newline; ValueError for a text the format cannot carry."""
    if not text.endswith("\n") or _CONTROL.search(text) or not signers:
        raise ValueError("a note's text ends in a newline, has no control characters, and is signed by somebody")
    lines = []
    for signer in signers:
        key = public_key(signer)
        sealed = base64.b64encode(key.id + signer.sign(text.encode())).decode()
        lines.append(f"— {key.name} {sealed}\n")
    return text + "\n" + "".join(lines)


def open_note(note: str, keys: Iterable[PublicKey], where: str = "note") -> Note:
    """The note's text once a known key's signature on it is verified, else a ``Refusal``.

    Signatures of unknown keys are counted and otherwise ignored; one bad signature of a known key
    refuses the whole note, as does any departure from the format.
    """
    text, lines = _parts(note, where)
    known = {(key.name, key.id): key for key in keys}
    signed: dict[tuple[str, bytes], PublicKey] = {}
    unknown = 0
    for line in lines:
        name, key_id, signature = _signature(line, where)
        key = known.get((name, key_id))
        if key is None:
            unknown += 1
        elif not key.verifies(text, signature):
            raise Refusal(
                f"the signature of {name} is wrong", where, "fetch the note again; if it stays, it was altered"
            )
        else:
            signed[name, key_id] = key
    if not signed:
        raise Refusal("no signature of a known key", where, "check that this is the right log's key")
    return Note(text, tuple(signed.values()), unknown)


def _parts(note: str, where: str) -> tuple[str, list[str]]:
    if len(note) > MAX_NOTE_BYTES:
        raise Refusal(f"longer than {MAX_NOTE_BYTES} characters", where, "this is no note of a ledger")
    if _CONTROL.search(note) or any("\ud800" <= char <= "\udfff" for char in note):
        raise Refusal("control characters in it", where, "fetch the note again, as it was published")
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise Refusal("no text, blank line and signature lines", where, "fetch the whole note again")
    lines = signatures[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Refusal(f"over {MAX_SIGNATURES} signatures", where, "keep those of the log and its witnesses")
    return text + "\n", lines


def _signature(line: str, where: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, sealed = rest.partition(" ")
    raw = _strict_base64(sealed)
    if dash != "—" or not name or "+" in name or any(char.isspace() for char in name) or raw is None or len(raw) < 5:
        raise Refusal("a malformed signature line", where, "fetch the note again, as it was published")
    return name, raw[:4], raw[4:]


def _strict_base64(text: str) -> bytes | None:
    """RFC 4648 section 4 with padding and no stray bits, so that one value has one spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
