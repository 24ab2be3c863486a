"""What people decided about matches, and where each decision stands."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered
from safeconduct.store.models.case import Case


class Adjudication(Ledgered):
    """What one person said of one party and one listed entry, on the facts of both as they were.

    ``fingerprint`` and ``entry_facts`` are those of both sides then. ``record`` is the number of the document that
    holds the reasons among the case's records. ``asked`` names the fact that was asked for, and of whom. ``second`` is
    whoever confirmed, declined or withdrew it, in ``second_record`` (of ``second_case``, where that was another one).
    """

    class Answer(models.TextChoices):
        """``ask``: it cannot be told, and something was asked for."""

        NOT_SAME = "not_same"
        SAME = "same"
        ASK = "ask"

    class State(models.TextChoices):
        """``proposed``: not the same, as one person has it and a second has not confirmed yet."""

        PROPOSED = "proposed"
        STANDING = "standing"
        WITHDRAWN = "withdrawn"

    case = models.ForeignKey(Case, models.PROTECT, related_name="adjudications")
    party_id = models.CharField(max_length=60)
    source = models.CharField(max_length=60)
    entry = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    entry_facts = models.CharField(max_length=64)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    asked = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    author = models.CharField(max_length=60)
    at = models.CharField(max_length=20)
    record = models.PositiveIntegerField()
    second = models.CharField(max_length=60, blank=True)
    second_at = models.CharField(max_length=20, blank=True)
    second_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    second_record = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["fingerprint", "source", "entry"]),
            models.Index(fields=["source", "entry", "case"]),
        )
        constraints = (models.UniqueConstraint(fields=["case", "record"], name="one_adjudication_a_record"),)

    def __str__(self) -> str:
        return f"{self.source} {self.entry} {self.answer} {self.state}"
