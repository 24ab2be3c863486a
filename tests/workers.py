"""Gives each test to a process on the database it asks for; tests that ask for none go to whichever is free."""

from __future__ import annotations

from xdist.scheduler import LoadScheduling
from xdist.workermanage import WorkerController

MARK = "db:"
CHUNK = 20
"""Tests sent at a time, at most: enough to keep the fixtures of a file together, few enough to end level."""


def database_of_test(nodeid: str) -> str | None:
    """``sqlite`` or ``postgresql`` when the test's identifier carries ``db:…`` in its brackets."""
    for part in nodeid.partition("[")[2].removesuffix("]").split("-"):
        if part.startswith(MARK):
            return part.removeprefix(MARK)
    return None


def database_of_worker(node: WorkerController) -> str:
    """What the process was started with."""
    return str(node.gateway.spec.env["SAFECONDUCT_TEST_DATABASE"])


class EachToItsDatabase(LoadScheduling):
    """Tests on a database first, since only one process can do them; the others fill up what is left."""

    def schedule(self) -> None:
        if self.collection is None:
            if not self._check_nodes_have_same_collection():
                return
            self.collection = next(iter(self.node2collection.values()))
            self.asked = [database_of_test(nodeid) for nodeid in self.collection]
            self.pending[:] = range(len(self.collection))
        for node in self.nodes:
            self.check_schedule(node)

    def check_schedule(self, node: WorkerController, duration: float = 0) -> None:
        # a worker begins a test only when it knows of the next one, or that there is none
        while not node.shutting_down and len(self.node2pending[node]) < 2:
            chunk = self.next_chunk(database_of_worker(node))
            if not chunk:
                node.shutdown()
                return
            taken = set(chunk)
            self.pending[:] = [index for index in self.pending if index not in taken]
            self.node2pending[node].extend(chunk)
            node.send_runtest_some(chunk)

    def next_chunk(self, database: str) -> list[int]:
        """Indexes of up to ``CHUNK`` tests of one file that a process on this database may run."""
        assert self.collection is not None
        for asked in (database, None):
            chunk: list[int] = []
            for index in self.pending:
                if self.asked[index] != asked:
                    continue
                if chunk and (len(chunk) == CHUNK or self.file_of(index) != self.file_of(chunk[0])):
                    break
                chunk.append(index)
            if chunk:
                return chunk
        return []

    def file_of(self, index: int) -> str:
        assert self.collection is not None
        return self.collection[index].partition("::")[0]
