"""Actors: from a signed-in user, from a short name, and the two that are no persons."""

from __future__ import annotations

from typing import Any

from safeconduct.access import Actor, Marking, Role
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.store.models import Person

SYSTEM = Actor("system", "screening worker", Role.SYSTEM)
CONSOLE = Actor("console", "whoever runs this installation", Role.OPERATOR)
NOBODY = "nobody of this name"


def actor_named(name_id: str) -> Actor:
    """The actor with this short name; a ``Refusal`` where nobody has it."""
    person = Person.objects.filter(name_id=name_id, user__is_active=True).first()
    if person is None:
        raise Refusal(NOBODY, name_id[:60], "name one of the people admitted to this installation")
    return _actor(person)


def actor_of(user: Any) -> Actor:
    """The actor that a signed-in user is; a ``Refusal`` for a user who was given no role."""
    person = Person.objects.filter(user_id=user.pk, user__is_active=True).first() if user.pk else None
    if person is None:
        raise Refusal("you have no role in this office", "sign-in", "ask whoever runs the installation to admit you")
    return _actor(person)


def everybody() -> tuple[Actor, ...]:
    """All people of this installation, by short name."""
    return tuple(_actor(person) for person in Person.objects.filter(user__is_active=True).order_by("name_id"))


def _actor(person: Person) -> Actor:
    try:
        return Actor(
            id=person.name_id,
            name=person.name,
            role=Role(person.role),
            organisation=person.organisation,
            may_read_closed=person.may_read_closed,
            cleared_to=Marking(person.cleared_to),
            teams=canonical.decode(person.teams.encode(), tuple[str, ...]),
        )
    except ValueError as error:  # no flow writes such a row; msgspec's errors are ValueErrors
        remedy = "see what was altered: safeconduct ledger verify"
        raise Refusal("the row of this person cannot be read", person.name_id[:60], remedy) from error
