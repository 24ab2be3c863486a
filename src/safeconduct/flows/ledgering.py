"""The ledger over the store: its head is taken first, a leaf goes in last, and is signed after the commit."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from safeconduct.core import canonical
from safeconduct.flows.installation import Installation
from safeconduct.ledger import EMPTY, Entry, Event, checkpoint_note, root, seal
from safeconduct.ledger import Frontier as FrontierValue
from safeconduct.ledger.leaf import SALT_SIZE
from safeconduct.store.models import Checkpoint, Frontier, LedgerEntry

HEAD = 1


def take_head() -> FrontierValue:
    """The ledger's right edge. On PostgreSQL its row is locked until the transaction ends, so that one
    writes at a time and indexes have no holes; on SQLite the transaction itself is that lock."""
    found = Frontier.objects.filter(pk=HEAD)
    row = (found.select_for_update() if connection.vendor == "postgresql" else found).first()
    return canonical.decode(row.document.encode(), FrontierValue) if row else EMPTY


def append(head: FrontierValue, event: Event, at: Installation) -> None:
    """Put the event's leaf at the end, and the new right edge in its place."""
    entry, edge = seal(event, at.salt(SALT_SIZE), head)
    LedgerEntry.objects.create(index=entry.index, leaf=entry.leaf, salt=entry.salt, event=entry.event)
    document = canonical.encode(edge).decode()
    if head.size == 0:
        Frontier.objects.create(pk=HEAD, document=document)  # of two first writers, one fails and repeats
    else:
        Frontier.objects.filter(pk=HEAD).update(document=document)


def sign_head(at: Installation) -> None:
    """Sign a checkpoint over all that is committed, unless there is one. No lock is held while signing."""
    row = Frontier.objects.filter(pk=HEAD).first()
    if row is None:
        return
    edge = canonical.decode(row.document.encode(), FrontierValue)
    if Checkpoint.objects.filter(size=edge.size).exists():
        return
    note = checkpoint_note(at.signer.name, edge.size, root(edge), at.signer)
    with transaction.atomic():
        Checkpoint.objects.bulk_create([Checkpoint(size=edge.size, note=note)], ignore_conflicts=True)


def entries() -> Iterator[Entry]:
    """Every entry, in order."""
    for row in LedgerEntry.objects.order_by("index").iterator(500):
        salt = None if row.salt is None else bytes(row.salt)
        event = None if row.event is None else bytes(row.event)
        yield Entry(row.index, bytes(row.leaf), salt, event)


def checkpoints() -> tuple[str, ...]:
    """Every signed note kept, by size."""
    return tuple(Checkpoint.objects.order_by("size").values_list("note", flat=True))
