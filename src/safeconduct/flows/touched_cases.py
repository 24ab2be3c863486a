"""Live cases that something else than a list touches: a policy, an edition of indicators, a denial, a finding.

One question for all: would the case come out otherwise, or another of the policy's rules be met, if it were judged
today? Facts of the case stay those on record; the policy in force and the figures in use are today's. What is said of a
party touches every case in which it appears. Cases fixed to a day are never touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.db.models import F, Max, Q

from safeconduct.access import State
from safeconduct.access.model import LIVE_STATES, OPEN_STATES
from safeconduct.assess import Assessment, Inputs
from safeconduct.assess.indicators import indicator_facts
from safeconduct.assess.under_another import Under, met, under
from safeconduct.classify import EntryTests
from safeconduct.core import canonical
from safeconduct.core.fact import Fact, Known
from safeconduct.core.message import Message, Param
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import control_tests, pack_of, series_now, tests_of
from safeconduct.flows.packs import in_force
from safeconduct.flows.register_sight import groups
from safeconduct.policy.outcome import LICENSING, Outcome
from safeconduct.store import blobs
from safeconduct.store.models import Case, Merge, PartyFinding, Record
from safeconduct.store.models import Pack as PackRow

MOST_SAID = 5
_CURRENT = Q(state=State.APPROVED.value) | Q(
    state__in=[state.value for state in OPEN_STATES], inputs=F("assessed_inputs")
)


class TouchedCase(NamedTuple):
    """A case by its reference and the number of its newest assessment; ``cause`` names what touches it, ``reasons``
    say why."""

    case: str
    assessment: int
    cause: str
    reasons: tuple[Message, ...]


def touching_mark(today: dt.date) -> tuple[str | int, ...]:
    """Changes whenever another policy is in force, an indicator edition in use, or something said of a party."""
    force = in_force(today)
    editions = [one.edition.normalised for one in of_day(active("indicator"))]
    last = PartyFinding.objects.aggregate(last=Max("id"))["last"] or 0
    return (force.sha256 if force else "", *editions, last)


def touched_cases(home: Path, today: dt.date) -> Iterator[TouchedCase]:
    """Every live case that is touched and was not told so, one at a time."""
    yield from _by_findings()
    force = in_force(today)
    if force is None:
        return
    look = _Look(force, home, today)
    for case in Case.objects.filter(_CURRENT, as_of="", assessment__gt=0).order_by("pk").iterator(100):
        if found := look(case):
            yield found


def _by_findings() -> Iterator[TouchedCase]:
    merged = groups(Merge.objects.filter(undone="").values_list("one", "other"))
    live = [state.value for state in LIVE_STATES]
    for row in PartyFinding.objects.order_by("pk"):
        entries = merged.get(row.entry_id, (row.entry_id,))
        cases = Case.objects.filter(appearances__entry__in=entries, state__in=live, as_of="", assessment__gt=0)
        cause = f"finding-{row.pk}"
        told = Record.objects.filter(kind="rescreening", body__contains=f'"cause":"{cause}"').values("case")
        for case in cases.exclude(pk__in=told).distinct().order_by("pk"):
            yield TouchedCase(case.reference, case.assessment, cause, (_said(row),))


def _said(row: PartyFinding) -> Message:
    what, name = f"decide.touched.{row.kind}", f"F-{row.pk}"
    if row.sealed:
        return Message(f"{what}_sealed", {"finding": name})
    return Message(what, {"finding": name, "said": row.said, "source": row.source, "date": str(row.date)})


class _Look:
    """One policy and the figures of today, and whether they touch a case."""

    def __init__(self, force: PackRow, home: Path, today: dt.date) -> None:
        self.force, self.home, self.today = force, home, today
        self.pack = pack_of(force.sha256)
        self.shipped = {one.tests.sha256: one.tests for one in control_tests()}

    def __call__(self, case: Case) -> TouchedCase | None:
        both = (case.assessment - 1, case.assessment)
        rows = {row.number: row for row in Record.objects.filter(case=case, number__in=both)}
        old_row, inputs_row = rows.get(case.assessment), rows.get(case.assessment - 1)
        if old_row is None or inputs_row is None or inputs_row.kind != "inputs":
            return None
        inputs = canonical.decode(inputs_row.body.encode(), Inputs)
        figures = self._with_figures(inputs)
        if case.policy == self.force.sha256 and figures is inputs:
            return None
        old = canonical.decode(old_row.body.encode(), Assessment)
        new = under(figures, old, self.pack, self._tests(inputs), catalogue())
        reasons = self._reasons(case, old, new)
        if not reasons:
            return None
        cause = f"policy-{self.force.sha256}" if case.policy != self.force.sha256 else "indicators"
        lead = Message("decide.touched.figures")
        if cause != "indicators":
            lead = Message("decide.touched.policy", {"name": self.force.name, "sha256": self.force.sha256[:12]})
        return TouchedCase(case.reference, case.assessment, cause, (lead, *reasons)[:MOST_SAID])

    def _with_figures(self, inputs: Inputs) -> Inputs:
        """The inputs with the figures of today where those say something else of the destination."""
        series = series_now(self.home, inputs.destination, self.today.year)
        before = indicator_facts(inputs.series, inputs.destination)
        after = indicator_facts(series, inputs.destination)
        same = all(_value(before[key]) == _value(after[key]) for key in before)
        return inputs if same else msgspec.structs.replace(inputs, series=series)

    def _tests(self, inputs: Inputs) -> list[EntryTests]:
        return [
            self.shipped.get(sha256) or tests_of(blobs.read(self.home, sha256), sha256[:12]).tests
            for sha256 in inputs.tests
        ]

    def _reasons(self, case: Case, old: Assessment, new: Under) -> tuple[Message, ...]:
        """For a licence only what is stricter than before; for a case still to be decided, whatever differs."""
        stricter = _place(new.outcome) < _place(old.outcome)
        differs = stricter if case.state == State.APPROVED else new.outcome is not old.outcome
        outcomes: dict[str, Param] = {"now": str(new.outcome), "before": str(old.outcome)}
        turned = (Message("decide.touched.outcome", outcomes),) if differs else ()
        weighty = [rule.id for rule in self.pack.rules if rule.group in ("code_test", "red_flag", "question")]
        fresh = {rule for rule, _ in new.met - met(old)}
        return (*turned, *(self._rule(rule) for rule in weighty if rule in fresh))

    def _rule(self, rule: str) -> Message:
        return Message("decide.touched.rule", {"rule": rule, "text": self.pack.text(rule)})


def _value(fact: Fact) -> object:
    return fact.value if isinstance(fact, Known) else None


def _place(outcome: Outcome) -> int:
    return LICENSING.index(outcome) if outcome in LICENSING else len(LICENSING)
