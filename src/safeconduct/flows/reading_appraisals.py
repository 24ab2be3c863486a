"""Assessments made apart: those of one case, and how far assessors agree over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from safeconduct.access import Action, Actor, Role, may
from safeconduct.assess.agreement import Agreement, Unit, agreement
from safeconduct.assess.appraisal import SCALE, STEPS, Appraisal, Compared, side_by_side
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.reading_documents import case_of, reads_closed
from safeconduct.flows.second_assessment import Appraisals, standing_of
from safeconduct.store.models import Person, Record
from safeconduct.store.visible import case_facts, granted

MOST = 2_000  # pairs that are counted: the newest


class AppraisalsPage(msgspec.Struct, frozen=True):
    """``may``: the reader can record his own. ``demanded`` are the policy's ids that ask for two. ``others`` is how
    many other people have recorded one. ``compared`` is empty until both are in; ``names`` and ``at`` are theirs.
    ``withheld``: they are in, and rest on sealed sources that the reader may not read."""

    basis: str
    may: bool
    demanded: tuple[str, ...]
    own: Appraisal | None
    others: int
    names: tuple[str, ...]
    at: tuple[str, ...]
    compared: tuple[Compared, ...]
    withheld: bool


class Month(msgspec.Struct, frozen=True):
    """Pairs whose second assessment came in this month (``2026-11``); ``outcome`` is how far they agree on it."""

    month: str
    outcome: Agreement


class AgreementReport(msgspec.Struct, frozen=True):
    """How far two who assess a case apart agree, over the cases that the reader may read. ``cut``: older ones are not
    counted. Nobody is named."""

    outcome: Agreement
    severity: Agreement
    likelihood: Agreement
    months: tuple[Month, ...]
    cut: bool


def appraisals_page(actor: Actor, reference: str) -> AppraisalsPage:
    """The appraisals of one case as its reader may see them; a ``Refusal`` for an applicant."""
    case = case_of(actor, reference)
    if actor.role is Role.EXPORTER:
        raise Refusal("an assessment is not for applicants", reference, "ask the authority what it may share")
    found = standing_of(case, actor.id)
    withheld = bool(found.both) and any(one.sealed for one in found.both) and not reads_closed(actor, case)
    both = () if withheld else found.both[:2]
    return AppraisalsPage(
        basis=found.basis,
        may=may(actor, Action.APPRAISE, case_facts(case)).allowed and found.own is None and not found.both,
        demanded=found.demanded,
        own=found.own.appraisal if found.own else None,
        others=found.others,
        names=tuple(_name(one.author) for one in found.both[:2]),
        at=tuple(one.at for one in found.both[:2]),
        compared=side_by_side(both[0].appraisal, both[1].appraisal) if both else (),
        withheld=withheld,
    )


def _name(author: str) -> str:
    return Person.objects.filter(name_id=author).values_list("name", flat=True).first() or author


def agreement_report(actor: Actor) -> AgreementReport:
    """Per cent agreement and Krippendorff's alpha of all pairs, and of outcomes by month, the oldest first."""
    rows = Record.objects.filter(kind="appraisals")
    rows = rows.filter(granted(actor, through="case__")) if actor.role is not Role.EXPORTER else rows.none()
    newest = list(rows.order_by("-pk").values_list("at", "body")[: MOST + 1])
    pairs = [(at[:7], *_both(body)) for at, body in reversed(newest[:MOST])]
    compared = [(month, side_by_side(one, other)) for month, one, other in pairs]
    everything = [each for _, each in compared]
    return AgreementReport(
        outcome=_agreement(everything, "outcome"),
        severity=_agreement(everything, "severity"),
        likelihood=_agreement(everything, "likelihood"),
        months=tuple(
            Month(month, _agreement([each for _, each in of_month], "outcome"))
            for month, of_month in groupby(compared, key=lambda each: each[0])
        ),
        cut=len(newest) > MOST,
    )


def _both(body: str) -> tuple[Appraisal, Appraisal]:
    one, other = canonical.decode(body.encode(), Appraisals).both
    return one.appraisal, other.appraisal


def _agreement(cases: list[tuple[Compared, ...]], what: str) -> Agreement:
    steps = len(SCALE) if what == "outcome" else STEPS
    return agreement((tuple(_units(case, what)) for case in cases), steps)


def _units(case: tuple[Compared, ...], what: str) -> Iterator[Unit]:
    """What both gave; where one of them said nothing there is nothing to compare."""
    for each in case:
        if each.what == what and each.one and each.other:
            if what == "outcome":
                words = [one.value for one in SCALE]
                yield words.index(each.one), words.index(each.other)
            else:
                yield int(each.one) - 1, int(each.other) - 1
