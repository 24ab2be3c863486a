"""How officers rated lines of goods, so that like goods can be found again."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging
from safeconduct.store.models.case import Case


class Rating(Unchanging, Ledgered):
    """One officer's rating of one line under one entry; of several of the same line and entry the newest is precedent.

    ``name`` is the item's name in small letters with single spaces, ``kind`` its ``item.kind`` as far as open sources
    state it (empty: not known). ``record`` is the number of the document that holds the reasons.
    """

    class Said(models.TextChoices):
        """What the entry does with the goods."""

        CAUGHT = "caught"
        FREED = "freed"
        OUTSIDE = "outside"

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    line = models.PositiveIntegerField()
    list = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    rating = models.CharField(max_length=8, choices=Said.choices)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    record = models.PositiveIntegerField()
    author = models.CharField(max_length=60)
    at = models.CharField(max_length=20)

    class Meta:
        indexes = (
            models.Index(fields=["name"], name="ratings_by_name"),
            models.Index(fields=["kind", "id"], name="ratings_by_kind"),
        )
        constraints = (models.UniqueConstraint(fields=["case", "record"], name="one_rating_a_record"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.line} {self.list} {self.code} {self.rating}"
