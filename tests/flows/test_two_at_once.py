"""Two officers decide about the same match at the same moment: one effect, and the other is told who decided what."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from safeconduct.access import Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.confirm_match import ConfirmMatch, confirm_match
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.reading import open_matches
from safeconduct.flows.verify_ledger import verify_ledger
from safeconduct.store.models import Adjudication, Clearance
from tests.flows.office import NSO, OTHERS, Office, starter
from tests.flows.test_adjudication import LISTED
from tests.people import COUNTERSIGNER, OFFICER

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do these in threads that start together; what each was told (``""``: it was done)."""
    gate, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Refusal as refusal:
            said[place] = refusal.what
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


@pytest.mark.parametrize("second", ["clear", "same"])
def test_one_effect_and_the_other_is_told(office: Office, second: str) -> None:
    office.load_list(NSO, LISTED, *OTHERS, day="2026-10-10")
    office.worked(starter("2d"))
    (one,) = open_matches(OFFICER)
    of: dict[str, Any] = {"case": one.case, "party": one.party.id, "source": one.match.source, "entry": one.match.entry}

    def clear(actor: Actor) -> object:
        return clear_match(actor, ClearMatch(**of, grounds=f"As {actor.name}"), key="1", at=office.at)

    def same(actor: Actor) -> object:
        return confirm_match(actor, ConfirmMatch(**of, reasons=f"As {actor.name}"), key="1", at=office.at)

    other = clear if second == "clear" else same
    said = at_once(lambda: clear(OFFICER), lambda: other(COUNTERSIGNER))
    assert sorted(map(bool, said)) == [False, True]
    winner = (OFFICER, COUNTERSIGNER)[said.index("")]
    (told,) = filter(None, said)
    assert f"{winner.name} decided on 2026-11-02" in told
    assert f"As {winner.name}" in told
    row = Adjudication.objects.get()
    assert row.author == winner.id
    assert Clearance.objects.count() == (row.answer == "not_same")
    assert verify_ledger(CONSOLE, at=office.at).problems == ()
