"""The US Commerce Control List as JSON made from the eCFR: entries, and paragraphs by depth.

The hierarchy comes from ``items``; ``topLevelParagraphs`` is corrupt (items under a note
overwrote paragraphs) and is not read. List items that follow a sentence which frees belong to
that note, though the file calls them paragraphs ``a``, ``b`` …
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

from safeconduct.sources.files import SourceFile, squeeze
from safeconduct.sources.model import ControlParagraph
from safeconduct.sources.readers.control_codes import Codes, too_deep
from safeconduct.sources.readers.control_notes import kind_of, terms_of
from safeconduct.sources.readers.control_text import frees, opens_list, spoken_of, successor
from safeconduct.sources.readers.whole_json import as_row, read_as
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

LIST = "us-ccl"
_RUN_ON = re.compile(
    r"(?P<code>[a-z]{1,2}(?:\.(?:\d{1,2}|[a-z]{1,2}))+)\.{0,2} (?=[^a-z0-9]|\S{2})(?P<text>.+)$", re.DOTALL
)


def is_ccl(head: str) -> str:
    """``list`` where the text begins such a file."""
    return "list" if "deepCategories" in head[:3000] and '"entries"' in head and "ecfrIssueDate" in head[:3000] else ""


class _List(msgspec.Struct, frozen=True, rename="camel"):
    ecfr_issue_date: str
    entries: list[Any]


class _ChartRow(msgspec.Struct, frozen=True, rename="camel"):
    control: str | None = None
    country_chart: str | None = None


class _Item(msgspec.Struct, frozen=True):
    """``paragraph`` is None for a ``text``, a number for a ``note``, letters and numbers for an ``item``."""

    kind: Literal["item", "note", "text"]
    text: str
    paragraph: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]{1,3}(\.[a-z0-9]{1,3})*$", max_length=60)] | None = None


class _Entry(msgspec.Struct, frozen=True, rename="camel"):
    eccn: Annotated[str, msgspec.Meta(pattern=r"^\d[A-E]\d{3}$")]
    heading: Annotated[str, msgspec.Meta(min_length=1)]
    reason_for_control: str | None = None
    country_chart: list[_ChartRow] = []
    licence_exception_flags: dict[str, str | None] = {}
    related_controls: str | None = None
    items: list[_Item] = []


def read_ccl(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every entry with its paragraphs, notes and licence lines; published on the eCFR's issue date."""
    data = read_as(files["list"], _List)
    taken = Codes()
    for number, value in enumerate(data.entries, 1):
        entry = as_row(value, _Entry)
        if isinstance(entry, str):
            out.bad(f"entry {number}", entry)
            continue
        taken.take(entry.eccn)
        for record in [*_head(entry), *_Body(entry.eccn, taken).read(entry.items)]:
            out.keep(record)
    return single(data.ecfr_issue_date)


def _head(entry: _Entry) -> list[ControlParagraph]:
    code = entry.eccn
    reasons = tuple(part.strip() for part in (entry.reason_for_control or "").split(",") if part.strip())
    found = [ControlParagraph(LIST, code, "", "entry", squeeze(entry.heading), code, reasons=reasons)]
    for number, row in enumerate(entry.country_chart, 1):
        text = ": ".join(filter(None, (squeeze(row.control), squeeze(row.country_chart))))
        found.append(ControlParagraph(LIST, f"{code}.licence.{number}", code, "licence", text, code))
    for symbol, flag in entry.licence_exception_flags.items():
        line = f"{symbol}: {squeeze(flag)}"
        found.append(ControlParagraph(LIST, f"{code}.licence.{symbol}", code, "licence", line, code))
    related = squeeze(entry.related_controls)
    if related not in ("", "N/A"):
        found.append(ControlParagraph(LIST, f"{code}.note.related", code, "related_controls", related, code))
    return found


@dataclass
class _Note:
    """A note: its codes (one for each paragraph it speaks of), and where its list has got to.

    ``number`` is its own number where the file repeats that before its items (``2.b`` for item b
    of note 2).
    """

    parents: list[str]
    codes: list[str]
    frees: bool
    takes_items: bool
    number: str = ""
    last: str = ""
    last_text: str = ""
    nested: bool = False  # the file gives inner items without the letters above them

    def place(self, part: str) -> str:
        """Where ``part`` stands in this note's list, or ``""`` where it does not go on with it."""
        relative = part.removeprefix(f"{self.number}.") if self.number else part
        if not self.last:
            return relative if relative in ("a", "1") else ""
        if relative in next_parts(self.last) and not self.nested:
            return relative
        if self.last_text.endswith(":") and relative in ("a", "1") and not too_deep(self.last):
            return f"{self.last}.{relative}"
        parts = self.last.split(".")
        for depth in range(len(parts), 0, -1):
            if successor(parts[depth - 1]) == relative:
                return ".".join([*parts[: depth - 1], relative])
        return ""


