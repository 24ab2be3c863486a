"""What loading and fetching share: reading an edition and keeping its files, putting it in use or holding it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.flows import list_changes
from safeconduct.flows.editions import active, of_day
from safeconduct.flows.installation import Installation
from safeconduct.flows.work import Work
from safeconduct.sources.editions import read
from safeconduct.sources.kept import shrinks_too_much
from safeconduct.sources.model import Edition, Skipped
from safeconduct.store import blobs
from safeconduct.store.models import EditionRow


class Files(msgspec.Struct, frozen=True):
    """The files of one edition, in the order of its reader, each with the SHA-256 it had when the order was given.

    ``source`` names the source where the content does not; ``published`` overrides what the file states; ``obtained``
    is the day or the moment at which the files were fetched.
    """

    paths: tuple[str, ...]
    sha256: tuple[str, ...]
    obtained: str
    source: str = ""
    published: str = ""


class Loaded(msgspec.Struct, frozen=True):
    """``unexplained`` counts skipped rows that the reader's format does not foresee; ``held`` says why it waits
    for a person (empty: in use); ``new`` is False where this edition was loaded before."""

    source: str
    kind: str
    normalised: str
    count: int
    skipped: int
    unexplained: int
    held: str
    new: bool


class Found(NamedTuple):
    """An edition as read, with every blob that was kept for it and its size."""

    edition: Edition
    blobs: tuple[tuple[str, int], ...]
    report: str
    unread: tuple[Skipped, ...]


def read_files(files: Files, at: Installation) -> Found:
    """Read an edition and keep its bytes; outside any transaction, since it takes long."""
    reading = read(
        [Path(path) for path in files.paths],
        key=files.source or None,
        published=files.published or None,
        obtained=files.obtained,
    )
    edition = reading.edition
    if edition.raw != files.sha256:
        raise Refusal("the file changed while it was read", edition.files[0], "load it again")
    kept = [*_kept(files.paths, files.sha256, at)]
    kept.append((blobs.keep(at.home, reading.normalised), len(reading.normalised)))
    report = canonical.encode(reading.skipped) if reading.skipped else b""
    if report:
        kept.append((blobs.keep(at.home, report), len(report)))
    unread = tuple(row for row in reading.skipped if not row.explained)
    _note_changes(edition, reading.normalised, at)
    return Found(edition, tuple(kept), canonical.sha256(report) if report else "", unread)


def _note_changes(edition: Edition, normalised: bytes, at: Installation) -> None:
    """What the page about lists will be asked, worked out here where nobody waits for a page."""
    old = list_changes.before(edition, active())
    if old is None or old.normalised == edition.normalised:
        return
    try:
        list_changes.work_out(at.home, old.normalised, normalised, edition.normalised)
    except Refusal:  # the older edition's bytes are gone: `ledger verify` says so, and loading does not depend on them
        return


def _kept(paths: Sequence[str], hashes: Sequence[str], at: Installation) -> list[tuple[str, int]]:
    kept = []
    for path, sha256 in zip(paths, hashes, strict=True):
        with Path(path).open("rb") as stream:
            if blobs.keep_stream(at.home, stream) != sha256:
                raise Refusal("the file changed while it was read", Path(path).name, "load it again")
        kept.append((sha256, Path(path).stat().st_size))
    return kept


def put_in_use(work: Work, published: str, found: Found) -> Loaded:
    """Put the edition in use, or hold it; the same one again changes nothing."""
    edition = found.edition
    before = EditionRow.objects.filter(key=edition.key, normalised=edition.normalised).first()
    if before is not None:
        if published and published != before.published:
            known = before.published or "an unknown date"
            raise Refusal(
                f"this edition was loaded as of {known}", edition.key, "its date stands; load another edition"
            )
        return _loaded(edition, before.held, len(found.unread), new=False)
    held = _held(edition, found.unread)
    for sha256, size in found.blobs:
        work.commit_blob(sha256, size)
    EditionRow.objects.create(
        key=edition.key,
        kind=edition.kind,
        normalised=edition.normalised,
        published=edition.published,
        obtained=edition.obtained,
        document=canonical.encode(edition).decode(),
        skipped=found.report,
        state=EditionRow.State.HELD if held else EditionRow.State.ACTIVE,
        held=held,
        loaded=work.now,
        loaded_by=work.actor.id,
    )
    work.wakes = edition.kind == "watchlist" and not held  # workers prepare for it before anybody asks
    return _loaded(edition, held, len(found.unread), new=True)


def _held(edition: Edition, unread: tuple[Skipped, ...]) -> str:
    """Why a person must look first: a list that shrinks by over a tenth may have been cut off, and a watchlist
    with rows nobody could read misses somebody."""
    before = next((one.edition for one in of_day(active()) if one.edition.key == edition.key), None)
    message = shrinks_too_much(before.count, edition.count) if before else None
    if message is None and unread and edition.kind == "watchlist":
        first = unread[0]
        message = Message("sources.rows_unexplained", {"count": len(unread), "place": first.place, "why": first.why})
    return canonical.encode(message).decode() if message else ""


def _loaded(edition: Edition, held: str, unexplained: int, *, new: bool) -> Loaded:
    return Loaded(edition.key, edition.kind, edition.normalised, edition.count, edition.skipped, unexplained, held, new)
