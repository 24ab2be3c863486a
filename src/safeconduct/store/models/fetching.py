"""Fetching publishers' lists: what came of each attempt, and who is at it just now."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging


class Fetch(Unchanging, Ledgered):
    """One attempt to fetch a source, with what came of it.

    ``files`` is the canonical JSON of the files as the publisher has them now, each with its part, address (without
    credential), SHA-256, size, entity tag and date; empty where the attempt failed. ``edition`` is the normalised
    SHA-256 of the edition they make. ``reason`` says why it failed, or why the edition waits for a person.
    """

    class Outcome(models.TextChoices):
        NEW = "new"
        UNCHANGED = "unchanged"
        HELD = "held"
        FAILED = "failed"

    source = models.CharField(max_length=60)
    at = models.CharField(max_length=20)
    by = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    files = models.TextField(blank=True)
    edition = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=["source", "id"], name="fetches_of_a_source"),)

    def __str__(self) -> str:
        return f"{self.source} {self.at} {self.outcome}"


class FetchLease(models.Model):
    """Which process fetches a source, until when.

    Book-keeping of the moment, so not under the ledger: losing it costs a second fetch, never a wrong list.
    """

    source = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source} {self.holder}"
