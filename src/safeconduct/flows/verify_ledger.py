"""Does the record hold? Every entry, row and kept file against what was committed; all of it as a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from safeconduct.access import Action, Actor
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows import ledgering
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.work import ask
from safeconduct.ledger import Frontier, PublicKey, Published, Report, public_key, verify
from safeconduct.ledger.bundle import write_bundle
from safeconduct.store import blobs, rows
from safeconduct.store.models import Blob
from safeconduct.store.models import Frontier as FrontierRow


def verify_ledger(
    actor: Actor, held: Iterable[str] = (), *, keys: Iterable[PublicKey] = (), at: Installation | None = None
) -> Report:
    """Check everything stored; ``held`` are checkpoints that somebody kept outside, ``keys`` the log's public keys
    from outside (without them, the key kept here)."""
    ask(actor, Action.VERIFY_LEDGER, None)
    at = at or here()
    known = tuple(keys) or (public_key(at.signer),)
    with snapshot():
        current = ((row.table, row.key, canonical.sha256(row.data)) for row in rows.all_rows())
        published = Published(known, ledgering.checkpoints(), tuple(held))
        return verify(ledgering.entries(), current, _blobs(at.home), published, _frontier())


def export_bundle(actor: Actor, path: Path, *, at: Installation | None = None) -> None:
    """Write the ledger with all rows and kept files to ``path``, signed to its last entry, for ``safeconduct-verify``.

    It holds closed text too: whoever exports may read it. The file appears when it is whole.
    """
    ask(actor, Action.EXPORT_LEDGER, None)
    at = at or here()
    ledgering.sign_head(at)
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as target, snapshot():
            _write(target, at)
        draft.replace(path)
    except OSError as error:
        raise Refusal(
            f"cannot be written: {error.strerror}", str(path), "choose another place, or free space"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _write(target: BinaryIO, at: Installation) -> None:
    names = sorted(Blob.objects.values_list("sha256", flat=True))
    files = ((name, blobs.path_of(at.home, name).read_bytes()) for name in names if _is_kept(at.home, name))
    keys = [public_key(at.signer)]
    write_bundle(target, keys, ledgering.checkpoints(), ledgering.entries(), rows.all_rows(), files)


def _is_kept(home: Path, sha256: str) -> bool:
    return blobs.path_of(home, sha256).is_file()


def _blobs(home: Path) -> Iterator[tuple[str, str]]:
    """The kept files that rows name, as they are now; one that is gone is left out, and so found missing."""
    for sha256 in Blob.objects.order_by("id").values_list("sha256", flat=True):
        found = blobs.digest_of(home, sha256)
        if found is not None:
            yield sha256, found


def _frontier() -> Frontier | None:
    row = FrontierRow.objects.filter(pk=ledgering.HEAD).first()
    if row is None:
        return None
    try:
        return canonical.decode(row.document.encode(), Frontier)
    except ValueError:  # altered beyond reading: it is certainly not the edge of the entries
        return Frontier()


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the whole database to read from, whatever is written meanwhile; no writer waits for it."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    sqlite: Any = connections[DEFAULT_DB_ALIAS]
    sqlite.ensure_connection()
    before = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        sqlite.transaction_mode = before
