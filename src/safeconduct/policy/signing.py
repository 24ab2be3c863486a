"""Who stands behind a pack: detached Ed25519 signatures (RFC 8032) over the hash of its bytes.

The file ``<pack>.signatures.json`` lists them. What is signed is the line
``safeconduct/policy/v1``, a line feed, and the SHA-256 of the pack in hexadecimal, so that a
signature under a pack can never pass for one under anything else. The time is a statement of
the signer; when a pack came into force is for the ledger to prove.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safeconduct.core.canonical import encode, read_hostile
from safeconduct.core.errors import Refusal

CONTEXT = b"safeconduct/policy/v1\n"
MAX_SIGNATURES = 50
_HEX = re.compile(r"[0-9a-f]+")


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's signature: public key (32 bytes) and signature (64 bytes) in lower hexadecimal,
    ``at`` as ISO 8601 with a time zone."""

    person: str
    public_key: str
    signature: str
    at: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pack: str
    sha256: str
    signatures: tuple[Signature, ...]


class Standing(msgspec.Struct, frozen=True):
    """Whether a pack is in force; who validly signed, and why other signatures do not count."""

    in_force: bool
    signed_by: tuple[str, ...]
    set_aside: tuple[str, ...]


def message(sha256: str) -> bytes:
    """The bytes that are signed for a pack of this hash; ValueError unless it is 64 hexadecimal digits."""
    if len(sha256) != 64 or not _HEX.fullmatch(sha256):
        raise ValueError("a sha256 is 64 lower hexadecimal digits")
    return CONTEXT + sha256.encode("ascii")


def sign(sha256: str, person: str, private_key: bytes, at: dt.datetime) -> Signature:
    """``person`` signs with a private key of 32 bytes; a ``Refusal`` for no name, no time zone or another key."""
    if not person.strip() or person != person.strip():
        raise Refusal("a signature needs the name of a person", "person", "give the name without spaces around it")
    if at.tzinfo is None:
        raise Refusal("the time of a signature has no time zone", "at", "give it in UTC")
    if len(private_key) != 32:
        raise Refusal("a private key is 32 bytes", "key", "give an Ed25519 key")
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    moment = at.astimezone(dt.UTC).isoformat(timespec="seconds")
    return Signature(person, key.public_key().public_bytes_raw().hex(), key.sign(message(sha256)).hex(), moment)


def standing(sha256: str, signatures: Iterable[Signature], enrolled: Mapping[str, str]) -> Standing:
    """Judge the signatures under a pack of this hash.

    ``enrolled`` says which public key (hexadecimal) is whose: a key that nobody has enrolled, or
    under another name, counts for nothing. In force: two different people with two different keys.
    """
    valid: dict[str, str] = {}
    set_aside: list[str] = []
    for each in signatures:
        fault = _fault(sha256, each, enrolled, valid)
        if fault:
            set_aside.append(f"{each.person}: {fault}")
        else:
            valid[each.person] = each.public_key
    in_force = len(valid) >= 2
    return Standing(in_force, tuple(sorted(valid)), tuple(set_aside))


def _fault(sha256: str, signature: Signature, enrolled: Mapping[str, str], valid: Mapping[str, str]) -> str:
    if enrolled.get(signature.person) != signature.public_key:
        return "the key is not enrolled for this person"
    if signature.person in valid:
        return "signed already"
    if signature.public_key in valid.values():
        return "the key has signed already, under another name"
    return "" if _verifies(sha256, signature) else "the signature does not fit the pack"


def _verifies(sha256: str, signature: Signature) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
        key.verify(bytes.fromhex(signature.signature), message(sha256))
    except (InvalidSignature, ValueError):
        return False
    return True


def write_signatures(pack: str, sha256: str, signatures: tuple[Signature, ...]) -> bytes:
    """The file of signatures, as canonical JSON."""
    return encode(_File(pack, sha256, signatures))


def read_signatures(data: bytes, where: str, sha256: str) -> tuple[Signature, ...]:
    """The signatures of a file that speaks of this pack; a ``Refusal`` for anything else."""
    raw = read_hostile(data, where, max_bytes=100_000, max_depth=4)
    try:
        file = msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise Refusal(f"not a file of signatures: {error}", where, "sign the pack again") from error
    if file.sha256 != sha256:
        raise Refusal("these signatures are under other bytes", where, "the pack was changed: it must be signed anew")
    if len(file.signatures) > MAX_SIGNATURES:
        raise Refusal(f"more than {MAX_SIGNATURES} signatures", where, "keep those that count")
    return file.signatures
