"""The ledger itself. It is not under the ledger: its leaves, root and signatures hold it."""

from __future__ import annotations

from django.db import models


class LedgerEntry(models.Model):
    """One entry; ``index`` counts from 0 without holes. Salt and event are absent once erased."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField()
    salt = models.BinaryField(null=True)
    event = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.index)


class Frontier(models.Model):
    """The right edge of the tree, in one row with the number 1. Whoever writes holds this row first."""

    document = models.TextField()

    def __str__(self) -> str:
        return "frontier"


class Checkpoint(models.Model):
    """A signed statement of the log's size and root, as a note's text."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    def __str__(self) -> str:
        return str(self.size)
