"""How an installation's database is named, and what holds on the one it gets."""

from __future__ import annotations

import traceback
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.settings.database import database


def test_no_address_means_sqlite_in_the_data_directory(tmp_path: Path) -> None:
    assert database(tmp_path, "")["NAME"] == tmp_path / "safeconduct.sqlite3"


def test_an_address_names_user_password_host_port_and_database(tmp_path: Path) -> None:
    found = database(tmp_path, "postgresql://ana:p%40ss%2Fword@db.example:6432/licences")
    named = {key: found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert named == {
        "USER": "ana",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "6432",
        "NAME": "licences",
    }


def test_a_socket_directory_is_given_as_a_parameter(tmp_path: Path) -> None:
    found = database(tmp_path, "postgresql:///licences?host=/run/postgresql&sslmode=disable")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]["sslmode"]) == ("/run/postgresql", "", "disable")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://ana@db/licences", "not a PostgreSQL one"),
        ("licences", "not a PostgreSQL one"),
        ("postgresql://ana@db", "names no database"),
        ("postgresql://ana@db:port/licences", "cannot be read"),
        ("postgresql://ana@[db/licences", "cannot be read"),
        ("postgresql://db/licences?dbname=other", "unknown parameter 'dbname'"),
        ("postgresql://ana:a#b@db/licences", "cannot be read"),
        ("postgresql://ana@db/licences#b", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_understood_is_refused(tmp_path: Path, address: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        database(tmp_path, address)
    assert said in refused.value.what
    assert refused.value.where == "SAFECONDUCT_DATABASE"
    assert refused.value.remedy


@given(st.text(st.characters(codec="utf-8"), min_size=8), st.sampled_from(["db:port", "[db", "db:99999", "db"]))
def test_a_refusal_never_repeats_the_password(password: str, host: str) -> None:
    secret = "pass=" + quote(password, safe="")
    with pytest.raises(Refusal) as refused:
        database(Path("unused"), f"postgresql://ana:{secret}@{host}")
    told = traceback.format_exception(refused.value) + list(refused.value.as_object().values())
    assert not any(secret in text for text in told)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1))
def test_any_password_survives_being_quoted(password: str) -> None:
    assert database(Path("unused"), f"postgresql://ana:{quote(password, safe='')}@db/x")["PASSWORD"] == password


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_on_the_disk_and_a_second_writer_waits(database: str) -> None:
    with connection.cursor() as cursor:
        asked = ["journal_mode", "synchronous", "busy_timeout"] if database == "sqlite" else ["lock_timeout"]
        found = []
        for name in asked:
            cursor.execute(f"PRAGMA {name}" if database == "sqlite" else f"SHOW {name}")
            found.append(cursor.fetchone()[0])
    assert found == (["wal", 2, 20_000] if database == "sqlite" else ["20s"])
    assert connection.vendor == database
