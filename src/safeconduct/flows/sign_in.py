"""One-time sign-in links: a secret that signs one person in, once, within its time."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.installation import utc_now
from safeconduct.flows.people import NOBODY
from safeconduct.flows.work import ask
from safeconduct.store.models import Person, SignInLink

LASTS = dt.timedelta(hours=12)


def issue_link(actor: Actor, name_id: str, lasts: dt.timedelta = LASTS) -> str:
    """A new secret for one person, who needs nothing else to sign in. Only its hash is kept.

    Links that have expired are forgotten on the way.
    """
    ask(actor, Action.ADMIT_PERSON, None)
    person = Person.objects.filter(name_id=name_id).first()
    if person is None:
        raise Refusal(NOBODY, name_id[:60], "admit the person first")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(expires__lt=utc_now()).delete()
        SignInLink.objects.create(token_sha256=_hash(secret), person=person, expires=utc_now() + lasts)
    return secret


def redeem(secret: str) -> User:
    """The user whom the secret signs in; it never works again. The ``Refusal`` does not say why."""
    now = utc_now()
    with transaction.atomic():
        found = SignInLink.objects.filter(token_sha256=_hash(secret), used=None, expires__gt=now)
        if found.update(used=now) != 1:  # of two clicks at once, one
            raise _useless()
        person = SignInLink.objects.select_related("person__user").get(token_sha256=_hash(secret)).person
    user: User = person.user
    if not user.is_active:
        raise _useless()
    return user


def _useless() -> Refusal:
    return Refusal("this link does not work: it was used, or has expired", "sign-in", "ask for a new one")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
