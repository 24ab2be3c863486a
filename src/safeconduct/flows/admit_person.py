"""Admit a person to the installation, or change what he or she is there."""

from __future__ import annotations

import re

import msgspec
from django.contrib.auth.models import User

from safeconduct.access import Action, Marking, Role
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.order import Order
from safeconduct.flows.people import CONSOLE, SYSTEM
from safeconduct.flows.work import Work, flow
from safeconduct.store.models import Person

_NAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


class AdmitPerson(Order, frozen=True, kw_only=True):
    """``name_id`` is the short name in records; everything else replaces what was there before."""

    name_id: str
    name: str
    role: Role
    organisation: str = ""
    may_read_closed: bool = False
    cleared_to: Marking = Marking.OPEN
    teams: tuple[str, ...] = ()


class Admitted(msgspec.Struct, frozen=True):
    """The short name."""

    name_id: str


@flow(Action.ADMIT_PERSON)
def admit_person(_work: Work, order: AdmitPerson) -> Admitted:
    """Keep the person with a user that has no password: signing in is by one-time link."""
    _refuse_bad(order)
    person = Person.objects.filter(name_id=order.name_id).first()
    if person is None:
        user = User.objects.create_user(username=order.name_id)
        person = Person(name_id=order.name_id, user=user)
    person.name, person.role, person.organisation = order.name, order.role.value, order.organisation
    person.may_read_closed, person.cleared_to = order.may_read_closed, order.cleared_to.value
    person.teams = canonical.encode(sorted(set(order.teams))).decode()
    person.save()
    return Admitted(order.name_id)


def _refuse_bad(order: AdmitPerson) -> None:
    where = f"person {order.name_id[:60]!r}"
    canonical.refuse_unsafe_text([order.name, order.organisation, list(order.teams)], where)
    if not _NAME.fullmatch(order.name_id) or order.name_id in (SYSTEM.id, CONSOLE.id):
        raise Refusal("not a short name", where, "small letters, digits, dots and dashes, a letter first; none in use")
    if not order.name.strip() or len(order.name) > 120 or len(order.organisation) > 200:
        raise Refusal("no name, or one too long", where, "a name of at most 120 letters")
    if order.role in (Role.SYSTEM,):
        raise Refusal("no person is the screening worker", where, "choose another role")
    if order.role is Role.EXPORTER and not order.organisation:
        raise Refusal("an exporter belongs to an organisation", where, "name it as applications do")
