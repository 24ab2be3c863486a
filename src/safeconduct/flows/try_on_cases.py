"""Run a pack over the recorded facts of all past cases, before anybody signs it. Nothing is written.

A case is judged anew from the inputs of its newest assessment and held against that assessment, which stays what it
is. Cases are read a hundred at a time, by each process for itself, and only counts are kept: memory does not grow with
the number of cases.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.db import connections
from django.db.models import F, QuerySet

from safeconduct.access import Action, Actor
from safeconduct.assess import Assessment, Inputs
from safeconduct.assess.under_another import Moved, moved, under
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.catalogue import catalogue
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.judged_before import JudgedBefore
from safeconduct.flows.packs import resolve
from safeconduct.flows.work import ask
from safeconduct.policy import Pack, load_pack
from safeconduct.policy.outcome import Outcome
from safeconduct.store.models import Record
from safeconduct.store.visible import granted

CHUNK = 100
MOST_NAMED = 1_000  # cases that change and are named; all are counted


class Flow(msgspec.Struct, frozen=True):
    """So many ``cases`` go from ``old`` to ``new``; equal: they stay. ``rules`` says by which, most cases first."""

    old: str
    new: str
    cases: int
    rules: tuple[tuple[str, int], ...] = ()


class Trial(msgspec.Struct, frozen=True):
    """What a pack would have done. ``changed`` names at most ``MOST_NAMED`` of the cases; ``failed`` are cases that
    could not be judged, with the reason; ``left_out`` is how many older ones were not looked at."""

    pack: str
    sha256: str
    on: str
    cases: int
    changing: int
    flows: tuple[Flow, ...]
    changed: tuple[Moved, ...]
    failed: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


class _Outcome(msgspec.Struct, frozen=True):
    """What a trial needs of a recorded assessment that the pack cannot move."""

    outcome: Outcome


class _Chunk(NamedTuple):
    flows: Counter[tuple[str, str]]
    rules: Counter[tuple[str, str, str]]
    changed: list[Moved]
    failed: list[tuple[str, str]]
    cases: int


def try_on_cases(
    actor: Actor,
    data: bytes,
    name: str = "policy pack",
    *,
    processes: int = 1,
    newest: int = 0,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
    at: Installation | None = None,
) -> Trial:
    """What the pack would have made of each case that ``actor`` may read; ``newest`` bounds how many (0: all).

    ``tell`` hears of the cases done and of all. More than one process only where this one has no threads. Refused: a
    pack that cannot be read, as when it is signed; somebody who may not sign packs.
    """
    ask(actor, Action.SIGN_PACK, None)
    at = at or here()
    run = _Run(load_pack(data, name, catalogue(), resolve), at.home)
    rows = _assessed(actor).order_by("-pk").values_list("pk", flat=True)
    keys = list(rows[:newest] if newest else rows)
    whole = _Chunk(Counter(), Counter(), [], [], 0)
    for each in _shared(run, [tuple(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK)], processes):
        whole = _joined(whole, each)
        tell(whole.cases, len(keys))
    return Trial(
        pack=run.pack.name,
        sha256=run.pack.sha256,
        on=at.now(),
        cases=whole.cases,
        changing=sum(count for (old, new), count in whole.flows.items() if old != new),
        flows=_flows(whole),
        changed=tuple(whole.changed),
        failed=tuple(whole.failed),
        left_out=rows.count() - len(keys),
    )


def _assessed(actor: Actor) -> QuerySet[Record]:
    """The newest assessment of each case that the actor may read."""
    readable = granted(actor, Action.READ, "case__")
    return Record.objects.filter(readable, kind="assessment", number=F("case__assessment"))


class _Run:
    """The pack, and how one chunk of cases is judged by it."""

    def __init__(self, pack: Pack, home: Path) -> None:
        self.pack, self.catalogue = pack, catalogue()
        self.before = JudgedBefore(pack, home)

    def __call__(self, keys: tuple[int, ...]) -> _Chunk:
        found = _Chunk(Counter(), Counter(), [], [], len(keys))
        rows = list(Record.objects.filter(pk__in=keys).select_related("case").order_by("-pk"))
        before = Record.objects.filter(case__in=[row.case_id for row in rows], kind="inputs")
        inputs = dict(before.filter(number=F("case__assessment") - 1).values_list("case_id", "body"))
        for row in rows:
            try:
                if row.case_id not in inputs:
                    raise Refusal("its inputs are not on record", row.case.reference, "assess the case again")
                self._count(found, self._moved(row, inputs[row.case_id]))
            except Refusal as refusal:
                found.failed.append((row.case.reference, str(refusal)))
        return found

    def _moved(self, row: Record, body: str) -> Moved:
        inputs = canonical.decode(body.encode(), Inputs)
        earlier = self.before.earlier(inputs.policy.sha256)
        if earlier and earlier.unmoved.is_certain(inputs):
            same = msgspec.json.decode(row.body, type=_Outcome).outcome
            return Moved(row.case.reference, same, same)
        tests = self.before.tests(inputs)
        old = canonical.decode(row.body.encode(), Assessment)
        taken = earlier.alike if earlier else frozenset[str]()
        return moved(old, under(inputs, old, self.pack, tests, self.catalogue, taken))

    def _count(self, found: _Chunk, one: Moved) -> None:
        found.flows[one.old.value, one.new.value] += 1
        if one.old is not one.new:
            found.changed.append(one)
            found.rules.update((one.old.value, one.new.value, rule) for rule in one.rules)


_at_work: list[_Run] = []  # children find here what they inherit


def _shared(run: _Run, chunks: list[tuple[int, ...]], processes: int) -> Iterator[_Chunk]:
    if processes < 2 or len(chunks) < 2:
        yield from map(run, chunks)
        return
    _at_work.append(run)
    connections.close_all()  # a connection is not shared with a child
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_do, chunks)
    finally:
        _at_work.remove(run)


def _do(keys: tuple[int, ...]) -> _Chunk:
    return _at_work[-1](keys)


def _joined(whole: _Chunk, more: _Chunk) -> _Chunk:
    return _Chunk(
        whole.flows + more.flows,
        whole.rules + more.rules,
        (whole.changed + more.changed)[:MOST_NAMED],
        (whole.failed + more.failed)[:MOST_NAMED],
        whole.cases + more.cases,
    )


def _flows(whole: _Chunk) -> tuple[Flow, ...]:
    """Changes first, those of most cases first."""
    ordered = sorted(whole.flows.items(), key=lambda one: (one[0][0] == one[0][1], -one[1], one[0]))
    return tuple(Flow(old, new, count, _rules(whole, old, new)) for (old, new), count in ordered)


def _rules(whole: _Chunk, old: str, new: str) -> tuple[tuple[str, int], ...]:
    found = [(rule, count) for (was, now, rule), count in whole.rules.items() if (was, now) == (old, new)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
