"""Who a program acts for, by the key that it sends; and which keys there are."""

from __future__ import annotations

import hashlib
import re
import secrets

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.people import actor_named
from safeconduct.flows.work import ask
from safeconduct.store.models import ApiKey

_NAME = re.compile(r"K-([1-9][0-9]{0,17})", re.ASCII)
MARK = "sc_"  # so that people, and programs that look for lost secrets, know what it is
SHOWN = 8
MOST_TOKEN = 200


class Bearer(msgspec.Struct, frozen=True):
    """The person for whom a program acts, and the name of the key it sent."""

    actor: Actor
    key: str


class KeyView(msgspec.Struct, frozen=True):
    """One key, without anything that would open a door."""

    id: str
    person: str
    label: str
    start: str
    made: str
    expires: str
    revoked: str


def new_token() -> str:
    """A token of 256 random bits; show it once, and keep ``hash_of`` it."""
    return MARK + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def bearer_of(token: str, at: Installation | None = None) -> Bearer | None:
    """The person whose key this is; None where it is nobody's, has expired or was revoked."""
    if not 0 < len(token) <= MOST_TOKEN:
        return None
    at = at or here()
    row = ApiKey.objects.select_related("person").filter(token_sha256=hash_of(token), revoked="").first()
    if row is None or row.expires <= at.now():
        return None
    try:
        return Bearer(actor_named(row.person.name_id), f"K-{row.pk}")
    except Refusal:  # no longer of this office
        return None


def api_keys(actor: Actor) -> tuple[KeyView, ...]:
    """Every key ever made, in the order of their making."""
    ask(actor, Action.KEEP_API_KEYS, None)
    rows = ApiKey.objects.select_related("person").order_by("id")
    return tuple(
        KeyView(f"K-{row.pk}", row.person.name_id, row.label, row.start, row.made, row.expires, row.revoked)
        for row in rows
    )


def key_named(name: str) -> ApiKey:
    """The row of ``K-3``; a ``Refusal`` where there is none."""
    found = _NAME.fullmatch(name)
    row = ApiKey.objects.filter(pk=int(found[1])).first() if found else None
    if row is None:
        raise Refusal("no such key", name[:60], "see which there are: safeconduct api-key list")
    return row
