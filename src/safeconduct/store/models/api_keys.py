"""Keys with which programs act as a person."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered
from safeconduct.store.models.people import Person


class ApiKey(Ledgered):
    """A program that sends the token acts as ``person`` until ``expires``, unless ``revoked`` (both times as text).

    Only the SHA-256 of the token is kept: it is 256 random bits, which nobody can try through. ``start`` are its
    first letters, by which its owner knows it again; ``label`` says what it is for.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_keys")
    label = models.CharField(max_length=120, blank=True)
    start = models.CharField(max_length=12)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made = models.CharField(max_length=20)
    made_by = models.CharField(max_length=60)
    expires = models.CharField(max_length=20)
    revoked = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"K-{self.pk} {self.start}… of {self.person_id}"
