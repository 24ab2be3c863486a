"""Ask for the fact that would settle a match, of the exporter or within the authority; the list is not named."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.decide import Act
from safeconduct.flows.adjudicating import (
    ASKABLE,
    MatchDecided,
    MatchOrder,
    decision,
    keep,
    reasons,
    undecided,
    unstated,
)
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Adjudication


class AskAboutMatch(MatchOrder, frozen=True, kw_only=True):
    """``asked`` is one of ``ASKABLE``, which the party has not stated yet."""

    asked: str
    to: Literal["exporter", "authority"] = "exporter"
    reasons: str = ""


@flow(Action.CLEAR_MATCH)
def ask_about_match(work: Work, order: AskAboutMatch) -> MatchDecided:
    """The question is the case's as soon as it is assessed anew, and stands until it is answered."""
    move(work, Act.CLEAR, reasons(order.reasons) or "a fact is asked for")
    found = undecided(work, order)
    where = f"{order.case}, {found.party.name} / {found.match.name}"
    if order.asked not in ASKABLE:
        raise Refusal(f"{order.asked[:40]!r} cannot be asked for", where, f"one of {', '.join(ASKABLE)}")
    if order.asked not in unstated(found.party):
        raise Refusal("this is stated already", where, "ask for something else, or decide on what is known")
    document = msgspec.structs.replace(decision(found, "ask"), asked=order.asked, to=order.to, reasons=order.reasons)
    record = work.record("adjudication", document)
    keep(work, found, Adjudication.Answer.ASK, record.number, asked=f"{order.asked} {order.to}")
    return MatchDecided(order.case, record.number)
