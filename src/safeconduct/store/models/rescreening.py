"""Rescreening: which newer list everybody living was looked at for, how far it went, and who is at it just now."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered


class Rescreening(Ledgered):
    """One pass over the live parties, in the order of their screenings.

    ``source``, ``before`` and ``after`` name a list and the hashes of two of its editions (empty: it was not in use
    before, is not any more); an empty ``source`` means everybody on whole lists. ``lists`` are all the editions in use
    when it began, as a screening writes them; who is touched is looked at on these. ``matcher`` is the edition that
    looked.

    Every live screening up to number ``mark``, of those that stood at ``before``, was looked at: it was either
    replaced (``touched`` counts these) or stands at ``after`` from then on. It ends at ``upto``, the last screening
    there was when it began. ``total`` is how many were to be looked at then, ``looked`` how many have been;
    ``reopened`` counts licences. ``failure`` says why it could not go on.
    """

    source = models.CharField(max_length=60, blank=True)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    lists = models.TextField()
    matcher = models.CharField(max_length=300)
    upto = models.PositiveBigIntegerField()
    mark = models.PositiveBigIntegerField(default=0)
    total = models.PositiveIntegerField()
    looked = models.PositiveIntegerField(default=0)
    touched = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=60)
    started = models.CharField(max_length=20)
    finished = models.CharField(max_length=20, blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["finished", "id"]),)

    def __str__(self) -> str:
        return f"{self.pk} {self.source or 'all lists'} {self.before[:8]}-{self.after[:8]} {self.mark}/{self.upto}"


class RescreeningLease(models.Model):
    """Which process is at a rescreening, and until when. Book-keeping of the moment, so not under the ledger."""

    rescreening = models.OneToOneField(Rescreening, models.PROTECT, primary_key=True)
    worker = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rescreening_id} {self.worker}"
