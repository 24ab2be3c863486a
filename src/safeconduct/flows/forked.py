"""Work shared out among forked processes, its results in the order of what was given."""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from safeconduct.core.errors import Refusal
from safeconduct.screen import warm
from safeconduct.screen.sharing import Share

Given = TypeVar("Given")
Done = TypeVar("Done")
_numbers = itertools.count()
_at_work: dict[int, Callable[[Any], Any]] = {}  # children find here what they inherit: matchers cannot be sent to them


class Killed(Refusal):
    """A process that shared the work was killed, mostly for want of memory."""


def cores(most: int = 2) -> int:
    """How many processes may share work here: as many as this one has cores, at most so many; this one alone where it
    has threads or is itself such a process."""
    if threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return 1
    here = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(most, len(here))


def by(workers: int) -> Share:
    """How work is shared out among so many processes (1: this one alone does it).

    Not to be used in a process with threads of its own, for its children are forked from it, the library and the
    indexes already in memory. ``Killed`` where a child is; what came out before it stands.
    """
    return map if workers < 2 else functools.partial(_forked, workers)


def _forked(workers: int, work: Callable[[Given], Done], given: Iterable[Given]) -> Iterator[Done]:
    warm()
    number = next(_numbers)
    _at_work[number] = work
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from _results(pool, number, given, 2 * workers)
    except BrokenProcessPool as error:
        raise Killed("a process that screened was killed", "", "start again; what was kept stays") from error
    finally:
        del _at_work[number]


def _results(pool: ProcessPoolExecutor, number: int, given: Iterable[Any], most: int) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    try:
        for piece in given:
            waiting.append(pool.submit(_do, number, piece))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for one in waiting:
            one.cancel()


def _do(number: int, piece: Any) -> Any:
    return _at_work[number](piece)
