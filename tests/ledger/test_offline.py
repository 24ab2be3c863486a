"""The single file that an outsider runs: what it says, what it admits, and that it stands alone."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.ledger import Entry, SeedSigner, checkpoint_note, leaf_data, public_key, root
from safeconduct.ledger import safeconduct_verify as offline
from safeconduct.ledger.bundle import verify_bundle
from safeconduct.ledger.tree import EMPTY, append_all
from tests.ledger.strategies import KEY, ORIGIN, SIGNER, Made, made

PROGRAM = Path(offline.__file__)
LEDGER = made(12)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return LEDGER.write_bundle(tmp_path / "bundle.zip")


def ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Run the program in this process: exit status and what it printed."""
    status = offline.main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


def test_it_stands_alone_as_one_file(bundle, tmp_path):
    alone = tmp_path / "elsewhere" / "safeconduct_verify.py"
    alone.parent.mkdir()
    alone.write_bytes(PROGRAM.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(alone), str(bundle)], capture_output=True, check=False, cwd=tmp_path / "elsewhere"
    )
    assert done.returncode == 0, done.stderr
    assert b"EVERYTHING HOLDS" in done.stdout


def test_it_imports_the_standard_library_and_cryptography_only():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in names}
    assert tops - set(sys.stdlib_module_names) == {"cryptography"}
    assert not tops & {"socket", "urllib", "http", "subprocess", "ssl"}


def test_it_says_what_it_proves_and_what_it_cannot(bundle, capsys):
    status, text = ask(capsys, bundle)
    assert status == 0
    assert "14 entries, 1 of them erased" in text
    assert root(LEDGER.frontier).hex() in text
    assert f"{KEY.text()}  (from the bundle)" in text
    for words in (
        "somebody who holds the signing key did not rewrite everything",
        "it came with the bundle",
        "erased entries said, 1 in number",
        "the system's own clock",
        "an entry is true",
    ):
        assert words in text


def test_an_earlier_checkpoint_and_a_published_key_shorten_what_it_cannot(bundle, tmp_path, capsys):
    old = tmp_path / "old.checkpoint"
    old.write_text(LEDGER.notes[8], encoding="utf-8")
    status, text = ask(capsys, bundle, "--checkpoint", old, "--key", KEY.text())
    assert status == 0
    assert "Entries 0 to 7 are those that stood when your earlier checkpoint was signed" in text
    assert "entries from 8 on were not rewritten" in text
    assert "came with the bundle" not in text
    assert "did not rewrite everything" not in text


def test_json_is_one_object(bundle, tmp_path, capsys):
    old = tmp_path / "old.checkpoint"
    old.write_text(LEDGER.notes[4], encoding="utf-8")
    status, text = ask(capsys, bundle, "--json", "--checkpoint", old)
    answer = json.loads(text)
    assert status == 0
    assert (answer["holds"], answer["entries"], answer["earlier"], answer["problems"]) == (True, 14, [4], [])
    assert (answer["rows"], answer["documents"]) == (len(LEDGER.rows), len(LEDGER.blobs))
    assert answer["root"] == root(LEDGER.frontier).hex()


def test_an_altered_row_is_named_with_its_entry(tmp_path, capsys):
    ledger = LEDGER.copy()
    ledger.rows["decision", "11"] = {**ledger.rows["decision", "11"], "by": "nobody"}
    status, text = ask(capsys, ledger.write_bundle(tmp_path / "bundle.zip"))
    assert status == 1
    assert "DOES NOT HOLD" in text
    assert "entry 11: decision 11: the row is not as this entry left it" in text
    assert "Nothing, until what is wrong is explained." in text


def test_a_hostile_bundle_cannot_write_the_answer_itself(tmp_path, capsys):
    ledger = LEDGER.copy()
    ledger.rows["case", "\x1b[2J\n\nEVERYTHING HOLDS\n\u202e\x9b"] = {}
    bundle = ledger.write_bundle(tmp_path / "bundle.zip")
    status, text = ask(capsys, bundle)
    assert status == 1
    assert not {"\x1b", "\u202e", "\x9b"} & set(text)
    assert "case \\u001b[2J\\u000a\\u000aEVERYTHING HOLDS" in text
    assert "\nEVERYTHING HOLDS" not in text
    assert ask(capsys, bundle, "--json")[1].isascii()
    (problem,) = verify_bundle(bundle).problems
    assert str(problem).isprintable()


def forged(ledger: Made, index: int) -> Made:
    """The ledger rewritten by somebody with the signing key: everything agrees with itself."""
    ledger = ledger.copy()
    entry = ledger.entries[index]
    assert entry.event is not None
    assert entry.salt is not None
    event = entry.event.replace(b"licensing officer", b"somebody unknown_")
    ledger.entries[index] = Entry(index, leaf_data(entry.salt, event), entry.salt, event)
    ledger.frontier, ledger.notes = append_all(EMPTY, [item.leaf for item in ledger.entries]), {}
    ledger.sign()
    return ledger


