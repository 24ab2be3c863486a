"""Bundles are written the same way every time, read whole, and hostile ones are refused."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zipfile
from pathlib import Path

import pytest

from safeconduct.core.errors import Refusal
from safeconduct.ledger import Entry, SeedSigner, public_key
from safeconduct.ledger.bundle import StoredRow, verify_bundle, write_bundle
from safeconduct.ledger.safeconduct_verify import verify as verify_offline
from tests.ledger.strategies import KEY, ORIGIN, Made, made

LEDGER = made(12)
NOTE = LEDGER.notes[14]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return LEDGER.write_bundle(tmp_path / "bundle.zip")


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def refused_by_both(path: Path, words: str) -> None:
    """The reader refuses, and the offline verifier says so too instead of stumbling."""
    with pytest.raises(Refusal, match=words):
        verify_bundle(path)
    answer = verify_offline(path, [], [])
    assert not answer["holds"]
    assert len(answer["problems"]) == 1


def test_a_bundle_holds_and_tells_the_whole_ledger(bundle):
    report = verify_bundle(bundle, [KEY], [NOTE])
    assert report.holds, report.problems
    assert (report.size, report.erased, report.rows, report.blobs) == (14, 1, len(LEDGER.rows), len(LEDGER.blobs))


def test_the_same_ledger_is_the_same_bytes(bundle, tmp_path):
    assert LEDGER.write_bundle(tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_its_files_are_what_the_page_says(bundle):
    files = contents(bundle)
    assert list(files)[:6] == ["format", "key", "checkpoint", "checkpoints.jsonl", "ledger.jsonl", "rows.jsonl"]
    assert files["format"] == b"safeconduct-ledger-bundle/1\n"
    assert files["checkpoint"].decode() == NOTE
    assert files["key"].decode() == KEY.text() + "\n"
    assert files["ledger.jsonl"].startswith(b'{"event":"{\\"actor\\":')
    assert files["ledger.jsonl"].count(b"\n") == 14


def test_a_folder_that_somebody_unpacked_is_as_good(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "folder")
    assert verify_bundle(tmp_path / "folder", [KEY], [NOTE]).holds
    assert verify_offline(tmp_path / "folder", [NOTE], [])["holds"]


def test_a_bundle_without_a_checkpoint_is_not_written():
    with pytest.raises(ValueError, match="unpack"):
        write_bundle(io.BytesIO(), [KEY], [], LEDGER.entries, [], [])


def test_a_row_too_long_to_be_read_again_is_not_written():
    row = StoredRow("case", "1", b'"' + b"x" * 16_000_000 + b'"')
    with pytest.raises(Refusal, match="over 16000000 bytes"):
        write_bundle(io.BytesIO(), [KEY], [NOTE], [], [row], [])


def test_entries_beyond_the_checkpoint_are_a_problem_in_what_is_handed_on(tmp_path):
    ledger = LEDGER.copy()
    ledger.write(sign=False)
    path = ledger.write_bundle(tmp_path / "bundle.zip")
    (problem,) = verify_bundle(path).problems
    assert (problem.kind, problem.entry) == ("checkpoint", 14)
    (said,) = verify_offline(path, [], [])["problems"]
    assert (said["entry"], "under no checkpoint" in said["what"]) == (14, True)


def test_an_event_damaged_beyond_text_still_exports_and_is_named(tmp_path):
    ledger = LEDGER.copy()
    entry = ledger.entries[3]
    assert entry.event is not None
    ledger.entries[3] = Entry(3, entry.leaf, entry.salt, b"\xff" + entry.event[1:])
    path = ledger.write_bundle(tmp_path / "bundle.zip")
    assert {problem.entry for problem in verify_bundle(path).problems if problem.kind == "leaf"} == {3}
    assert 3 in {problem["entry"] for problem in verify_offline(path, [], [])["problems"]}


def test_a_published_key_beats_the_one_in_the_bundle(bundle):
    stranger = public_key(SeedSigner(ORIGIN, b"s" * 32))
    report = verify_bundle(bundle, [stranger])
    assert {problem.kind for problem in report.problems} == {"checkpoint"}


# --- hostile ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "blobs/../../evil",
        "blobs/" + "A" * 64,
        "C:\\evil",
        "blobs/x",
        "README.txt",
        "rows.jsonl/",
        "key\n",
    ],
)
def test_a_name_that_is_no_part_of_a_bundle_is_refused(bundle, tmp_path, name):
    refused_by_both(
        rewrite(tmp_path / "bad.zip", {**contents(bundle), name: b"x"}), "no part of a bundle|cannot be read"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip", "bundle.zip"]


def test_a_zip_bomb_is_refused_before_it_is_read(bundle, tmp_path):
    files = {**contents(bundle), "rows.jsonl": b"0" * 200_000_000}
    path = rewrite(tmp_path / "bomb.zip", files, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    refused_by_both(path, "compressed")


def test_a_bomb_of_overlapping_files_is_refused(bundle, tmp_path):
    """Many names for the same bytes: each directory entry points at one member."""
    big = rewrite(tmp_path / "overlap.zip", {**contents(bundle), "blobs/" + "a" * 64: b"0" * 1_000_000})
    data = big.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HLL", data[end + 10 : end + 20])
    entry_at = data.rindex(b"PK\x01\x02", 0, end)
    entry = data[entry_at:end]
    copies = b"".join(entry.replace(b"a" * 64, b"%064x" % number) for number in range(50))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 50, count + 50, size + len(copies), offset, 0)
    big.write_bytes(data[:end] + copies + tail)
    refused_by_both(big, "overlap")
    assert "overlap" in verify_offline(big, [], [])["problems"][0]["what"]


def test_a_huge_table_of_contents_is_refused_unread(tmp_path):
    path = tmp_path / "contents.zip"
    path.write_bytes(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0x70000000, 0, 0))
    refused_by_both(path, "table of contents")
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 2**40, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    for said in (2**32 - 1, 100):
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, said, 0, 0)
        path.write_bytes(end64 + locator + end)
        refused_by_both(path, "table of contents")


@pytest.mark.long
def test_a_bundle_of_more_documents_than_an_old_zip_can_count_is_read(tmp_path):
    ledger = Made()
    blobs = tuple(b"%d" % number for number in range(65_600))
    ledger.write(blobs=blobs)
    bundle = ledger.write_bundle(tmp_path / "many.zip")
    report, answer = verify_bundle(bundle), verify_offline(bundle, [], [])
    assert (report.holds, report.blobs) == (answer["holds"], answer["documents"]) == (True, 65_600)


def test_a_file_twice_in_the_zip_is_refused(bundle, tmp_path):
    path = rewrite(tmp_path / "twice.zip", contents(bundle))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("rows.jsonl", b"")
    refused_by_both(path, "twice")


@pytest.mark.parametrize("name", ["format", "key", "checkpoint", "checkpoints.jsonl", "ledger.jsonl", "rows.jsonl"])
def test_a_file_that_is_missing_is_named(bundle, tmp_path, name):
    files = contents(bundle)
    del files[name]
    refused_by_both(rewrite(tmp_path / "less.zip", files), f"without its {name}")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("format", b"safeconduct-ledger-bundle/2\n"),
        ("format", b"\xff"),
        ("format", b"x" * 1_000_001),
        ("key", b""),
        ("key", b"name+00000000+AAAA\n"),
        ("checkpoint", b"\xff\xfe"),
        ("ledger.jsonl", b"["),
        ("ledger.jsonl", b"[" * 100_000 + b"\n"),
        ("ledger.jsonl", b'{"index":0,"leaf":' + b"[" * 100_000 + b"\n"),
        ("ledger.jsonl", b'{"index":0,"leaf":"' + b"ab" * 32 + b'"}'),
        ("ledger.jsonl", b'{"index":0, "leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"index":0,"index":0,"leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"index":0,"leaf":"' + b"AB" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"index":NaN,"leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"index":0.0,"leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"index":' + b"9" * 5000 + b',"leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b'{"extra":1,"index":0,"leaf":"' + b"ab" * 32 + b'"}\n'),
        ("ledger.jsonl", b"x" * 16_000_001 + b"\n"),
        ("rows.jsonl", b"\xff\n"),
        ("rows.jsonl", b'{"key":"1","row":"{}","table":1}\n'),
        ("rows.jsonl", b'{"key":"\\ud800","row":"{}","table":"case"}\n'),
        ("rows.jsonl", b'{"key":"1","table":"case"}\n'),
        ("checkpoints.jsonl", b"{}\n"),
    ],
)
def test_a_file_out_of_form_is_refused(bundle, tmp_path, name, data):
    path = rewrite(tmp_path / "bad.zip", {**contents(bundle), name: data})
    with pytest.raises(Refusal, match=r"bad\.zip"):
        verify_bundle(path)
    assert not verify_offline(path, [], [])["holds"]


def test_a_zip_cut_anywhere_is_refused(bundle, tmp_path):
    data = bundle.read_bytes()
    path = tmp_path / "cut.zip"
    for length in [*range(0, len(data), 97), len(data) - 1]:
        path.write_bytes(data[:length])
        with pytest.raises(Refusal):
            verify_bundle(path)
        assert not verify_offline(path, [], [])["holds"]


def test_every_damaged_byte_of_the_zip_s_own_structure_is_survived(bundle, tmp_path):
    """No crash, and no answer but "holds" (the byte says nothing) or "does not"."""
    data = bundle.read_bytes()
    start = data.index(b"PK\x01\x02")
    path = tmp_path / "damaged.zip"
    for at in range(start, len(data)):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        path.write_bytes(changed)
        try:
            held = verify_bundle(path, held=[NOTE]).holds
        except Refusal:
            held = False
        assert verify_offline(path, [NOTE], [])["holds"] == held


def test_links_and_strange_files_in_a_folder_are_refused(bundle, tmp_path):
    folder = tmp_path / "folder"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    secret = tmp_path / "secret"
    secret.write_text("not part of it")
    blob = next((folder / "blobs").iterdir())
    kept = blob.read_bytes()
    blob.unlink()
    blob.symlink_to(secret)
    refused_by_both(folder, "neither file nor")
    blob.unlink()
    blob.write_bytes(kept)
    os.mkfifo(folder / "blobs" / ("f" * 64))
    refused_by_both(folder, "neither file nor")
    (folder / "blobs" / ("f" * 64)).unlink()
    shutil.move(folder / "blobs", tmp_path / "blobs")
    (folder / "blobs").symlink_to(tmp_path / "blobs")
    refused_by_both(folder, "neither file nor")


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 100, b"PK\x05\x06" + b"\0" * 17])
def test_what_is_no_zip_is_refused(tmp_path, data):
    path = tmp_path / "none.zip"
    path.write_bytes(data)
    refused_by_both(path, "zip")


def test_a_row_is_written_byte_for_byte(tmp_path):
    stream = io.BytesIO()
    row = StoredRow("case", 'a"b\u2028', b'{"a":"\xc3\xa9\\n"}')
    write_bundle(stream, [KEY], [NOTE], [], [row], [])
    (tmp_path / "b.zip").write_bytes(stream.getvalue())
    assert contents(tmp_path / "b.zip")["rows.jsonl"] == (
        '{"key":"a\\"b\u2028","row":"{\\"a\\":\\"é\\\\n\\"}","table":"case"}\n'.encode()
    )
