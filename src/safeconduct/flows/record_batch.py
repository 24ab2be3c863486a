"""Record that a file was screened: by whom, with what, and the hashes of both files."""

from __future__ import annotations

import msgspec

from safeconduct.access import Action
from safeconduct.core import canonical
from safeconduct.flows.order import Order
from safeconduct.flows.work import Work, flow
from safeconduct.screen.model import EditionUsed


class RecordBatch(Order, frozen=True, kw_only=True):
    """``input`` and ``output`` are the SHA-256 of the files, which stay with whoever asked."""

    input: str
    output: str
    rows: int
    counts: dict[str, int]
    editions: tuple[EditionUsed, ...]
    matcher: str


class BatchRecorded(msgspec.Struct, frozen=True):
    """The SHA-256 of the result."""

    output: str


@flow(Action.LOOK_UP)
def record_batch(work: Work, order: RecordBatch) -> BatchRecorded:
    """The order itself, in canonical JSON, becomes the note of a ledger entry; no row is written."""
    work.note = canonical.encode(order).decode()
    return BatchRecorded(order.output)
