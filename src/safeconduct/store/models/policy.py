"""Policy packs, and who signed which bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging


class Pack(Unchanging, Ledgered):
    """A pack's own bytes (``text``), under the hash that people sign; ``begins`` is the day it names (ISO), empty where
    it begins with its second signature."""

    later: ClassVar[Mapping[str, str | int]] = {"begins": ""}

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    text = models.TextField()
    kept = models.CharField(max_length=20)
    begins = models.CharField(max_length=10, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"


class PackSignature(Unchanging, Ledgered):
    """One person's signature under a pack; two by different people put it in force."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="signatures")
    person = models.CharField(max_length=60)
    at = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pack", "person"], name="signs_once"),)

    def __str__(self) -> str:
        return f"{self.pack_id} {self.person}"
