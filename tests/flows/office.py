"""An office of a test's own: a data directory, a clock that the test moves, people, lists and a policy in force."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from safeconduct.access import Actor
from safeconduct.flows.admit_person import AdmitPerson, admit_person
from safeconduct.flows.assess_case import Assess, Assessed, assess_case
from safeconduct.flows.installation import Installation
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.loading import Loaded
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.sign_pack import SignPack, sign_pack
from safeconduct.flows.submit_application import Submit, Submitted, submit_application
from safeconduct.flows.worker import Worker
from safeconduct.ledger import SeedSigner
from tests.people import COUNTERSIGNER, EVERYBODY, OFFICER, POLICY_LEAD

START = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
REFERENCE = (files("safeconduct") / "starter" / "policy" / "reference.toml").read_bytes()
Application = dict[str, Any]
Entity = Mapping[str, object]
NSO = {"name": "NSO Group", "aliases": [], "country": "Israel", "notes": ""}
OTHERS = [{"name": f"Borealis Trading House {number}", "aliases": [], "country": "Iran"} for number in range(30)]


class Office:
    """What a test does in it, in few words; every key is used once."""

    def __init__(self, home: Path) -> None:
        self.now, self.home, self._keys = START, home, 0
        self.at = Installation(home, "XX", SeedSigner("safeconduct/xx/test", b"\7" * 32), lambda: self.now)
        self.worker = Worker(self.at)

    def key(self) -> str:
        self._keys += 1
        return f"key-{self._keys}"

    def admit_everybody(self) -> None:
        for actor in EVERYBODY:
            order = AdmitPerson(
                name_id=actor.id,
                name=actor.name,
                role=actor.role,
                organisation=actor.organisation,
                may_read_closed=actor.may_read_closed,
                cleared_to=actor.cleared_to,
                teams=actor.teams,
            )
            admit_person(CONSOLE, order, key=self.key(), at=self.at)

    def put_in_force(self, pack: bytes = REFERENCE) -> str:
        for person in (POLICY_LEAD, COUNTERSIGNER):
            signed = sign_pack(person, SignPack(pack=pack), key=self.key(), at=self.at)
        return signed.sha256

    def load_list(self, *entities: Entity, day: str = "2026-10-01", actor: Actor = CONSOLE) -> Loaded:
        path = self.home / f"entities-{self.key()}.json"
        path.write_text(json.dumps({"list_id": "bis-entity-list", "count": len(entities), "entities": entities}))
        (order,) = orders_for([path], published=day, obtained=day, at=self.at)
        return load_edition(actor, order, key=order.content_key(), at=self.at)

    def submit(self, application: Application, actor: Actor = OFFICER, **more: Any) -> Submitted:
        order = Submit(application=json.dumps(application).encode(), **more)
        return submit_application(actor, order, key=self.key(), at=self.at)

    def assess(self, case: str, actor: Actor = OFFICER) -> Assessed:
        return assess_case(actor, Assess(case=case), key=self.key(), at=self.at)

    def worked(self, application: Application, actor: Actor = OFFICER, **more: Any) -> Assessed:
        """Submitted, screened and assessed."""
        case = self.submit(application, actor, **more).case
        self.worker.work_off()
        return self.assess(case)

    def days_pass(self, days: int) -> None:
        self.now += dt.timedelta(days=days)


def starter(case: str) -> Application:
    """A starter case's application."""
    text = (files("safeconduct") / "starter" / "cases" / f"{case}.json").read_text(encoding="utf-8")
    found: Application = json.loads(text)
    return found


@pytest.fixture
def empty_office(db: None, tmp_path: Path) -> Office:
    """Nobody admitted, nothing loaded."""
    return Office(tmp_path)


@pytest.fixture
def office(empty_office: Office) -> Office:
    """People, a policy in force, and one list with the NSO Group on it."""
    empty_office.admit_everybody()
    empty_office.put_in_force()
    empty_office.load_list(NSO, *OTHERS)
    return empty_office
