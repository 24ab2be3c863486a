"""A case, its immutable records, its questions, and the times at which its clock stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from safeconduct.access import Marking, State
from safeconduct.store.ledgered import Ledgered, Unchanging


def _choices(values: type[State] | type[Marking]) -> list[tuple[str, str]]:
    return [(item.value, item.value) for item in values]


class Case(Ledgered):
    """Where one application stands. What was said and decided is in its records; this row is how they add up.

    ``inputs`` counts everything that an assessment would look at (submission, answers, screenings,
    clearances, accepted unknowns); ``assessed_inputs`` is that count when ``assessment``, the number
    of the newest assessment among the case's records (0: none), was made. ``organisation`` is the
    exporter's. ``alerts`` are the matches that were open at the newest assessment. ``reopened`` is the
    number of the record that says which list touched it since the last decision, 0 for none.
    """

    later: ClassVar[Mapping[str, str | int]] = {"reopened": 0}

    reference = models.CharField(max_length=20, unique=True)
    applicant_reference = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=24, choices=_choices(State))
    organisation = models.CharField(max_length=200)
    marking = models.CharField(max_length=12, choices=_choices(Marking))
    compartment = models.CharField(max_length=60, blank=True)
    opened = models.CharField(max_length=20)
    closed = models.CharField(max_length=20, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    policy = models.CharField(max_length=64, blank=True)
    alerts = models.PositiveIntegerField(default=0)
    assessment = models.PositiveIntegerField(default=0)
    assessed_inputs = models.PositiveIntegerField(default=0)
    inputs = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["state", "reference"]),
            models.Index(fields=["organisation", "reference"]),
        )

    def __str__(self) -> str:
        return self.reference


class Record(Unchanging, Ledgered):
    """One document that never changes: ``body`` is canonical JSON, ``number`` counts within its case from 1."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    author = models.CharField(max_length=60)
    author_role = models.CharField(max_length=20)
    at = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="record_number_in_case"),)

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.kind}"


class Question(Ledgered):
    """Something asked in a case. ``name`` is the fact's key, with ``@line:N`` for a fact of one line.

    ``text`` is a Message in canonical JSON, ``policy`` the pack whose words it uses. ``due`` is the
    last lawful day. ``answer`` is the number of the record that closed it, 0 while it is open.
    """

    class State(models.TextChoices):
        """``moot``: a later assessment no longer needs it; ``accepted``: an official accepts that it stays unknown."""

        OPEN = "open"
        ANSWERED = "answered"
        ACCEPTED = "accepted"
        MOOT = "moot"

    case = models.ForeignKey(Case, models.PROTECT, related_name="questions")
    name = models.CharField(max_length=120)
    fact = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    text = models.TextField()
    citation = models.TextField(blank=True)
    policy = models.CharField(max_length=64)
    decisive = models.BooleanField()
    to = models.CharField(max_length=12)
    asked = models.CharField(max_length=20)
    due = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    answer = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "name"], name="question_name_in_case"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"


class ClockStop(Ledgered):
    """The case's clock stood from ``began``; ``ended`` is empty while it still stands."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    began = models.CharField(max_length=20)
    ended = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.began}"