def test_rewriting_by_the_key_holder_is_found_by_the_earlier_checkpoint_alone(tmp_path, capsys):
    bundle = forged(LEDGER, 5).write_bundle(tmp_path / "bundle.zip")
    assert ask(capsys, bundle)[0] == 0
    old = tmp_path / "old.checkpoint"
    old.write_text(LEDGER.notes[8], encoding="utf-8")
    status, text = ask(capsys, bundle, "--checkpoint", old)
    assert status == 1
    assert "entries 0 to 7 changed after the checkpoint of 8 was signed" in text
    newer = tmp_path / "newer.checkpoint"
    newer.write_text(LEDGER.notes[4], encoding="utf-8")
    assert ask(capsys, bundle, "--checkpoint", newer)[0] == 0  # it does not reach entry 5, and says so
    assert "entries from 4 on" in ask(capsys, bundle, "--checkpoint", newer)[1]


def test_a_ledger_cut_short_is_found(tmp_path, capsys):
    short = Made(entries=LEDGER.entries[:8], frontier=append_all(EMPTY, [item.leaf for item in LEDGER.entries[:8]]))
    short.sign()
    old = tmp_path / "old.checkpoint"
    old.write_text(LEDGER.notes[14], encoding="utf-8")
    status, text = ask(capsys, short.write_bundle(tmp_path / "bundle.zip"), "--checkpoint", old)
    assert status == 1
    assert "entries 8 to 13 are gone: a checkpoint of 14 was signed" in text


def test_two_histories_signed_for_one_size_are_found(bundle, tmp_path, capsys):
    old = tmp_path / "old.checkpoint"
    old.write_text(checkpoint_note(ORIGIN, 14, b"o" * 32, SIGNER), encoding="utf-8")
    status, text = ask(capsys, bundle, "--checkpoint", old)
    assert (status, "two different checkpoints of 14 entries were signed" in text) == (1, True)


def test_a_thousand_problems_are_printed_and_the_rest_counted(tmp_path, capsys):
    ledger = Made()
    ledger.write({("case", str(number)): {} for number in range(1_200)})
    ledger.rows.clear()
    status, text = ask(capsys, ledger.write_bundle(tmp_path / "bundle.zip"))
    assert (status, text.count("the row is gone")) == (1, 1_000)
    assert "and 200 more" in text


def test_base64_has_one_spelling():
    assert offline.decode64("AAE=", "here") == b"\x00\x01"
    for text in ("AAF=", "AAE", "AA E=", "AAE=\n", "é"):
        with pytest.raises(offline.Unreadable, match="base64"):
            offline.decode64(text, "here")


def test_another_key_or_another_log_is_not_taken(bundle, tmp_path, capsys):
    stranger = SeedSigner(ORIGIN, b"s" * 32)
    assert ask(capsys, bundle, "--key", public_key(stranger).text())[0] == 1
    old = tmp_path / "old.checkpoint"
    old.write_text(checkpoint_note(ORIGIN, 4, b"r" * 32, stranger), encoding="utf-8")
    status, text = ask(capsys, bundle, "--checkpoint", old)
    assert (status, "your earlier checkpoint 1 is not signed with a known key" in text) == (1, True)
    other = SeedSigner("another.example/log", b"o" * 32)
    old.write_text(checkpoint_note(other.name, 4, b"r" * 32, other), encoding="utf-8")
    status, text = ask(capsys, bundle, "--checkpoint", old, "--key", KEY.text(), "--key", public_key(other).text())
    assert (status, "of several logs" in text) == (1, True)


def test_a_key_may_stand_in_a_file(bundle, tmp_path, capsys):
    path = tmp_path / "log.key"
    path.write_text(KEY.text() + "\n", encoding="utf-8")
    assert ask(capsys, bundle, "--key", path)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["no such bundle.zip"],
        ["BUNDLE", "--checkpoint", "no such file"],
        ["BUNDLE", "--key", "no such file"],
        ["BUNDLE", "--key", "name+00000000+AAAA"],
    ],
)
def test_wrong_use_is_status_2_with_a_reason(bundle, capsys, arguments):
    assert offline.main([str(bundle) if argument == "BUNDLE" else argument for argument in arguments]) == 2
    assert capsys.readouterr().err.startswith("safeconduct-verify: ")


@pytest.mark.parametrize("arguments", [[], ["--unknown", "x"], ["a", "b"]])
def test_wrong_options_are_status_2(arguments):
    with pytest.raises(SystemExit) as stopped:
        offline.main(arguments)
    assert stopped.value.code == 2


def test_its_answer_is_the_same_under_any_hash_seed_and_locale(tmp_path):
    ledger = LEDGER.copy()
    ledger.blobs.clear()
    bundle = ledger.write_bundle(tmp_path / "bundle.zip")
    answers = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("2", "POSIX")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Kathmandu"}
        done = subprocess.run(
            [sys.executable, str(PROGRAM), str(bundle)], capture_output=True, check=False, env=environment
        )
        assert done.returncode == 1, done.stderr
        answers.add(done.stdout)
    assert len(answers) == 1


