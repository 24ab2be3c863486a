"""What is known of fetching each source: its last attempts, when it is due, and who is at it."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.db import IntegrityError, connection

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.flows.holder import writing
from safeconduct.flows.installation import Installation
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.sources.model import Edition
from safeconduct.sources.publishers import Publisher, Publishers, publishers
from safeconduct.store.models import EditionRow, Fetch, FetchLease

OWN_FILE = "publishers.toml"
NAMED_FILE = "SAFECONDUCT_PUBLISHERS"
MOST_CATALOGUE = 1_000_000
FIRST_PAUSE = dt.timedelta(minutes=15)
LOADING = dt.timedelta(minutes=30)
"""For reading and keeping what was fetched, on top of the time that fetching may take."""


class FileFetched(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file as its publisher has it: ``address`` as the catalogue writes it, without any credential."""

    part: str
    address: str
    sha256: str
    size: int
    etag: str = ""
    last_modified: str = ""


def catalogue_file(at: Installation) -> Path:
    """The State's own catalogue: the file that ``SAFECONDUCT_PUBLISHERS`` names, else the one in the data directory."""
    named = os.environ.get(NAMED_FILE, "")
    return Path(named).expanduser() if named else at.home / OWN_FILE


def catalogue(at: Installation) -> Publishers:
    """The catalogue in force: what is shipped, with the State's own file laid over it where there is one."""
    path = catalogue_file(at)
    if not path.is_file():
        if os.environ.get(NAMED_FILE):
            raise Refusal("no such file", str(path), f"check {NAMED_FILE}")
        return publishers()
    if path.stat().st_size > MOST_CATALOGUE:
        raise Refusal("too large for a catalogue", str(path), "check that it is the right file")
    try:
        return publishers(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise Refusal("not UTF-8", str(path), "save the file as UTF-8") from error


def last(source: str) -> Fetch | None:
    """The newest attempt."""
    return Fetch.objects.filter(source=source).order_by("-id").first()


def failures(source: str) -> int:
    """How many attempts have failed since the last that did not, counted no further than it matters."""
    count = 0
    for outcome in Fetch.objects.filter(source=source).order_by("-id").values_list("outcome", flat=True)[:20]:
        if outcome != Fetch.Outcome.FAILED:
            break
        count += 1
    return count


def due(publisher: Publisher) -> dt.datetime | None:
    """When it is to be fetched next: its interval after the last attempt, or sooner after one that failed (a quarter
    of an hour, then twice as long each time, never longer than the interval). None: now, it never was."""
    row = last(publisher.key)
    if row is None:
        return None
    every = dt.timedelta(hours=publisher.every_hours)
    failed = failures(publisher.key)
    pause = min(every, FIRST_PAUSE * 2 ** (failed - 1)) if failed else every
    return dt.datetime.fromisoformat(row.at) + pause


def is_due(publisher: Publisher, now: dt.datetime) -> bool:
    """Whether the worker is to fetch it now."""
    when = due(publisher)
    return publisher.on and (when is None or when <= now)


def reader_names(key: str) -> frozenset[str]:
    """The readers of a key as editions name them; another number at the end would read the same bytes otherwise."""
    return frozenset(reader.name for reader in CATALOGUE if reader.key == key)


def at_hand(publisher: Publisher) -> tuple[str, dict[str, FileFetched]]:
    """The edition that the last good attempt ended with, and its files by part, as a publisher may be asked whether
    they changed. Empty where that edition is gone, was read otherwise, or came from other addresses."""
    good = Fetch.objects.filter(source=publisher.key).exclude(outcome=Fetch.Outcome.FAILED).order_by("-id").first()
    row = EditionRow.objects.filter(key=publisher.key, normalised=good.edition).first() if good else None
    if good is None or row is None:
        return "", {}
    files = canonical.decode(good.files.encode(), tuple[FileFetched, ...])
    addresses = {file.part: file.address for file in files}
    if (
        canonical.decode(row.document.encode(), Edition).reader not in reader_names(publisher.reader)
        or addresses != publisher.addresses
    ):
        return "", {}
    return good.edition, {file.part: file for file in files}


@contextmanager
def held(at: Installation, source: str, seconds: int) -> Iterator[Path]:
    """The folder where a source is fetched, ours alone for the length of a ``with`` block.

    On this host a lock on a file, which the system itself frees when its holder dies; between hosts a lease.
    Raises ``Refusal`` where somebody else is at it.
    """
    folder = at.home / "fetching" / source
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(source) from error
        _lease(at, source, dt.timedelta(seconds=seconds) + LOADING)
        try:
            yield folder
        finally:
            FetchLease.objects.filter(source=source, holder=_holder()).delete()


def _lease(at: Installation, source: str, lasts: dt.timedelta) -> None:
    now = at.clock()
    try:
        with writing(at.home):
            rows = FetchLease.objects.filter(source=source)
            if connection.vendor == "postgresql":
                rows = rows.select_for_update()
            row = rows.first()
            if row is None:
                FetchLease.objects.create(source=source, holder=_holder(), until=now + lasts)
                return
            if row.until > now and not row.holder.startswith(f"{socket.gethostname()}:"):
                raise _busy(source)
            row.holder, row.until = _holder(), now + lasts
            row.save()
    except IntegrityError as error:  # another host was quicker
        raise _busy(source) from error


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _busy(source: str) -> Refusal:
    return Refusal("another process is fetching it", source, "wait until it has ended")
