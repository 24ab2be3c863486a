"""What a leaf commits to, and what it keeps to itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

import msgspec
import pytest

from safeconduct.core import canonical
from safeconduct.ledger import EMPTY, Event, RowDigest, append, leaf_data, root, row_digest, seal

SALT = bytes(range(32))
AT = "2026-03-05T09:30:00Z"
EVENT = Event(1, AT, "submit_application", "exporter", case="XX-2026-0001", rows=(RowDigest("case", "1", "ab" * 32),))


def test_a_leaf_is_the_hash_of_domain_salt_and_canonical_event():
    entry, frontier = seal(EVENT, SALT, EMPTY)
    text = (
        b'{"actor":"exporter","at":"2026-03-05T09:30:00Z","case":"XX-2026-0001","flow":"submit_application",'
        b'"rows":[{"key":"1","sha256":"' + b"ab" * 32 + b'","table":"case"}],"v":1}'
    )
    assert entry.event == text
    assert entry.leaf == hashlib.sha256(b"safeconduct/event/v1\n" + SALT + text).digest()
    assert root(frontier) == hashlib.sha256(b"\x00" + entry.leaf).digest()


def test_entries_are_numbered_as_they_come():
    first, frontier = seal(EVENT, SALT, EMPTY)
    second, frontier = seal(EVENT, SALT[::-1], frontier)
    assert (first.index, second.index, frontier.size) == (0, 1, 2)
    assert first.leaf != second.leaf
    assert frontier == append(append(EMPTY, first.leaf), second.leaf)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(size):
    with pytest.raises(ValueError, match="32 random bytes"):
        leaf_data(b"s" * size, b"{}")


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"at": "2026-03-05T09:30:00"},
        {"at": "2026-03-05T09:30:00+01:00"},
        {"at": "2026-02-30T09:30:00Z"},
        {"at": "2026-03-05"},
        {"rows": (RowDigest("case", "1", "ab" * 32), RowDigest("case", "1", None))},
        {"blobs": ("AB" * 32,)},
        {"blobs": ("../../etc/passwd",)},
        {"removed_blobs": ("ab",)},
        {"erases": (-1,)},
    ],
)
def test_an_event_that_says_nothing_checkable_cannot_be_made(change):
    with pytest.raises(
        ValueError, match=r"known|UTC|isoformat|out of range|commits to a row once|blob is named|counted from 0"
    ):
        msgspec.structs.replace(EVENT, **change)


def test_an_event_survives_writing_and_reading():
    event = msgspec.structs.replace(
        EVENT, blobs=("cd" * 32,), removed_blobs=("ef" * 32,), erases=(0, 7), note="dos líneas\n"
    )
    assert canonical.decode(canonical.encode(event), Event) == event


def test_a_row_s_digest_covers_every_column_and_no_order():
    row = {
        "id": 7,
        "outcome": "refer",
        "at": dt.datetime(2026, 3, 5, tzinfo=dt.UTC),
        "quantity": Decimal("12.50"),
        "raw": b"\x00",
    }
    digest = row_digest("case", "7", row)
    assert digest == row_digest("case", "7", dict(reversed(row.items())))
    for column in row:
        assert row_digest("case", "7", {**row, column: None}) != digest
        assert row_digest("case", "7", {name: value for name, value in row.items() if name != column}) != digest


def test_a_row_with_a_float_is_refused():
    with pytest.raises(TypeError, match="floats"):
        row_digest("case", "7", {"score": 0.5})


@pytest.mark.parametrize("sha256", ["", "ab", "AB" * 32, "zz" * 32])
def test_a_digest_has_one_spelling(sha256):
    with pytest.raises(ValueError, match="digest"):
        RowDigest("case", "1", sha256)
