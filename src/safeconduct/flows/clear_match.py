"""Clear a match: a person says, with grounds, that a party is not the listed one. Remembered while neither changes.

Where the policy asks for two people, it is a proposal until the second confirms, and the match stays an alert.
"""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.decide import Act
from safeconduct.flows.adjudicating import MatchOrder, keep, reasons, undecided
from safeconduct.flows.casefile import Cleared, case_file
from safeconduct.flows.second_person import demanded
from safeconduct.flows.situation import move
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Adjudication, Clearance


class ClearMatch(MatchOrder, frozen=True, kw_only=True):
    """``ground`` is what tells the two apart (``birth_date``, ``document`` …), ``grounds`` the reasons in words."""

    grounds: str
    ground: str = ""


class MatchCleared(msgspec.Struct, frozen=True):
    """The number of the record that holds the grounds; ``second_person`` are the rules of the policy by which another
    person has to confirm before it has any effect."""

    case: str
    record: int
    second_person: tuple[str, ...] = ()


@flow(Action.CLEAR_MATCH)
def clear_match(work: Work, order: ClearMatch) -> MatchCleared:
    """Only an alert of the present screening can be cleared; the case is to be assessed again."""
    move(work, Act.CLEAR, reasons(order.grounds))
    found = undecided(work, order)
    match, party = found.match, found.party
    second = demanded(case_file(work.case), party, match)
    record = work.record(
        "clearance",
        Cleared(
            party.id, party.name, match.source, match.entry, match.name, order.grounds, found.row.record,
            ground=order.ground[:40], second_person=second,
        ),
    )  # fmt: skip
    row = keep(work, found, Adjudication.Answer.NOT_SAME, record.number, proposed=bool(second))
    if not second:
        Clearance.objects.create(
            case=work.case,
            source=row.source,
            entry=row.entry,
            fingerprint=row.fingerprint,
            entry_facts=row.entry_facts,
            record=record.number,
        )
    return MatchCleared(order.case, record.number, second)
