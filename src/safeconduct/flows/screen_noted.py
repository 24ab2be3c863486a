"""Have the parties that officers noted in the register compared with the lists in use: nobody else asks for them."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.flows.noted import ask_for, outstanding
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow

AT_ONCE = 200


class ScreenNoted(Order, frozen=True, kw_only=True):
    """``editions`` are the lists as rows hold them."""

    editions: str


class NotedAsked(msgspec.Struct, frozen=True):
    """How many were asked for."""

    screenings: int


@flow(Action.RESCREEN)
def screen_noted(work: Work, order: ScreenNoted) -> NotedAsked:
    """One waiting row for each that was not compared with these lists."""
    entries = outstanding(order.editions)[:AT_ONCE]
    for entry in entries:
        ask_for(work, entry, order.editions)
    return NotedAsked(len(entries))
