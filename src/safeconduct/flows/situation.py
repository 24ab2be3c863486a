"""A case as the life cycle looks at it."""

from __future__ import annotations

import datetime as dt

from safeconduct.access import Actor, State
from safeconduct.assess.matches import Screened, open_matches
from safeconduct.core.errors import Refusal
from safeconduct.decide import TEXTS, Act, OpenQuestion, Situation, obstacles, target
from safeconduct.flows.casefile import case_file
from safeconduct.flows.packs import in_force
from safeconduct.flows.requesting import observed, standing
from safeconduct.flows.work import Work, said
from safeconduct.screen.model import Clearance, Match
from safeconduct.store.models import Case, Question, Record
from safeconduct.store.models import Clearance as ClearanceRow

UNANSWERED = (Question.State.OPEN, Question.State.ACCEPTED)


def clearances(fingerprints: frozenset[str]) -> tuple[Clearance, ...]:
    """Everything ever cleared for parties of these fingerprints, in this case or another."""
    rows = ClearanceRow.objects.filter(fingerprint__in=sorted(fingerprints)).order_by("source", "entry", "id")
    return tuple(Clearance(row.source, row.entry, row.fingerprint, row.entry_facts) for row in rows)


def alerts(case: Case) -> tuple[tuple[str, Match], ...]:
    """Every uncleared alert of the live screenings: party id and match, by party."""
    seen = observed(case)
    known = clearances(frozenset(one.party for one in seen.values()))
    found = [(party, match) for party in sorted(seen) for match in open_matches(Screened(party, seen[party]), known)]
    return tuple(found)


def situation(case: Case, actor: Actor, today: dt.date, reasons: str = "", day: str = "") -> Situation:
    """What the needs of the life cycle read, from the rows as they are; ``day`` picks the lists (empty: today's)."""
    pack = in_force()
    author = Record.objects.filter(case=case, number=case.assessment).values_list("author", flat=True).first()
    return Situation(
        state=State(case.state),
        today=today,
        role=actor.role,
        actor=actor.id,
        reasons=reasons,
        outcome=case.outcome,
        assessed_by=author or "",
        assessment_current=case.assessed_inputs == case.inputs and pack is not None and pack.sha256 == case.policy,
        screening=standing(case, case_file(case).parties, day),
        questions=open_questions(case),
        alerts=tuple(f"{party} / {match.source} {match.entry}" for party, match in alerts(case)),
    )


def open_questions(case: Case) -> tuple[OpenQuestion, ...]:
    """Questions that nobody has answered."""
    rows = Question.objects.filter(case=case, state__in=UNANSWERED).order_by("id")
    return tuple(
        OpenQuestion(
            row.name, row.fact, row.decisive, dt.date.fromisoformat(row.due), row.state == Question.State.ACCEPTED
        )
        for row in rows
    )


def move(work: Work, act: Act, reasons: str = "", day: str = "") -> Situation:
    """Take the case through ``act``; a ``Refusal`` that lists every obstacle."""
    found = situation(work.case, work.actor, work.today, reasons, day)
    in_the_way = obstacles(act, found)
    if in_the_way:
        why = "; ".join(said(item.reason, TEXTS) for item in in_the_way)
        raise Refusal(why, f"{work.case.reference}, {act.value.replace('_', ' ')}", "settle what is named, then repeat")
    work.case.state = target(act, found).value
    return found
