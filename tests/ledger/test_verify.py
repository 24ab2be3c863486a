"""Verification names what is wrong and where, and says nothing of what is right."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.ledger import Entry, Published, Report, SeedSigner, checkpoint_note, public_key, root, verify
from safeconduct.ledger.checkpoint import Checkpoint
from safeconduct.ledger.leaf import leaf_data
from safeconduct.ledger.note import sign_note
from safeconduct.ledger.tree import EMPTY, append_all
from tests.ledger.strategies import KEY, ORIGIN, SIGNER, Made, made


def check(ledger: Made, *held: str) -> Report:
    return verify(
        ledger.entries, ledger.current_rows(), ledger.current_blobs(), ledger.published(*held), ledger.frontier
    )


def kinds(report: Report) -> set[tuple[str, int | None]]:
    return {(problem.kind, problem.entry) for problem in report.problems}


def recommit(entry: Entry, event: bytes) -> Entry:
    """The entry as somebody forges it who also writes the leaf anew."""
    assert entry.salt is not None
    return Entry(entry.index, leaf_data(entry.salt, event), entry.salt, event)


@given(st.integers(0, 40), st.integers(0, 5))
def test_an_untouched_ledger_holds(acts, seed):
    ledger = made(acts, seed)
    report = check(ledger, *ledger.notes.values())
    assert report.holds, report.problems
    assert report.root == root(ledger.frontier)
    assert (report.size, report.rows, report.blobs) == (acts + 2, len(ledger.rows), len(ledger.blobs))
    assert (report.uncovered, report.erased) == (0, 1)


def test_an_empty_ledger_holds():
    assert check(Made()).holds


def test_an_altered_event_names_its_entry():
    ledger = made(12)
    entry = ledger.entries[5]
    assert entry.event is not None
    ledger.entries[5] = Entry(5, entry.leaf, entry.salt, entry.event.replace(b"officer", b"adviser"))
    assert kinds(check(ledger)) == {("leaf", 5)}


def test_a_forged_leaf_is_narrowed_down_by_the_checkpoints():
    ledger = made(12)
    entry = ledger.entries[5]
    assert entry.event is not None
    ledger.entries[5] = recommit(entry, entry.event.replace(b"officer", b"adviser"))
    ledger.frontier = append_all(EMPTY, [item.leaf for item in ledger.entries])
    (problem,) = check(ledger).problems
    assert (problem.kind, problem.entry) == ("root", 4)
    assert "entries 4 to 7 changed after the checkpoint of 8 was signed" in str(problem)


def test_rewriting_with_the_signing_key_is_found_by_an_earlier_checkpoint_only():
    ledger = made(12)
    earlier = ledger.notes[8]
    forged = ledger.copy()
    entry = forged.entries[5]
    assert entry.event is not None
    forged.entries[5] = recommit(entry, entry.event.replace(b"officer", b"adviser"))
    forged.frontier, forged.notes = append_all(EMPTY, [item.leaf for item in forged.entries]), {}
    forged.sign()
    assert check(forged).holds
    assert kinds(check(forged, earlier)) == {("root", 0)}


def test_an_altered_row_names_the_entry_that_wrote_it_last():
    ledger = Made()
    ledger.write({("case", "1"): {"outcome": "refer"}})
    newest = ledger.write({("case", "1"): {"outcome": "minded-to-refuse"}})
    ledger.write({("case", "2"): {"outcome": "refer"}})
    ledger.rows["case", "1"] = {"outcome": "no-objection"}
    (problem,) = check(ledger).problems
    assert (problem.kind, problem.entry, problem.table, problem.key) == ("row_changed", newest, "case", "1")


def test_a_row_put_back_to_an_older_state_is_found():
    ledger = Made()
    ledger.write({("case", "1"): {"outcome": "refer"}})
    ledger.write({("case", "1"): {"outcome": "minded-to-refuse"}})
    ledger.rows["case", "1"] = {"outcome": "refer"}
    assert kinds(check(ledger)) == {("row_changed", 1)}


def test_a_row_nobody_wrote_is_found():
    ledger = made(4)
    ledger.rows["case", "planted"] = {"outcome": "no-objection"}
    (problem,) = check(ledger).problems
    assert (problem.kind, problem.entry, problem.key) == ("row_unknown", None, "planted")


def test_a_vanished_row_is_found_and_a_deleted_one_is_not_missed():
    ledger = Made()
    ledger.write({("case", "1"): {"a": 1}, ("case", "2"): {"a": 2}})
    ledger.write({("case", "1"): None})
    assert check(ledger).holds
    del ledger.rows["case", "2"]
    assert kinds(check(ledger)) == {("row_gone", 0)}
    ledger.rows.update({("case", "2"): {"a": 2}, ("case", "1"): {"a": 1}})
    (problem,) = check(ledger).problems
    assert (problem.kind, problem.entry) == ("row_unknown", 1)
    assert "was deleted" in problem.what


def test_a_row_listed_twice_is_found():
    ledger = made(4)
    rows = ledger.current_rows()
    report = verify(ledger.entries, [*rows, rows[0]], ledger.current_blobs(), ledger.published())
    assert [problem.what for problem in report.problems] == ["the row is there twice"]


def test_documents_are_checked_as_rows_are():
    ledger = Made()
    ledger.write(blobs=(b"datasheet", b"letter"))
    name = hashlib.sha256(b"datasheet").hexdigest()
    ledger.blobs[name] = b"datasheet, altered"
    assert kinds(check(ledger)) == {("blob_changed", 0)}
    del ledger.blobs[name]
    (problem,) = check(ledger).problems
    assert (problem.kind, problem.entry, problem.key) == ("blob_gone", 0, name)
    ledger.write(removed_blobs=(name,))
    assert check(ledger).holds
    ledger.blobs[name] = b"datasheet"
    assert kinds(check(ledger)) == {("blob_unknown", None)}


def test_the_last_entries_cannot_go_unnoticed():
    ledger = made(12)
    held = ledger.notes[ledger.frontier.size]
    short = Made()
    for entry in ledger.entries[:8]:
        short.entries.append(entry)
    short.frontier, short.notes = append_all(EMPTY, [item.leaf for item in short.entries]), {8: ledger.notes[8]}
    found = [problem for problem in check(short, held).problems if problem.kind == "truncated"]
    assert [(problem.entry, problem.what) for problem in found] == [
        (8, "entries 8 to 13 are gone: a checkpoint of 14 was signed")
    ]


def test_an_entry_taken_out_of_the_middle_is_found():
    ledger = made(12)
    del ledger.entries[5]
    found = kinds(check(ledger))
    assert ("order", 5) in found
    assert ("root", 4) in found


def test_swapped_entries_are_found():
    ledger = made(12)
    ledger.entries[4:6] = [
        Entry(index, item.leaf, item.salt, item.event)
        for index, item in ((4, ledger.entries[5]), (5, ledger.entries[4]))
    ]
    assert ("root", 4) in kinds(check(ledger))


def test_an_erased_entry_still_proves_its_leaf_and_must_be_on_record():
    ledger = made(6)
    assert ledger.entries[6].event is None
    assert check(ledger).holds
    entry = ledger.entries[2]
    ledger.entries[2] = Entry(2, entry.leaf, None, None)
    report = check(ledger)
    assert ("erased", 2) in kinds(report)
    ledger.entries[2] = Entry(2, entry.leaf, entry.salt, None)
    assert ("leaf", 2) in kinds(check(ledger))


def test_a_leaf_of_an_erased_entry_has_32_bytes_too():
    ledger = Made(entries=[Entry(0, b"short", None, None)], frontier=append_all(EMPTY, [b"short"]))
    ledger.write(erases=(0,))
    assert kinds(check(ledger)) == {("leaf", 0)}


def test_an_erasure_that_was_not_carried_out_is_found():
    ledger = Made()
    ledger.write()
    kept = ledger.entries[0]
    ledger.write(erases=(0,))
    ledger.entries[0] = kept
    assert kinds(check(ledger)) == {("erased", 0)}


def test_an_entry_erases_only_what_came_before():
    ledger = Made()
    ledger.write()
    event = b'{"actor":"officer","at":"2026-03-05T09:30:00Z","erases":[1],"flow":"erase","v":1}'
    salt = b"s" * 32
    ledger.entries.append(Entry(1, leaf_data(salt, event), salt, event))
    ledger.frontier = append_all(EMPTY, [item.leaf for item in ledger.entries])
    ledger.sign()
    assert kinds(check(ledger)) == {("erased", 1)}


@pytest.mark.parametrize(
    "event",
    [
        b"",
        b"not json",
        b"\xff",
        b"[" * 100_000,
        b'{"actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f","v":2}',
        b'{"actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f","unknown":1,"v":1}',
        b'{"actor":"officer","actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f","v":1}',
        b'{"v":1,"actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f"}',
        b'{"actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f","v":1} ',
        b'{"actor":"officer","at":"2026-03-05T09:30:00Z","flow":"f","note":"\\ud800","v":1}',
    ],
)
def test_an_event_that_was_never_well_formed_is_named(event):
    ledger = Made()
    ledger.write()
    salt = b"s" * 32
    ledger.entries.append(Entry(1, leaf_data(salt, event), salt, event))
    ledger.frontier = append_all(EMPTY, [item.leaf for item in ledger.entries])
    ledger.sign()
    assert kinds(check(ledger)) == {("event", 1)}


def test_entries_after_the_newest_checkpoint_are_counted():
    ledger = made(4)
    ledger.write(sign=False)
    report = check(ledger)
    assert (report.holds, report.uncovered) == (True, 1)


def test_without_a_valid_checkpoint_nothing_holds():
    ledger = made(4)
    ledger.notes = {}
    assert kinds(check(ledger)) == {("checkpoint", None)}
    foreign = SeedSigner(ORIGIN, b"f" * 32)
    ledger.notes = {6: checkpoint_note(ORIGIN, 6, root(ledger.frontier), foreign)}
    assert kinds(check(ledger)) == {("checkpoint", None)}


def test_two_histories_signed_for_one_size_are_found():
    ledger = made(4)
    other = checkpoint_note(ORIGIN, ledger.frontier.size, b"o" * 32, SIGNER)
    (problem,) = check(ledger, other).problems
    assert "two histories" in problem.what


def test_checkpoints_of_two_logs_are_not_mixed():
    ledger = made(4)
    other = SeedSigner("another.example/log", b"o" * 32)
    note = sign_note(Checkpoint(other.name, ledger.frontier.size, root(ledger.frontier)).text(), [other])
    published = Published((KEY, public_key(other)), (*ledger.notes.values(), note))
    report = verify(ledger.entries, ledger.current_rows(), ledger.current_blobs(), published)
    assert [problem.what for problem in report.problems] == ["the checkpoints are of several logs"]


def test_a_damaged_frontier_is_found():
    ledger = made(4)
    report = verify(ledger.entries, ledger.current_rows(), ledger.current_blobs(), ledger.published(), EMPTY)
    assert kinds(report) == {("frontier", None)}


def test_problems_are_bounded_and_the_rest_counted():
    ledger = Made()
    for _ in range(1500):
        ledger.write(sign=False)
    ledger.sign()
    entries = [Entry(item.index, item.leaf, b"x" * 32, item.event) for item in ledger.entries]
    report = verify(entries, (), (), ledger.published())
    assert (len(report.problems), report.more) == (1000, 500)
