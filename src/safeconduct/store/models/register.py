"""The register of parties: one entry a party, where it appears, what ties it to others, and what was merged."""

from __future__ import annotations

from django.db import models

from safeconduct.store.ledgered import Ledgered, Unchanging
from safeconduct.store.models.case import Case


class RegisterEntry(Ledgered):
    """One party across all applications; its public id is ``R-<id>``.

    Who may read a case in which it appears may see it. One that an officer noted (an owner who is no party to
    any case) has a ``party`` in canonical JSON, and is seen by whoever sees the entry it was noted ``beside``,
    and may read the ``case`` whose papers named it (closed text of it, where ``sealed``).
    """

    opened = models.CharField(max_length=20)
    opened_by = models.CharField(max_length=60)
    party = models.TextField(blank=True)
    beside = models.ForeignKey("self", models.PROTECT, null=True, related_name="noted")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="noted")
    sealed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"R-{self.pk}"


class Appearance(Ledgered):
    """A party of one case, as the case states it now. ``linked`` says why it stands under its entry."""

    class Linked(models.TextChoices):
        """``new``: nothing said it was there already; ``facts``, ``number``: equal; ``person``: somebody said so."""

        NEW = "new"
        FACTS = "facts"
        NUMBER = "number"
        PERSON = "person"

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="appearances")
    case = models.ForeignKey(Case, models.PROTECT, related_name="appearances")
    party_id = models.CharField(max_length=60)
    party = models.TextField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    linked = models.CharField(max_length=8, choices=Linked.choices)
    at = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "party_id"], name="appears_once_in_case"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.party_id} R-{self.entry_id}"


class RegisterKey(models.Model):
    """A word-order-free name, or a number, by which entries are found.

    Made again from the parties themselves whenever one changes, so not under the ledger.
    """

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="keys")
    appearance = models.ForeignKey(Appearance, models.PROTECT, null=True, related_name="keys")
    key = models.CharField(max_length=200, db_index=True)

    def __str__(self) -> str:
        return self.key


class Merge(Ledgered):
    """Somebody said, with reasons, that two entries are one party; ``undone`` once somebody took them apart again."""

    one = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="merged_as_one")
    other = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="merged_as_other")
    reason = models.TextField()
    by = models.CharField(max_length=60)
    at = models.CharField(max_length=20)
    undone = models.CharField(max_length=20, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)
    undone_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"R-{self.one_id} R-{self.other_id}"


class Tie(Ledgered):
    """What ties one party to another, as somebody stated it; its public id is ``T-<id>``.

    The holder (owner, director, parent) is an entry, or an entry of a list (``holder_source``,
    ``holder_entry``). ``low`` and ``high`` are per cent as decimal texts, 0 and 100 where no share is
    known. ``begins`` and ``ends`` are partial ISO dates as first stated; ``last_day`` is what somebody said when
    he ended it, and ``withdrawn`` that it was stated wrongly and holds on no day. ``source`` is the document in
    canonical JSON; a tie with a ``case`` is for whoever may read that case (its closed text, where ``sealed``).
    """

    what = models.CharField(max_length=12)
    holder = models.ForeignKey(RegisterEntry, models.PROTECT, null=True, related_name="holds")
    holder_source = models.CharField(max_length=60, blank=True)
    holder_entry = models.CharField(max_length=120, blank=True)
    holder_name = models.CharField(max_length=400, blank=True)
    held = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="held_by")
    low = models.CharField(max_length=20)
    high = models.CharField(max_length=20)
    begins = models.CharField(max_length=10, blank=True)
    ends = models.CharField(max_length=10, blank=True)
    source = models.TextField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="ties")
    sealed = models.BooleanField(default=False)
    stated_by = models.CharField(max_length=60)
    at = models.CharField(max_length=20)
    withdrawn = models.BooleanField(default=False)
    last_day = models.CharField(max_length=10, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.CharField(max_length=20, blank=True)
    ended_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"T-{self.pk} {self.what}"


class PartyFinding(Unchanging, Ledgered):
    """What somebody found out about a party of the register: another State's denial, or a finding of a court or body;
    its public id is ``F-<id>``. ``said`` of a ``sealed`` source is shown in no case that it touches."""

    class Kind(models.TextChoices):
        """Another State refused it; somebody established something."""

        DENIAL = "denial"
        FINDING = "finding"

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    said = models.TextField()
    source = models.CharField(max_length=400)
    date = models.CharField(max_length=10)
    sealed = models.BooleanField(default=False)
    by = models.CharField(max_length=60)
    at = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"F-{self.pk} R-{self.entry_id}"
