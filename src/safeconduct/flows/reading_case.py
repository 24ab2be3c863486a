"""One case as its reader may see it."""

from __future__ import annotations

import datetime as dt

from safeconduct.access import Action, Actor, Role, State, may
from safeconduct.access.model import OPEN_STATES
from safeconduct.core import canonical
from safeconduct.core.message import Message
from safeconduct.decide import Act, Situation, obstacles
from safeconduct.flows.casefile import Decision, LapsedRecord, applicants_file, case_file
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.closed import open_file
from safeconduct.flows.gathering import argued, pack_of
from safeconduct.flows.installation import utc_now
from safeconduct.flows.reading_documents import assessment, case_of, reads_closed, records_of
from safeconduct.flows.reading_queue import row_of
from safeconduct.flows.requesting import live, observed
from safeconduct.flows.settled import proposals, settled, standing_of_match
from safeconduct.flows.situation import alerts, confirmed, situation
from safeconduct.flows.views import CasePage, DecisionView, PartyScreening, QuestionView
from safeconduct.flows.wording import words
from safeconduct.intake.model import CaseFile
from safeconduct.screen.model import Match
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.store.models import Case, Question, Record
from safeconduct.store.visible import case_facts

ACTS: dict[Act, Action] = {
    Act.CONCLUDE: Action.ASSESS,
    Act.ASK: Action.ASSESS,
    Act.ANSWER: Action.ANSWER,
    Act.CLEAR: Action.CLEAR_MATCH,
    Act.ACCEPT_UNKNOWN: Action.LAPSE,
    Act.REFUSE_FOR_SILENCE: Action.LAPSE,
    Act.APPROVE: Action.DECIDE,
    Act.REFUSE: Action.DECIDE,
}


PUBLISHERS = {reader.key: reader.publisher for reader in CATALOGUE}


def case_page(actor: Actor, reference: str, today: dt.date | None = None) -> CasePage:
    """The whole case; a ``Refusal`` (``NO_CASE``) where the actor may not know of it."""
    case = case_of(actor, reference)
    closed, ours = reads_closed(actor, case), actor.role is not Role.EXPORTER
    file = case_file(case)
    shown = (file if closed else open_file(file)) if ours else applicants_file(case)
    found = situation(case, actor, today or utc_now().date(), reasons="given")
    possible, hindered = _acts(actor, case, found)
    return CasePage(
        identity=row_of(actor, case),
        case_file=shown,
        screenings=_screenings(case, actor) if ours else (),
        assessment=assessment(actor, reference, changes=False) if ours and case.assessment else None,
        assessment_current=found.assessment_current,
        questions=_questions(case, actor),
        record=records_of(case, actor),
        decision=_decision(case, ours),
        may=possible,
        obstacles=hindered,
        holds_closed=closed and ours and (_sealed(file) or any(one.closed for one in argued(case))),
    )


def _sealed(file: CaseFile) -> bool:
    return any(one.source.sealed for one in file.statements)


def _acts(actor: Actor, case: Case, found: Situation) -> tuple[frozenset[Act], dict[Act, tuple[str, ...]]]:
    """Acts that are possible with reasons given, and what hinders the rest of those that the role is for."""
    possible: set[Act] = set()
    hindered: dict[Act, tuple[str, ...]] = {}
    for act, action in ACTS.items():
        if not may(actor, action, case_facts(case)).allowed:
            continue
        if action is Action.ASSESS:  # asks for the screenings itself, where they are missing
            if not found.assessment_current and found.screening != "pending":
                possible.add(act)
        elif in_the_way := obstacles(act, found):
            hindered[act] = tuple(words(_named(item.reason, case)) for item in in_the_way)
        else:
            possible.add(act)
    return frozenset(possible), hindered


def _named(reason: Message, case: Case) -> Message:
    """The reason with questions in their words and matches by name, where the life cycle has only their ids."""
    params = dict(reason.params)
    if "questions" in params:
        params["questions"] = " ".join(
            words(canonical.decode(row.text.encode(), Message), pack_of(row.policy))
            for row in Question.objects.filter(case=case, name__in=params["questions"]).order_by("id")
        )
    if "alerts" in params:
        params["alerts"] = _by_name(case, alerts(case))
    if "listed" in params:
        params["listed"] = _by_name(case, confirmed(case))
    if "outcome" in params:
        params["outcome"] = str(params["outcome"]).replace("-", " ")
    return Message(reason.key, params)


def _by_name(case: Case, matches: tuple[tuple[str, Match], ...]) -> str:
    names = {party.id: party.name for party in case_file(case).parties}
    return "; ".join(
        f"{names.get(party, party)} and {match.name}, listed by {PUBLISHERS.get(match.source, match.source)}"
        for party, match in matches
    )


def _screenings(case: Case, actor: Actor) -> tuple[PartyScreening, ...]:
    seen = observed(case)
    known, proposed = settled(seen.values()), proposals(actor)
    views = []
    for party, row in live(case).items():
        screening = seen.get(party)
        standing = tuple(standing_of_match(screening, match, known, proposed) for match in screening.matches) if (
            screening
        ) else ()  # fmt: skip
        views.append(PartyScreening(party, row.state, screening, standing, row.failure, f"S-{row.pk}"))
    return tuple(views)


def _questions(case: Case, actor: Actor) -> tuple[QuestionView, ...]:
    rows = Question.objects.filter(case=case).order_by("-decisive", "id")
    if actor.role is Role.EXPORTER:
        rows = rows.filter(to="exporter")
    return tuple(_question(row) for row in rows)


def _question(row: Question) -> QuestionView:
    message = canonical.decode(row.text.encode(), Message)
    return QuestionView(
        id=row.name,
        fact=row.fact,
        subject=row.subject,
        text=message,
        words=words(message, pack_of(row.policy)),
        citation=row.citation,
        decisive=row.decisive,
        to=row.to,
        asked=row.asked,
        due=row.due,
        state=row.state,
        type=catalogue().get(row.fact),
    )


def _decision(case: Case, ours: bool) -> DecisionView | None:
    """The newest decision; none while the case is open, as it is again where a licence is under review."""
    if case.state in OPEN_STATES:
        return None
    ended = "revoked" if case.state == State.REVOKED else "refused"
    for row in Record.objects.filter(case=case, kind__in=("decision", "lapse")).order_by("-number"):
        if row.kind == "decision":
            made = canonical.decode(row.body.encode(), Decision)
            what = "approved" if made.decision == "approve" else ended
            told = (row.author, made.reasons) if ours else ("", "")
            return DecisionView(what, row.at, *told, disclosable=made.disclosable)
        lapsed = canonical.decode(row.body.encode(), LapsedRecord)
        if lapsed.ending == "refuse":
            told = (row.author, lapsed.reasons) if ours else ("", "")
            return DecisionView(ended, row.at, *told, unanswered=lapsed.questions)
    return None
