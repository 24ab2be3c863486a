"""The queue: every case that its reader may read, in one line each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from safeconduct.access import Actor, Role
from safeconduct.flows import clock
from safeconduct.flows.editions import watchlists
from safeconduct.flows.installation import utc_now
from safeconduct.flows.reading_reopened import reopened
from safeconduct.flows.requesting import LIVE, standing_of
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.views import QueueRow, ReopenedView
from safeconduct.screen.model import EditionUsed
from safeconduct.store.models import Case, Question, Screening
from safeconduct.store.visible import visible


def queue(actor: Actor, state: str | None = None) -> tuple[QueueRow, ...]:
    """Every case the actor may read, newest first."""
    rows = visible(actor).filter(state=state) if state else visible(actor)
    found, lists, chain = list(_with_counts(actor, rows).order_by("-id")), watchlists(), Chain()
    why = reopened(actor, found)
    return tuple(_row(actor, case, lists, chain, why.get(case.pk)) for case in found)


def row_of(actor: Actor, case: Case) -> QueueRow:
    """One case as the queue shows it."""
    found = _with_counts(actor, visible(actor)).get(pk=case.pk)
    return _row(actor, found, watchlists(), Chain(), reopened(actor, [found]).get(case.pk))


def _with_counts(actor: Actor, rows: QuerySet[Case]) -> Any:
    asked = Q(questions__state=Question.State.OPEN)
    if actor.role is Role.EXPORTER:
        asked &= Q(questions__to="exporter")
    live = Prefetch("screenings", Screening.objects.filter(state__in=LIVE), to_attr="live")
    return rows.prefetch_related("stops", live).annotate(open_questions=Count("questions", filter=asked))


def _row(actor: Actor, case: Any, lists: tuple[EditionUsed, ...], chain: Chain, why: ReopenedView | None) -> QueueRow:
    """What the authority knows of the case is not for its applicant: outcome, alerts, screening."""
    ours = actor.role is not Role.EXPORTER
    return QueueRow(
        reference=case.reference,
        title=case.title,
        organisation=case.organisation,
        state=case.state,
        outcome=case.outcome if ours else "",
        opened=case.opened,
        marking=case.marking,
        clock_stopped=clock.is_stopped(case),
        days_run=clock.days(case, utc_now().date()),
        questions_open=case.open_questions,
        alerts=case.alerts if ours else 0,
        screening=standing_of(case.live, lists, None if case.as_of else chain) if ours else "",
        reopened=why,
    )
