"""``safeconduct screen`` and ``api-key``, as programs: one name, a file, and keys."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.doors.cli.batch import screen_file
from tests.doors.desk import Desk
from tests.people import OFFICER

ROOT = Path(__file__).resolve().parents[3]
Place = dict[str, str]


def run(place: Place, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "safeconduct", *arguments]
    done = subprocess.run(command, env=place, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_a_name_a_file_and_a_key_from_the_command_line(place: Place, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("Name;Born\nNSO Group;\n;1970\nQuentin Ashdown;soon\nCandiru;\n", encoding="utf-8")
    done = run(place, "screen", "--batch", str(source), "--out", str(out), status=1)
    assert "4 rows in" in done.stdout
    assert "2 cannot tell" in done.stdout
    assert "2 bad row" in done.stdout
    assert "line 3: name: no letter or digit in the name" in done.stderr
    assert "line 4: born: 'soon' is not a date" in done.stderr
    assert out.read_text(encoding="utf-8").startswith("line,id,name,answer,")

    first = json.loads(run(place, "screen", "NSO Group", "--kind", "company", "--country", "Israel", "--json").stdout)
    assert first["id"] == "S-1"
    assert first["matches"][0]["answer"] == "likely_same"
    second = run(place, "screen", "Quentin Ashdown", "--born", "12.03.1975")
    assert second.stdout.startswith("S-2: 0 matches on")
    assert "could be looked for" not in second.stdout
    third = run(place, "screen", "Mr. Ashdown", "--kind", "person")
    assert third.stdout.startswith("tells too little: Mr. Ashdown. It is one name of a person")
    assert "remedy: give the whole name" in third.stdout
    assert third.stdout.rstrip().endswith("but not every name could be looked for")
    assert "tells too little: Mr. Ashdown." in run(place, "screening", "show", "S-3").stdout
    assert "the same bytes" in run(place, "screening", "replay", "S-3", "--observe").stdout
    undated = run(place, "screen", "Quentin Ashdown", "--born", "c. 1975", status=1).stderr
    assert "is not a date" in undated
    assert "19750312" in undated

    made = json.loads(run(place, "api-key", "make", "--as", "officer", "--label", "till", "--json").stdout)
    assert made["key"] not in run(place, "api-key", "list").stdout
    assert "K-1" in run(place, "api-key", "revoke", "K-1").stdout
    (key,) = json.loads(run(place, "api-key", "list", "--json").stdout)["keys"]
    assert (key["person"], key["label"], bool(key["revoked"])) == ("officer", "till", True)
    assert "0 problems" in run(place, "ledger", "verify").stdout
    run(place, "worker", "--end")


def test_wrong_use_is_told_before_anything_is_loaded(place: Place, tmp_path: Path) -> None:
    for arguments in (
        ("screen",),
        ("screen", "x", "--batch", "y"),
        ("screen", "--batch", "y"),
        ("screen", "x", "--out", "y"),
    ):
        assert "remedy" in run(place, *arguments, status=2).stderr
    absent = run(
        place, "screen", "--batch", str(tmp_path / "no.csv"), "--out", str(tmp_path / "o.csv"), "--json", status=1
    )
    assert "cannot be read" in json.loads(absent.stderr.splitlines()[-1])["error"]["what"]
    assert "loading" not in absent.stderr


def test_the_sum_of_a_batch_as_json(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text("name\nNSO Group\n…\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        screen_file(OFFICER, str(source), str(out), as_json=True)
    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    (bad,) = told["bad"]
    assert (told["rows"], told["counts"]["cannot_tell"], bad["line"]) == (2, 1, 3)
    assert bad["why"].startswith("name: no letter or digit in the name; write the name")
    assert told["editions"][0]["normalised"]
    assert told["matcher"]
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["editions"]
    source.write_text("name\nNSO Group\n", encoding="utf-8")
    screen_file(OFFICER, str(source), str(out), as_json=False)  # no bad row: it just ends
    assert "1 rows in" in capsys.readouterr().out
