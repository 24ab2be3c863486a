"""Keep a policy pack to try it on cases, unsigned: an assessment under it moves no case."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.flows.installation import Installation
from safeconduct.flows.sign_pack import SignPack, checked_pack, keep_pack
from safeconduct.flows.work import Work, flow
from safeconduct.policy import Pack as PackValue


class TryPack(SignPack, frozen=True, kw_only=True):
    """The same document as for signing."""


class Kept(msgspec.Struct, frozen=True):
    """The hash to name in ``Assess(policy=…)``."""

    sha256: str
    name: str


def _checked(actor: Actor, order: TryPack, at: Installation) -> PackValue:
    return checked_pack(actor, order, at)


@flow(Action.SIGN_PACK, _checked)
def try_pack(work: Work, order: TryPack, pack: PackValue) -> Kept:
    """Keep the pack, if it is new."""
    row = keep_pack(work, order, pack)
    return Kept(row.sha256, row.name)
