"""Fetch sources of the catalogue: all files of a source as one consistent set or none, then recorded and loaded."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.downloading import Got, Wanted, download
from safeconduct.flows.fetch_edition import Fetched, FetchEdition, fetch_edition
from safeconduct.flows.fetches import FileFetched, at_hand, held, is_due, last
from safeconduct.flows.installation import Installation
from safeconduct.flows.transport import Resolve, Terms, resolved, secret
from safeconduct.flows.work import ask
from safeconduct.sources.addresses import address
from safeconduct.sources.files import SourceFile
from safeconduct.sources.publishers import CREDENTIAL, MEGABYTE, Fetching, Publisher, Publishers
from safeconduct.store import blobs

ATTEMPTS = 2
"""For a publisher that changes its files while we read them."""

Progress = Callable[[str, int, int], None]
"""Called with what is fetched, bytes so far and in all (0: not said)."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.[A-Za-z0-9]{1,8}")


def chosen(publishers: Publishers, names: Iterable[str] = (), *, every: bool = False) -> tuple[Publisher, ...]:
    """The sources of these names, else those that are switched on, or ``every`` one of the catalogue."""
    given = tuple(publishers.named(name) for name in dict.fromkeys(names))
    if given:
        return given
    found = tuple(one for one in publishers.sources if every or one.on)
    if not found:
        raise Refusal("no source is switched on", "catalogue of publishers", "name a source, or add --all")
    return found


def overdue(publishers: Publishers, now: dt.datetime) -> tuple[Publisher, ...]:
    """What the worker is to fetch now: nothing, unless the State switched fetching on."""
    return tuple(one for one in publishers.sources if publishers.fetching.on and is_due(one, now))


def fetch(
    actor: Actor,
    publisher: Publisher,
    fetching: Fetching,
    at: Installation,
    progress: Progress = lambda _what, _done, _total: None,
    *,
    resolve: Resolve = resolved,
    only_due: bool = False,
) -> Fetched | None:
    """Fetch one source and record what came of it; None where ``only_due`` and somebody else just did.

    Raises ``Refusal`` only for an actor who may not fetch, and where another process is fetching this source.
    """
    ask(actor, Action.FETCH_EDITION, None)
    with held(at, publisher.key, fetching.seconds) as folder:
        if only_due and not is_due(publisher, at.clock()):
            return None
        before = last(publisher.key)
        key = f"fetch/{publisher.key}/{before.pk if before else 0}"  # one act after the other, under the lock
        try:
            order = _order(publisher, fetching, folder, at, progress, resolve)
            return fetch_edition(actor, order, key=key, at=at)
        except Refusal as refusal:
            reason = _reason(refusal, os.environ.get(publisher.credential, ""))
            failed = FetchEdition(source=publisher.key, reader=publisher.reader, obtained=at.now(), failure=reason)
            return fetch_edition(actor, failed, key=f"{key}/failed", at=at)
        finally:
            _tidy(folder)


def _reason(refusal: Refusal, credential: str) -> str:
    """Why it failed. A publisher may have sent our credential back in a path that we then name."""
    said = ": ".join(part for part in (refusal.where, refusal.what) if part)
    for text in (credential, quote(credential, safe="")):
        said = said.replace(text, "…") if text else said
    return said[:1000]


