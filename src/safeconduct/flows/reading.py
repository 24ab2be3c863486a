"""Reading queries: what doors show. Each asks for permission, and takes out what the reader may not see."""

from __future__ import annotations

from safeconduct.flows.gathering import pack_of
from safeconduct.flows.packs import in_force
from safeconduct.flows.reading_case import case_page
from safeconduct.flows.reading_documents import assessment, record
from safeconduct.flows.reading_match import Change, Decided, MatchView, Reopened, match_view
from safeconduct.flows.reading_matches import OpenMatch, open_matches
from safeconduct.flows.reading_queue import queue
from safeconduct.flows.reading_screening import may_export, screening_record, screenings_of
from safeconduct.flows.reading_sources import (
    EditionView,
    as_of,
    edition_differences,
    edition_named,
    edition_shown,
    editions,
)
from safeconduct.flows.views import (
    CasePage,
    DecisionView,
    MatchStanding,
    PartyScreening,
    QuestionView,
    QueueRow,
    RecordView,
    ReopenedView,
)
from safeconduct.policy import Pack

__all__ = [
    "CasePage",
    "Change",
    "Decided",
    "DecisionView",
    "EditionView",
    "MatchStanding",
    "MatchView",
    "OpenMatch",
    "PartyScreening",
    "QuestionView",
    "QueueRow",
    "RecordView",
    "Reopened",
    "ReopenedView",
    "as_of",
    "assessment",
    "case_page",
    "edition_differences",
    "edition_named",
    "edition_shown",
    "editions",
    "match_view",
    "may_export",
    "open_matches",
    "policy_in_force",
    "queue",
    "record",
    "screening_record",
    "screenings_of",
]


def policy_in_force() -> Pack | None:
    """The pack in force."""
    row = in_force()
    return pack_of(row.sha256) if row else None