@dataclass
class _Body:
    """Reads the items of one entry in order. ``taken`` are the codes of the whole list so far."""

    entry: str
    taken: Codes
    found: list[ControlParagraph] = field(default_factory=list)
    last: str = ""
    note: _Note | None = None  # the latest
    open_list: _Note | None = None  # the latest whose list may go on

    def read(self, items: list[_Item]) -> list[ControlParagraph]:
        start = _preface(items)
        last = {item.paragraph: number for number, item in enumerate(items, 1) if item.kind == "item"}
        for number, item in enumerate(items, 1):
            text, place, part = squeeze(item.text), f"{self.entry} item {number}", item.paragraph
            if number <= start and part:
                self._keep("note_item", f"{self.entry}.note.preface.{part}", self.entry, text, place)
            elif part is None:
                self._text(text, place)
            elif (note := self._list_for(part, again=last.get(part, 0) > number)) is not None:
                self._note_item(note, part, text, place)
            elif item.kind == "note":
                self._note(text, place, part)
            else:
                self._paragraph(part, text, place)
        return self.found

    def _text(self, text: str, place: str) -> None:
        run_on = _RUN_ON.match(text)
        if run_on and f"{self.entry}.{run_on['code']}" not in self.taken:
            self._paragraph(run_on["code"], run_on["text"], place)
        else:
            self._note(text, place)

    def _list_for(self, part: str, again: bool) -> _Note | None:
        """The note whose list ``part`` goes on with, where it is no paragraph of the entry itself.
        ``again``: the same part follows once more, so that the first is none of the entry's own."""
        note = self.open_list
        if note is not None and note.place(part):
            if not note.last:
                return note if self.last or note.frees or again else None
            ended = note.last_text.endswith(".") and "." not in note.place(part)
            if not ended or not self._expected(part):
                return note
        # An item whose code the entry has had already belongs to some note whose head the file lost.
        return self.note if f"{self.entry}.{part}" in self.taken else None

    def _expected(self, part: str) -> bool:
        """Whether the entry's own paragraphs would go on with ``part``; before the first, anything may."""
        return part in next_parts(self.last) if self.last else True

    def _paragraph(self, part: str, text: str, place: str) -> None:
        code = f"{self.entry}.{part}"
        self._keep("paragraph", code, self.taken.nearest(code), text, place)
        self.last, self.note, self.open_list = part, None, None

    def _note(self, text: str, place: str, number: str = "") -> None:
        here = f"{self.entry}.{self.last}" if self.last else self.entry
        parents = spoken_of(text, self.entry, "")
        if parents == [""]:  # names none: it goes with the note before it, or with the paragraph above
            parents = self.note.parents if self.note else [here]
        freeing = frees(text)
        kind = kind_of(text, terms_of(text), freeing=freeing)
        codes = [self.taken.note(parent) for parent in parents]
        for code, parent in zip(codes, parents, strict=True):
            self._keep(kind, code, parent, text, place, freeing)
        self.note = _Note(parents, codes, freeing, opens_list(text), number)
        if self.note.takes_items:
            self.open_list = self.note

    def _note_item(self, note: _Note, given: str, text: str, place: str) -> None:
        part = note.place(given) or given
        for code in note.codes:
            item = f"{code}.{part}"
            self._keep("note_item", item, self.taken.nearest(item), text, place, note.frees and note.takes_items)
        note.nested = note.nested or part == f"{note.last}.{given}"
        note.last, note.last_text = part, text

    def _keep(self, kind: Any, code: str, parent: str, text: str, place: str, freeing: bool = False) -> None:
        code = self.taken.unused(code)
        self.taken.take(code)
        terms = () if kind in ("entry", "paragraph") else terms_of(text)
        self.found.append(ControlParagraph(LIST, code, parent, kind, text, place, frees=freeing, terms=terms))


def _preface(items: list[_Item]) -> int:
    """How many items stand before the entry's own paragraphs: the file puts the list of a related
    control before them, so that ``a`` follows right upon ``g``."""
    for number, (before, item) in enumerate(itertools.pairwise(items), 1):
        if before.kind != "item" or item.kind != "item" or not before.paragraph:
            return 0
        if item.paragraph in {"a", "a.1"} - next_parts(before.paragraph):
            return number
    return 0


def next_parts(part: str) -> set[str]:
    """What may follow ``part`` in a list: its first child, or the next at its own or any outer level."""
    found, parts = {f"{part}.1", f"{part}.a"}, part.split(".")
    for depth in range(len(parts), 0, -1):
        found.add(".".join([*parts[: depth - 1], successor(parts[depth - 1])]))
    return found
