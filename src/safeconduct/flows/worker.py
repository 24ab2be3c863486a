"""The screening worker: a process of its own that compares waiting parties with the lists.

It prepares the current lists once, is woken at once, and looks by itself every few seconds. It may be killed at any
moment: a row it held is taken over, and nothing is recorded twice.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import psycopg
from django.db import OperationalError, connection
from django.db.models import F, OuterRef, Subquery

from safeconduct.access.model import OPEN_STATES
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows import listed_entries, wake
from safeconduct.flows.assess_case import Assess, assess_case
from safeconduct.flows.casefile import case_file
from safeconduct.flows.editions import active, of_day, read, watchlists, written
from safeconduct.flows.fetch_process import Fetcher
from safeconduct.flows.held_cases import newly_held, noted_wait, register_mark
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.leasing import MOST_ATTEMPTS, attempts, claim, end_leases, release, renew
from safeconduct.flows.licences_in_doubt import adjudication_mark, in_doubt
from safeconduct.flows.lookups import claim_lookups, release_lookups
from safeconduct.flows.matching import Matchers
from safeconduct.flows.noted import outstanding
from safeconduct.flows.people import SYSTEM
from safeconduct.flows.record_lookups import LookedUp, RecordLookups, record_lookups
from safeconduct.flows.requesting import unscreened, waiting
from safeconduct.flows.rescreening import Rescreener, is_under_way
from safeconduct.flows.review_case import ReviewCase, review_case
from safeconduct.flows.screen_noted import ScreenNoted, screen_noted
from safeconduct.flows.screen_party import ScreenParty, screen_party
from safeconduct.flows.touched_by_findings import finding_mark, touched_by_findings
from safeconduct.flows.touched_cases import touched_cases, touching_mark
from safeconduct.flows.word_index import word_index
from safeconduct.screen import warm
from safeconduct.screen.model import EditionUsed
from safeconduct.screen.model import Screening as Observed
from safeconduct.store.models import Case, Record, Screening

SWEEP_SECONDS = 3.0
AGAIN_SECONDS = 15.0
SCREENED = ("screening", "rescreening")
log = logging.getLogger(__name__)


class Worker:
    """Matchers that are ready, and the rows they are used on."""

    def __init__(self, at: Installation) -> None:
        self.at, self.name = at, wake.worker_name()
        self._matchers = Matchers(at.home, self._tell)
        self._refused: set[tuple[str, int]] = set()
        self._trouble = ""
        self._rescreened: tuple[EditionUsed, ...] | None = None
        self._rescreens_from = 0.0
        self._reviewed: dict[str, object] = {}

    def prepare(self) -> None:
        """Load the name library and index the current lists before anybody asks."""
        end_leases(self.at.home, self.at.clock())
        wake.say(self.at.home, "loading the name library")
        warm()
        self._open_current()
        wake.say(self.at.home, "")

    def _open_current(self) -> None:
        """Have the current lists at hand. Where one cannot be opened, each screening on it will say so."""
        try:
            self._matchers.of(lists := watchlists())
            for one in lists:
                listed_entries.prepare(self.at.home, one.normalised)
            if control := of_day(active("control_list")):
                word_index((one.edition for one in control), self.at.home)
            self._trouble = ""
        except Refusal as refusal:
            if str(refusal) != self._trouble:  # every sweep meets it again
                log.warning("the current lists: %s", refusal)
            self._trouble = str(refusal)

    def _tell(self, doing: str) -> None:
        """Say it to whoever waits; the leases held meanwhile are kept."""
        wake.say(self.at.home, doing)
        renew(self.name, self.at.clock())

    def work_off(self) -> int:
        """Do everything that waits; how many parties were screened."""
        count = self.screen_waiting()
        self.assess_screened()
        return count

    def screen_waiting(self) -> int:
        """Screen whoever waits; how many."""
        count = self.answer_lookups()
        while row := claim(self.at.home, self.name, self.at.clock()):
            self.screen(row)
            count += 1 + self.answer_lookups()
        return count

    def answer_lookups(self) -> int:
        """Screen what was asked for outside cases, many at a time; it goes first, for somebody waits. How many."""
        count = 0
        while rows := claim_lookups(self.at.home, self.name, self.at.clock()):
            order = RecordLookups(results=tuple(LookedUp(row.pk, *self._seen(row)) for row in rows))
            try:
                record_lookups(SYSTEM, order, key=f"lookups-{canonical.digest(order)[:32]}", at=self.at)
            finally:  # where the database was busy they wait for the next turn, not for their leases to run out
                release_lookups(row.pk for row in rows)
            count += len(rows)
        return count

    def screen(self, row: Screening) -> None:
        """Observe one party and record it; what cannot be observed is recorded as that."""
        order = self._observed(row)
        try:
            screen_party(SYSTEM, order, key=f"screening-{row.pk}", at=self.at)
        except Refusal as refusal:  # the case was closed meanwhile
            log.warning("screening %s: %s", row.pk, refusal)
        release(row.pk)

    def _observed(self, row: Screening) -> ScreenParty:
        if row.case is None:
            raise LookupError("a look-up is recorded in no case")
        observed, failure = self._seen(row)
        return ScreenParty(case=row.case.reference, screening=row.pk, observed=observed, failure=failure)

    def _seen(self, row: Screening) -> tuple[Observed | None, str]:
        """What the matcher finds for the row's party, or why it finds nothing out."""
        if attempts(row.pk) > MOST_ATTEMPTS:
            return None, f"no worker survived it in {MOST_ATTEMPTS} attempts"
        try:
            return self._matchers.of(read(row.editions)).screen(canonical.decode(row.party.encode(), Party)), ""
        except Refusal as refusal:
            return None, str(refusal)

    def assess_screened(self) -> None:
        """Assess the open cases whose last event is a screening: nobody else would."""
        passing = is_under_way()  # and will come to parties of the case that stand at older lists
        newest = Record.objects.filter(case=OuterRef("pk")).order_by("-number").values("kind")[:1]
        states = [state.value for state in OPEN_STATES]
        due = Case.objects.filter(state__in=states).exclude(inputs=F("assessed_inputs"))
        for case in due.annotate(newest=Subquery(newest)).filter(newest__in=SCREENED).order_by("id"):
            self.screen_waiting()  # a policy may leave thousands to be assessed
            mark = (case.reference, case.inputs)
            if mark in self._refused or waiting(case) or (passing and unscreened(case, case_file(case).parties)):
                continue
            try:
                assess_case(
                    SYSTEM, Assess(case=case.reference), key=f"screened-{case.reference}-{case.inputs}", at=self.at
                )
            except Refusal as refusal:  # such as no policy in force: a person will see to it
                self._refused.add(mark)
                log.warning("assessment of %s: %s", case.reference, refusal)

    def rescreen(self) -> None:
        """Look at the live parties again where a list was loaded, released or withdrawn since; what waits to be
        screened goes first, after every few hundred of them."""
        lists = watchlists()
        if time.monotonic() < self._rescreens_from or (self._rescreened == lists and not is_under_way()):
            return
        self._rescreens_from = time.monotonic() + AGAIN_SECONDS  # should it fail
        for run in self.rescreener().going():
            wake.say(self.at.home, f"rescreening, {run.looked} of {run.total} parties")
            self.work_off()
        self._rescreened = None if is_under_way() else lists  # another process may be at it, for one list alone
        self._rescreens_from = 0.0
        wake.say(self.at.home, "")

    def review_held(self) -> None:
        """Reopen what somebody listed turns out to hold, licences whose matches are settled no more, and whatever a
        denial or finding about a party, a policy, or newer figures touch; each where that has changed since."""
        lists, home, today = watchlists(), self.at.home, self.at.today()
        looks: dict[str, tuple[object, Callable[[], Iterator[ReviewCase]]]] = {
            "held": ((lists, register_mark()), lambda: newly_held(home, today)),
            "in doubt": ((lists, adjudication_mark()), in_doubt),
            "said of": (finding_mark(), touched_by_findings),
            "judged": (touching_mark(today), lambda: touched_cases(home, today, self.screen_waiting)),
        }
        due = [what for what, (mark, _) in looks.items() if self._reviewed.get(what) != mark]
        if not due or is_under_way() or noted_wait() or outstanding(written(lists)):
            return
        for what in due:
            mark, look = looks[what]
            for order in look():
                self._review(order)
            self._reviewed[what] = mark
        self.assess_screened()

    def _review(self, order: ReviewCase) -> None:
        try:
            review_case(SYSTEM, order, key=f"review-{order.case}-{canonical.digest(order)[:32]}", at=self.at)
        except Refusal as refusal:  # decided or reopened meanwhile
            log.warning("review of %s: %s", order.case, refusal)

    def rescreener(self) -> Rescreener:
        """This worker at the rescreening."""
        return Rescreener(self.at, self._matchers, meanwhile=self.screen_waiting)

    def sweep(self) -> None:
        """Look for what no wake-up told of: leases of the dead, lists loaded since."""
        end_leases(self.at.home, self.at.clock())
        self._open_current()
        self._ask_for_noted()
        wake.say(self.at.home, "")

    def _ask_for_noted(self) -> None:
        """Ask for parties noted in the register that were not compared with the lists in use."""
        editions = written(watchlists())
        while outstanding(editions):
            screen_noted(SYSTEM, ScreenNoted(editions=editions), key=uuid.uuid4().hex, at=self.at)


