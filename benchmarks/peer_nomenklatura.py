"""nomenklatura as its users have it: its own blocker finds candidates, logic-v2 judges them at .70.

Stock, and once more with every listed entity and its analysed names kept in memory, as a service would have them.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from safeconduct.sources.model import Listed

THRESHOLD = 0.70
ONE_BY_ONE = 10  # queries asked singly
_SCHEMA = {
    "person": "Person",
    "company": "Company",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "unknown": "LegalEntity",
}
Asked = Sequence[tuple[str, str]]  # a person's name, and the id of the entity that must be found ("" for none)
Judged = Callable[[str, Any], bool]


def present() -> bool:
    """Whether it is installed."""
    return importlib.util.find_spec("nomenklatura") is not None


def figures(listed: Iterable[tuple[str, Listed]], altered: Asked, unlisted: Sequence[str]) -> dict[str, Any]:
    """The peer's figures on the same parties (each with its id) and names, by name alone. For a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        store, index = _indexed(listed, Path(folder))
        built = time.process_time() - begun
        memory = memory_mb()
        names = [name for name, _ in altered] + list(unlisted)
        queries = {f"q-{place}": _entity(f"q-{place}", "Person", name) for place, name in enumerate(names)}
        candidates, finding = _candidates(index, list(queries.values()))
        said, judging = _answers(queries, candidates, functools.partial(_stock, store, queries))
        _, judging_cached = _answers(queries, candidates, _cached(store, queries, candidates))
        one = [_one(store, index, query) for query in list(queries.values())[:: max(1, len(queries) // ONE_BY_ONE)]]
    wanted = [(f"q-{place}", target) for place, (_, target) in enumerate(altered)]
    others = [f"q-{place}" for place in range(len(altered), len(names))]
    return {
        "version": importlib.metadata.version("nomenklatura"),
        "threshold": THRESHOLD,
        "asked": {"listed": len(altered), "unlisted": len(unlisted), "one_by_one": len(one)},
        "build_s": round(built, 2),
        "candidate_recall": _share(target in candidates.get(query, ()) for query, target in wanted),
        "found_rate": _share(target in said.get(query, ()) for query, target in wanted),
        "alarm_rate": _share(bool(said.get(query)) for query in others),
        "batch_per_s": round(len(queries) / (finding + judging), 1),
        "batch_per_s_cached": round(len(queries) / (finding + judging_cached), 1),
        "one_p95_ms": round(sorted(one)[len(one) * 95 // 100] * 1000, 1),
        "memory_mb": memory,
    }


def said(listed: Iterable[tuple[str, Listed]], queries: Sequence[tuple[str, str]]) -> list[set[str]]:
    """For each query (schema, name) the ids of the listed parties at or over the threshold."""
    with tempfile.TemporaryDirectory() as folder:
        store, index = _indexed(listed, Path(folder))
        asked = {f"q-{place}": _entity(f"q-{place}", *query) for place, query in enumerate(queries)}
        candidates, _ = _candidates(index, list(asked.values()))
        answers, _ = _answers(asked, candidates, functools.partial(_stock, store, asked))
    return [answers[query] for query in asked]


def memory_mb() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _share(found: Iterable[bool]) -> float:
    every = list(found)
    return round(sum(every) / max(1, len(every)), 5)


def _entity(identity: str, schema: str, *names: str) -> Any:
    from followthemoney import Dataset, StatementEntity

    plain = {"id": identity, "schema": schema, "properties": {"name": list(names)}}
    return StatementEntity.from_data(Dataset.make({"name": "set", "title": "set"}), plain)


def _indexed(listed: Iterable[tuple[str, Listed]], folder: Path) -> tuple[Any, Any]:
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.blocker.index import Index
    from nomenklatura.resolver import Linker
    from nomenklatura.store.memory import MemoryStore

    dataset = Dataset.make({"name": "set", "title": "set"})
    store: Any = MemoryStore(dataset, Linker[StatementEntity]({}))
    with store.writer() as writer:
        for identity, one in listed:
            schema = _SCHEMA.get(one.kind, "Organization")
            writer.add_entity(_entity(identity, schema, *(name.text for name in one.names)))
    view = store.default_view()
    index: Any = Index(view, folder)
    index.build()
    return view, index


def _candidates(index: Any, queries: Sequence[Any]) -> tuple[dict[str, list[str]], float]:
    """Ids of the candidates by query, and the seconds it took."""
    begun = time.process_time()
    found = {asked.id: [one.id for one, _ in candidates] for asked, candidates in index.match_entities(iter(queries))}
    return found, time.process_time() - begun


def _answers(
    queries: dict[str, Any], candidates: dict[str, list[str]], judged: Judged
) -> tuple[dict[str, set[str]], float]:
    """Ids of the listed parties at or over the threshold by query, and the seconds it took."""
    begun = time.process_time()
    said = {query: {one for one in candidates.get(query, ()) if judged(query, one)} for query in queries}
    return said, time.process_time() - begun


def _stock(store: Any, queries: dict[str, Any], query: str, candidate: str) -> bool:
    entity = store.get_entity(candidate)
    return entity is not None and _score(queries[query], entity) >= THRESHOLD


def _score(query: Any, entity: Any) -> float:
    from nomenklatura.matching import LogicV2

    score: float = LogicV2.compare(query, entity, _config()).score
    return score


@functools.lru_cache(maxsize=1)
def _config() -> Any:
    from nomenklatura.matching import LogicV2

    return LogicV2.default_config()


def _cached(store: Any, queries: dict[str, Any], candidates: dict[str, list[str]]) -> Judged:
    """As stock, with every candidate and its names in memory before anything is timed."""
    from nomenklatura.matching.logic_v2.names import analysis, match

    for function in ("entity_names", "entity_names_consolidated"):
        kept = functools.lru_cache(maxsize=None)(getattr(analysis, function).__wrapped__)
        setattr(analysis, function, kept)
        setattr(match, function, kept)
    entities = {one: store.get_entity(one) for found in candidates.values() for one in found}
    for query, found in candidates.items():
        for one in found:
            _score(queries[query], entities[one])
    queries_again = {query: _entity(f"again-{query}", "Person", *one.names) for query, one in queries.items()}
    return lambda query, one: _score(queries_again[query], entities[one]) >= THRESHOLD


def _one(store: Any, index: Any, query: Any) -> float:
    """Seconds for one query by itself."""
    begun = time.process_time()
    candidates, _ = _candidates(index, [query])
    _answers({query.id: query}, candidates, functools.partial(_stock, store, {query.id: query}))
    return time.process_time() - begun
