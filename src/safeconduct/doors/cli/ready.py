"""Making an installation ready: tables, example people, starter lists, reference policy. Again changes nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from safeconduct.doors.cli.telling import progress

STARTER = Path(__file__).resolve().parents[2] / "starter"
OFFICER = "officer"


def start_django() -> None:
    """Set Django up for this process; cheap when it is done already."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def make_tables() -> None:
    """Make what tables are missing; no row is read."""
    start_django()
    if not _is_prepared():
        _migrate()


def prepare(check: Callable[[], object] | None = None) -> None:
    """Make tables and load the starter pack where this release has not done so yet on this data directory.

    ``check`` is called when there are tables, before any row is read: an altered one may be beyond reading.
    """
    make_tables()
    if check:
        check()
    if _is_prepared():
        return
    admit_people()
    load_lists()
    sign_policy()
    take_in_parties()
    _mark().write_text(_release(), encoding="ascii")


def _is_prepared() -> bool:
    mark = _mark()
    return mark.is_file() and mark.read_text(encoding="ascii") == _release()


def _mark() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "prepared"


@cache
def _release() -> str:
    """What the preparation depends on: the starter pack's files, the migrations, and the database."""
    from django.conf import settings

    from safeconduct.core.canonical import digest, sha256

    package = STARTER.parent
    files = [*STARTER.rglob("*.*"), *(package / "store" / "migrations").glob("0*.py")]
    parts = {str(path.relative_to(package)): sha256(path.read_bytes()) for path in sorted(files)}
    return digest({"files": parts, "database": str(settings.DATABASES["default"]["NAME"])})


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def admit_people() -> None:
    """The example people of the starter pack, each with a role and a name."""
    from safeconduct.access import Role
    from safeconduct.core.canonical import digest
    from safeconduct.flows.admit_person import AdmitPerson, admit_person
    from safeconduct.flows.people import CONSOLE

    for person in example_people():
        order = AdmitPerson(
            name_id=person["name_id"],
            name=person["name"],
            role=Role(person["role"]),
            organisation=person.get("organisation", ""),
            may_read_closed=person.get("may_read_closed", False),
        )
        admit_person(CONSOLE, order, key=f"starter/{person['name_id']}/{digest(order)[:12]}")


def example_people() -> list[dict[str, Any]]:
    """The example people, as ``starter/people.json`` has them."""
    people: list[dict[str, Any]] = json.loads((STARTER / "people.json").read_text(encoding="utf-8"))
    return people


def load_lists() -> None:
    """The starter editions of lists and indicators."""
    from safeconduct.flows.load_edition import load_edition, orders_for
    from safeconduct.flows.people import CONSOLE

    for folder in sorted(path for path in (STARTER / "lists").iterdir() if path.suffix == ".jsonl"):
        for order in orders_for([folder]):
            load_edition(CONSOLE, order, key=order.content_key())


def sign_policy() -> None:
    """The reference policy, signed by two of the example people."""
    from safeconduct.flows.people import actor_named
    from safeconduct.flows.sign_pack import SignPack, sign_pack

    pack = (STARTER / "policy" / "reference.toml").read_bytes()
    for name in ("policy", "countersigner"):
        order = SignPack(pack=pack, name="reference.toml")
        sign_pack(actor_named(name), order, key=f"starter/{order.content_key()}")


def take_in_parties() -> None:
    """The parties of cases that were there before the register was."""
    from safeconduct.flows import take_in_parties as taking
    from safeconduct.flows.people import CONSOLE

    total = taking.outstanding()
    if not total:
        return
    with progress("taking parties into the register") as step:
        last, done = 0, 0
        while last or not done:
            found = taking.take_in_parties(CONSOLE, taking.TakeIn(after=last), key=uuid.uuid4().hex)
            last, done = found.last, done + taking.AT_ONCE
            step(min(done, total), total, "")
