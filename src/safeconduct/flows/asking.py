"""Questions of a case: opened, worded anew, reopened or dropped as an assessment finds."""

from __future__ import annotations

import datetime as dt

from safeconduct.assess import Assessment
from safeconduct.assess import Question as Asked
from safeconduct.core import canonical
from safeconduct.flows.work import Work
from safeconduct.store.models import Question


def keep_questions(work: Work, found: Assessment) -> None:
    """Make the case's questions those of the assessment. An open one keeps the day it is due; one that was
    answered and is asked again (the answer did not settle it) gets a new day."""
    rows = {row.name: row for row in Question.objects.filter(case=work.case)}
    asked = {one.id: one for one in found.questions}
    for name, one in asked.items():
        _keep(work, rows.get(name) or _new(work, one), one, found.policy.sha256)
    for name, row in rows.items():
        if name not in asked and row.state in (Question.State.OPEN, Question.State.ACCEPTED):
            row.state = Question.State.MOOT
            row.save()


def keep_question(work: Work, row: Question | None, one: Asked, policy: str) -> None:
    """Open one question; ``row`` is where it was asked before."""
    _keep(work, row or _new(work, one), one, policy)


def _new(work: Work, one: Asked) -> Question:
    return Question(case=work.case, name=one.id, fact=one.fact, state=Question.State.MOOT)


def _keep(work: Work, row: Question, one: Asked, policy: str) -> None:
    before = (row.subject, row.text, row.citation, row.decisive, row.to, row.policy, row.state, row.asked)
    row.subject, row.to, row.decisive, row.citation = one.subject, one.to, one.decisive, one.citation
    row.text, row.policy = canonical.encode(one.text).decode(), policy
    if not (one.accepted and row.state == Question.State.ACCEPTED) and row.state != Question.State.OPEN:
        row.state, row.answer = Question.State.OPEN, 0
        row.asked = ""
    if not row.asked or work.now < row.asked:  # earlier only for whoever brings an earlier clock
        row.asked, row.due = work.now, (work.today + dt.timedelta(days=one.days)).isoformat()
    if before != (row.subject, row.text, row.citation, row.decisive, row.to, row.policy, row.state, row.asked):
        row.save()
