"""What a cluster finds is recorded here, and is the very record that would have been made without it."""

from __future__ import annotations

import pytest

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.editions import watchlists
from safeconduct.flows.matching import Matchers
from safeconduct.flows.rescreen_by_hand import rescreen
from safeconduct.store.models import Record, Screening
from tests.flows.newer import LISTED, approved, state
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.flows.test_cluster import address
from tests.people import OFFICER

__all__ = ["address"]


@pytest.mark.one_database
def test_what_the_cluster_found_reopens_a_licence_with_the_very_record_made_here(address: str, office: Office) -> None:
    case = approved(office, starter("2d"))
    office.load_list(NSO, *OTHERS, LISTED, day="2026-10-20")
    told = list(rescreen(OFFICER, at=office.at, cluster=address))
    assert (told[-1].state, told[-1].looked, told[-1].touched, state(case)) == ("done", 3, 1, "reopened")
    row = Screening.objects.filter(case__reference=case, state="done").latest("id")
    party = canonical.decode(row.party.encode(), Party)
    here = Matchers(office.home).of(watchlists()).screen(party)
    body = Record.objects.get(case=row.case, number=row.record).body
    assert body.encode() == canonical.encode(ScreeningRecord(party, here))
