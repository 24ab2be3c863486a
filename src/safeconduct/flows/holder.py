"""Who holds the database just now, so that a second writer who waited in vain can be told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection, transaction

from safeconduct.core.errors import Refusal, TryAgain

NOBODY = "another process"


def _note(home: Path) -> Path:
    return home / "writer.json"


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """One write transaction, the only one at its time; a ``Refusal`` says who held the database for too long.

    SQLite: begins with the write lock. PostgreSQL: flows take the row of the ledger's frontier first.
    """
    began = False
    try:
        with transaction.atomic(durable=True):
            began = True
            with _named(home):
                yield
    except OperationalError as error:
        raise _refusal(home, str(error), began) from error


@contextmanager
def _named(home: Path) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield  # the server knows its sessions itself
        return
    note = _note(home)
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:3]])[:120]
    note.write_text(json.dumps({"pid": os.getpid(), "command": command}), encoding="utf-8")
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def _refusal(home: Path, said: str, began: bool) -> Refusal:
    if "full" in said or "No space" in said:
        return Refusal("the disk is full; nothing was written", str(home), "free some space, then repeat")
    busy = "locked" in said or "lock timeout" in said
    if not busy:
        return Refusal(f"the database failed: {said.strip().splitlines()[0]}", "database", "see that it is running")
    who = _holder_file(home) if connection.vendor == "sqlite" else _holder_session()
    where = "database" if not began else "database, half-way"
    return TryAgain(
        f"{who} has held the database for over 20 seconds", where, "wait until it ends, or end it, then repeat"
    )


def _holder_file(home: Path) -> str:
    try:
        held = json.loads(_note(home).read_text(encoding="utf-8"))
        os.kill(held["pid"], 0)  # a note may have outlived its writer
        return f"process {held['pid']} ({held['command']})"
    except (OSError, ValueError, KeyError):
        return NOBODY


def _holder_session() -> str:
    """The oldest open transaction of this database that is not ours."""
    connection.close()  # the failed transaction's session is of no more use
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, application_name FROM pg_stat_activity WHERE datname = current_database()"
            " AND xact_start IS NOT NULL AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 1"
        )
        row = cursor.fetchone()
    return f"database session {row[0]} ({row[1] or 'unnamed'})" if row else NOBODY
