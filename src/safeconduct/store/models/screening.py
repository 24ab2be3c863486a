"""Screening: what is to be looked for, what was cleared, and who is at work on it just now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging
from safeconduct.store.models.case import Case


class Screening(Ledgered):
    """One party to be compared with a set of lists. The row is the job: whatever wakes a worker is a hint.

    ``party`` is the Party in canonical JSON, ``fingerprint`` of what is compared of it. ``editions``
    is the canonical JSON of the editions wanted (source key and hash, in order). ``record`` is the
    number of the observation among the case's records, 0 while it waits. ``failure`` says why it
    could not be done. ``matcher`` is the matcher's edition, once it is done.

    A screening outside a case (a look-up) has no record: ``asked_by`` is who asked, and ``body`` the
    observation in canonical JSON, empty while it waits.
    """

    later: ClassVar[Mapping[str, str | int]] = {"asked_by": "", "body": "", "matcher": ""}

    class State(models.TextChoices):
        """``superseded``: the party, or the lists, changed before or after it was done."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"
        SUPERSEDED = "superseded"

    case = models.ForeignKey(Case, models.PROTECT, related_name="screenings", null=True)
    party_id = models.CharField(max_length=60)
    party = models.TextField()
    fingerprint = models.CharField(max_length=64)
    editions = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    asked = models.CharField(max_length=20)
    record = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    matcher = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "id"]), models.Index(fields=["asked_by", "id"]))

    def __str__(self) -> str:
        return f"{self.case_id} {self.party_id} {self.state}"


class Lease(models.Model):
    """Which worker holds a screening, until when, and how often it was tried.

    Book-keeping of the moment, so not under the ledger: losing it costs a second look, never a
    wrong result.
    """

    screening = models.OneToOneField(Screening, models.PROTECT, primary_key=True)
    worker = models.CharField(max_length=80)
    until = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.screening_id} {self.worker}"


class Clearance(Unchanging, Ledgered):
    """Somebody decided, with grounds, that a party is not the listed one; holds while neither side changes
    and nobody withdraws it (see ``Adjudication``)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clearances")
    source = models.CharField(max_length=60)
    entry = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    entry_facts = models.CharField(max_length=64)
    record = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["fingerprint", "source", "entry", "entry_facts"]),)

    def __str__(self) -> str:
        return f"{self.source} {self.entry}"
