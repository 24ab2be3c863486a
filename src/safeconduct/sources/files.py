"""Publishers' files as bytes that can be read more than once, within bounds.

Nothing here trusts a file: size is checked before reading, text is UTF-8 or refused with the
line, and characters that hide what a text says never reach a record.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import pathlib
import re
from collections.abc import Callable, Iterator, Sequence

from safeconduct.core.errors import Refusal

MAX_FILE = 512 * 1024 * 1024
MAX_WHOLE = 64 * 1024 * 1024  # for formats that cannot be read piece by piece
MAX_LINE = 4 * 1024 * 1024
MAX_FIELD = 64 * 1024
HEAD = 64 * 1024
LIKE = 0.75  # difflib's ratio: "entity_nr" for "entity_number" is .82, "type" for "name" .25

UNSAFE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class SourceFile:
    """A named sequence of bytes, on disk or in memory; ``name`` is shown to people (no folder)."""

    def __init__(self, name: str, data: bytes | None = None, path: pathlib.Path | None = None) -> None:
        self.name, self._data, self._path = name, data, path

    @classmethod
    def of(cls, given: SourceFile | pathlib.Path | tuple[str, bytes]) -> SourceFile:
        """A path, a ``(name, bytes)`` pair, or a SourceFile as it is."""
        if isinstance(given, SourceFile):
            return given
        if isinstance(given, tuple):
            return cls(given[0], data=given[1])
        if not given.is_file():
            raise Refusal("no such file", given.name, "check the path")
        return cls(given.name, path=given)

    def open(self) -> io.BufferedIOBase:
        """A fresh stream from the first byte."""
        if self._path is not None:
            return self._path.open("rb")
        return io.BytesIO(self._data or b"")

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self._path.stat().st_size if self._path is not None else len(self._data or b"")

    def head(self) -> bytes:
        """The first bytes, enough to recognise a format by."""
        with self.open() as stream:
            return stream.read(HEAD)

    def sha256(self) -> str:
        """SHA-256 of all bytes, in hexadecimal."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def whole(self, limit: int = MAX_WHOLE) -> bytes:
        """All bytes, or a ``Refusal`` where there are more than ``limit``."""
        refuse_size(self, limit)
        with self.open() as stream:
            return stream.read()


def refuse_size(file: SourceFile, limit: int = MAX_FILE) -> None:
    """Refuse an empty file and one of more than ``limit`` bytes."""
    if file.size == 0:
        raise Refusal("the file is empty", file.name, "fetch it again from its publisher")
    if file.size > limit:
        raise Refusal(
            f"{file.size} bytes, more than the {limit} this format may have",
            file.name,
            "check that it is the right file",
        )


def text_lines(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Numbered lines of a UTF-8 file, their ends kept; a ``Refusal`` names the first bad line."""
    with file.open() as stream:
        number = 0
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            where = f"{file.name}, line {number}"
            if len(raw) > MAX_LINE:
                raise Refusal(f"a line of more than {MAX_LINE} bytes", where, "check that it is the right file")
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise Refusal(
                    f"not UTF-8 at column {error.start + 1}", where, "save the file as UTF-8, or fetch it again"
                ) from error
            if "\x00" in text:
                raise Refusal(
                    "a NUL character: not a text file", f"{where}, column {text.index(chr(0)) + 1}", "fetch it again"
                )
            yield number, text


def unsafe(text: str) -> str:
    """Why ``text`` may not stand in a record, or ``""``."""
    found = UNSAFE.search(text)
    if found:
        return f"the character U+{ord(found.group()):04X} is not allowed in text"
    return f"longer than {MAX_FIELD} characters" if len(text) > MAX_FIELD else ""


def squeeze(text: str | None) -> str:
    """``text`` without line breaks, doubled or outer spaces."""
    return " ".join(text.split()) if text else ""


def nearly(name: str, cells: Sequence[str]) -> str:
    """The cell of a heading that is nearly called so, or ``""``."""
    plain = {cell.casefold(): cell for cell in cells}
    found = difflib.get_close_matches(name.casefold(), list(plain), n=1, cutoff=LIKE)
    return plain[found[0]] if found else ""


def _meant(absent: Sequence[str], header: Sequence[str]) -> str:
    """What stands in the place of columns that are missing, as far as it looks like them."""
    given = [cell[:80] for cell in header[:400]]
    pairs = [f"{cell!r} may be {column!r}" for column in absent[:5] if (cell := nearly(column, given))]
    return f" ({', '.join(pairs)})" if pairs else ""


class Table:
    """Rows of a delimited file with a header, each a dict by column, with its line number.

    A column that is missing is refused by name. A row of the wrong width is yielded as None for
    the caller to report; a *last* row like that, or a last line without its end, means the file
    was cut off and is refused.
    """

    def __init__(
        self,
        file: SourceFile,
        columns: Sequence[str],
        delimiter: str = ",",
        preface: Callable[[list[str]], bool] = lambda _: False,
    ) -> None:
        """``preface`` says of the first row whether it stands before the header (a date, say);
        its text is then in ``preface``."""
        self.file, self.preface = file, ""
        self._rows = delimited(file, delimiter, must_end=True)
        line, header = next(self._rows, (1, []))
        if preface(header):
            self.preface = ",".join(header)
            line, header = next(self._rows, (2, []))
        self.header = [squeeze(cell) for cell in header]
        absent = [column for column in columns if column not in self.header]
        if absent:
            raise Refusal(
                f"columns missing: {', '.join(absent)}{_meant(absent, self.header)}",
                f"{file.name}, line {line}",
                "give the file as its publisher issues it",
            )

    def __iter__(self) -> Iterator[tuple[int, dict[str, str] | None]]:
        width, pending = len(self.header), 0
        for number, row in self._rows:
            if not any(row):
                continue
            if pending:
                yield pending, None
            pending = 0 if len(row) == width else number
            if not pending:
                yield number, dict(zip(self.header, row, strict=True))
        if pending:
            raise cut_off(self.file, pending)


def cut_off(file: SourceFile, line: int) -> Refusal:
    """The refusal of a file that ends in the middle of a row."""
    return Refusal(
        "the file ends in the middle of a row", f"{file.name}, line {line}", "fetch it again: it was cut off"
    )


def delimited(file: SourceFile, delimiter: str = ",", *, must_end: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV file with the line each ends on; quotes must be closed.

    With ``must_end`` the last line needs its line end: a figure cut short would still look like one.
    """
    refuse_size(file)
    last = ""

    def feed() -> Iterator[str]:
        nonlocal last
        for _, last in text_lines(file):
            yield last

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise cut_off(file, reader.line_num) from error
            raise Refusal(
                str(error), f"{file.name}, line {reader.line_num}", "correct the row or fetch it again"
            ) from error
        if row is None:
            break
        yield reader.line_num, row
    if must_end and last and not last.endswith(("\n", "\r", "\x1a")):
        raise cut_off(file, reader.line_num)
