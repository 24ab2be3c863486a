"""Rescreening at somebody's order: what is not current, one list, or everybody again; here or on a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.flows.reading_rescreening import RescreeningView, view
from safeconduct.flows.reading_sources import edition_named
from safeconduct.flows.rescreen_looking import Over
from safeconduct.flows.rescreening import Rescreener
from safeconduct.flows.rescreening_chain import ALL, Step
from safeconduct.flows.wake import wake_worker
from safeconduct.flows.work import ask
from safeconduct.store.models import Rescreening

LOOK_SECONDS = 0.3


def rescreen(
    actor: Actor,
    *,
    edition: str = "",
    everybody: bool = False,
    cluster: str = "",
    tell: Callable[[str], None] = lambda _doing: None,
    at: Installation | None = None,
) -> Iterator[RescreeningView]:
    """Go on with what is under way, then do what is asked: ``edition`` (a source's key, or the beginning of the hash of
    its edition in use) for that list alone; ``everybody`` on whole lists; else all that is due.

    Yields the rescreening at hand whenever it has come further. Another process that is at it is waited for.
    ``cluster`` is the address of a dask scheduler. Refused before anything is done where no list is in use.
    """
    ask(actor, Action.RESCREEN, None)
    at = at or here()
    if not watchlists():
        raise Refusal("no watchlist is in use", "rescreening", "load one: safeconduct sources load FILE")
    source = _source(actor, edition) if edition else ""
    first = Rescreening.objects.filter(finished="").order_by("id").values_list("id", flat=True).first()
    last = Rescreening.objects.order_by("id").values_list("id", flat=True).last() or 0
    with _over(cluster, at, tell) as over:
        ours = Rescreener(at, Matchers(at.home, tell), actor, over)
        steps = _once(first or last + 1) if everybody else lambda: _of(source, ours.everything())
        while True:
            for run in ours.going(steps):
                yield view(run)
            running = Rescreening.objects.filter(finished="").order_by("id").first()
            if running is None:
                wake_worker(at.home)  # to assess what was touched
                return
            yield view(running)
            time.sleep(LOOK_SECONDS)


def _source(actor: Actor, name: str) -> str:
    """The list that is meant; a ``Refusal`` for an edition that is not in use."""
    found = edition_named(actor, name)
    now = {one.key: one.normalised for one in watchlists()}
    if now.get(found.source) != found.sha256 and name != found.source:
        raise Refusal("this edition of a watchlist is not in use", name[:60], "see what is: safeconduct sources list")
    if found.kind != "watchlist":
        raise Refusal(f"{found.source} is no watchlist", name[:60], "name a list of parties")
    return found.source


def _of(source: str, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Those of one list; where the matcher is another, everybody has to be looked at on whole lists anyway."""
    return tuple(step for step in steps if not source or step.source in (source, ALL))


def _once(since: int) -> Callable[[], tuple[Step, ...]]:
    """Everybody, unless that was done on these lists by a rescreening of number ``since`` or later."""

    def steps() -> tuple[Step, ...]:
        done = Rescreening.objects.filter(pk__gte=since, source=ALL, lists=written(watchlists())).exclude(finished="")
        return () if done.exists() else (Step(ALL),)

    return steps


@contextmanager
def _over(address: str, at: Installation, tell: Callable[[str], None]) -> Iterator[Over | None]:
    if not address:
        with nullcontext():
            yield None
        return
    from safeconduct.flows.cluster import on_cluster  # an extra that not everybody has

    with on_cluster(address, at.home, tell) as over:
        yield over
