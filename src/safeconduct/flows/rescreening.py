"""Rescreening from end to end: what is under way goes on, then what is due, until every live party is looked at.

Like a door, this does one act after another. It may be killed at any moment: every few hundred parties it is recorded
how far it has come, a touched party is replaced once, and whoever comes next goes on from there.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from safeconduct.access import Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.advance_rescreening import MOST_PARTIES, AdvanceRescreening, advance_rescreening
from safeconduct.flows.begin_rescreening import BeginRescreening, begin_rescreening
from safeconduct.flows.editions import read
from safeconduct.flows.installation import Installation
from safeconduct.flows.live_parties import concerned, due, live_rows, recorded
from safeconduct.flows.matching import Matchers
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.reopen_case import ReopenCase, Touched, reopen_case
from safeconduct.flows.rescreen_ahead import Ahead, look_ahead
from safeconduct.flows.rescreen_changes import changes
from safeconduct.flows.rescreen_lease import hold, let_go
from safeconduct.flows.rescreen_looking import Asked, Chunk, Over, Result, Task, look
from safeconduct.flows.rescreening_chain import ALL, Chain, Step
from safeconduct.flows.wake import worker_name
from safeconduct.screen import matcher_edition
from safeconduct.store import blobs
from safeconduct.store.models import Rescreening, Screening

PAUSE_SECONDS = 0.02  # between two transactions, so that nobody who writes waits long
MOST_TRIES = 5
log = logging.getLogger(__name__)
Due = Callable[[], tuple[Step, ...]]


class Rescreener:
    """One process at the rescreening of an installation. ``over`` looks at the chunks, in their order: here and now
    unless somebody gives a cluster. ``meanwhile`` is done now and then while all are looked at ahead."""

    def __init__(
        self,
        at: Installation,
        matchers: Matchers,
        by: Actor = SYSTEM,
        over: Over | None = None,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._at, self._matchers, self._by, self._over, self._meanwhile = at, matchers, by, over, meanwhile
        self._name, self._matcher = worker_name(), matcher_edition()
        self._ahead: tuple[int, Ahead | None] = (0, None)

    def everything(self) -> tuple[Step, ...]:
        """What is due now."""
        return due(self._matcher)

    def going(self, steps: Due | None = None) -> Iterator[Rescreening]:
        """Do what is under way, then ``steps`` (those due now, asked for again after each); yields the rescreening
        at hand after every few hundred parties. Ends early where another process is at it."""
        while (run := self._next(steps or self.everything)) is not None:
            if not hold(self._at.home, run, self._name, self._at.clock()):
                return
            try:
                yield from self._through(run)
            finally:
                let_go(run, self._name)

    def _next(self, steps: Due) -> Rescreening | None:
        running = Rescreening.objects.filter(finished="").order_by("id").first()
        if running is not None:
            return running
        step = next(iter(steps()), None)
        if step is None:
            return None
        order = BeginRescreening(source=step.source, before=step.before, after=step.after, matcher=self._matcher)
        last = Rescreening.objects.order_by("id").values_list("id", flat=True).last() or 0
        key = f"after-{last}-{canonical.digest(order)[:32]}"
        return Rescreening.objects.get(pk=begin_rescreening(self._by, order, key=key, at=self._at).rescreening)

    def _through(self, run: Rescreening) -> Iterator[Rescreening]:
        tries = 0
        while not run.finished:
            task, chunks = self._task(run), self._chunks(run)
            for chunk, found in self._over(task, chunks) if self._over else self._here(run, task, chunks):
                try:
                    self._record(run, chunk, found)
                except Refusal as refusal:  # somebody else was quicker, or is writing: look again from the mark
                    tries += 1
                    if tries > MOST_TRIES:
                        raise
                    log.warning("rescreening %s: %s", run.pk, refusal)
                    break
                tries = 0
                run.refresh_from_db()
                yield run
                if not hold(self._at.home, run, self._name, self._at.clock()):
                    return
                time.sleep(PAUSE_SECONDS)
            run.refresh_from_db()

    def _task(self, run: Rescreening) -> Task:
        """What to look for; where its lists cannot be opened, it ends here and says so."""
        lists = read(run.lists)
        try:
            self._matchers.of(lists)
            return self._changed(run, Task(lists, self._matcher, whole=True))
        except Refusal as refusal:
            self._advance(run, Chunk(run.mark, run.mark, (), ()), failure=str(refusal))
            raise

    def _changed(self, run: Rescreening, whole: Task) -> Task:
        """Without the bytes of the edition it starts from, everybody is looked at on whole lists."""
        if run.source == ALL:
            return whole
        new = blobs.read(self._at.home, run.after) if run.after else b""
        try:
            old = blobs.read(self._at.home, run.before) if run.before else b""
        except Refusal as refusal:
            log.warning("rescreening %s looks at everybody on whole lists: %s", run.pk, refusal)
            return whole
        found = changes(old, new)
        return Task(whole.lists, whole.matcher, False, run.source, found.records, found.gone)

    def _chunks(self, run: Rescreening) -> Iterator[Chunk]:
        """The live parties from the mark on; at the end one that reaches ``upto``."""
        chain, at = Chain(), run.mark
        while at < run.upto:
            rows = list(_next_rows(at, run.upto))
            upto = rows[-1].pk if len(rows) == MOST_PARTIES else run.upto
            yield _chunk(at, upto, concerned(run, rows, chain))
            at = upto
        if run.upto == run.mark == 0:
            yield Chunk(0, 0, (), ())

    def _here(self, run: Rescreening, task: Task, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Result]]:
        where = self._at.home / "index"
        if self._ahead[0] != run.pk:  # once, however often a step is tried again
            self._ahead = (
                run.pk,
                look_ahead(run, task, lambda: self._matchers.of(task.lists), where, self._between(run)),
            )
        ahead = self._ahead[1]
        for chunk in chunks:
            places = ahead.among([number for number, _ in chunk.rows]) if ahead else None
            yield chunk, look(task, chunk.asked, lambda: self._matchers.of(task.lists), where, places)

    def _between(self, run: Rescreening) -> Callable[[], None]:
        def between() -> None:
            hold(self._at.home, run, self._name, self._at.clock())
            self._meanwhile()

        return between

    def _record(self, run: Rescreening, chunk: Chunk, found: Result) -> None:
        """First the touched, each case by itself; then that all were looked at. Killed in between, the rest is looked
        at again, and the touched are not found any more: they were replaced."""
        by_case: dict[str, list[Touched]] = defaultdict(list)
        for (number, case), seen in zip(chunk.rows, found, strict=True):
            if seen is not None:
                by_case[case].append(Touched(number, seen.observed, seen.failure))
        for case, parties in by_case.items():
            self._reopen(run, case, parties)
        self._advance(
            run, chunk, tuple(number for (number, _), seen in zip(chunk.rows, found, strict=True) if not seen)
        )

    def _reopen(self, run: Rescreening, case: str, parties: list[Touched]) -> None:
        """A refusal is left to the next look: the case was closed, and is not looked at any more, or somebody is at
        it, and then what is not recorded is not passed either."""
        order = ReopenCase(case=case, rescreening=run.pk, parties=tuple(parties))
        try:
            reopen_case(SYSTEM, order, key=f"rescreening-{run.pk}-{canonical.digest(order)[:32]}", at=self._at)
        except Refusal as refusal:
            log.warning("rescreening %s: %s", run.pk, refusal)

    def _advance(self, run: Rescreening, chunk: Chunk, looked: tuple[int, ...] = (), failure: str = "") -> None:
        order = AdvanceRescreening(
            rescreening=run.pk, after=chunk.after, upto=chunk.upto, looked=looked, failure=failure
        )
        advance_rescreening(SYSTEM, order, key=f"{run.pk}-{canonical.digest(order)[:32]}", at=self._at)


def is_under_way() -> bool:
    """Whether some rescreening has begun and not ended."""
    return Rescreening.objects.filter(finished="").exists()


def _next_rows(after: int, upto: int) -> Iterable[Screening]:
    rows = live_rows(Screening.State.DONE, Screening.State.WAITING).filter(pk__gt=after, pk__lte=upto)
    return rows.select_related("case")[:MOST_PARTIES]


def _chunk(after: int, upto: int, rows: list[Screening]) -> Chunk:
    asked = tuple(
        Asked(canonical.decode(row.party.encode(), Party), before)
        for row, before in zip(rows, recorded(rows), strict=True)
    )
    return Chunk(after, upto, tuple((row.pk, row.case.reference) for row in rows if row.case), asked)
