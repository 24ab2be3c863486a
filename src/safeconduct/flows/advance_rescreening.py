"""Record how far a rescreening has come: all that it passed was looked at."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.live_parties import concerned, live_rows
from safeconduct.flows.order import Order
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Rescreening, Screening

MOST_PARTIES = 500  # looked at, and passed, in one transaction


class AdvanceRescreening(Order, frozen=True, kw_only=True):
    """From the mark ``after`` on, up to ``upto``, these screenings were ``looked`` at and not touched; those that were
    have been replaced by then. ``failure`` says why it cannot go on, and ends it where it stands."""

    rescreening: int
    after: int
    upto: int
    looked: tuple[int, ...] = ()
    failure: str = ""


class Advanced(msgspec.Struct, frozen=True):
    """Where it stands."""

    mark: int
    finished: bool


@flow(Action.RESCREEN)
def advance_rescreening(work: Work, order: AdvanceRescreening) -> Advanced:
    """What waits to be screened and is passed waits for the newest lists from now on."""
    run = Rescreening.objects.filter(pk=order.rescreening).first()
    if run is None:
        raise Refusal("no such rescreening", f"rescreening {order.rescreening}", "begin one: safeconduct rescreen")
    if run.finished or run.mark != order.after:  # somebody else was there first
        return Advanced(run.mark, bool(run.finished))
    if order.failure:
        run.failure, run.finished = order.failure, work.now
        run.save()
        return Advanced(run.mark, finished=True)
    rows = list(live_rows(Screening.State.DONE, Screening.State.WAITING).filter(pk__gt=order.after, pk__lte=order.upto))
    if {row.pk for row in concerned(run, rows, Chain())} - set(order.looked):
        raise Refusal("parties came up that nobody looked at", f"rescreening {run.pk}", "look again from its mark")
    _renew(rows)
    run.mark, run.looked = order.upto, run.looked + len(order.looked)
    if run.mark >= run.upto:
        run.finished = work.now
    run.save()
    return Advanced(run.mark, bool(run.finished))


def _renew(rows: list[Screening]) -> None:
    wanted = written(watchlists())
    for row in rows:
        if row.state == Screening.State.WAITING and row.editions != wanted:
            row.editions = wanted
            row.save()
