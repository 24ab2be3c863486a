"""Make a key with which a program acts as one person."""

from __future__ import annotations

import datetime as dt

import msgspec

from safeconduct.access import Action
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.people import NOBODY
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import ApiKey, Person

MOST_DAYS = 5 * 366
MOST_LABEL = 120


class MakeApiKey(Order, frozen=True, kw_only=True):
    """``token_sha256`` and ``start`` come from ``api_keys.new_token``: the token itself reaches no record."""

    person: str
    token_sha256: str
    start: str
    label: str = ""
    days: int = 365


class Made(msgspec.Struct, frozen=True):
    """The key's name, ``K-3``, and when it ends."""

    id: str
    expires: str


@flow(Action.KEEP_API_KEYS)
def make_api_key(work: Work, order: MakeApiKey) -> Made:
    """Keep the hash of a new token for a person who is admitted."""
    refuse_unsafe_text(order.label, "api-key, label")
    if len(order.label) > MOST_LABEL:
        raise Refusal("a label too long", "api-key, label", f"at most {MOST_LABEL} letters")
    if not 1 <= order.days <= MOST_DAYS:
        raise Refusal(f"{order.days} days", "api-key, days", f"a key lasts 1 to {MOST_DAYS} days")
    person = Person.objects.filter(name_id=order.person, user__is_active=True).first()
    if person is None:
        raise Refusal(NOBODY, order.person[:60], "admit the person first")
    expires = work.at.clock().astimezone(dt.UTC) + dt.timedelta(days=order.days)
    row = ApiKey.objects.create(
        person=person,
        label=order.label,
        start=order.start,
        token_sha256=order.token_sha256,
        made=work.now,
        made_by=work.actor.id,
        expires=expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return Made(f"K-{row.pk}", row.expires)
