"""Editions of outside data, and the files kept under their hash."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging


class Blob(Unchanging, Ledgered):
    """A file in the blob store; its path follows from its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    kept = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.sha256


class EditionRow(Ledgered):
    """One edition: ``document`` is the ``sources.Edition`` in canonical JSON, the other columns are for finding it.

    ``held`` says why it waits for a person; an edition that is held is used for nothing.
    ``skipped`` is the hash of the report on rows that became no record (empty: none).
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        HELD = "held"

    key = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=20)
    normalised = models.CharField(max_length=64)
    published = models.CharField(max_length=30, blank=True)
    obtained = models.CharField(max_length=30)
    document = models.TextField()
    skipped = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    held = models.TextField(blank=True)
    loaded = models.CharField(max_length=20)
    loaded_by = models.CharField(max_length=60)
    released_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "normalised"], name="one_edition"),)

    def __str__(self) -> str:
        return f"{self.key} {self.published or self.obtained}"
