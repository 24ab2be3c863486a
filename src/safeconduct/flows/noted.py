"""Parties that officers noted in the register and that are in no case: asking for their screening.

Such a screening is the register's own (``asked_by`` is the entry's id), and no look-up of anybody.
"""

from __future__ import annotations

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.editions import watchlists
from safeconduct.flows.requesting import LIVE
from safeconduct.flows.work import Work
from safeconduct.screen import fingerprint
from safeconduct.store.models import RegisterEntry, Screening


def ask_for(work: Work, entry: RegisterEntry, editions: str) -> None:
    """Ask for one entry on these lists, as rows hold them."""
    party = canonical.decode(entry.party.encode(), Party)
    Screening.objects.create(
        party_id=party.id,
        party=entry.party,
        fingerprint=fingerprint(party),
        editions=editions,
        asked=work.now,
        asked_by=str(entry),
    )
    work.wakes = True


def outstanding(editions: str) -> list[RegisterEntry]:
    """Noted entries without a screening, done or waiting, on these lists; the oldest first; none without lists."""
    if not watchlists():
        return []
    rows = Screening.objects.filter(case=None, asked_by__startswith="R-", editions=editions, state__in=LIVE)
    asked = set(rows.values_list("asked_by", flat=True))
    return [entry for entry in RegisterEntry.objects.exclude(party="").order_by("pk") if str(entry) not in asked]
