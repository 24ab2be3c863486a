"""Each test reaches a process on the database it asks for, once, and both processes end."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from execnet.xspec import XSpec
from hypothesis import given
from hypothesis import strategies as st
from xdist.workermanage import WorkerController

from tests.workers import CHUNK, EachToItsDatabase, database_of_test


class Process(WorkerController):
    """Stands where a worker process does: takes what it is sent, and runs it when the test says so."""

    shutting_down = False

    def __init__(self, database: str) -> None:
        self.gateway: Any = SimpleNamespace(id=database, spec=XSpec(f"popen//env:SAFECONDUCT_TEST_DATABASE={database}"))
        self.ran: list[int] = []

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        assert not self.shutting_down
        self.ran.extend(indices)

    def shutdown(self) -> None:
        self.shutting_down = True


asked = st.sampled_from(["", "[db:sqlite]", "[db:postgresql]", "[a-db:postgresql-b]", "[sqlite]"])
tests = st.lists(st.tuples(st.sampled_from("abc"), asked), max_size=3 * CHUNK)


@pytest.fixture(scope="module")
def config() -> Any:
    """The options that the scheduler reads: two processes."""
    options = {"tx": ["popen", "popen"], "maxschedchunk": None}
    return SimpleNamespace(getvalue=options.get, getoption=options.get)


def distribute(config: Any, names: list[str], finish: list[bool]) -> list[Process]:
    processes = [Process("sqlite"), Process("postgresql")]
    scheduler = EachToItsDatabase(config)
    for process in processes:
        scheduler.add_node(process)
        scheduler.add_node_collection(process, names)
    scheduler.schedule()
    order = iter(finish)
    while not all(process.shutting_down for process in processes):
        first = next(order, False)
        for process in sorted(processes, key=lambda process: process.shutting_down or first):
            waiting = scheduler.node2pending[process]
            if waiting and not process.shutting_down:
                scheduler.mark_test_complete(process, waiting[0])
                break
    return processes


@given(tests, st.lists(st.booleans(), max_size=40))
def test_every_test_runs_once_and_on_its_database(
    config: Any, wanted: list[tuple[str, str]], finish: list[bool]
) -> None:
    names = [f"tests/{file}.py::test_{number}{brackets}" for number, (file, brackets) in enumerate(wanted)]
    sqlite, postgresql = distribute(config, names, finish)
    assert sorted(sqlite.ran + postgresql.ran) == list(range(len(names)))
    assert not [names[index] for index in sqlite.ran if database_of_test(names[index]) == "postgresql"]
    assert not [names[index] for index in postgresql.ran if database_of_test(names[index]) == "sqlite"]


@pytest.mark.parametrize(
    ("name", "database"),
    [
        ("t.py::test_a", None),
        ("t.py::test_a[sqlite]", None),
        ("t.py::test_a[db:sqlite]", "sqlite"),
        ("t.py::test_a[case-db:postgresql-x]", "postgresql"),
    ],
)
def test_a_tests_name_says_which_database(name: str, database: str | None) -> None:
    assert database_of_test(name) == database
