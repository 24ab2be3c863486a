"""Which acts were done already, so that a repeated order has one effect."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging


class IdempotencyKey(Unchanging, Ledgered):
    """One order by one actor under one key: ``order`` is its digest, ``result`` what it gave, in canonical JSON."""

    flow = models.CharField(max_length=40)
    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    order = models.CharField(max_length=64)
    result = models.TextField()
    at = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["flow", "actor", "key"], name="one_effect"),)

    def __str__(self) -> str:
        return f"{self.flow} {self.key}"
