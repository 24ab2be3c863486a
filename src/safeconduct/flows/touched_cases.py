"""Live cases that a policy, or an edition of indicators, touches.

One question for both: would the case come out otherwise, or another of the policy's rules be met, if it were judged
today? Facts of the case stay those on record; the policy in force and the figures in use are today's. Cases of which it
is certain that nothing moves are not judged (``assess.unmoved``). Cases fixed to a day are never touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from safeconduct.access import State
from safeconduct.access.model import OPEN_STATES
from safeconduct.assess import Assessment, Inputs
from safeconduct.assess.indicators import Series, indicator_facts
from safeconduct.assess.under_another import Under, met, moved, under
from safeconduct.assess.unmoved import SameToPolicy
from safeconduct.core import canonical
from safeconduct.core.fact import Fact, Known
from safeconduct.core.message import Message, Param
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.gathering import pack_of, series_now
from safeconduct.flows.judged_before import JudgedBefore
from safeconduct.flows.packs import in_force
from safeconduct.flows.review_case import ReviewCase
from safeconduct.policy.outcome import LICENSING, Outcome
from safeconduct.store.models import Case, Record
from safeconduct.store.models import Pack as PackRow

MOST_SAID = 5
AT_ONCE = 200  # cases whose records are read together
_CURRENT = Q(state=State.APPROVED.value) | Q(
    state__in=[state.value for state in OPEN_STATES], inputs=F("assessed_inputs")
)


class _Suspect(NamedTuple):
    """A case that may be touched, as it was judged, and with the figures of today; ``alike`` is what both policies find
    alike where the figures are those it was judged by."""

    case: Case
    inputs: Inputs
    figures: Inputs
    alike: frozenset[str] = frozenset()


def touching_mark(today: dt.date) -> tuple[str, ...]:
    """Changes whenever another policy is in force, or an indicator edition in use."""
    force = in_force(today)
    return (force.sha256 if force else "", *(one.edition.normalised for one in of_day(active("indicator"))))


def touched_cases(home: Path, today: dt.date, meanwhile: Callable[[], object] = lambda: None) -> Iterator[ReviewCase]:
    """What is to be told every live case that is touched and was not told so, one at a time. ``meanwhile`` is done
    after every two hundred cases: looking at all may take minutes."""
    force = in_force(today)
    if force is None:
        return
    look, last = _Look(force, home, today), 0
    current = Case.objects.filter(_CURRENT, as_of="", assessment__gt=0).order_by("pk")
    while cases := list(current.filter(pk__gt=last)[:AT_ONCE]):
        yield from look(cases)
        last = cases[-1].pk
        meanwhile()


class _Look:
    """One policy and the figures of today, and which cases they touch."""

    def __init__(self, force: PackRow, home: Path, today: dt.date) -> None:
        self.force, self.home, self.today = force, home, today
        self.pack = pack_of(force.sha256)
        self.same = SameToPolicy(self.pack)
        self.before = JudgedBefore(self.pack, home)
        self.series = cache(self._series)

    def __call__(self, cases: Sequence[Case]) -> Iterator[ReviewCase]:
        bodies = _bodies(cases, "inputs", F("case__assessment") - 1)
        read = ((case, canonical.decode(bodies[case.pk].encode(), Inputs)) for case in cases if case.pk in bodies)
        suspects = [found for case, inputs in read if (found := self._suspect(case, inputs))]
        assessments = _bodies([one.case for one in suspects], "assessment", F("case__assessment"))
        for one in suspects:
            if one.case.pk not in assessments:
                continue
            old = canonical.decode(assessments[one.case.pk].encode(), Assessment)
            new = under(one.figures, old, self.pack, self.before.tests(one.inputs), catalogue(), one.alike)
            if reasons := self._reasons(one.case, old, new):
                yield self._told(one.case, reasons)

    def _suspect(self, case: Case, inputs: Inputs) -> _Suspect | None:
        """None where nothing moves: neither a figure that a check reads, nor the policy."""
        figures = self._with_figures(inputs)
        if figures is not inputs:
            return _Suspect(case, inputs, figures)
        if case.policy == self.force.sha256:
            return None
        earlier = self.before.earlier(case.policy)
        if earlier is None:
            return _Suspect(case, inputs, inputs)
        return None if earlier.unmoved.is_certain(inputs) else _Suspect(case, inputs, inputs, earlier.alike)

    def _with_figures(self, inputs: Inputs) -> Inputs:
        """The inputs with the figures of today where those say something else of the destination to the policy."""
        series, after = self.series(inputs.destination)
        before = indicator_facts(inputs.series, inputs.destination)
        told = all(_value(before[key]) == _value(after[key]) for key in before) or self.same(before, after)
        return inputs if told else msgspec.structs.replace(inputs, series=series)

    def _series(self, destination: str) -> tuple[tuple[Series, ...], Mapping[str, Fact]]:
        series = series_now(self.home, destination, self.today.year)
        return series, indicator_facts(series, destination)

    def _told(self, case: Case, reasons: tuple[Message, ...]) -> ReviewCase:
        cause, lead = "indicators", Message("decide.touched.figures")
        if case.policy != self.force.sha256:
            cause = f"policy-{self.force.sha256}"
            lead = Message("decide.touched.policy", {"name": self.force.name, "sha256": self.force.sha256[:12]})
        said = (lead, *reasons)[:MOST_SAID]
        return ReviewCase(case=case.reference, assessment=case.assessment, cause=cause, reasons=said)

    def _reasons(self, case: Case, old: Assessment, new: Under) -> tuple[Message, ...]:
        """For a licence only what is stricter than before; for a case still to be decided, whatever differs."""
        stricter = _place(new.outcome) < _place(old.outcome)
        differs = stricter if case.state == State.APPROVED else new.outcome is not old.outcome
        outcomes: dict[str, Param] = {"now": str(new.outcome), "before": str(old.outcome)}
        turned = (Message("decide.touched.outcome", outcomes),) if differs else ()
        weighty = [rule.id for rule in self.pack.rules if rule.group in ("code_test", "red_flag", "question")]
        fresh = {rule for rule, _ in new.met - met(old)} | set(moved(old, new).rules if differs else ())
        return (*turned, *(self._rule(rule) for rule in weighty if rule in fresh))

    def _rule(self, rule: str) -> Message:
        return Message("decide.touched.rule", {"rule": rule, "text": self.pack.text(rule)})


def _bodies(cases: Sequence[Case], kind: str, number: Combinable) -> dict[int, str]:
    """The record of this kind and number of each case that has it."""
    rows = Record.objects.filter(case__in=[case.pk for case in cases], kind=kind, number=number)
    return dict(rows.values_list("case", "body"))


def _value(fact: Fact) -> object:
    return fact.value if isinstance(fact, Known) else None


def _place(outcome: Outcome) -> int:
    return LICENSING.index(outcome) if outcome in LICENSING else len(LICENSING)
