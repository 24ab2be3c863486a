"""One file of a publisher's: asked for only if it changed, taken up where it broke off, within its bounds.

What came of a file that broke off stays in ``NAME.part`` with what the publisher called that edition of it
(``NAME.json``); it is continued only if the publisher still means the same edition, else begun anew.
"""

from __future__ import annotations

import errno
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from urllib3.response import BaseHTTPResponse

from safeconduct.core.canonical import sha256
from safeconduct.core.errors import Refusal
from safeconduct.flows.transport import BROKEN, Terms, asked, why
from safeconduct.sources.addresses import address

CHUNK = 64 * 1024
ATTEMPTS = 3
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES})
LONGEST_HEADER = 500
_LENGTH = re.compile(r"[0-9]{1,15}")
_RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15}|\*)")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
Progress = Callable[[int, int], None]


class Wanted(msgspec.Struct, frozen=True):
    """A file to ask for. ``url`` may hold a secret and is never shown. ``etag`` and ``last_modified`` are those of the
    edition at hand, as its publisher wrote them."""

    name: str
    url: str
    most_bytes: int
    etag: str = ""
    last_modified: str = ""


class Got(msgspec.Struct, frozen=True):
    """``path`` is None where the publisher says that nothing changed; ``read`` counts bytes on the network."""

    path: Path | None
    etag: str
    last_modified: str
    read: int


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the publisher called the edition of which a part is here."""

    url_sha256: str
    etag: str = ""
    last_modified: str = ""
    encoding: str = ""

    @property
    def strong(self) -> str:
        """What ``If-Range`` may be asked with: a strong entity tag, else the date."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


class _BrokeOff(Exception):
    """The connection failed; ``more`` says whether something new came before it did."""

    def __init__(self, reason: str, more: bool) -> None:
        self.reason, self.more = reason, more
        super().__init__(reason)


def download(wanted: Wanted, folder: Path, terms: Terms, progress: Progress = lambda _done, _total: None) -> Got:
    """Get one file into ``folder``; a ``Refusal`` says why it could not be had. What came stays for the next time."""
    place = _Place(wanted, folder)
    for attempt in range(ATTEMPTS):
        try:
            return _tried(place, terms, progress)
        except _BrokeOff as broken:
            terms.left(place.shown)
            if attempt == ATTEMPTS - 1 or not broken.more:
                raise Refusal(broken.reason, place.shown, "try again later; what came is kept") from broken
    raise AssertionError("the last attempt returns or raises")


