"""What is not known and what it could change, as the assessment's page shows it, each with a button that asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.access import Actor, Role
from safeconduct.access.model import OPEN_STATES
from safeconduct.doors.casework import findings
from safeconduct.doors.page import words
from safeconduct.flows.reading import CasePage

Plain = dict[str, Any]
MOST = 25


def may_ask(actor: Actor, found: CasePage) -> bool:
    """Whether the reader may ask for a fact; the flow asks again."""
    return actor.role in (Role.OFFICER, Role.ADVISER, Role.COUNTERSIGNER) and found.identity.state in OPEN_STATES


def unknowns(found: CasePage, assessment: Plain) -> list[Plain]:
    """Unknown facts, those first that could change most; only those that can change something."""
    asked = {one.id for one in found.questions if one.state == "open"}
    several = len(assessment["lines"]) > 1
    rows = []
    for changes in assessment["changes"]:
        for one in changes["unknowns"]:
            name = one["fact"] if one["subject"] == "case" else f"{one['fact']}@{one['subject']}"
            if one["outcomes"]:
                rows.append(
                    {
                        "fact": one["fact"],
                        "subject": one["subject"],
                        "name": findings.fact_name(one["fact"]),
                        "line": _("line %(n)s") % {"n": changes["line"]} if several else "",
                        "outcomes": [words.word(each.replace("-", "_")) for each in one["outcomes"]],
                        "needs": _needs(one["facts"]),
                        "asked": name in asked,
                    }
                )
    return rows[:MOST]


def _needs(facts: int) -> str:
    if facts == 1:
        return _("by itself")
    return ngettext("with %(n)d other", "with %(n)d others", facts - 1) % {"n": facts - 1}