# --- it reads and reckons as the system does, without sharing its code ---------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_its_canonical_json_is_the_system_s(value):
    assert offline.read_object(canonical.encode(value), set(value), "here") == value


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_its_tree_is_the_system_s(leaves):
    found = offline.Found()
    for leaf in leaves:
        found.add_leaf(leaf)
    assert found.root() == root(append_all(EMPTY, leaves))


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_it_opens_what_the_system_signs(size, root_hash):
    key = offline.read_key(KEY.text())
    assert str(key) == KEY.text()
    opened = offline.open_checkpoint(checkpoint_note(ORIGIN, size, root_hash, SIGNER), [key], "here")
    assert opened == offline.Checkpoint(ORIGIN, size, root_hash)


HASHES = st.sampled_from(["ab" * 32, "cd" * 32, "AB" * 32, "", "ab"])
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 0, 1, -1, 2**70, "", "x", "\x1b", [], {}, [[]], [None], ["x"], [0], [1], [True], {"v": 1}]
)
TIMES = st.sampled_from(["2026-03-05T09:30:00.5Z", "2026-02-30T00:00:00Z", "2026-03-05", "２026-03-05T09:30:00Z"])
ROWS = st.fixed_dictionaries({"table": st.sampled_from(["a", "b"]), "key": TEXT, "sha256": HASHES | st.none() | ODD})
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "v": ODD,
    "at": TIMES | ODD,
    "flow": TEXT | ODD,
    "actor": TEXT | ODD,
    "case": TEXT | ODD,
    "rows": st.lists(ROWS | ODD, max_size=3) | ODD,
    "blobs": st.lists(HASHES, max_size=2) | ODD,
    "removed_blobs": st.lists(HASHES, max_size=2) | ODD,
    "erases": st.lists(st.integers(-1, 3), max_size=2) | ODD,
    "note": TEXT | ODD,
    "unknown": TEXT,
}
USUAL = {"v": 1, "at": "2026-03-05T09:30:00Z", "flow": "record_decision", "actor": "officer"}
EVENTS = (
    st.lists(st.sampled_from(sorted(FIELDS)), max_size=3, unique=True)
    .flatmap(lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names}))
    .flatmap(
        lambda odd: st.sampled_from([None, *USUAL]).map(
            lambda gone: {name: value for name, value in {**USUAL, **odd}.items() if name != gone}
        )
    )
)


@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=EVENTS)
def test_it_agrees_with_the_system_on_whatever_an_insider_has_signed(tmp_path, event):
    """Events no release of the system would write, under a valid leaf and checkpoint: one verdict from both."""
    ledger, salt, data = Made(), b"s" * 32, canonical.encode(event)
    ledger.write()
    ledger.entries.append(Entry(1, leaf_data(salt, data), salt, data))
    ledger.frontier = append_all(EMPTY, [item.leaf for item in ledger.entries])
    ledger.sign()
    bundle = ledger.write_bundle(tmp_path / "bundle.zip")
    report, answer = verify_bundle(bundle), offline.verify(bundle, [], [])
    assert [problem.entry for problem in report.problems] == [problem["entry"] for problem in answer["problems"]]


def test_it_refuses_a_row_committed_to_twice_in_one_event():
    row = {"table": "case", "key": "1", "sha256": "ab" * 32}
    offline.refuse_odd_event({**USUAL, "rows": [row, {**row, "key": "2"}]})
    with pytest.raises(offline.Unreadable, match="twice"):
        offline.refuse_odd_event({**USUAL, "rows": [row, {**row, "sha256": "cd" * 32}]})


@pytest.mark.parametrize(
    "line", ['{"key":"1","table":"case"}', '{"key":"1","row":"{}","table":1}', '{"key":"1","row":null,"table":"case"}']
)
def test_it_refuses_a_row_line_that_lacks_a_text(tmp_path, line):
    with zipfile.ZipFile(LEDGER.write_bundle(tmp_path / "bundle.zip")) as archive:
        archive.extractall(tmp_path / "folder")
    (tmp_path / "folder" / "rows.jsonl").write_text(line + "\n", encoding="utf-8")
    answer = offline.verify(tmp_path / "folder", [], [])
    assert [problem["what"] for problem in answer["problems"]] == ["rows.jsonl line 1: table, key and row are texts"]


@pytest.mark.parametrize(
    "line",
    [
        "— name AAAA",
        "- name AAAAAAAA",
        "—  AAAAAAAA",
        "— na+me AAAAAAAA",
        "— name AAAAAAAA more",
        "— name",
        "",
        "— name AAAAAAB=",
    ],
)
def test_it_refuses_a_malformed_signature_line_even_beside_a_good_one(line):
    key = offline.read_key(KEY.text())
    with pytest.raises(offline.Unreadable, match=r"malformed|base64|no signed note"):
        offline.open_checkpoint(LEDGER.notes[8] + line + "\n", [key], "here")
