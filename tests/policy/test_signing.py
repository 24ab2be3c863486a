"""Two people stand behind a pack, or it is not in force."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.policy.signing import Signature, message, read_signatures, sign, standing, write_signatures
from tests.policy.sample import load

SHA = load().sha256
AT = dt.datetime(2026, 5, 1, 12, 30, 15, 999, tzinfo=dt.timezone(dt.timedelta(hours=2)))
KEYS = {
    "Ana Ilić, policy lead": bytes([1]) * 32,
    "Jon Berg, legal adviser": bytes([2]) * 32,
    "Mei Sato": bytes([3]) * 32,
}
ANA, JON, MEI = KEYS
ENROLLED = {
    name: Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex() for name, key in KEYS.items()
}


def signed(person: str, sha: str = SHA, key: bytes | None = None) -> Signature:
    return sign(sha, person, key or KEYS[person], AT)


def altered(signed: Signature, **fields: str) -> Signature:
    return Signature(**{field: fields.get(field, getattr(signed, field)) for field in signed.__struct_fields__})


def test_what_is_signed_is_the_purpose_and_the_hash() -> None:
    assert message(SHA) == b"safeconduct/policy/v1\n" + SHA.encode()
    signature = signed(ANA)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ENROLLED[ANA]))
    key.verify(bytes.fromhex(signature.signature), b"safeconduct/policy/v1\n" + SHA.encode())
    assert (signature.person, signature.public_key) == (ANA, ENROLLED[ANA])
    assert signature.at == "2026-05-01T10:30:15+00:00"


@pytest.mark.parametrize("sha", ["", "0" * 63, "0" * 65, "0" * 63 + "G", "A" * 64])
def test_only_a_hash_can_be_signed(sha: str) -> None:
    with pytest.raises(ValueError, match="64 lower hexadecimal digits"):
        sign(sha, ANA, KEYS[ANA], AT)


def test_two_different_people_put_a_pack_in_force() -> None:
    result = standing(SHA, [signed(JON), signed(ANA)], ENROLLED)
    assert result.in_force
    assert result.signed_by == (ANA, JON)
    assert result.set_aside == ()
    assert standing(SHA, [signed(JON), signed(ANA), signed(MEI)], ENROLLED).in_force


def test_one_person_or_none_does_not() -> None:
    assert not standing(SHA, [], ENROLLED).in_force
    alone = standing(SHA, [signed(ANA), signed(ANA)], ENROLLED)
    assert not alone.in_force
    assert alone.signed_by == (ANA,)
    assert alone.set_aside == (f"{ANA}: signed already",)


def test_one_key_under_two_names_counts_once() -> None:
    shared = ENROLLED | {JON: ENROLLED[ANA]}
    result = standing(SHA, [signed(ANA), signed(JON, key=KEYS[ANA])], shared)
    assert not result.in_force
    assert result.set_aside == (f"{JON}: the key has signed already, under another name",)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (signed(JON, "0" * 64), "the signature does not fit the pack"),
        (signed(JON, key=KEYS[MEI]), "the key is not enrolled for this person"),
        (altered(signed(JON), person="Somebody"), "the key is not enrolled for this person"),
        (altered(signed(JON), person=MEI), "the key is not enrolled for this person"),
        (altered(signed(JON), signature=signed(ANA).signature), "the signature does not fit the pack"),
        (altered(signed(JON), signature=""), "the signature does not fit the pack"),
        (altered(signed(JON), signature="zz"), "the signature does not fit the pack"),
    ],
)
def test_a_signature_that_does_not_count_says_why(second: Signature, why: str) -> None:
    result = standing(SHA, [signed(ANA), second], ENROLLED)
    assert not result.in_force
    assert result.signed_by == (ANA,)
    assert result.set_aside == (f"{second.person}: {why}",)


def test_a_key_that_is_no_key_counts_for_nothing() -> None:
    broken = altered(signed(JON), public_key="00")
    assert not standing(SHA, [signed(ANA), broken], ENROLLED | {JON: "00"}).in_force
    assert not standing(SHA, [signed(ANA), signed(JON)], {}).in_force


@given(st.integers(0, 511))
def test_any_changed_bit_of_a_signature_breaks_it(bit: int) -> None:
    raw = bytearray.fromhex(signed(JON).signature)
    raw[bit // 8] ^= 1 << bit % 8
    assert not standing(SHA, [signed(ANA), altered(signed(JON), signature=raw.hex())], ENROLLED).in_force


@pytest.mark.parametrize(
    ("person", "key", "at", "what"),
    [
        ("", KEYS[ANA], AT, "name of a person"),
        ("  ", KEYS[ANA], AT, "name of a person"),
        (" Ana", KEYS[ANA], AT, "name of a person"),
        ("Ana", KEYS[ANA], AT.replace(tzinfo=None), "no time zone"),
        ("Ana", KEYS[ANA][:31], AT, "32 bytes"),
        ("Ana", KEYS[ANA] + b"x", AT, "32 bytes"),
    ],
)
def test_nobody_signs_without_name_time_zone_and_key(person: str, key: bytes, at: dt.datetime, what: str) -> None:
    with pytest.raises(Refusal, match=what):
        sign(SHA, person, key, at)


def test_the_file_of_signatures_is_read_back() -> None:
    both = (signed(ANA), signed(JON))
    data = write_signatures("sample", SHA, both)
    assert json.loads(data)["pack"] == "sample"
    assert read_signatures(data, "sample.signatures.json", SHA) == both
    assert write_signatures("sample", SHA, both) == data


def file(**fields: Any) -> bytes:
    whole = json.loads(write_signatures("sample", SHA, (signed(ANA),)))
    return json.dumps(whole | fields).encode()


ONE = json.loads(write_signatures("sample", SHA, (signed(ANA),)))["signatures"][0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"[]", "not a file of signatures"),
        (file(extra=1), "not a file of signatures"),
        (file(signatures=[{**ONE, "extra": 1}]), "not a file of signatures"),
        (file(signatures=[{key: value for key, value in ONE.items() if key != "at"}]), "not a file of signatures"),
        (file(signatures=[{**ONE, "person": 5}]), "not a file of signatures"),
        (file(sha256="0" * 64), "under other bytes"),
        (file(signatures=[ONE] * 51), "more than 50 signatures"),
        (file(pack="x" * 100_000), "larger than 100000 bytes"),
        (file(pack=[[[[[]]]]]), "nested deeper than 4"),
        (file(signatures=[{**ONE, "person": "\u202e"}]), "U\\+202E"),
    ],
)
def test_a_wrong_file_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Refusal, match=what) as caught:
        read_signatures(data, "s.json", SHA)
    assert caught.value.where.startswith("s.json")
    assert caught.value.remedy


def test_as_many_signatures_as_allowed_are_read() -> None:
    assert len(read_signatures(file(signatures=[ONE] * 50), "s.json", SHA)) == 50
