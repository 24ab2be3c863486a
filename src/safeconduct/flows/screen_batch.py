"""Screen every row of a file with the lists of the moment it began, at flat memory; go on where a run was broken off.

Loads the name library into this process (some seconds): for the command line, never for pages.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

import msgspec

from safeconduct.access import Action, Actor
from safeconduct.core.errors import Refusal
from safeconduct.flows.batch_output import answer_of, end_of, head_of, writer
from safeconduct.flows.editions import watchlists
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.matching import Matchers
from safeconduct.flows.reading_lookups import cited
from safeconduct.flows.work import ask
from safeconduct.intake.party_table import PartyTable, TableRow, told
from safeconduct.screen import matcher_edition
from safeconduct.screen.matcher import Matcher
from safeconduct.screen.model import EditionUsed, Screening

ANSWERS = ("likely_same", "cannot_tell", "not_searched", "different", "none", "bad_row")
SAVED_EVERY, TOLD_EVERY = 500, 50
MOST_TOLD = 100
Step = Callable[[int, int, str], None]


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a batch has come: so many ``rows`` of ``input`` (a SHA-256) are in the first ``written`` bytes of the
    output, ``counts`` of them with each answer."""

    input: str
    editions: tuple[EditionUsed, ...]
    matcher: str
    format: str
    rows: int
    written: int
    counts: dict[str, int]


class BadRow(msgspec.Struct, frozen=True):
    """A row that became no party."""

    line: int
    why: str


class Batch(msgspec.Struct, frozen=True):
    """What was done. ``begun_with`` rows were there already from a run that was broken off. ``replaced`` are lists of
    which another edition has come into use since the batch began; ``bad`` names the first rows that were no party."""

    input: str
    output: str
    rows: int
    begun_with: int
    counts: dict[str, int]
    editions: tuple[EditionUsed, ...]
    matcher: str
    replaced: tuple[str, ...]
    ignored: tuple[str, ...]
    bad: tuple[BadRow, ...]


def screen_batch(actor: Actor, source: Path, out: Path, step: Step, at: Installation | None = None) -> Batch:
    """Write to ``out`` (``.csv``, else JSON Lines) what was found for each row of ``source``. The file appears when it
    is whole; till then it is ``out`` with ``.part`` behind, and the same command goes on from there."""
    refuse_batch(actor, source, out)
    at = at or here()
    with _opened(source) as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        table = PartyTable(stream, str(source))
        before = _before(out, digest)
        lists = before.editions if before else watchlists()
        matcher = Matchers(at.home, lambda doing: step(0, 0, doing)).of(lists)
        fresh = Progress(digest, lists, matcher_edition(), _format(out), 0, 0, dict.fromkeys(ANSWERS, 0))
        run = _Run(out, before or fresh, stream, os.path.getsize(source), step)
        run.work(table, matcher)
    replaced = {one.key for one in set(watchlists()) ^ set(lists)}
    return run.done(replaced, table.ignored, before.rows if before else 0)