@contextmanager
def notified() -> Iterator[psycopg.Connection[tuple[object, ...]] | None]:
    """On PostgreSQL a session that hears of screenings asked for on any host; elsewhere None."""
    if connection.vendor != "postgresql":
        yield None
        return
    settings = {key: value for key, value in connection.get_connection_params().items() if key != "cursor_factory"}
    settings = {key: value for key, value in settings.items() if key not in ("context", "prepare_threshold")}
    with psycopg.connect(**{**settings, "application_name": wake.WORKER_NAME}, autocommit=True) as session:
        session.execute(f"LISTEN {wake.CHANNEL}")
        yield session


def run(at: Installation, *, idle: float | None = None, parent: int | None = None) -> None:
    """Work until stopped; with ``idle``, until nothing was asked for so many seconds; with ``parent``, until that
    process is gone."""
    if parent is not None and os.getppid() != parent:  # gone while this process came up
        return
    worker, fetcher = Worker(at), Fetcher(at)
    with wake.listening(at.home) as pipe, notified() as session:
        try:
            _tried(worker.prepare)
            last = time.monotonic()
            while parent is None or os.getppid() == parent:
                if _tried(worker.work_off):
                    last = time.monotonic()
                _tried(worker.rescreen)
                _tried(worker.review_held)
                _tried(fetcher.look)
                if idle is not None and time.monotonic() - last > idle:
                    return
                if not _woken(pipe, session):
                    _tried(worker.sweep)
        finally:
            fetcher.end()
            end_leases(at.home, at.clock(), worker.name)


def _tried(what: Callable[[], int | None]) -> int | None:
    """Do it; a refusal (a list's file is gone) or a busy database is logged, and tried again at the next turn."""
    try:
        return what()
    except (Refusal, OperationalError) as error:
        log.warning("%s: %s", what.__name__, error)
        return 0


def _woken(pipe: int, session: psycopg.Connection[tuple[object, ...]] | None) -> bool:
    """Wait for a wake-up, for a few seconds at most; whether there was one."""
    sources = [pipe] if session is None else [pipe, session.fileno()]
    ready, _, _ = select.select(sources, [], [], SWEEP_SECONDS)
    wake.drain(pipe)
    if session is not None:
        for _ in session.notifies(timeout=0):
            pass
    return bool(ready)


def work_until_ended(*, idle: float | None = None, parent: int | None = None) -> None:
    """``run`` on this process's settings, until SIGTERM or an interrupt at the keyboard ends it in order."""
    signal.signal(signal.SIGTERM, _end)
    try:
        run(here(), idle=idle, parent=parent)
    except KeyboardInterrupt:
        return


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
