"""nomenklatura as its users have it: its own blocker finds candidates, logic-v2 judges them at .70."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safeconduct.sources.model import Listed

THRESHOLD = 0.70
SAMPLE = 1000  # people on no list the peer is asked for; it takes minutes for all of them
_SCHEMA = {
    "person": "Person",
    "company": "Company",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "unknown": "LegalEntity",
}


def figures(
    listed: Sequence[tuple[str, Listed]], altered: Sequence[dict[str, str]], unlisted: Sequence[dict[str, str]]
) -> dict[str, Any] | str:
    """The peer's figures on the same parties and names, by name alone; ``absent`` where it is not installed."""
    if importlib.util.find_spec("nomenklatura") is None:
        return "absent (install the extra bench)"
    few = list(unlisted)[:: max(1, len(unlisted) // SAMPLE)]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        store, index = _indexed(listed, Path(folder))
        built = time.process_time() - begun
        queries = [_entity(f"q-{place}", "Person", [row["full_name"]]) for place, row in enumerate((*altered, *few))]
        begun = time.process_time()
        said = _answers(store, index, queries)
        took = time.process_time() - begun
    wanted = [f"un-sc-{row['target']}" in said.get(f"q-{place}", set()) for place, row in enumerate(altered)]
    alarmed = [bool(said.get(f"q-{len(altered) + place}")) for place in range(len(few))]
    return {
        "version": importlib.metadata.version("nomenklatura"),
        "threshold": THRESHOLD,
        "unlisted": len(few),
        "build_s": round(built, 2),
        "found_rate": round(sum(wanted) / len(wanted), 4),
        "alarm_rate": round(sum(alarmed) / len(alarmed), 5),
        "batch_per_s": round(len(queries) / took),
    }


def said(listed: Sequence[tuple[str, Listed]], queries: Sequence[tuple[str, str]]) -> list[set[str]]:
    """For each query (schema, name) the listed parties, as ``source-entry``, at or over the threshold."""
    with tempfile.TemporaryDirectory() as folder:
        store, index = _indexed(listed, Path(folder))
        asked = [_entity(f"q-{place}", schema, [name]) for place, (schema, name) in enumerate(queries)]
        answers = _answers(store, index, asked)
    return [answers.get(f"q-{place}", set()) for place in range(len(queries))]


def _entity(identity: str, schema: str, names: Sequence[str]) -> Any:
    from followthemoney import Dataset, StatementEntity

    plain = {"id": identity, "schema": schema, "properties": {"name": list(names)}}
    return StatementEntity.from_data(Dataset.make({"name": "set", "title": "set"}), plain)


def _indexed(listed: Sequence[tuple[str, Listed]], folder: Path) -> tuple[Any, Any]:
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker.index import Index
    from nomenklatura.resolver import Linker
    from nomenklatura.store.memory import MemoryStore

    dataset = Dataset.make({"name": "set", "title": "set"})
    store: Any = MemoryStore(dataset, Linker[StatementEntity]({}))
    with store.writer() as writer:
        for source, one in listed:
            schema = _SCHEMA.get(one.kind, "Organization")
            writer.add_entity(_entity(f"{source}-{one.entry}", schema, [name.text for name in one.names]))
    view = store.default_view()
    index: Any = Index(view, folder)
    index.build()
    return view, index


def _answers(view: Any, index: Any, queries: Sequence[Any]) -> dict[str, set[str]]:
    """The listed parties at or over the threshold, by query."""
    from nomenklatura.matching import LogicV2

    config, by_id = LogicV2.default_config(), {query.id: query for query in queries}
    said: dict[str, set[str]] = {}
    for asked, candidates in index.match_entities(iter(queries)):
        for candidate, _ in candidates:
            entity = view.get_entity(candidate.id)
            if entity is not None and LogicV2.compare(by_id[asked.id], entity, config).score >= THRESHOLD:
                said.setdefault(asked.id, set()).add(candidate.id)
    return said
