"""Very many parties against editions: chunks of parties in, the same bytes out whoever works on them and when.

``screened`` is the whole of the work and needs nothing but its arguments and the indexes on disk, so it runs in this
process, in forked ones (``flows.forked``), or in the workers of a cluster. A chunk is canonical JSON Lines of parties;
its answer has one line a party in the same order: the ``Screening``, or why there is none.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.screen.matcher import Matcher, matcher_edition
from safeconduct.screen.model import Screening
from safeconduct.screen.sharing import Share

CHUNK = 500  # parties: about a second's work
Editions = tuple[tuple[str, str], ...]  # source key and SHA-256 of the normalised bytes of each


class Screened(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One party's line: its id, and the screening or else why its name could not be screened."""

    party: str
    screening: Screening | None = None
    refused: str = ""


def chunks(parties: Iterable[Party], size: int = CHUNK) -> Iterator[bytes]:
    """The parties as chunks, in their order."""
    lines: list[bytes] = []
    for party in parties:
        lines.append(canonical.encode(party) + b"\n")
        if len(lines) == size:
            yield b"".join(lines)
            lines.clear()
    if lines:
        yield b"".join(lines)


def screened(where: Path, editions: Editions, chunk: bytes) -> bytes:
    """The answers to a chunk. The indexes of the editions must stand under ``where``; a ``Refusal`` if one does not."""
    matcher = _opened(where, editions)
    parties = (canonical.decode(line, Party) for line in chunk.splitlines())
    return b"".join(canonical.encode(_answer(matcher, party)) + b"\n" for party in parties)


def answers(data: bytes) -> list[Screened]:
    """What ``screened`` wrote."""
    return [canonical.decode(line, Screened) for line in data.splitlines()]


def screened_all(where: Path, editions: Editions, parts: Iterable[bytes], share: Share = map) -> Iterator[bytes]:
    """The answers to each chunk, in order; ``share`` says who works on them."""
    _opened(where, editions)
    return share(functools.partial(screened, where, editions), parts)


def kept(
    folder: Path, where: Path, editions: Editions, parts: Iterable[bytes], share: Share = map
) -> Iterator[tuple[int, bytes]]:
    """As ``screened_all``, each chunk's answers kept in a file of the folder, whose name says what was asked.

    After a kill the same call works on the chunks that have no file; each comes out once, with its number.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asked = list(parts)
    names = [folder / f"{number:06}.{_question(editions, part)}.jsonl" for number, part in enumerate(asked)]
    missing = {number for number, name in enumerate(names) if not name.is_file()}
    fresh = screened_all(where, editions, (asked[number] for number in sorted(missing)), share)
    for number, name in enumerate(names):
        if number in missing:
            making = name.with_suffix(".making")
            making.write_bytes(next(fresh))
            os.replace(making, name)
        yield number, name.read_bytes()


def _question(editions: Editions, part: bytes) -> str:
    return canonical.digest((sorted(editions), matcher_edition(), hashlib.sha256(part).hexdigest()))[:16]


@functools.lru_cache(maxsize=2)
def _opened(where: Path, editions: Editions) -> Matcher:
    """Opened once in a process."""
    return Matcher.open(where, editions)


def _answer(matcher: Matcher, party: Party) -> Screened:
    try:
        return Screened(party.id, matcher.screen(party))
    except Refusal as refusal:
        return Screened(party.id, refused=str(refusal))
