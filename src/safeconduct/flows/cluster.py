"""Looking at parties on several machines: the same work on the same bytes, so the same results byte for byte.

Only looking is done there (``rescreen_looking``): parties and what was found of them before go out, what is found comes
back, and this process records it in the order of the parties, as if it had looked itself. A worker of the cluster
needs this release and a folder; no database, no settings. It opens the indexes in our data directory where it sees
that, else it is sent the editions and makes its own.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.flows.matching import Matchers
from safeconduct.flows.rescreen_looking import Asked, Chunk, Over, Result, Seen, Task, look
from safeconduct.screen import matcher_edition
from safeconduct.store import blobs

AHEAD = 4  # chunks on their way for each thread of the cluster
PATIENCE_SECONDS = 30.0
Tell = Callable[[str], None]
_ADDRESS = re.compile(r"(tcp|tls)://\S+:\d+", re.ASCII)
_ONE_AT_A_TIME = threading.Lock()  # a matcher is not for several threads; processes make a worker quicker
_encode = msgspec.msgpack.Encoder(order="sorted").encode
_task = msgspec.msgpack.Decoder(Task).decode
_asked = msgspec.msgpack.Decoder(tuple[Asked, ...]).decode
_seen = msgspec.msgpack.Decoder(list[Seen | None]).decode


@contextmanager
def on_cluster(address: str, home: Path, tell: Tell = lambda _doing: None) -> Iterator[Over]:
    """Look by the workers of the dask scheduler at ``address`` (``tcp://host:port``); a ``Refusal`` where the library
    is not installed, nobody answers, or no worker is there."""
    try:
        import distributed
    except ImportError as error:
        remedy = "pip install 'safeconduct[cluster]' here and where the workers run"
        raise Refusal("rescreening on a cluster needs dask.distributed", address, remedy) from error
    if not _ADDRESS.fullmatch(address):
        raise Refusal("no scheduler answers: that is no address", address[:60], "write tcp://HOST:PORT")
    try:
        connect: Any = distributed.Client  # without types
        client = connect(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        remedy = "start one: dask scheduler; then dask worker tcp://HOST:8786"
        raise Refusal(f"no scheduler answers: {error}", address, remedy) from error
    try:
        tell("waiting for the cluster's workers")
        yield _Cluster(client, address, home).over
    finally:
        client.close()


class _Cluster:
    def __init__(self, client: Any, address: str, home: Path) -> None:
        self._client, self._address, self._home = client, address, home
        self._threads = self._refuse_unlike()

    def _refuse_unlike(self) -> int:
        """How many chunks the workers do at once; a ``Refusal`` where there are none, or one would look otherwise."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError as error:
            raise Refusal("the cluster has no worker", self._address, "start one: dask worker ADDRESS") from error
        for worker, matcher in sorted(self._client.run(matcher_edition).items()):
            if matcher != matcher_edition():
                raise Refusal(
                    f"a worker has another matcher: {matcher}", worker, "run this release and its libraries there"
                )
        return int(sum(self._client.nthreads().values()))

    def over(self, task: Task, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Result]]:
        """Chunks in their order, each with what was found; a few more than the workers can do are on their way."""
        job = self._client.scatter(_encode(task), broadcast=True, hash=True)
        sent = self._sent(task)
        waiting: deque[tuple[Chunk, Any]] = deque()
        for chunk in chunks:
            future = self._client.submit(look_there, job, _encode(chunk.asked), str(self._home), sent, pure=False)
            waiting.append((chunk, future))
            if len(waiting) >= AHEAD * self._threads:
                yield self._first(waiting)
        while waiting:
            yield self._first(waiting)

    def _first(self, waiting: deque[tuple[Chunk, Any]]) -> tuple[Chunk, Result]:
        from distributed.scheduler import KilledWorker

        chunk, future = waiting.popleft()
        try:
            return chunk, _seen(future.result())
        except (KilledWorker, CancelledError, OSError) as error:
            remedy = "see to its workers, then repeat: what was recorded stays, and it goes on from there"
            raise Refusal(f"the cluster lost what it was asked for: {error}", self._address, remedy) from error

    def _sent(self, task: Task) -> dict[str, Any]:
        """The editions on their way to the workers, by hash; none where every worker reads our data directory."""
        hashes = [one.normalised for one in task.lists]
        if all(self._client.run(reads, str(self._home), hashes).values()):
            return {}
        data = {sha256: blobs.read(self._home, sha256) for sha256 in hashes}
        return {sha256: self._client.scatter(body, broadcast=True, hash=True) for sha256, body in data.items()}


def reads(home: str, hashes: list[str]) -> bool:
    """On a worker: whether it finds all these editions in this data directory, whole."""
    return all(blobs.digest_of(Path(home), sha256) == sha256 for sha256 in hashes)


def look_there(task: bytes, asked: bytes, home: str, sent: dict[str, bytes]) -> bytes:
    """On a worker: look at some parties. ``sent`` are the editions where ``home`` is out of reach."""
    wanted, place = _task(task), Path(home) if not sent else _own_place()
    for sha256, data in sorted(sent.items()):
        if not blobs.path_of(place, sha256).is_file() and blobs.keep(place, data) != sha256:
            raise Refusal("an edition was altered on its way", sha256[:12], "see to the network, then repeat")
    with _ONE_AT_A_TIME:
        matchers = _matchers(place)
        return _encode(look(wanted, _asked(asked), lambda: matchers.of(wanted.lists), place / "index"))


@lru_cache(maxsize=1)
def _own_place() -> Path:
    """A folder of this worker's own, until it ends."""
    folder = tempfile.TemporaryDirectory(prefix="safeconduct-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []


@lru_cache(maxsize=2)
def _matchers(place: Path) -> Matchers:
    """One for each process of a worker: the indexes are mapped once."""
    return Matchers(place)
