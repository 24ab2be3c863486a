"""Which database an installation uses: SQLite in its own directory, or a PostgreSQL named by an address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from safeconduct.core.errors import Refusal

WAIT_SECONDS = 20
"""How long a second writer waits before it is told that the database is busy."""

WHERE = "SAFECONDUCT_DATABASE"
EXAMPLE = (
    "write it as postgresql://user:password@host:5432/name, or postgresql:///name?host=/socket/directory; "
    "in a password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25"
)
PARAMETERS = {"host", "sslmode", "sslrootcert", "sslcert", "sslkey"}


def database(directory: Path, address: str) -> dict[str, Any]:
    """Django's settings for one database; an empty ``address`` means SQLite under ``directory``.

    Raises ``Refusal`` for an address that cannot be understood. Its password is never repeated.
    """
    return postgresql(address) if address else sqlite(directory)


def sqlite(directory: Path) -> dict[str, Any]:
    """Writers queue (``BEGIN IMMEDIATE``) instead of failing half-way, and a commit is on the disk when it returns."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": directory / "safeconduct.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
        # a file, not memory: tests start other processes on it
        "TEST": {"NAME": directory / "test.sqlite3"},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Settings for ``postgresql://user:password@host:port/name``; a Unix socket's directory goes in ``?host=``."""
    parts, port = _split(address)
    given = _parameters(parts.query)
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise Refusal("the address names no database", WHERE, EXAMPLE)
    host = given.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "options": f"-c lock_timeout={WAIT_SECONDS}s", **given},
    }


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # its own text would repeat the address, password and all
        raise Refusal("the address cannot be read", WHERE, EXAMPLE) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise Refusal("the address is not a PostgreSQL one", WHERE, EXAMPLE)
    if parts.fragment:
        raise Refusal("the address cannot be read", WHERE, EXAMPLE)
    return parts, port


def _parameters(query: str) -> dict[str, str]:
    given = parse_qs(query, keep_blank_values=True)
    unknown = sorted(set(given) - PARAMETERS)
    if unknown:
        raise Refusal(
            f"unknown parameter {unknown[0]!r}", WHERE, f"leave it out; known: {', '.join(sorted(PARAMETERS))}"
        )
    return {key: values[-1] for key, values in given.items()}
