"""What assessors recorded apart from each other, and by which facts cases were decided."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging
from safeconduct.store.models.case import Case


class Appraisal(Unchanging, Ledgered):
    """One person's own assessment: ``body`` is canonical JSON. ``basis`` is the digest of the case file and the policy
    that he had before him. Nobody but he reads it before another person has recorded one on the same basis."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="appraisals")
    basis = models.CharField(max_length=64)
    body = models.TextField()
    author = models.CharField(max_length=60)
    at = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "basis", "author"], name="one_appraisal_a_person"),)
        indexes = (models.Index(fields=["at"], name="appraisals_by_time"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class Decided(Ledgered):
    """The newest decision on a case by officials, beside ``facts``, the digest of what the policy's rules read of it
    without names or nationality. It says nothing of who decided."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="decided")
    facts = models.CharField(max_length=64)
    decision = models.CharField(max_length=8)
    outcome = models.CharField(max_length=24)
    policy = models.CharField(max_length=64)
    at = models.CharField(max_length=20)

    class Meta:
        indexes = (models.Index(fields=["facts", "decision", "at"], name="decided_by_facts"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"