class _Run:
    """One batch under way."""

    def __init__(self, out: Path, begun: Progress, stream: BinaryIO, size: int, step: Step) -> None:
        self.out, self.begun, self.stream, self.size, self.step = out, begun, stream, size, step
        self.counts, self.rows, self.written = dict(begun.counts), begun.rows, begun.written
        self.bad: list[BadRow] = []
        self.as_csv = begun.format == "csv"
        self.line = writer(self.as_csv, begun.editions, begun.matcher)

    def work(self, table: PartyTable, matcher: Matcher) -> None:
        """Do the rows that are not done yet, in order."""
        with _begun(self.out, anew=not self.begun.written) as file:
            _lock(file, self.out)
            file.truncate(self.begun.written)
            file.seek(self.begun.written)
            if not self.begun.written:
                self._put(file, head_of(self.as_csv, self._about()))
            for number, row in enumerate(table):
                if number < self.begun.rows:
                    self._remember(row)
                    continue
                self._row(file, row, matcher)
                if self.rows % SAVED_EVERY == 0:
                    self._save(file)
                elif self.rows % TOLD_EVERY == 0:
                    self._tell()
            self._put(file, end_of(self.as_csv, self.counts))
            self._save(file)

    def done(self, replaced: set[str], ignored: tuple[str, ...], begun_with: int) -> Batch:
        """Put the file in its place."""
        with _part(self.out).open("rb") as file:
            output = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(_part(self.out), self.out)
        _state(self.out).unlink(missing_ok=True)
        begun = self.begun
        return Batch(
            input=begun.input,
            output=output,
            rows=self.rows,
            begun_with=begun_with,
            counts=self.counts,
            editions=begun.editions,
            matcher=begun.matcher,
            replaced=tuple(sorted(replaced)),
            ignored=ignored,
            bad=tuple(self.bad),
        )

    def _row(self, file: BinaryIO, row: TableRow, matcher: Matcher) -> None:
        found: Screening | None = None
        if row.party is not None:
            try:
                found = matcher.screen(row.party)
            except Refusal as refusal:  # a name of letters that nobody can read
                row = msgspec.structs.replace(row, party=None, why=told(refusal))
        self._remember(row)
        self.counts[answer_of(found)] += 1
        self.rows += 1
        self._put(file, self.line(row, found))

    def _remember(self, row: TableRow) -> None:
        if row.party is None and len(self.bad) < MOST_TOLD:
            self.bad.append(BadRow(row.line, row.why))

    def _put(self, file: BinaryIO, data: bytes) -> None:
        file.write(data)
        self.written += len(data)

    def _save(self, file: BinaryIO) -> None:
        """Everything so far is on the disk before the note that says so."""
        file.flush()
        os.fsync(file.fileno())
        now = msgspec.structs.replace(self.begun, rows=self.rows, written=self.written, counts=self.counts)
        draft = _state(self.out).with_suffix(".draft")
        draft.write_bytes(msgspec.json.encode(now))
        os.replace(draft, _state(self.out))
        self._tell()

    def _tell(self) -> None:
        bad = self.counts["bad_row"]
        self.step(self.stream.tell(), self.size, f"{self.rows:,} rows, {bad:,} bad")

    def _about(self) -> dict[str, object]:
        begun = self.begun
        editions = [
            {"source": one.key, "published": one.published, "obtained": one.obtained, "sha256": one.normalised}
            for one in cited(begun.editions)
        ]
        return {"input": begun.input, "editions": editions, "matcher": begun.matcher}


def _before(out: Path, digest: str) -> Progress | None:
    """How far an earlier run of the same input came, if its output is there and this release matches alike."""
    try:
        found = msgspec.json.decode(_state(out).read_bytes(), type=Progress)
        whole = _part(out).stat().st_size >= found.written
    except (OSError, msgspec.MsgspecError):
        return None
    same = (found.input, found.matcher, found.format) == (digest, matcher_edition(), _format(out))
    return found if same and whole else None


def _lock(file: BinaryIO, out: Path) -> None:
    """Keep others from writing the same result until the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refusal("another batch is writing this result", str(out), "wait for it, or name another file") from error


def _format(out: Path) -> str:
    return "csv" if out.suffix.casefold() == ".csv" else "jsonl"


def _part(out: Path) -> Path:
    return out.with_name(f"{out.name}.part")


def _state(out: Path) -> Path:
    return out.with_name(f"{out.name}.part.json")


def refuse_batch(actor: Actor, source: Path, out: Path) -> None:
    """Everything a batch can be refused for before it begins, which takes no library and next to no time: who asks,
    an input that cannot be read or is no table, a place where no result can stand, and that no list is loaded."""
    ask(actor, Action.LOOK_UP, None)
    with _opened(source) as stream:
        _table = PartyTable(stream, str(source))  # held: what reads a stream closes it when it goes
    try:
        _refuse_place(source, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    if not watchlists():
        raise Refusal("no list is loaded", str(source), "load one: `safeconduct sources load FILE`")


def _refuse_place(source: Path, out: Path) -> None:
    if out.suffix.casefold() not in (".csv", ".jsonl", ".ndjson"):
        raise Refusal("no kind of file for the result", str(out), "end its name in .csv or .jsonl")
    if out.is_dir() or not out.parent.is_dir():
        raise Refusal("no place for a file", str(out), "name a file in a folder that exists")
    if out.exists() and out.samefile(source):
        raise Refusal("the result would take the place of the input", str(out), "name another file")
    with tempfile.TemporaryFile(dir=out.parent):  # whether a file can be written there
        pass


def _begun(out: Path, *, anew: bool) -> BinaryIO:
    try:
        return _part(out).open("ab" if anew else "r+b")
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> Refusal:
    return Refusal(f"cannot be written: {error.strerror}", str(out), "name a file in a folder that you may write to")


@contextmanager
def _opened(source: Path) -> Iterator[BufferedReader]:
    try:
        stream = source.open("rb")
    except OSError as error:
        raise Refusal(f"cannot be read: {error.strerror}", str(source), "check the name and who may read it") from error
    with stream:
        yield stream
