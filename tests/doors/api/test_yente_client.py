"""nomenklatura's own client of yente, stock, against a server of ours on the loopback."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from safeconduct.flows import work
from safeconduct.flows.load_edition import load_edition, orders_for
from safeconduct.flows.people import CONSOLE
from tests.doors.api.conftest import key_of
from tests.doors.api.test_yente import FTM
from tests.doors.desk import Desk
from tests.people import EXPORTER, OFFICER
from tests.skips import NO_PEER

BORIS = {
    "id": "mine", "schema": "Person",
    "properties": {"name": ["Boris Example"], "birthDate": ["1970-05-06"], "nationality": ["ru"]},
}  # fmt: skip


@pytest.fixture
def server(desk: Desk, tmp_path: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Its address, with a FollowTheMoney file loaded and a worker that answers at once."""
    if find_spec("nomenklatura") is None:
        pytest.skip(NO_PEER)
    monkeypatch.setattr(work, "wake_worker", lambda _home: desk.worker.work_off())
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(one) for one in FTM), encoding="utf-8")
    for order in orders_for([path], published="2026-10-01", obtained="2026-10-02", at=desk.at):
        load_edition(CONSOLE, order, key=order.content_key(), at=desk.at)
    return f"{live_server.url}/"


def client(server: str, **config: Any) -> Any:
    from followthemoney import Dataset
    from nomenklatura.cache import Cache
    from nomenklatura.db import make_session
    from nomenklatura.enrich.yente import YenteEnricher

    dataset = Dataset({"name": "mine", "title": "Mine"})
    cache = Cache(make_session("sqlite://"), dataset, create=True)
    return YenteEnricher(dataset, cache, {"api": server, "dataset": "default", **config})


def entity(enricher: Any, data: dict[str, Any]) -> Any:
    from followthemoney import StatementEntity

    return StatementEntity.from_data(enricher.dataset, data)


def test_it_matches_and_expands(server: str, desk: Desk) -> None:
    enricher = client(server, api_key=key_of(desk, OFFICER), cutoff=0.5)
    boris = entity(enricher, BORIS)
    (match,) = enricher.match_wrapped(boris)
    assert (match.id, match.schema.name, match.caption) == ("x-4e4b2d61622f63", "Person", "Boris Example")
    assert match.get("birthDate") == ["1970-05-06"]
    assert match.get("sourceUrl") == [f"{server}entities/x-4e4b2d61622f63"]
    expanded = {one.id: one for one in enricher.expand_wrapped(boris, match)}
    schemas = sorted(one.schema.name for one in expanded.values())
    assert schemas == ["LegalEntity", "Ownership", "Person", "Sanction"]
    (link,) = (one for one in expanded.values() if one.schema.name == "Ownership")
    assert (link.get("owner"), link.get("asset")) == (["x-4e4b2d61622f63"], ["NK-owned"])


def test_nobody_is_found_where_nobody_is(server: str, desk: Desk) -> None:
    enricher = client(server, api_key=key_of(desk, OFFICER))
    stranger = entity(enricher, {"id": "x", "schema": "Person", "properties": {"name": ["Quentin Ashdown"]}})
    assert list(enricher.match_wrapped(stranger)) == []


def test_it_gives_up_at_once_where_its_key_is_refused(server: str, desk: Desk) -> None:
    from nomenklatura.enrich.common import EnrichmentAbort

    for token in ("nobody's", key_of(desk, EXPORTER)):
        enricher = client(server, api_key=token)
        with pytest.raises(EnrichmentAbort):
            list(enricher.match_wrapped(entity(enricher, BORIS)))


def test_every_property_is_one_of_its_schema(server: str) -> None:
    """By FollowTheMoney's own model, for every kind of party with every kind of fact."""
    from followthemoney import model

    from safeconduct.core.party import Identifier
    from safeconduct.intake.check_parties import IDENTIFIER_KINDS
    from safeconduct.sources.as_ftm import _LINKS, SCHEMAS, neighbours
    from safeconduct.sources.as_ftm import entity as as_entity
    from safeconduct.sources.model import Listed, ListedName, Relation, TerritoryLink

    kinds = ("primary", "alias", "weak_alias", "former", "original_script")
    links = ("nationality", "residence", "birth", "registration", "address", "flag", "listed_under")
    for kind in SCHEMAS:
        listed = Listed(
            "1", kind, tuple(ListedName("x", one, "y", "z") for one in kinds), "line 1",  # type: ignore[arg-type]
            born=("1970", "1970/1975"), birth_places=("a",), sex="male",
            territories=tuple(TerritoryLink(one, "RU") for one in links),  # type: ignore[arg-type]
            identifiers=tuple(Identifier(one, one) for one in IDENTIFIER_KINDS), addresses=("b",), programmes=("c",),
            relations=tuple(Relation(one, "2", "d", "5") for one in (*_LINKS, "cousin")), remarks="e", ends_on="2030",
        )  # fmt: skip
        found = as_entity(listed, "un-sc")
        schema = model.get(found["schema"])
        assert schema
        assert set(found["properties"]) <= set(schema.properties), kind
        for values in neighbours(listed, "un-sc", "UN").values():
            for one in values:
                beside = model.get(one["schema"])
                assert beside
                assert set(one["properties"]) <= set(beside.properties), one
