"""A case as the life cycle looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec

from safeconduct.access import Actor, State
from safeconduct.assess.matches import Screened, Settled, confirmed_matches, open_matches
from safeconduct.core.errors import Refusal
from safeconduct.decide import TEXTS, Act, OpenQuestion, Situation, obstacles, target
from safeconduct.flows.casefile import case_file
from safeconduct.flows.packs import in_force
from safeconduct.flows.requesting import observed, standing
from safeconduct.flows.second_assessment import outstanding
from safeconduct.flows.settled import settled
from safeconduct.flows.work import Work, said
from safeconduct.screen.model import Match
from safeconduct.store.models import Case, Question, Record

UNANSWERED = (Question.State.OPEN, Question.State.ACCEPTED)


def alerts(case: Case) -> tuple[tuple[str, Match], ...]:
    """Every open alert of the live screenings: party id and match, by party."""
    return _matches(case, open_matches)


def confirmed(case: Case) -> tuple[tuple[str, Match], ...]:
    """Every match of the live screenings that a person found to be the same, likewise."""
    return _matches(case, confirmed_matches)


def _matches(case: Case, which: Callable[[Screened, Settled], Iterable[Match]]) -> tuple[tuple[str, Match], ...]:
    seen = observed(case)
    known = settled(seen.values())
    return tuple((party, match) for party in sorted(seen) for match in which(Screened(party, seen[party]), known))


def situation(case: Case, actor: Actor, today: dt.date, reasons: str = "", day: str = "") -> Situation:
    """What the needs of the life cycle read, from the rows as they are; ``day`` picks the lists (empty: today's)."""
    pack = in_force(today)
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
        second_assessment=outstanding(case),
        confirmed=tuple(f"{party} / {match.source} {match.entry}" for party, match in confirmed(case)),
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


def move(work: Work, act: Act, reasons: str = "", day: str = "", *, listed_holder: bool = False) -> Situation:
    """Take the case through ``act``; a ``Refusal`` that lists every obstacle."""
    found = situation(work.case, work.actor, work.today, reasons, day)
    found = msgspec.structs.replace(found, listed_holder=listed_holder)
    in_the_way = obstacles(act, found)
    if in_the_way:
        why = "; ".join(said(item.reason, TEXTS) for item in in_the_way)
        raise Refusal(why, f"{work.case.reference}, {act.value.replace('_', ' ')}", "settle what is named, then repeat")
    work.case.state = target(act, found).value
    return found
