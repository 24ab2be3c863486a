"""Take the parties of cases into the register that were there before it was."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.flows.casefile import case_file
from safeconduct.flows.order import Order
from safeconduct.flows.registering import register
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Case

AT_ONCE = 50


class TakeIn(Order, frozen=True, kw_only=True):
    """``after`` is the row number of the last case that was looked at, 0 to begin."""

    after: int = 0


class TakenIn(msgspec.Struct, frozen=True):
    """``last`` is the row number to go on after, 0 when every case was looked at; ``parties`` were new."""

    last: int
    parties: int


@flow(Action.TAKE_IN_PARTIES)
def take_in_parties(work: Work, order: TakeIn) -> TakenIn:
    """The next cases, oldest first; a party that is registered already is left as it is."""
    cases = list(Case.objects.filter(pk__gt=order.after).order_by("pk")[:AT_ONCE])
    parties = 0
    for case in cases:
        parties += register(work, case, case_file(case).parties)
    return TakenIn(cases[-1].pk if len(cases) == AT_ONCE else 0, parties)


def outstanding() -> int:
    """How many cases have no party in the register."""
    return Case.objects.filter(appearances=None).count()
