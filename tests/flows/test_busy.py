"""A second writer waits, and then says who holds the database."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection

from safeconduct.core.errors import Refusal
from safeconduct.flows.holder import writing
from tests.flows.office import Office, starter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy_office(transactional_db: None, empty_office: Office) -> Office:
    empty_office.admit_everybody()
    empty_office.submit(starter("2c"))
    return empty_office


@contextmanager
def somebody_writing(office: Office, note: str) -> Iterator[None]:
    """Another session that holds the write lock; this process waits for it a fifth of a second at most."""
    (office.home / "writer.json").write_text(note)
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 200")
        other = sqlite3.connect(settings["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    parameters = {"host": settings["HOST"], "dbname": settings["NAME"], "user": settings["USER"]}
    with psycopg.connect(**parameters, application_name="the night shift") as session:
        session.execute("SELECT * FROM store_frontier FOR UPDATE")
        yield
        session.rollback()


def test_the_second_writer_is_told_who_holds_the_database(busy_office: Office) -> None:
    note = json.dumps({"pid": os.getpid(), "command": "the night shift"})
    with somebody_writing(busy_office, note), pytest.raises(Refusal) as refused:
        busy_office.submit(starter("2c"))
    assert "the night shift" in refused.value.what
    assert "has held the database" in refused.value.what
    connection.close()
    assert busy_office.submit(starter("2c")).case == "XX-2026-0002"


@pytest.mark.parametrize("note", ["", "{", '{"pid": 2147483646, "command": "gone"}'])
def test_a_note_that_outlived_its_writer_accuses_nobody(busy_office: Office, note: str) -> None:
    with somebody_writing(busy_office, note), pytest.raises(Refusal) as refused:
        busy_office.submit(starter("2c"))
    assert "gone" not in refused.value.what
    connection.close()


def test_a_full_disk_and_a_broken_database_are_told_apart(busy_office: Office) -> None:
    for said, told in (("database or disk is full", "disk is full"), ("disk I/O error", "database failed")):
        with pytest.raises(Refusal, match=told), writing(busy_office.home):
            raise OperationalError(said)
