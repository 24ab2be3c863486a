"""Every single change is found by somebody who holds an earlier checkpoint; nothing untouched is accused.

The long run makes more than 10,000 changes; `make test` a sample of the same.
"""

from __future__ import annotations

import hashlib
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.ledger import Entry, Event, Published, Report, leaf_data, verify
from safeconduct.ledger.bundle import verify_bundle
from safeconduct.ledger.safeconduct_verify import read_key
from safeconduct.ledger.safeconduct_verify import verify as verify_offline
from safeconduct.ledger.tree import EMPTY, append_all
from tests.ledger.strategies import KEY, Made, made

Change = tuple[str, int, int]  # what is changed, which one of them, which byte
EARLIER = 8


class Stored:
    """A ledger as bytes in a database: every field of every entry, row and document can be changed by one byte."""

    def __init__(self, ledger: Made) -> None:
        self.ledger = ledger
        self.rows = [(table, key, canonical.encode(row)) for (table, key), row in ledger.rows.items()]
        self.blobs = list(ledger.blobs.items())
        self.notes = list(ledger.notes.values())
        self.last: dict[tuple[str, str], int] = {}
        self.first: dict[str, int] = {}
        for entry in ledger.entries:
            if entry.event is not None:
                event = canonical.decode(entry.event, Event)
                self.last.update({(row.table, row.key): entry.index for row in event.rows})
                for blob in event.blobs:
                    self.first.setdefault(blob, entry.index)

    def changes(self) -> Iterator[Change]:
        """Every byte there is."""
        for entry in self.ledger.entries:
            for name in ("leaf", "salt", "event"):
                yield from ((name, entry.index, at) for at in range(len(getattr(entry, name) or b"")))
        for number, (_, _, data) in enumerate(self.rows):
            yield from (("row", number, at) for at in range(len(data)))
        for number, (_, blob) in enumerate(self.blobs):
            yield from (("blob", number, at) for at in range(len(blob)))
        for number, note in enumerate(self.notes):
            yield from (("checkpoint", number, at) for at in range(len(note.encode())))

    def verify(self, change: Change | None, bits: int) -> Report:
        """The report after this change."""
        what, number, at = change or ("", -1, -1)

        def alter(name: str, index: int, data: bytes | None) -> bytes | None:
            if name != what or index != number or data is None:
                return data
            return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]

        entries = (
            Entry(item.index, alter("leaf", item.index, item.leaf) or b"", *(
                alter(name, item.index, getattr(item, name)) for name in ("salt", "event")
            ))
            for item in self.ledger.entries
        )  # fmt: skip
        rows = (
            (table, key, canonical.sha256(alter("row", index, data) or b""))
            for index, (table, key, data) in enumerate(self.rows)
        )
        blobs = (
            (name, hashlib.sha256(alter("blob", index, data) or b"").hexdigest())
            for index, (name, data) in enumerate(self.blobs)
        )
        notes = [
            (alter("checkpoint", index, note.encode()) or b"").decode(errors="replace")
            for index, note in enumerate(self.notes)
        ]
        held = self.ledger.notes[EARLIER]
        return verify(entries, rows, blobs, Published((KEY,), tuple(notes), (held,)), self.ledger.frontier)

    def names(self, change: Change, report: Report) -> bool:
        """Whether the report names the entry that this change concerns."""
        what, number, _ = change
        if what == "checkpoint":
            return any(f"checkpoint {number + 1}" in str(problem) for problem in report.problems)
        if what == "row":
            table, key, _ = self.rows[number]
            return {(item.entry, item.table, item.key) for item in report.problems} == {
                (self.last[table, key], table, key)
            }
        if what == "blob":
            name = self.blobs[number][0]
            return {(item.entry, item.key) for item in report.problems} == {(self.first[name], name)}
        if self.ledger.entries[number].event is None:  # erased: only the checkpoints narrow it down
            sizes = [0, *sorted(self.ledger.notes)]
            since = max(size for size in sizes if size <= number)
            return any(item.kind == "root" and item.entry == since for item in report.problems)
        return any(item.kind == "leaf" and item.entry == number for item in report.problems)


