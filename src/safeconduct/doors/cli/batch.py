"""``safeconduct screen --batch``: every row of a file on all lists, and what came of it."""

from __future__ import annotations

import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from safeconduct.doors.cli.telling import print_json, progress

if TYPE_CHECKING:
    from safeconduct.access import Actor
    from safeconduct.flows.screen_batch import Batch

MOST_LINES = 20


def screen_file(actor: Actor, source: str, out: str, *, as_json: bool) -> None:
    """Screen the file and tell the sum of it; exit status 1 where rows were bad, though the others are done."""
    from safeconduct.flows.screen_batch import refuse_batch, screen_batch
    from safeconduct.screen import warm

    refuse_batch(actor, Path(source), Path(out))  # before the seconds that the library takes
    began = time.monotonic()
    with progress("loading the name library") as step:
        warm()
        ready = time.monotonic()
        done = screen_batch(actor, Path(source), Path(out), step)
    _record(actor, done)
    took = {"seconds": f"{time.monotonic() - began:.1f}", "screening_seconds": f"{time.monotonic() - ready:.1f}"}
    if as_json:
        print_json({"out": out, **msgspec.to_builtins(done), **took})
    else:
        _tell(done, out, took["seconds"])
    if done.counts["bad_row"]:
        sys.exit(1)


def _record(actor: Actor, done: Batch) -> None:
    from safeconduct.flows.record_batch import RecordBatch, record_batch

    order = RecordBatch(
        input=done.input,
        output=done.output,
        rows=done.rows,
        counts=done.counts,
        editions=done.editions,
        matcher=done.matcher,
    )
    record_batch(actor, order, key=uuid.uuid4().hex)


def _tell(done: Batch, out: str, seconds: str) -> None:
    for row in done.bad[:MOST_LINES]:
        print(f"safeconduct: line {row.line}: {row.why}", file=sys.stderr)
    if (more := done.counts["bad_row"] - MOST_LINES) > 0:
        print(f"safeconduct: {more} more bad rows; all are in {out}", file=sys.stderr)
    for name in done.ignored:
        print(f"safeconduct: the column {name!r} was not read", file=sys.stderr)
    if done.begun_with:
        print(f"went on after {done.begun_with} rows of an earlier run")
    print(_sum_of(done.counts, done.rows, seconds))
    print(f"lists    {', '.join(f'{one.key} {one.normalised[:12]}' for one in done.editions)}")
    print(f"matcher  {done.matcher}")
    if done.replaced:
        print(
            f"Meanwhile another edition of {', '.join(done.replaced)} came into use; this batch ended with those above."
        )
    print(f"written  {out}")


def _sum_of(counts: dict[str, int], rows: int, seconds: str) -> str:
    said: dict[str, Any] = {key.replace("_", " "): value for key, value in counts.items()}
    return f"{rows} rows in {seconds} s: " + ", ".join(f"{value} {key}" for key, value in said.items())
