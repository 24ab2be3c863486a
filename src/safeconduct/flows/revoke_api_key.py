"""End a program's key before its time."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.flows.api_keys import key_named
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow


class RevokeApiKey(Order, frozen=True, kw_only=True):
    """``key`` is the key's name, such as ``K-3``."""

    key: str


class Revoked(msgspec.Struct, frozen=True):
    """The key's name, and since when it opens nothing."""

    id: str
    revoked: str


@flow(Action.KEEP_API_KEYS)
def revoke_api_key(work: Work, order: RevokeApiKey) -> Revoked:
    """From now on the token opens nothing; a key revoked before stays as it is."""
    row = key_named(order.key)
    if not row.revoked:
        row.revoked = work.now
        row.save()
    return Revoked(f"K-{row.pk}", row.revoked)
