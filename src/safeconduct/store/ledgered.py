"""Rows that the ledger commits to: saved inside a flow only, one at a time, never deleted.

Their columns hold text, whole numbers and truth values alone. Times are text in ISO 8601 (UTC,
whole seconds, ``Z``), days likewise: such a column reads the same on every database, sorts as it
should, and has one spelling, so that the digest of a row covers every byte of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from django.db import models

from safeconduct.store.permit import NotPermitted, current

M = TypeVar("M", bound=models.Model)


class OneByOne(models.QuerySet[M]):
    """A query set that reads; whatever would write several rows unseen is refused."""

    def update(self, **_columns: Any) -> NoReturn:
        raise NotPermitted("rows under the ledger are saved one by one")

    def bulk_create(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotPermitted("rows under the ledger are saved one by one")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotPermitted("rows under the ledger are saved one by one")

    def delete(self) -> NoReturn:
        raise NotPermitted("rows under the ledger are never deleted")


class Ledgered(models.Model):
    """A row whose every change is part of a ledger entry.

    ``later`` names columns that came with a later release, each with the value it has in rows written before. While
    a column holds that value it is no part of the row's digest: old rows stay as the ledger knows them.
    """

    later: ClassVar[Mapping[str, str | int]] = {}
    objects = OneByOne.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write all columns and note the row on the permit; NotPermitted outside a flow."""
        permit = current(self._meta.db_table)
        super().save(*args, **kwargs)
        permit.note(self._meta.db_table, str(self.pk))

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotPermitted("rows under the ledger are never deleted")


if TYPE_CHECKING:
    _Row = models.Model
else:
    _Row = object  # a model between two others would hide which model a query is of


class Unchanging(_Row):
    """Put before ``Ledgered``: a row that is written once."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; NotPermitted for one that exists."""
        if not self._state.adding:
            raise NotPermitted(f"{self._meta.db_table} {self.pk} is written once and never changed")
        super().save(*args, **{**kwargs, "force_insert": True})


def ledgered_models() -> tuple[type[Ledgered], ...]:
    """Every model under the ledger, by table name."""
    from django.apps import apps

    found = [model for model in apps.get_app_config("store").get_models() if issubclass(model, Ledgered)]
    return tuple(sorted(found, key=lambda model: model._meta.db_table))