def _tidy(folder: Path) -> None:
    """Only parts that can be continued stay."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix not in (".part", ".json") and path.name != "lock":
            path.unlink()


def _order(
    publisher: Publisher, fetching: Fetching, folder: Path, at: Installation, progress: Progress, resolve: Resolve
) -> FetchEdition:
    credential = secret(publisher.credential, publisher.key)
    terms = _terms(publisher, fetching, credential, resolve)
    edition, before = at_hand(publisher)
    for _ in range(ATTEMPTS):
        files = _Set(publisher, credential, folder, terms, progress)
        got = files.all(before)
        if all(one.path is None for one in got.values()):
            return _order_of(publisher, at, tuple(before.values()), edition=edition)
        fetched = {part: _fetched(publisher, part, one, before, at, folder) for part, one in got.items()}
        if edition and all(file.sha256 == before[part].sha256 for part, file in fetched.items()):
            return _order_of(publisher, at, tuple(fetched.values()), edition=edition)
        if files.still(fetched):
            paths = tuple(str(folder / _name(publisher, part)) for part in publisher.addresses)
            return _order_of(publisher, at, tuple(fetched.values()), paths=paths)
    raise Refusal("the publisher changed its files while they were fetched", publisher.key, "try again later")


def _order_of(
    publisher: Publisher,
    at: Installation,
    files: tuple[FileFetched, ...],
    paths: tuple[str, ...] = (),
    edition: str = "",
) -> FetchEdition:
    return FetchEdition(
        source=publisher.key,
        reader=publisher.reader,
        obtained=at.now(),
        files=files,
        paths=paths,
        edition=edition,
    )


def _terms(publisher: Publisher, fetching: Fetching, credential: str, resolve: Resolve) -> Terms:
    in_address = any(CREDENTIAL in text for text in publisher.addresses.values())
    own = (address(text.replace(CREDENTIAL, "x"), publisher.key).origin for text in publisher.addresses.values())
    return Terms(
        origins=publisher.origins,
        own=frozenset(own),
        ends=time.monotonic() + fetching.seconds,
        read_seconds=fetching.read_seconds,
        loopback=fetching.loopback,
        proxy=fetching.proxy,
        proxy_credential=secret(fetching.proxy_credential, "[fetching]"),
        authorization="" if in_address else credential,
        ca_file=fetching.ca_file,
        resolve=resolve,
    )


class _Set:
    """The files of one source."""

    def __init__(self, publisher: Publisher, credential: str, folder: Path, terms: Terms, progress: Progress) -> None:
        self.publisher, self.credential, self.folder = publisher, credential, folder
        self.terms, self.progress = terms, progress

    def all(self, before: dict[str, FileFetched]) -> dict[str, Got]:
        """Every file, or that it did not change since ``before``."""
        return {part: self._one(part, before.get(part), self.folder) for part in self.publisher.addresses}

    def still(self, fetched: dict[str, FileFetched]) -> bool:
        """Whether the publisher still has all of these: else a list of several files could be half old, half new."""
        *earlier, _last = fetched.values()
        return all(self._is_still(file) for file in earlier)

    def _is_still(self, file: FileFetched) -> bool:
        folder = self.folder / "again"
        folder.mkdir(exist_ok=True)
        try:
            got = self._one(file.part, file, folder)
            return got.path is None or SourceFile.of(got.path).sha256() == file.sha256
        finally:
            shutil.rmtree(folder)

    def _one(self, part: str, known: FileFetched | None, folder: Path) -> Got:
        wanted = Wanted(
            name=_name(self.publisher, part),
            url=self.publisher.addresses[part].replace(CREDENTIAL, quote(self.credential, safe="")),
            most_bytes=self.publisher.most_mb * MEGABYTE,
            etag=known.etag if known else "",
            last_modified=known.last_modified if known else "",
        )
        return download(wanted, folder, self.terms, lambda done, total: self.progress(wanted.name, done, total))


def _name(publisher: Publisher, part: str) -> str:
    """What the file is called here: as its publisher calls it, where that is a name, and never as another one is."""
    names = [address(text.replace(CREDENTIAL, "x")).shown.rpartition("/")[2] for text in publisher.addresses.values()]
    given = dict(zip(publisher.addresses, names, strict=True))[part]
    plain = _NAME.fullmatch(given) and len({name.lower() for name in names}) == len(names)
    return given if plain and not given.endswith((".part", ".json")) else f"{publisher.key}.{part}"


def _fetched(
    publisher: Publisher, part: str, got: Got, before: dict[str, FileFetched], at: Installation, folder: Path
) -> FileFetched:
    """A file as it was fetched; one that did not change is taken from what was kept, beside those that did."""
    if got.path is None:
        path, kept = folder / _name(publisher, part), blobs.path_of(at.home, before[part].sha256)
        path.write_bytes(blobs.read(at.home, kept.name))
        return before[part]
    file = SourceFile.of(got.path)
    return FileFetched(part, publisher.addresses[part], file.sha256(), file.size, got.etag, got.last_modified)
