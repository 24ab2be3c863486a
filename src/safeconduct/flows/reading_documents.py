"""The record of a case and its assessments, as their reader may see them."""

from __future__ import annotations

import msgspec
from django.db.models import Q

from safeconduct.access import Action, Actor, Role, may
from safeconduct.assess import Assessment
from safeconduct.assess.inputs import Inputs
from safeconduct.assess.public import Public
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.casefile import as_applicant
from safeconduct.flows.closed import without_closed
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.reading_changes import changes_of
from safeconduct.flows.views import Plain, RecordView
from safeconduct.flows.wording import words_of
from safeconduct.flows.work import NO_CASE, ask
from safeconduct.intake.model import CaseFile
from safeconduct.store.models import Case, Person, Record
from safeconduct.store.visible import case_facts

FOR_APPLICANTS = ("submission", "answer", "decision")


def record(actor: Actor, reference: str, number: int) -> Plain:
    """One document of the record, without closed text unless the actor may read it."""
    case = case_of(actor, reference)
    if number not in {one.number for one in records_of(case, actor)}:
        raise Refusal("no such record", f"{reference}/{number}", "see the case's record")
    row = Record.objects.get(case=case, number=number)
    document: Plain = msgspec.json.decode(row.body)
    if actor.role is Role.EXPORTER:
        return _for_applicant(row.kind, document)
    cleaned: Plain = document if reads_closed(actor, case) else without_closed(document)
    return cleaned


def _for_applicant(kind: str, document: Plain) -> Plain:
    if kind == "submission":
        file = canonical.decode(canonical.encode(document["application"]), CaseFile)
        return {"application": msgspec.to_builtins(as_applicant(file)), "name": document["name"]}
    if kind == "decision":
        return {"decision": document["decision"], "disclosable": document.get("disclosable", "")}
    cleaned: Plain = without_closed(document)
    return {key: value for key, value in cleaned.items() if key not in ("party", "line")}  # others fill them in as well


def assessment(actor: Actor, name: str, *, changes: bool = True) -> Plain:
    """An assessment as ``assess --json`` prints it. ``name`` is its id (``XX-2026-0001/7``) or a case's reference,
    which means the newest. What would change it takes a moment and is left out where ``changes`` is no. An applicant
    gets none."""
    reference, _, number = name.partition("/")
    case = case_of(actor, reference)
    if actor.role is Role.EXPORTER:
        raise Refusal("an assessment is not for applicants", reference, "ask the authority what it may share")
    row = recorded_assessment(case, number)
    found = canonical.decode(row.body.encode(), Assessment)
    inputs = Record.objects.get(case=case, number=row.number - 1)
    read, closed = canonical.decode(inputs.body.encode(), Inputs), reads_closed(actor, case)
    public = Public(words_of(pack_of(found.policy.sha256)), closed=closed)
    would_change = (changes_of(inputs) or ()) if changes else ()
    plain = public.whole(found, f"{case.reference}/{row.number}", read.case_file.parties, would_change)
    argued = msgspec.to_builtins(read.argued)
    return plain | {"argued": argued if closed else without_closed(argued)}


def recorded_assessment(case: Case, number: str = "") -> Record:
    """The record of one assessment, the newest where no number is given; a ``Refusal`` where there is none."""
    wanted = case.assessment if not number else int(number) if number.isdecimal() and len(number) < 9 else 0
    row: Record | None = Record.objects.filter(case=case, number=wanted, kind="assessment").first()
    if row is None:
        where = f"{case.reference}/{number}" if number else case.reference
        raise Refusal("no such assessment", where, "assess the case, or see its record")
    return row


def case_of(actor: Actor, reference: str) -> Case:
    """The case, if the actor may read it; a ``Refusal`` (``NO_CASE``) where he may not know of it."""
    case = ask(actor, Action.READ, reference)
    if case is None:
        raise Refusal(NO_CASE, reference[:60], "check the reference")
    return case


def reads_closed(actor: Actor, case: Case) -> bool:
    """Whether closed text of the case is for the actor."""
    return may(actor, Action.READ_CLOSED, case_facts(case)).allowed


def records_of(case: Case, actor: Actor) -> tuple[RecordView, ...]:
    """The case's records, in order; an applicant sees the submission, his own answers, and the decision."""
    rows = Record.objects.filter(case=case).order_by("number")
    if actor.role is Role.EXPORTER:
        rows = rows.filter(kind__in=FOR_APPLICANTS).filter(Q(author=actor.id) | ~Q(kind="answer"))
    people = dict(Person.objects.values_list("name_id", "name"))
    names = ("number", "kind", "author", "author_role", "at", "sha256")
    views = (RecordView(*values) for values in rows.values_list(*names))
    return tuple(msgspec.structs.replace(view, name=people.get(view.author, "")) for view in views)
