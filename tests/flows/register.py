"""What tests of the register do in it, in few words."""

from __future__ import annotations

import json
from typing import Any

from safeconduct.access import Actor
from safeconduct.core.evidence import Source
from safeconduct.core.party import Party
from safeconduct.flows.editions import watchlists
from safeconduct.flows.end_tie import EndTie, end_tie
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.merge_parties import MergeParties, merge_parties
from safeconduct.flows.people import CONSOLE
from safeconduct.flows.reading_register import parties, party
from safeconduct.flows.register_views import RegisterPage
from safeconduct.flows.separate_party import SeparateParty, separate_party
from safeconduct.flows.state_tie import ListedHolder, StateTie, state_tie
from safeconduct.flows.unmerge_parties import UnmergeParties, unmerge_parties
from safeconduct.store import blobs
from safeconduct.store.models import Appearance
from tests.flows.office import Office, starter
from tests.people import OFFICER

EXTRACT = Source("research", ref="extract of the companies register", date="2026-10-01")
PLANT = {"kind": "company", "name": "Larkholm Instruments", "territory": "NO"}
HOUSE = {"kind": "company", "name": "Osprey Trading House", "territory": "AE"}


def application(*more: dict[str, Any], case: str = "2d") -> dict[str, Any]:
    """A starter case with these parties besides its own."""
    found = starter(case)
    added = [{"id": f"X{number}", "roles": ["third_party"], **one} for number, one in enumerate(more, 1)]
    return {**found, "parties": [*found["parties"], *added]}


def entry(case: str, party_id: str = "X1") -> str:
    return f"R-{Appearance.objects.get(case__reference=case, party_id=party_id).entry_id}"


class Register:
    """An office with a register; every order is given by an officer unless another is named."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def case_with(self, *more: dict[str, Any], **how: Any) -> str:
        """A case with these parties, submitted and not screened."""
        return self.office.submit(application(*more), **how).case

    def screened(self, *more: dict[str, Any], **how: Any) -> str:
        """Likewise, and screened."""
        case = self.case_with(*more, **how)
        self.office.worker.work_off()
        return case

    def page(self, name: str, actor: Actor = OFFICER) -> RegisterPage:
        return party(actor, name, at=self.office.at)

    def found(self, search: str = "", actor: Actor = OFFICER) -> list[str]:
        return [row.name for row in parties(actor, search, at=self.office.at)[:100]]

    def merge(self, one: str, other: str, actor: Actor = OFFICER, reason: str = "the same tax number") -> str:
        order = MergeParties(one=one, other=other, reason=reason)
        return merge_parties(actor, order, key=self.office.key(), at=self.office.at).party

    def unmerge(self, one: str, other: str, actor: Actor = OFFICER, reason: str = "two houses of one name") -> None:
        order = UnmergeParties(one=one, other=other, reason=reason)
        unmerge_parties(actor, order, key=self.office.key(), at=self.office.at)

    def separate(self, name: str, case: str, party_id: str, reason: str = "another plant") -> str:
        order = SeparateParty(entry=name, case=case, party=party_id, reason=reason)
        return separate_party(OFFICER, order, key=self.office.key(), at=self.office.at).party

    def tie(self, held: str, what: str = "owner", actor: Actor = OFFICER, **more: Any) -> str:
        order = StateTie(held=held, what=what, **{"source": EXTRACT, **more})
        return state_tie(actor, order, key=self.office.key(), at=self.office.at).tie

    def end(self, tie: str, last_day: str = "", reason: str = "sold", actor: Actor = OFFICER) -> None:
        end_tie(actor, EndTie(tie=tie, reason=reason, last_day=last_day), key=self.office.key(), at=self.office.at)

    def listed(self, name: str) -> ListedHolder:
        """The entry of a list in use with this name, as the holder of somebody."""
        for edition in watchlists():
            for line in blobs.read(self.office.home, edition.normalised).splitlines():
                if name.encode() in line:
                    return ListedHolder(edition.key, json.loads(line)["entry"])
        raise AssertionError("it is on no list")

    def load_entities(self, *entities: dict[str, Any], day: str = "2026-10-05") -> None:
        """A FollowTheMoney list of these entities."""
        path = self.office.home / f"{self.office.key()}.ftm.json"
        path.write_text("".join(json.dumps(one) + "\n" for one in entities))
        (order,) = orders_for([path], published=day, obtained=day, at=self.office.at)
        load_edition(CONSOLE, order, key=order.content_key(), at=self.office.at)


def entity(identity: str, schema: str, **properties: str) -> dict[str, Any]:
    """An entity of the list ``made``; ``target`` unless it says otherwise."""
    target = properties.pop("target", "yes") == "yes"
    values = {key: [value] for key, value in properties.items()}
    return {"id": identity, "schema": schema, "datasets": ["made"], "target": target, "properties": values}


def new(name: str, kind: str = "person", **more: str) -> Party:
    """A party that is in no application."""
    return Party(id="P1", name=name, kind=kind, **more)  # type: ignore[arg-type]  # one of the kinds
