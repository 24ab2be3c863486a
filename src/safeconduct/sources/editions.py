"""Editions: reading them from the files of their publishers."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.sources.catalogue import CATALOGUE, Kind, Reader
from safeconduct.sources.files import SourceFile, refuse_size
from safeconduct.sources.kept import records
from safeconduct.sources.model import CountryRule, Edition, Figure, Listed, Record, Skipped
from safeconduct.sources.nearest import what_is_wrong
from safeconduct.sources.rows import Rows

Given = SourceFile | pathlib.Path | tuple[str, bytes]


class Reading(msgspec.Struct, frozen=True):
    """An edition as read: its metadata, its normalised bytes (canonical JSON Lines in the order
    of identities), and every row that became no record."""

    edition: Edition
    normalised: bytes
    skipped: tuple[Skipped, ...]

    def records(self) -> Iterator[Record]:
        """The records, in order."""
        return records(self.normalised)

    def unresolved(self) -> dict[str, int]:
        """Texts that name a territory we have no key for, and how often; the records keep them."""
        found = Counter(text for record in self.records() for text in _unresolved(record))
        return dict(sorted(found.items()))


def _unresolved(record: Record) -> list[str]:
    if isinstance(record, Listed):
        return [link.text for link in record.territories if not link.key]
    if isinstance(record, Figure) and not record.territory:
        return [record.name]
    return [record.text] if isinstance(record, CountryRule) and record.kind == "group" and not record.territory else []


class Group(msgspec.Struct, frozen=True):
    """Files that make one edition, by the part each is, and the reader for them."""

    reader: Reader
    files: dict[str, SourceFile]


def read(files: Sequence[Given], *, key: str | None = None, published: str | None = None, obtained: str) -> Reading:
    """Read the files of one edition.

    ``key`` names the source where the content does not (any FollowTheMoney file) or settles
    which of several it is. ``published`` overrides what the file states; ``obtained`` is the day
    (or moment) the files were fetched, unless they state that themselves.
    Raises ``Refusal`` naming file, place and remedy.
    """
    groups = gather(files, key=key)
    if len(groups) != 1:
        found = ", ".join(sorted(group.reader.key for group in groups))
        raise Refusal(f"files of several sources: {found}", "", "give the files of one source at a time")
    return read_group(groups[0], key=key, published=published, obtained=obtained)


def read_group(group: Group, *, key: str | None = None, published: str | None = None, obtained: str) -> Reading:
    """As ``read``, for files already gathered."""
    reader, files = group.reader, list(group.files.values())
    for file in files:
        refuse_size(file)
    out = Rows(files[0].name)
    stated = reader.read(group.files, out)
    normalised = out.finish()
    edition = Edition(
        key=key or out.key or reader.key,
        publisher=out.publisher or reader.publisher,
        kind=msgspec.convert(out.kind or reader.kind, type=Kind),
        published=_day(published or stated, "published") if published or stated else "",
        obtained=_day(out.obtained or obtained, "obtained"),
        raw=tuple(file.sha256() for file in files),
        normalised=canonical.sha256(normalised),
        reader=reader.name,
        count=len(out),
        skipped=len(out.skipped),
        files=tuple(file.name for file in files),
        licence=out.licence or reader.licence,
        fictional=out.fictional,
    )
    return Reading(edition, normalised, tuple(out.skipped))


def gather(given: Sequence[Given], *, key: str | None = None) -> list[Group]:
    """Files of any number of sources, grouped into editions; ``Refusal`` for one that nobody knows,
    or where a part of an edition is missing."""
    groups: list[Group] = []
    others: list[tuple[SourceFile, list[tuple[Reader, str]]]] = []
    for file in map(SourceFile.of, given):
        matches = recognise(file, key)
        reader, part = matches[0]
        if part == reader.parts[0]:
            groups.append(Group(reader, {part: file}))
        else:
            others.append((file, matches))
    for file, matches in others:
        _add(groups, file, matches)
    return [_complete(group) for group in groups]


def recognise(file: SourceFile, key: str | None = None) -> list[tuple[Reader, str]]:
    """The readers that know a file by its first text, each with the part of an edition it takes it for."""
    refuse_size(file)
    head = file.head()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head:
        raise Refusal("not UTF-8 text", f"{file.name}, line 1", "save the file as UTF-8, or fetch it again")
    text = head.decode("utf-8-sig", "replace")
    matches = [(reader, part) for reader in CATALOGUE if (part := reader.recognise(text))]
    if not matches:
        raise _unknown(file, text)
    return [match for match in matches if match[0].key == key] or matches


def _unknown(file: SourceFile, text: str) -> Refusal:
    what = "no reader knows this file by its content"
    if wrong := what_is_wrong(text):
        return Refusal(f"{what}; {wrong}", file.name, "give the file as its publisher issues it")
    known = ", ".join(sorted({reader.key for reader in CATALOGUE}))
    return Refusal(what, file.name, f"give a publisher's own file of: {known}")


def _add(groups: list[Group], file: SourceFile, matches: list[tuple[Reader, str]]) -> None:
    for group in groups:
        part = next((part for reader, part in matches if reader is group.reader), "")
        main = group.files[group.reader.parts[0]]
        if part and part not in group.files and group.reader.belongs(main, file):
            group.files[part] = file
            return
    part = matches[0][1]
    raise Refusal(
        f"the {part!r} part of a list whose main file is not here", file.name, "give the files of one list together"
    )


def _complete(group: Group) -> Group:
    absent = [part for part in group.reader.parts if part not in group.files]
    if absent:
        raise Refusal(
            f"the {' and '.join(absent)} part of {group.reader.key} is missing",
            next(iter(group.files.values())).name,
            "give the files of one list together",
        )
    return Group(group.reader, {part: group.files[part] for part in group.reader.parts})


def _day(text: str, what: str) -> str:
    """An ISO day, or a moment that begins with one; the text as it was given."""
    try:
        dt.date.fromisoformat(text[:10])
        dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is not a date", what, "write YYYY-MM-DD") from error
    return text
