"""Models: equal to their migrations, each either under the ledger or excused with a reason, plain in their columns."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from safeconduct.store.ledgered import Ledgered, ledgered_models

EXCUSED = {
    "LedgerEntry": "held by its own leaf and the tree",
    "Frontier": "compared with the tree by verification",
    "Checkpoint": "signed",
    "Lease": "book-keeping of the moment; losing it costs a second look",
    "RescreeningLease": "likewise",
    "FetchLease": "likewise",
    "SignInLink": "gone within a day",
    "RegisterKey": "made again from the parties themselves",
}


@pytest.mark.django_db
def test_models_equal_migrations() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_every_table_is_under_the_ledger_or_excused() -> None:
    found = {model.__name__ for model in apps.get_app_config("store").get_models()}
    assert found == {model.__name__ for model in ledgered_models()} | EXCUSED.keys()
    assert not EXCUSED.keys() & {model.__name__ for model in ledgered_models()}


@pytest.mark.parametrize("model", ledgered_models(), ids=lambda model: model.__name__)
def test_columns_under_the_ledger_have_one_spelling(model: type[Ledgered]) -> None:
    plain = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.ForeignKey)
    for field in model._meta.concrete_fields:
        assert isinstance(field, (*plain, models.AutoField)), field
        assert field.is_relation or not isinstance(field, models.DateTimeField)