class _Place:
    """Where a file and its part are kept."""

    def __init__(self, wanted: Wanted, folder: Path) -> None:
        self.wanted, self.shown = wanted, address(wanted.url, wanted.name).shown
        self.path = folder / wanted.name
        self.part, self.note = folder / f"{wanted.name}.part", folder / f"{wanted.name}.json"
        self.read = 0

    @property
    def size(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0

    def kept(self) -> _Kept | None:
        """What is here of which edition; None where there is nothing that could be continued."""
        if not self.size or not self.note.is_file():
            return None
        try:
            kept = msgspec.json.decode(self.note.read_bytes(), type=_Kept)
        except msgspec.DecodeError:
            return None
        return kept if kept.strong and kept.url_sha256 == sha256(self.wanted.url.encode()) else None

    def forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def _tried(place: _Place, terms: Terms, progress: Progress) -> Got:
    kept = place.kept()
    if kept is None:
        place.forget()
    before = place.size
    try:
        with asked(place.wanted.url, _headers(place, kept), terms) as response:
            found = _taken(place, response, kept, terms, progress)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in DISK:
            raise
        raise _BrokeOff(why(error), place.size != before) from error
    return found if isinstance(found, Got) else _finished(place, found)


def _taken(
    place: _Place, response: BaseHTTPResponse, kept: _Kept | None, terms: Terms, progress: Progress
) -> _Kept | Got:
    """What the answer means: nothing changed, the rest of what is here, or the whole."""
    if response.status == 206 and kept:
        _append(place, response, terms, progress, kept)
        return kept
    if response.status == 416 and kept:
        place.forget()
        raise _BrokeOff("the publisher has another edition now", more=True)
    if response.status == 304 and kept is None and (place.wanted.etag or place.wanted.last_modified):
        return Got(None, place.wanted.etag, place.wanted.last_modified, place.read)
    if response.status != 200:
        raise Refusal(_said(response), place.shown, "check the address with its publisher, or try again later")
    begun = _begun(place, response)
    _append(place, response, terms, progress, None)
    return begun


def _headers(place: _Place, kept: _Kept | None) -> dict[str, str]:
    wanted = place.wanted
    if kept:
        coding = kept.encoding or "identity"
        return {"Range": f"bytes={place.size}-", "If-Range": kept.strong, "Accept-Encoding": coding}
    found = {"Accept-Encoding": "gzip"}
    if wanted.etag:
        found["If-None-Match"] = wanted.etag
    if wanted.last_modified:
        found["If-Modified-Since"] = wanted.last_modified
    return found


def _said(response: BaseHTTPResponse) -> str:
    if response.status in (401, 403):
        return f"the publisher refuses to give it ({response.status})"
    if response.status in (404, 410):
        return f"the publisher has no such file ({response.status})"
    if response.status in (429, 503):
        return f"the publisher asks us to come back later ({response.status})"
    return f"the publisher answered with status {response.status}"


def _begun(place: _Place, response: BaseHTTPResponse) -> _Kept:
    """Start anew, and note which edition this is."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower().replace("x-gzip", "gzip")
    if encoding not in ("", "identity", "gzip"):
        raise Refusal(f"sent in the coding {encoding[:40]!r}", place.shown, "tell the publisher; gzip was asked for")
    if not _length(response) and response.headers.get("Transfer-Encoding", "").lower() != "chunked":
        raise Refusal("the publisher does not say where the file ends", place.shown, "fetch it by hand and load it")
    kept = _Kept(
        url_sha256=sha256(place.wanted.url.encode()),
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        encoding=encoding.replace("identity", ""),
    )
    place.forget()
    place.note.write_bytes(msgspec.json.encode(kept))
    return kept


def _length(response: BaseHTTPResponse) -> str:
    found = _LENGTH.fullmatch(response.headers.get("Content-Length", "").strip())
    return found[0] if found else ""


def _header(response: BaseHTTPResponse, name: str) -> str:
    value = response.headers.get(name, "").strip()
    return value if value.isprintable() and value.isascii() and len(value) <= LONGEST_HEADER else ""


def _append(
    place: _Place, response: BaseHTTPResponse, terms: Terms, progress: Progress, continued: _Kept | None
) -> None:
    total = _total(place, response, continued)
    most = place.wanted.most_bytes
    if total > most:
        raise _too_large(place)
    with place.part.open("ab") as file:
        size = file.tell()
        while data := response.read1(CHUNK):
            size, place.read = size + len(data), place.read + len(data)
            if size > most:
                place.forget()
                raise _too_large(place)
            file.write(data)
            progress(size, total)
            terms.left(place.shown)
    terms.left(place.shown)  # a connection that the watchdog ended may look like one that came to its end
    if total and size != total:
        raise OSError(0, "the connection ended before the file did")


def _total(place: _Place, response: BaseHTTPResponse, continued: _Kept | None) -> int:
    """How long the whole file is, 0 where it is not said."""
    if continued is None:
        return int(_length(response) or 0)
    found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    etag = _header(response, "ETag")
    encoding = response.headers.get("Content-Encoding", "").strip().lower().replace("x-gzip", "gzip")
    same = etag in ("", continued.etag) and encoding.replace("identity", "") in ("", continued.encoding)
    if found is None or int(found[1]) != place.size or not same:
        place.forget()
        raise OSError(0, "the publisher went on with another file than it had begun")
    return int(found[3]) if found[3] != "*" else 0


def _too_large(place: _Place) -> Refusal:
    most = place.wanted.most_bytes // (1024 * 1024)
    return Refusal(
        f"larger than {most} MB", place.shown, "check what it is; raise most_mb in the catalogue if it is right"
    )


def _finished(place: _Place, kept: _Kept) -> Got:
    """The whole file under its name: decoded, and no web page in the place of a list."""
    if kept.encoding == "gzip":
        _unzip(place)
        place.part.unlink()
    else:
        place.part.replace(place.path)
    place.note.unlink(missing_ok=True)
    with place.path.open("rb") as file:
        head = file.read(CHUNK)
    if not head:
        raise Refusal("the publisher sent an empty file", place.shown, "try again later; tell the publisher")
    if _PAGE.match(head):
        remedy = "open the address in a browser and see where the list is now"
        raise Refusal("the publisher answered with a web page in place of the list", place.shown, remedy)
    return Got(place.path, kept.etag, kept.last_modified, place.read)


def _unzip(place: _Place) -> None:
    """Decode piece by piece: what a small file says it becomes is believed only as far as the bound."""
    most, size, decoder = place.wanted.most_bytes, 0, zlib.decompressobj(31)
    try:
        with place.part.open("rb") as packed, place.path.open("wb") as file:
            data = packed.read(CHUNK)
            while not decoder.eof:
                plain = decoder.decompress(data, CHUNK)
                size += len(plain)
                if size > most:
                    raise _too_large(place)
                file.write(plain)
                data = decoder.unconsumed_tail or packed.read(CHUNK)
                if not data and not plain:
                    break
            whole = decoder.eof and not data and not decoder.unused_data
    except zlib.error as error:
        place.forget()
        raise Refusal("it cannot be unpacked: not gzip as said", place.shown, "try again later") from error
    except Refusal:
        place.forget()
        place.path.unlink(missing_ok=True)
        raise
    if not whole:
        place.forget()
        raise Refusal("the packed file is not whole", place.shown, "try again later")
