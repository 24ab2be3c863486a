"""Full disks, unusable places, wrong ports and poor terminals are told in words, with status and remedy."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from safeconduct.doors.cli.unusable import unusable_database, unusable_place

ROOT = Path(__file__).resolve().parents[3]
Place = dict[str, str]
FULL = """
import errno, sys
import safeconduct.doors.cli.ready as ready
from safeconduct.doors.cli.main import main
def fail():
    raise {error}
ready.start_django = fail
sys.argv = ["safeconduct", "sources", "list", *sys.argv[1:]]
main()
"""


def said(place: Place, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    found = subprocess.run(
        command, env={**place, **more}, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert "Traceback" not in found.stderr, found.stderr
    return found


@pytest.mark.parametrize(
    ("error", "what"),
    [
        ("OSError(errno.ENOSPC, 'No space left on device')", "the disk is full"),
        ("PermissionError(errno.EACCES, 'Permission denied')", "cannot be used: Permission denied"),
        ("OSError(errno.EROFS, 'Read-only file system')", "cannot be used: Read-only file system"),
        ("__import__('django.db.utils').db.utils.OperationalError('database or disk is full')", "the disk is full"),
        ("__import__('django.db.utils').db.utils.OperationalError('disk I/O error')", "the disk is full, or fails"),
        (
            "__import__('django.db.utils').db.utils.OperationalError('no route')",
            "the database cannot be used: no route",
        ),
    ],
)
def test_what_the_system_refuses_is_a_refusal_with_place_and_remedy(place: Place, error: str, what: str) -> None:
    plain = said(place, "-c", FULL.format(error=error))
    assert plain.returncode == 1
    assert what in plain.stderr
    assert "remedy:" in plain.stderr
    told = said(place, "-c", FULL.format(error=error), "--json")
    assert told.returncode == 1
    found = json.loads(told.stderr)["error"]
    assert found["what"].startswith(what)
    assert found["where"] == place["SAFECONDUCT_HOME"]
    assert found["remedy"]


def test_another_error_of_the_system_is_not_called_a_full_disk(place: Place) -> None:
    code = FULL.format(error="OSError(errno.EIO, 'broken')")
    found = subprocess.run(
        [sys.executable, "-c", code], env=place, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "broken" in found.stderr
    assert "the disk is full" not in found.stderr


def test_a_place_that_is_named_by_the_error_is_the_one_told() -> None:
    refusal = unusable_place(PermissionError(errno.EACCES, "Permission denied", "/srv/data/prepared"))
    assert refusal.where == "/srv/data/prepared"
    assert "\n" not in unusable_database(OperationalError("first\nsecond")).what


def test_a_data_directory_that_cannot_be_made_is_a_refusal(place: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = said(place, "-m", "safeconduct", "sources", "list", SAFECONDUCT_HOME=str(tmp_path / "file" / "home"))
    assert found.returncode == 1
    assert f"{tmp_path / 'file' / 'home'}: cannot be used: Not a directory" in found.stderr


@pytest.mark.parametrize("port", ["0", "99999", "-1"])
def test_a_port_that_there_is_not_is_wrong_use(place: Place, port: str) -> None:
    for command in ("run", "serve", "sign-in"):
        more = ["officer"] if command == "sign-in" else []
        found = said(place, "-m", "safeconduct", command, *more, "--port", port)
        assert found.returncode == 2
        assert "Invalid value for '--port'" in found.stderr


def test_a_terminal_without_our_letters_gets_the_words(place: Place) -> None:
    found = said(place, "-m", "safeconduct", "ledger", "verify", PYTHONIOENCODING="ascii")
    assert found.returncode == 0
    assert "0 entries" in found.stdout
    assert "\\u2026" in found.stdout
