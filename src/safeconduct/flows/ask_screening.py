"""Ask for parties to be compared with the lists, outside any case."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.editions import watchlists, written
from safeconduct.flows.lookups import MOST_AT_ONCE
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow
from safeconduct.screen import fingerprint
from safeconduct.screen.model import EditionUsed
from safeconduct.store.models import Screening

MOST_WAITING = 1_000


class TooManyWaiting(Refusal):
    """Somebody has asked for more than the workers have answered; he may come again in a moment."""


class AskScreening(Order, frozen=True, kw_only=True):
    """``sources`` names the lists to look at (empty: all that are in use). ``via`` is the key of the program that
    asks for somebody."""

    parties: tuple[Party, ...]
    sources: tuple[str, ...] = ()
    via: str = ""


class Asked(msgspec.Struct, frozen=True):
    """Row numbers, in the order of the parties."""

    screenings: tuple[int, ...]


@flow(Action.LOOK_UP)
def ask_screening(work: Work, order: AskScreening) -> Asked:
    """One waiting row for each party; a worker answers them."""
    if not 0 < len(order.parties) <= MOST_AT_ONCE:
        raise Refusal(f"{len(order.parties)} parties", "screening", f"ask for 1 to {MOST_AT_ONCE} at once")
    _refuse_flood(work.actor)
    wanted = written(lists_named(order.sources))
    rows = [
        Screening.objects.create(
            party_id=party.id,
            party=canonical.encode(party).decode(),
            fingerprint=fingerprint(party),
            editions=wanted,
            asked=work.now,
            asked_by=work.actor.id,
        )
        for party in order.parties
    ]
    work.note = order.via
    work.wakes = True
    return Asked(tuple(row.pk for row in rows))


def lists_named(sources: tuple[str, ...]) -> tuple[EditionUsed, ...]:
    """The editions in use of these sources, of all where none is named; a ``Refusal`` for one that is not loaded."""
    lists = watchlists()
    if not lists:
        raise Refusal("no list is loaded", "screening", "load one: `safeconduct sources load FILE`")
    for name in sources:
        if name not in {one.key for one in lists}:
            raise Refusal(f"no list {name[:60]!r}", "screening", f"one of {', '.join(one.key for one in lists)}")
    return tuple(one for one in lists if not sources or one.key in sources)


def _refuse_flood(actor: Actor) -> None:
    waiting = Screening.objects.filter(asked_by=actor.id, state=Screening.State.WAITING).count()
    if waiting >= MOST_WAITING:
        raise TooManyWaiting(
            f"{waiting} of your screenings are still waiting", "screening", "ask again when they are answered"
        )
