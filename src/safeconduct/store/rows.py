"""Rows as the database holds them, byte for byte, for the ledger to commit to and to verify.

Nothing is read through a model: a converter could make two different stored values look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from safeconduct.core import canonical
from safeconduct.ledger import RowDigest
from safeconduct.ledger.bundle import StoredRow
from safeconduct.store.ledgered import Ledgered, ledgered_models

CHUNK = 500


def digests(rows: Sequence[tuple[str, str]]) -> tuple[RowDigest, ...]:
    """The digest of each row (table, key) as it stands in the database now, in the order given."""
    models_by_table = {model._meta.db_table: model for model in ledgered_models()}
    found: dict[tuple[str, str], str] = {}
    for table in dict.fromkeys(table for table, _ in rows):
        keys = [key for in_table, key in rows if in_table == table]
        for row in _read(models_by_table[table], keys):
            found[row.table, row.key] = canonical.sha256(row.data)
    return tuple(RowDigest(table, key, found.get((table, key))) for table, key in rows)


def all_rows() -> Iterator[StoredRow]:
    """Every row of every table under the ledger, by table and key."""
    for model in ledgered_models():
        yield from _read(model, None)


def _read(model: type[Ledgered], keys: Sequence[str] | None) -> Iterator[StoredRow]:
    fields = model._meta.concrete_fields
    table, key_column = model._meta.db_table, model._meta.pk.column
    quote = connection.ops.quote_name
    # a plus sign makes it an expression, so that SQLite's driver applies no converter of the column's type
    sign = "+" if connection.vendor == "sqlite" else ""
    columns = ", ".join(f"{sign}{quote(field.column)}" for field in fields)
    query = f"SELECT {columns} FROM {quote(table)}"  # noqa: S608 - names of our own models
    place = next(number for number, field in enumerate(fields) if field.column == key_column)
    for chunk in _chunks(keys):
        where = "" if chunk is None else f" WHERE {quote(key_column)} IN ({', '.join(['%s'] * len(chunk))})"
        with _undecodable_text_as_bytes(), connection.cursor() as cursor:
            cursor.execute(f"{query}{where} ORDER BY {quote(key_column)}", chunk or [])
            while rows := cursor.fetchmany(CHUNK):
                for row in rows:
                    plain = {field.column: _plain(field, value) for field, value in zip(fields, row, strict=True)}
                    kept = {column: value for column, value in plain.items() if not _is_absent(model, column, value)}
                    yield StoredRow(table, str(row[place]), canonical.encode(kept))


def _is_absent(model: type[Ledgered], column: str, value: object) -> bool:
    return column in model.later and value == model.later[column]


def _chunks(keys: Sequence[str] | None) -> Iterator[list[int] | None]:
    if keys is None:
        yield None
        return
    for start in range(0, len(keys), CHUNK):
        yield [int(key) for key in keys[start : start + CHUNK]]


def _plain(field: models.Field[Any, Any], value: object) -> object:
    """One spelling for one stored value, whatever the database; a value of a foreign type shows as such."""
    if isinstance(field, models.BooleanField) and type(value) is int and value in (0, 1):
        return bool(value)
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, (bytes, memoryview)):
        return {"bytes": bytes(value).hex()}
    return {type(value).__name__: repr(value)}


@contextmanager
def _undecodable_text_as_bytes() -> Iterator[None]:
    """SQLite holds text that is no UTF-8 if somebody puts it there; it must show, not stop the reading."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    before = raw.text_factory
    raw.text_factory = _text
    try:
        yield
    finally:
        raw.text_factory = before


def _text(data: bytes) -> str | bytes:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data
