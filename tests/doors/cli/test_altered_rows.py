"""A row altered beyond reading is named with its entry: no command reads rows before the ledger is checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
Place = dict[str, str]
ALTER = """
import sys, django
django.setup()
from django.db import connection
table, column, value = sys.argv[1:]
with connection.cursor() as cursor:
    cursor.execute(f"SELECT max(id) FROM {table}")
    key = cursor.fetchone()[0]
    cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
    before = cursor.fetchone()[0]
    cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])
print(before, end="")
"""
ROWS = [
    ("store_editionrow", "document", "{}"),
    ("store_person", "role", "x"),
    ("store_idempotencykey", "result", "{}"),
    ("store_pack", "text", "x"),
]


def done(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=place, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def installation(place: Place) -> Place:
    """An installation with people, a policy and a list."""
    assert done(place, "-m", "tests.flows.scene", "prepare").returncode == 0
    return place


def test_an_unreadable_row_is_named_with_its_entry(installation: Place) -> None:
    sound = done(installation, "-m", "safeconduct", "ledger", "verify", "--json")
    assert sound.returncode == 0, sound.stderr
    for table, column, value in ROWS:
        before = done(installation, "-c", ALTER, table, column, value).stdout
        verified = done(installation, "-m", "safeconduct", "ledger", "verify", "--json")
        (problem,) = json.loads(verified.stdout)["problems"]
        assert (problem["table"], problem["kind"]) == (table, "row_changed")
        named = f"entry {problem['entry']}: {table} {problem['key']}: "
        assert verified.returncode == 1
        assert "Traceback" not in verified.stderr
        run = done(installation, "-m", "safeconduct", "run", "--once")
        assert run.returncode == 1
        assert "Traceback" not in run.stderr
        assert named in run.stderr
        assert "case " not in run.stdout, "cases were worked before the record was looked at"
        done(installation, "-c", ALTER, table, column, before)
    assert done(installation, "-m", "safeconduct", "ledger", "verify").returncode == 0


def test_a_person_whose_row_cannot_be_read_is_refused_in_words(installation: Place) -> None:
    done(installation, "-c", ALTER.replace("max(id)", "min(id)"), "store_person", "role", "x")
    names = done(
        installation,
        "-c",
        "import django; django.setup()\n"
        "from safeconduct.store.models import Person; print(Person.objects.order_by('id').first().name_id)",
    )
    verified = done(installation, "-m", "safeconduct", "ledger", "verify", "--as", names.stdout.strip())
    assert verified.returncode == 1
    assert "cannot be read" in verified.stderr
    assert "Traceback" not in verified.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_checkpoint_that_cannot_be_read_is_refused(place: Place, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "checkpoint"
    if content is not None:
        path.write_bytes(content)
    refused = done(place, "-m", "safeconduct", "ledger", "verify", "--checkpoint", str(path))
    assert refused.returncode == 1
    assert "remedy:" in refused.stderr
    assert "Traceback" not in refused.stderr
