"""The case file as it stands: the submission, and every answer given since, in order."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec

from safeconduct.access import Role
from safeconduct.core import canonical
from safeconduct.core.fact import Statement
from safeconduct.core.item import Item
from safeconduct.core.party import Party
from safeconduct.intake.model import CaseFile
from safeconduct.screen.model import Screening
from safeconduct.store.models import Case, Record


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``submission``. ``original`` is the SHA-256 of the bytes that were sent, kept as a blob."""

    application: CaseFile
    name: str
    original: str


Verdict = Literal["confirmed", "corrected", "rejected"]


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody made of a proposal of a datasheet: its words and place as they were, and why."""

    key: str
    words: str
    place: str
    verdict: Verdict
    why: str


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The record ``answer``: one statement more, or one party or line of goods as it is from now on (the party new,
    or a field filled in). ``judged``: the proposal of a datasheet that was confirmed, corrected or rejected."""

    question: str
    statement: Statement | None = None
    party: Party | None = None
    line: Item | None = None
    judged: Judged | None = None


class ScreeningRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``screening``: what the worker saw for one party (``party`` as it was then)."""

    party: Party
    screening: Screening


class Cleared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The record ``clearance``: why a party is not the listed one. ``screening`` is the number of the record seen.

    ``ground`` is the part that tells them apart. ``second_person`` names the rules of the policy by which it has no
    effect until another person confirms it.
    """

    party: str
    name: str
    source: str
    entry: str
    listed: str
    grounds: str
    screening: int
    ground: str = ""
    second_person: tuple[str, ...] = ()


class LapsedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``lapse``: what followed when the lawful time had run out on these questions."""

    ending: Literal["refuse", "accept"]
    questions: tuple[str, ...]
    reasons: str


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record ``decision``. ``assessment`` is the SHA-256 of the one it rests on, empty for none. ``reasons`` are
    the authority's own; ``disclosable`` is what the applicant reads."""

    decision: Literal["approve", "refuse"]
    reasons: str
    outcome: str
    assessment: str
    disclosable: str = ""


def case_file(case: Case) -> CaseFile:
    """What is stated in the case now."""
    documents = Record.objects.filter(case=case, kind__in=("submission", "answer")).order_by("number")
    first, *answers = documents
    file = canonical.decode(first.body.encode(), Submission).application
    for document in answers:
        file = applied(file, canonical.decode(document.body.encode(), Answered))
    return file


def applicants_file(case: Case) -> CaseFile:
    """What the applicant has stated: nothing that the authority found out, be it a fact, or a field of a party or a
    line that it filled in."""
    documents = Record.objects.filter(case=case, kind__in=("submission", "answer")).order_by("number")
    first, *answers = documents
    file = canonical.decode(first.body.encode(), Submission).application
    stated = file
    for document in answers:
        answer = canonical.decode(document.body.encode(), Answered)
        later = applied(file, answer)
        if document.author_role == Role.EXPORTER or answer.statement is not None:
            stated = msgspec.structs.replace(
                stated,
                statements=later.statements,
                parties=_filled("id", stated.parties, file.parties, later.parties),
                lines=_filled("line", stated.lines, file.lines, later.lines),
            )
        file = later
    return as_applicant(stated)


def as_applicant(file: CaseFile) -> CaseFile:
    """A case file with the applicant's own statements alone."""
    stated = tuple(one for one in file.statements if one.by == "exporter" and not one.source.sealed)
    return msgspec.structs.replace(file, statements=stated)


T = TypeVar("T", Party, Item)


def _filled(name: str, stated: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """What is stated, with what changed from ``before`` to ``after`` and nothing else. ``name`` is the field that
    tells them apart; whoever was not stated yet, and was there before, is known by it and its name alone."""
    own = {getattr(one, name): one for one in stated}
    old = {getattr(one, name): one for one in before}
    for one in after:
        key, fields = getattr(one, name), one.__struct_fields__
        changed = {
            each: getattr(one, each) for each in fields if getattr(one, each) != getattr(old.get(key), each, None)
        }
        if key not in old:
            own[key] = one
        elif changed:
            own[key] = msgspec.structs.replace(own.get(key) or type(one)(key, one.name), **changed)
    return tuple(own.values())


def applied(file: CaseFile, answer: Answered) -> CaseFile:
    """The case file with one answer more. An earlier statement stays beside a later one: if they differ,
    the fact is conflicting until an officer settles it."""
    if answer.statement is not None:
        file = msgspec.structs.replace(file, statements=(*file.statements, answer.statement))
    if answer.party is not None:
        parties = {party.id: party for party in file.parties}
        parties[answer.party.id] = answer.party
        file = msgspec.structs.replace(file, parties=tuple(parties.values()))
    if answer.line is not None:
        lines = tuple(answer.line if item.line == answer.line.line else item for item in file.lines)
        file = msgspec.structs.replace(file, lines=lines)
    return file
