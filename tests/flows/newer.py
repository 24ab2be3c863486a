"""What tests of rescreening do in an office: lists that touch a case or do not, and what is on record then."""

from __future__ import annotations

from typing import Any

from safeconduct.access import State
from safeconduct.core import canonical
from safeconduct.flows.casefile import case_file
from safeconduct.flows.clear_match import ClearMatch, clear_match
from safeconduct.flows.reading import case_page
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.flows.requesting import standing
from safeconduct.flows.rescreened import Rescreened
from safeconduct.flows.views import ReopenedView
from safeconduct.store.models import Case, Record
from tests.flows.office import Application, Entity, Office, starter
from tests.people import OFFICER

LISTED = {"name": "Eric Badege", "aliases": [], "country": "Democratic Republic of the Congo"}
"""He bears the name of the laboratory's officer in the starter case 2d."""
STRANGER = {"name": "Quenby Thistlewood", "aliases": [], "country": "Iran"}


def decide(office: Office, case: str, what: Any, reasons: str = "The files show another man") -> str:
    return record_decision(
        OFFICER, Decide(case=case, decision=what, reasons=reasons), key=office.key(), at=office.at
    ).state


def approved(office: Office, application: Application) -> str:
    case = office.worked(application).case
    assert decide(office, case, "approve") == State.APPROVED
    return case


def another(name: str, reference: str) -> Application:
    """The case 2d, with another officer in the laboratory."""
    found = starter("2d")
    found["parties"][2]["name"] = name
    return {**found, "reference": reference}


def standing_of(case: str) -> str:
    row = Case.objects.get(reference=case)
    return standing(row, case_file(row).parties)


def notes(case: str) -> list[Rescreened]:
    rows = Record.objects.filter(case__reference=case, kind="rescreening").order_by("number")
    return [canonical.decode(row.body.encode(), Rescreened) for row in rows]


def state(case: str) -> str:
    return Case.objects.get(reference=case).state


def newer(office: Office, *entities: Entity, day: str) -> str:
    """A newer edition is loaded and everybody rescreened; its hash."""
    loaded = office.load_list(*entities, day=day)
    office.worker.rescreen()
    return loaded.normalised


def clear(office: Office, case: str) -> None:
    """Clear the one open alert of the case."""
    ((party, match),) = (
        (one.party, match)
        for one in case_page(OFFICER, case).screenings
        for match in (one.screening.matches if one.screening else ())
    )
    order = ClearMatch(case=case, party=party, source=match.source, entry=match.entry, grounds="Born in another year")
    clear_match(OFFICER, order, key=office.key(), at=office.at)


def shown(case: str) -> tuple[str, ReopenedView | None]:
    """What the officer's page says of the decision (empty: there is none), and of why it is open again."""
    page = case_page(OFFICER, case)
    return page.decision.what if page.decision else "", page.identity.reopened