def sample(changes: list[Change], count: int, chance: random.Random) -> list[Change]:
    """``count`` changes, the same number of each kind as far as there are so many."""
    kinds = sorted(Counter(what for what, _, _ in changes))
    chosen = []
    for kind in kinds:
        some = [change for change in changes if change[0] == kind]
        chosen += chance.sample(some, min(len(some), count // len(kinds) + 1))
    rest = sorted(set(changes) - set(chosen))
    return chosen + chance.sample(rest, max(0, min(len(rest), count - len(chosen))))


def every_change_is_found(acts: int, count: int, seed: int) -> int:
    stored, chance = Stored(made(acts, seed)), random.Random(seed)
    assert stored.verify(None, 0).holds
    chosen = sample(list(stored.changes()), count, chance)
    for change in chosen:
        report = stored.verify(change, chance.randrange(1, 256))
        assert not report.holds, change
        assert stored.names(change, report), (change, report.problems)
    return len(chosen)


def test_2_400_single_changes_are_all_found_and_named():
    assert every_change_is_found(14, 2_400, seed=1) >= 2_400


@pytest.mark.long
def test_every_single_byte_of_a_ledger_more_than_10_000_is_found_and_named():
    stored = Stored(made(30, 2))
    total = sum(1 for _ in stored.changes())
    assert total > 10_000
    assert every_change_is_found(30, total, seed=2) == total


# --- the same through an exported bundle, by both verifiers --------------------------------------------


def changed_bytes_are_found(ledger: Made, folder: Path, count: int | None) -> int:
    """Change bytes of the bundle's files (all where ``count`` is None); both verifiers object, holding a checkpoint."""
    chance, held = random.Random(3), ledger.notes[EARLIER]
    with zipfile.ZipFile(ledger.write_bundle(folder.with_suffix(".zip"))) as archive:
        archive.extractall(folder)
        files = {name: archive.read(name) for name in archive.namelist()}
    assert both_say(folder, held) == (True, True)
    places = [(name, at) for name, data in files.items() for at in range(len(data))]
    chosen = places if count is None else chance.sample(places, count)
    for name, at in chosen:
        data = files[name]
        (folder / name).write_bytes(data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :])
        assert both_say(folder, held) == (False, False), (name, at)
        (folder / name).write_bytes(data)
    assert both_say(folder, held) == (True, True)
    return len(chosen)


def both_say(bundle: Path, held: str) -> tuple[bool, bool]:
    """Whether everything holds, by the system and by the single-file verifier."""
    offline: bool = verify_offline(bundle, [held], [])["holds"]
    try:
        return verify_bundle(bundle, held=[held]).holds, offline
    except Refusal:
        return False, offline


def test_changed_bytes_of_a_bundle_are_found_by_both_verifiers(tmp_path):
    assert changed_bytes_are_found(made(10), tmp_path / "b", 1_000) == 1_000


@pytest.mark.long
def test_every_changed_byte_of_a_bundle_is_found_by_both_verifiers(tmp_path):
    assert changed_bytes_are_found(made(14), tmp_path / "b", None) > 10_000


# --- by somebody with the signing key, with every copy of the ledger in reach ------------------------------


def forge(ledger: Made, index: int, chance: random.Random) -> Made:
    """One event rewritten, and leaf, tree and all checkpoints made anew with the real key."""
    ledger = ledger.copy()
    entry = ledger.entries[index]
    data = bytearray(entry.event or entry.leaf)
    data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    if entry.event is None:
        ledger.entries[index] = Entry(index, bytes(data), None, None)
    else:
        salt = entry.salt or b""
        ledger.entries[index] = Entry(index, leaf_data(salt, bytes(data)), salt, bytes(data))
    ledger.frontier, ledger.notes = append_all(EMPTY, [item.leaf for item in ledger.entries]), {}
    ledger.sign()
    return ledger


def test_whatever_the_key_holder_rewrites_before_the_earlier_checkpoint_is_found():
    ledger, chance = made(14), random.Random(5)
    held = ledger.notes[ledger.frontier.size]
    for number in range(300):
        index = number % ledger.frontier.size
        changed = forge(ledger, index, chance)
        report = verify(
            changed.entries, changed.current_rows(), changed.current_blobs(), changed.published(held), changed.frontier
        )
        assert any(problem.kind == "root" for problem in report.problems), index


def test_any_cut_tail_is_found_by_a_later_checkpoint():
    ledger = made(14)
    held = ledger.notes[ledger.frontier.size]
    for size in range(ledger.frontier.size):
        cut = Made(entries=ledger.entries[:size])
        cut.frontier = append_all(EMPTY, [item.leaf for item in cut.entries])
        cut.sign()
        report = verify(cut.entries, (), (), cut.published(held), cut.frontier)
        assert [problem.entry for problem in report.problems if problem.kind == "truncated"] == [size]


@pytest.mark.parametrize("seed", range(40))
def test_nothing_untouched_is_accused(seed, tmp_path):
    ledger = made(seed, seed)
    bundle = ledger.write_bundle(tmp_path / "bundle.zip")
    for held in ledger.notes.values():
        assert verify_bundle(bundle, [KEY], [held]).holds
        assert verify_offline(bundle, [held], [read_key(KEY.text())])["holds"]
