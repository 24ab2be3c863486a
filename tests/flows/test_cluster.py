"""Looking on a cluster: the same bytes as here, from workers that have no database and may not see our files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows import cluster
from safeconduct.flows.matching import Matchers
from safeconduct.flows.rescreen_looking import Asked, Chunk, Task, look
from safeconduct.screen import matcher_edition
from safeconduct.screen.model import EditionUsed, Screening
from safeconduct.sources.model import Listed, ListedName
from safeconduct.store import blobs

distributed = pytest.importorskip("distributed")
KilledWorker = pytest.importorskip("distributed.scheduler").KilledWorker
LAST = SimpleNamespace(address="tcp://127.0.0.1:1")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler on loopback with two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as running:
        yield running.scheduler_address


def lines(*names: str) -> bytes:
    listed = (Listed(f"E{name}", "person", (ListedName(name),), "row 1") for name in sorted(names))
    return b"".join(canonical.encode(one) + b"\n" for one in listed)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """Two of the entries of a list are new."""
    new, data = lines("Zorab Vishtu", "Ilse Marchetti"), lines("Zorab Vishtu", "Ilse Marchetti", "Quenby Thistlewood")
    edition = EditionUsed("own", blobs.keep(tmp_path, data))
    return Task((edition,), matcher_edition(), False, "own", new, frozenset({"EOld Entry"}))


def chunks(task: Task) -> list[Chunk]:
    """Some whom the new entries are about, in several spellings, among others."""
    names = [f"Borealis Trader {number}" for number in range(17)]
    for place, name in ((3, "Zorab Vishtu"), (4, "Vishtu, Zorab"), (9, "Ilse Marchetti"), (16, "Quenby Thistlewood")):
        names[place] = name
    nothing = Screening("0" * 64, (), 0, task.lists, task.matcher)
    asked = tuple(Asked(Party(f"P{number}", name, "person"), nothing) for number, name in enumerate(names))
    return [
        Chunk(start, start + 4, tuple((place, "XX-1") for place in range(start, start + 4)), asked[start : start + 4])
        for start in range(0, 16, 4)
    ]


def here(task: Task, home: Path) -> bytes:
    matchers = Matchers(home)
    found = [look(task, one.asked, lambda: matchers.of(task.lists), home / "index") for one in chunks(task)]
    return canonical.encode(found)


def there(address: str, task: Task, home: Path) -> bytes:
    with cluster.on_cluster(address, home) as over:
        found = list(over(task, chunks(task)))
    assert [chunk for chunk, _ in found] == chunks(task)
    return canonical.encode([one for _, one in found])


def test_the_same_bytes_as_here(address: str, task: Task, tmp_path: Path) -> None:
    expected = here(task, tmp_path)
    assert expected.count(b'"observed"') == 3
    assert there(address, task, tmp_path) == expected


def test_workers_that_do_not_see_our_files_are_sent_the_editions(
    address: str, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = here(task, tmp_path)
    monkeypatch.setattr(cluster, "reads", _nothing)
    assert there(address, task, tmp_path) == expected


def _nothing(_home: str, _hashes: list[str]) -> bool:
    return False


def test_what_was_altered_on_its_way_is_refused(task: Task, tmp_path: Path) -> None:
    sent = {task.lists[0].normalised: b"something else\n"}
    with pytest.raises(Refusal, match="altered on its way"):
        cluster.look_there(cluster._encode(task), cluster._encode(()), str(tmp_path), sent)


def test_a_worker_of_another_release_is_refused(
    address: str, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Task(task.lists, "another matcher", True)
    with pytest.raises(Refusal, match="another matcher"):
        look(other, chunks(task)[0].asked, lambda: Matchers(tmp_path).of(task.lists), tmp_path)
    monkeypatch.setattr(cluster, "matcher_edition", _another)
    with pytest.raises(Refusal, match="has another matcher"), cluster.on_cluster(address, tmp_path):
        raise AssertionError("it was let in")


def _another() -> str:
    return f"matcher of {os.getpid()}"


def test_where_the_library_is_absent_it_is_said_how_to_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refusal) as refused, cluster.on_cluster("tcp://127.0.0.1:1", tmp_path):
        raise AssertionError("it was let in")
    assert "safeconduct[cluster]" in refused.value.remedy


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address at all", "", "127.0.0.1"])
def test_an_address_where_nobody_answers_is_refused(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.5)
    with pytest.raises(Refusal, match="no scheduler answers"), cluster.on_cluster(address, tmp_path):
        raise AssertionError("it was let in")


def test_a_cluster_without_workers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 3.0)
    running: Any
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as running,
        pytest.raises(Refusal, match="has no worker"),
        cluster.on_cluster(running.scheduler_address, tmp_path),
    ):
        raise AssertionError("it was let in")


@pytest.mark.parametrize("lost", [OSError("closed"), CancelledError("look"), KilledWorker("look", LAST, 3)])
def test_what_a_cluster_loses_is_told_with_what_to_do(
    address: str, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    def fails(_future: object, *_given: object, **_named: object) -> bytes:
        raise lost

    with cluster.on_cluster(address, tmp_path) as over:
        monkeypatch.setattr(distributed.Future, "result", fails)
        with pytest.raises(Refusal, match="lost what it was asked for") as refused:
            list(over(task, chunks(task)))
    assert "goes on from there" in refused.value.remedy


def test_a_worker_needs_no_django() -> None:
    """What is done there is found without settings, in a process that has none."""
    command = "import safeconduct.flows.cluster, sys; print('django' in sys.modules)"
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    found = subprocess.run([sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
