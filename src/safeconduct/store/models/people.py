"""People and their roles, and the one-time links by which they sign in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from safeconduct.access import Marking, Role
from safeconduct.store.ledgered import Ledgered


class Person(Ledgered):
    """Who somebody is to this office. ``name_id`` is the short name that records and ledger carry.

    ``teams`` is a canonical JSON list of compartments.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="person")
    name_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Role])
    organisation = models.CharField(max_length=200, blank=True)
    may_read_closed = models.BooleanField(default=False)
    cleared_to = models.CharField(max_length=12, choices=[(item.value, item.value) for item in Marking])
    teams = models.TextField(default="[]")

    def __str__(self) -> str:
        return self.name_id


class SignInLink(models.Model):
    """A link that signs one person in, once, within its time. Only a hash of its secret is kept.

    Gone a day later, so not under the ledger.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires:%H:%M}"
