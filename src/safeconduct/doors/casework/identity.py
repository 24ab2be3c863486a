"""The bar that stands at the head of every page of a case, and its tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.access import Marking, State
from safeconduct.access.model import OPEN_STATES
from safeconduct.core.party import Party
from safeconduct.doors.page import words
from safeconduct.flows.reading import CasePage
from safeconduct.intake.model import CaseFile

TABS = ("overview", "goods", "parties", "assessment", "questions", "record")


def frame(found: CasePage, current: str) -> dict[str, Any]:
    """The context that each page of a case shares: ``case``, ``tabs`` and, where it is marked, ``marking``."""
    return {
        "case": identity(found),
        "tabs": [_tab(found, name, name == current) for name in TABS],
        "marking": banner(found),
    }


def banner(found: CasePage) -> dict[str, str] | None:
    """The banner of a marked case, and of any case with closed text in view; None where neither is so."""
    note = _("from sealed sources: not for the exporter, nor for another State") if found.holds_closed else ""
    if found.identity.marking == Marking.OPEN:
        return {"text": _("Contains closed text"), "note": note} if note else None
    return {"text": marking_of(found).upper(), "note": note}


def marking_of(found: CasePage) -> str:
    """The case's marking in a word."""
    return words.heading(found.identity.marking)


def identity(found: CasePage) -> dict[str, Any]:
    """Reference, parties, who submitted it where that is another, outcome and marking."""
    user = with_role(found.case_file, "end_user", "ultimate_end_user")
    seller = with_role(found.case_file, "exporter", "applicant")
    return {
        "reference": found.identity.reference,
        "exporter": seller.name if seller else found.identity.organisation,
        "submitted_by": submitted_by(found),
        "end_user": user.name if user else "",
        "destination": words.place(destination(found.case_file)),
        "outcome": found.identity.outcome,
        "marking": marking_of(found),
        "review": found.identity.state == State.REOPENED,
    }


def submitted_by(found: CasePage) -> str:
    """The organisation that submitted the application, where it is another than the exporter it names; else ``""``."""
    named = with_role(found.case_file, "exporter", "applicant")
    ours = found.identity.organisation
    if named is None or not ours or " ".join(named.name.split()).casefold() == " ".join(ours.split()).casefold():
        return ""
    return ours


def with_role(file: CaseFile, *roles: str) -> Party | None:
    """The first party with one of these roles, the first role before the second."""
    return next((party for role in roles for party in file.parties if role in party.roles), None)


def destination(file: CaseFile) -> str:
    """Where the goods end up, as far as it is stated: with the end-user, else with the consignee."""
    party = with_role(file, "ultimate_end_user", "end_user", "consignee", "intermediate_consignee")
    return party.territory if party else ""


def _tab(found: CasePage, name: str, current: bool) -> dict[str, Any]:
    counts = {
        "goods": len(found.case_file.lines),
        "parties": len(found.case_file.parties),
        "questions": sum(one.state == "open" and found.identity.state in OPEN_STATES for one in found.questions),
    }
    texts = {
        "overview": _("Overview"),
        "goods": _("Goods"),
        "parties": _("Parties"),
        "assessment": _("Assessment"),
        "questions": _("Questions"),
        "record": _("Record"),
    }
    href = reverse(f"casework:{name}", kwargs={"reference": found.identity.reference})
    return {"href": href, "text": texts[name], "current": current, "count": counts.get(name)}
