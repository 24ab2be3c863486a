"""What reading queries return: plain values, made for showing."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from safeconduct.core.fact import FactType
from safeconduct.core.message import Message
from safeconduct.decide import Act
from safeconduct.intake.model import CaseFile
from safeconduct.screen.model import Screening

Plain = dict[str, Any]


class TouchedView(msgspec.Struct, frozen=True):
    """A party that a list touches: by its id and name, the listed names that alert on it now, each with the name of
    whoever lists it; those that do no more; ``failure`` where it could not be looked at."""

    party: str
    name: str
    found: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    failure: str


class ReopenedView(msgspec.Struct, frozen=True):
    """Why a case is open again: ``publisher`` names the list (``""``: everybody was looked at on all lists), ``before``
    and ``after`` are the days of its editions (``""``: there was none, or it is unknown). ``licence``: the case was
    approved. ``holders`` say who is listed and holds a party of the case. ``record`` is the number of the record that
    says it, ``at`` its time."""

    record: int
    at: str
    source: str
    publisher: str
    before: str
    after: str
    parties: tuple[TouchedView, ...]
    licence: bool
    holders: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class QueueRow(msgspec.Struct, frozen=True):
    """A case in a list. ``screening``: current, pending, failed, older, none (an applicant: ``""``). ``reopened``: why
    a list touched it since the last decision; never for an applicant."""

    reference: str
    title: str
    organisation: str
    state: str
    outcome: str
    opened: str
    marking: str
    clock_stopped: bool
    days_run: int
    questions_open: int
    alerts: int
    screening: str
    reopened: ReopenedView | None = None


MatchStanding = Literal["open", "proposed", "cleared", "confirmed", ""]
"""Of a match: nobody has settled it; one person would clear it and a second has not confirmed; it was found not the
same; found the same; screening itself says that it is another."""


class PartyScreening(msgspec.Struct, frozen=True):
    """The live screening of one party; ``standing`` is that of each match, ``id`` its public name (``S-12``)."""

    party: str
    state: str
    screening: Screening | None
    standing: tuple[MatchStanding, ...]
    failure: str
    id: str = ""


class QuestionView(msgspec.Struct, frozen=True):
    """A question with its words. ``type`` is None for a question about a party."""

    id: str
    fact: str
    subject: str
    text: Message
    words: str
    citation: str
    decisive: bool
    to: str
    asked: str
    due: str
    state: str
    type: FactType | None


class RecordView(msgspec.Struct, frozen=True):
    """One record, without its document. ``name`` is the author's, ``""`` for one who is no person."""

    number: int
    kind: str
    author: str
    role: str
    at: str
    sha256: str
    name: str = ""


class DecisionView(msgspec.Struct, frozen=True):
    """``what``: approved or refused. An applicant gets no reasons, only what is ``disclosable`` of them.

    ``unanswered`` names the questions on whose silence it was refused; that much is disclosed to everybody.
    """

    what: str
    at: str
    author: str
    reasons: str
    unanswered: tuple[str, ...] = ()
    disclosable: str = ""


class CasePage(msgspec.Struct, frozen=True):
    """A case as its reader may see it.

    ``may`` are acts that are possible now, ``obstacles`` says what stands in the way of the others
    the reader's role is for. ``holds_closed``: closed text is in view.
    """

    identity: QueueRow
    case_file: CaseFile
    screenings: tuple[PartyScreening, ...]
    assessment: Plain | None
    assessment_current: bool
    questions: tuple[QuestionView, ...]
    record: tuple[RecordView, ...]
    decision: DecisionView | None
    may: frozenset[Act]
    obstacles: dict[Act, tuple[str, ...]]
    holds_closed: bool
