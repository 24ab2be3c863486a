"""An installation of a test's own, for the programs that it starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier


@pytest.fixture
def place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation, on the same kind of database as this process; nothing is migrated."""
    home = tmp_path / "home of safeconduct"
    environment = {**os.environ, "SAFECONDUCT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "safeconduct.settings"}
    environment.pop("SAFECONDUCT_DATABASE", None)
    server = os.environ.get("SAFECONDUCT_DATABASE")
    if not server:
        yield environment
        return
    name = f"place_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield {**environment, "SAFECONDUCT_DATABASE": server.replace("/postgres?", f"/{name}?")}
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
