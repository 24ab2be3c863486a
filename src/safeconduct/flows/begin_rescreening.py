"""Begin a rescreening: from here on it is known that the live parties are being looked at, and how far that went."""

from __future__ import annotations

import msgspec
from django.db.models import Max

from safeconduct.access import Action
from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.live_parties import concerned, live_rows
from safeconduct.flows.order import Order
from safeconduct.flows.rescreening_chain import ALL, Chain, Step
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Rescreening, Screening

BOTH = (Screening.State.DONE, Screening.State.WAITING)  # what waits is not looked at, but waits for the newest lists


class BeginRescreening(Order, frozen=True, kw_only=True):
    """``source``, ``before``, ``after``: one list from one edition to the one in use (hashes; empty: none); all three
    empty: everybody on whole lists. ``matcher`` is the edition that is going to look."""

    source: str = ""
    before: str = ""
    after: str = ""
    matcher: str


class Begun(msgspec.Struct, frozen=True):
    """``new`` is False where it was under way already, or another one is and has to end first."""

    rescreening: int
    new: bool


@flow(Action.RESCREEN)
def begin_rescreening(work: Work, order: BeginRescreening) -> Begun:
    """One at a time: while another is under way, that one goes on first."""
    running = Rescreening.objects.filter(finished="").order_by("id").first()
    if running is not None:
        return Begun(running.pk, new=False)
    lists = watchlists()
    if not lists:
        raise Refusal("no watchlist is in use", "rescreening", "load one: safeconduct sources load FILE")
    if order.source != ALL and {one.key: one.normalised for one in lists}.get(order.source, "") != order.after:
        raise Refusal("this edition is not in use", f"{order.source} {order.after[:12]}", "see what is: sources list")
    run = Rescreening(
        source=order.source,
        before=order.before,
        after=order.after,
        lists=written(lists),
        matcher=order.matcher,
        upto=live_rows(*BOTH).aggregate(last=Max("id"))["last"] or 0,
        total=0,
        by=work.actor.id,
        started=work.now,
    )
    run.total = _total(run, Step(order.source, order.before, order.after))
    run.save()
    return Begun(run.pk, new=True)


def _total(run: Rescreening, step: Step) -> int:
    rows = live_rows().only("id", "state", "editions").iterator(1000)
    return live_rows().count() if step.source == ALL else len(concerned(run, rows, Chain()))
