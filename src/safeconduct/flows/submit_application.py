"""Submit an application: keep it as it came, open a case, register every party and ask for it to be screened."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec
from django.db.models import Max

from safeconduct.access import Action, Actor, CaseFacts, Marking, Role, State
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows import editions
from safeconduct.flows.casefile import Submission
from safeconduct.flows.installation import Installation
from safeconduct.flows.order import Order
from safeconduct.flows.registering import register
from safeconduct.flows.requesting import request
from safeconduct.flows.work import Work, flow
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import EVERYBODY, read_application
from safeconduct.intake.refusing import refuse_bad_day
from safeconduct.store import blobs
from safeconduct.store.models import Case

MOST_LABEL = 60
AS_OF = "as of"


class Submit(Order, frozen=True, kw_only=True):
    """``application`` are the bytes as they came, ``name`` how refusals call them (a file name).

    ``organisation`` is the exporter's; left empty it is the actor's own, or the one the
    application names. ``as_of`` (ISO day) screens against the lists of that day; such a case
    can be assessed, never approved.
    """

    application: bytes
    name: str = "application"
    organisation: str = ""
    marking: Marking = Marking.OPEN
    compartment: str = ""
    as_of: str = ""

    def concerns(self, actor: Actor) -> str | CaseFacts | None:
        """The case to be."""
        owner = self.organisation or actor.organisation
        return CaseFacts("", owner, State.SUBMITTED, self.marking, self.compartment)


class Submitted(msgspec.Struct, frozen=True):
    """The new case, the number of its first record, and how many screenings wait for a worker."""

    case: str
    record: int
    waiting: int


class _Read(NamedTuple):
    file: CaseFile
    original: str


def _read(actor: Actor, order: Submit, at: Installation) -> _Read:
    _refuse_bad(order, at.today())
    exporter = actor.role is Role.EXPORTER
    if exporter and (order.marking is not Marking.OPEN or order.compartment or order.as_of):
        raise Refusal("marking, team and day are the authority's to set", "submission", "leave them out")
    file = read_application(order.application, order.name, speakers=frozenset({"exporter"}) if exporter else EVERYBODY)
    return _Read(file, blobs.keep(at.home, order.application))


def _refuse_bad(order: Submit, today: dt.date) -> None:
    canonical.refuse_unsafe_text([order.name, order.organisation, order.compartment], "submission")
    if len(order.organisation) > 200 or len(order.compartment) > MOST_LABEL or len(order.name) > 200:
        raise Refusal("a label of the submission is too long", "submission", "shorten organisation, team or file name")
    if (day := refuse_bad_day(order.as_of, AS_OF)) is None:
        return
    if day > today:
        raise Refusal(f"{day} has not come yet", AS_OF, f"name a day up to {today}, or none for the newest lists")
    if not editions.watchlists(order.as_of):
        remedy = "name a later day, or load older editions: safeconduct sources load FILE --published DAY"
        raise Refusal(f"no watchlist edition held on {day}", AS_OF, remedy)


@flow(Action.SUBMIT, _read)
def submit_application(work: Work, order: Submit, read: _Read) -> Submitted:
    """Open a case for the application."""
    file = read.file
    case = Case(
        reference=_next_reference(work),
        applicant_reference=file.reference,
        title=(file.lines[0].name if file.lines else "")[:200],
        state=State.SUBMITTED,
        organisation=order.organisation or work.actor.organisation or _applicant(file),
        marking=order.marking,
        compartment=order.compartment,
        as_of=order.as_of,
        opened=work.now,
        inputs=1,
    )
    case.save()
    work.open_case(case)
    work.commit_blob(read.original, len(order.application))
    record = work.record("submission", Submission(file, order.name, read.original))
    register(work, case, file.parties)
    asked = request(work, file.parties)
    case.save()
    return Submitted(case.reference, record.number, asked)


def _applicant(file: CaseFile) -> str:
    """The name of the party that exports, else of the one that applies."""
    for role in ("exporter", "applicant"):
        for party in file.parties:
            if role in party.roles:
                return party.name[:200]
    return ""


def _next_reference(work: Work) -> str:
    """``XX-2026-0001`` and up; one writes at a time, so none is given twice."""
    prefix = f"{work.at.state}-{work.today.year}-"
    found = Case.objects.filter(reference__startswith=prefix)
    last = found.aggregate(last=Max("id"))["last"]
    number = int(found.get(pk=last).reference.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04d}"
