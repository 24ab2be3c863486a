"""The EU dual-use list (Annex I) as layout text: hierarchy from numbering and indentation.

Levels alternate letters and digits; pages shift the indentation, so a number goes on with the
list whose last number it follows, and among several with the one nearest in column. A note
belongs to the paragraphs it names, else to what stands left of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from safeconduct.sources.files import SourceFile, refuse_size, squeeze, text_lines
from safeconduct.sources.model import ControlParagraph, ParagraphKind
from safeconduct.sources.readers.control_codes import MAX_DEPTH, Codes
from safeconduct.sources.readers.control_notes import kind_of, or_definition, terms_of
from safeconduct.sources.readers.control_text import frees, spoken_of, successor
from safeconduct.sources.rows import Rows

LIST = "eu-annex1"
_ENTRY = re.compile(r"(?P<code>\d[A-E]\d{3})\s{2,}(?P<text>\S.*)$")
_HEADING = re.compile(r"\s*(?:\d[A-E]\d?\s{2,}\S|CATEGORY \d)")
_CONTINUED = re.compile(r"\s*\d[A-E]\d{3}[. a-z\d]*?continued\s*$")
_FIGURE = re.compile(r"\s*-?\d{1,3}\s*$")
_MARKER = re.compile(r"(?P<indent>\s*)(?P<part>[a-z]{1,2}|\d{1,3})(?P<dot>\.|(?=\s{4}))(?P<gap>\s+)(?P<text>\S.*)$")
_NOTE = re.compile(
    r"(?P<indent>\s*)(?P<head>(?:Technicals? )?[Nn]otes?(?: to N\.B\.)? ?\d*|N\.B\. ?\d*\.?)"
    r"(?::|(?<=\.)(?=\s))\s*(?P<text>.*)$"
)
_INLINE = re.compile(r"(?P<part>[a-z])\.\s{2,}(?P<text>\S.*)$")
_FIRST = ("a", "1")


def is_annex(head: str) -> str:
    """``list`` where the text begins with a category, laid out in columns."""
    lines = head.lstrip("\ufeff").splitlines()[:12]
    entries = sum(bool(_ENTRY.match(line)) for line in lines)
    return "list" if entries and any(re.match(r"CATEGORY \d", line) for line in lines[:5]) else ""


def read_annex(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Every entry, paragraph and note; lines of page furniture are reported as skipped."""
    file = files["list"]
    refuse_size(file, 64 * 1024 * 1024)
    page = _Reader(out)
    for number, line in text_lines(file):
        page.line(number, line.replace("\f", "").rstrip())
    page.finish()
    return ""


@dataclass
class _Numbering:
    """The numbers open in one list, outermost first, each with its column."""

    levels: list[tuple[str, int]] = field(default_factory=list)

    def place(self, part: str, indent: int, *, strict: bool = False) -> bool:
        """Take ``part`` in, if it goes on with the list: as a first child, or after the last of a level.

        Unless ``strict``, numbers may be left out between.
        """
        fits = [(self._distance(depth, part, indent, strict), depth) for depth in range(len(self.levels) + 1)]
        distance, depth = min(fits)
        if distance >= _NEVER:
            return False
        self.levels[depth:] = [(part, indent)]
        return True

    def _distance(self, depth: int, part: str, indent: int, strict: bool) -> int:
        if depth == len(self.levels):
            return self._as_child(part, indent)
        last, column = self.levels[depth]
        if successor(last) == part:
            return abs(indent - column)
        later = not strict and last.isdecimal() == part.isdecimal() and (len(part), part) > (len(last), last)
        return abs(indent - column) + 20 if later else _NEVER

    def _as_child(self, part: str, indent: int) -> int:
        if part not in _FIRST or len(self.levels) >= MAX_DEPTH:
            return _NEVER
        if not self.levels:
            return 0
        last, column = self.levels[-1]
        return _NEVER if last.isdecimal() == part.isdecimal() else max(0, column - indent)

    def path(self) -> str:
        return ".".join(part for part, _ in self.levels)


_NEVER = 1000


@dataclass
class _Note:
    parents: list[str]
    codes: list[str]
    frees: bool
    indent: int
    plural: bool
    list: _Numbering = field(default_factory=_Numbering)


@dataclass
class _Open:
    """A record whose text may go on in the next lines; one for each code it stands under."""

    kind: ParagraphKind
    codes: list[str]
    parents: list[str]
    place: str
    words: list[str]
    note: _Note | None = None


@dataclass
class _Reader:
    out: Rows
    entry: str = ""
    numbering: _Numbering = field(default_factory=_Numbering)
    notes: list[_Note] = field(default_factory=list)
    taken: Codes = field(default_factory=Codes)
    open: _Open | None = None

    def line(self, number: int, line: str) -> None:
        place = f"line {number}"
        if why := _furniture(line):
            if why != "blank":
                self.out.skip(place, why)
        elif found := _ENTRY.match(line):
            self._entry(found["code"], found["text"], found.start("text"), place)
        elif not self.entry:
            self.out.skip(place, "stands before the first entry")
        elif found := _NOTE.match(line):
            self._note(found, place)
        elif (found := _MARKER.match(line)) and self._marker(found, place):
            return
        else:
            self._more(line, place)

    def _entry(self, code: str, text: str, column: int, place: str) -> None:
        self.finish()
        self.entry, self.numbering, self.notes = code, _Numbering(), []
        inline = _INLINE.match(text)
        self._start("entry", [code], [""], "" if inline else text, place)
        if inline:
            self.numbering.place(inline["part"], column)
            self._paragraph(inline["text"], place)

    def _marker(self, found: re.Match[str], place: str) -> bool:
        """A numbered line: an item of an open note, a paragraph, or neither (a sentence that goes on)."""
        indent, part, text = len(found["indent"]), found["part"], found["text"]
        # One space, or a full stop that the list forgot: only where exactly this number is due.
        strict = len(found["gap"]) == 1 or not found["dot"]
        for note in reversed(self.notes):
            if self._inside(note, indent, part) and note.list.place(part, indent, strict=True):
                del self.notes[self.notes.index(note) + 1 :]
                self._note_item(note, text, place)
                return True
        if (strict and found["dot"]) or not self.numbering.place(part, indent, strict=strict):
            return False
        self.notes = []
        self._paragraph(text, place)
        return True

    def _inside(self, note: _Note, indent: int, part: str) -> bool:
        headed = note.plural and not note.list.levels and self.open is not None and self.open.note is note
        return indent > note.indent + 1 or (headed and part == "1" and not any(self.open.words if self.open else []))

    def _paragraph(self, text: str, place: str) -> None:
        code = self.taken.unused(f"{self.entry}.{self.numbering.path()}")
        self._start("paragraph", [code], [self.taken.nearest(code)], text, place)

    def _note_item(self, note: _Note, text: str, place: str) -> None:
        self.finish()  # the note's own text settles its codes
        codes = [self.taken.unused(f"{code}.{note.list.path()}") for code in note.codes]
        self._start("note_item", codes, [self.taken.nearest(code) for code in codes], text, place, note)

    def _note(self, found: re.Match[str], place: str) -> None:
        self.finish()
        indent, head = len(found["indent"]), found["head"]
        while self.notes and self.notes[-1].indent >= indent:
            self.notes.pop()
        note = _Note([], [], False, indent, head.lower().rstrip(" 0123456789").endswith("notes"))
        kind = kind_of(head, (), freeing=False)
        around = self.notes[-1].codes if self.notes else [self._left_of(indent)]
        self.notes.append(note)
        self.open = _Open(kind, [], around, place, [found["text"]], note)

    def _left_of(self, indent: int) -> str:
        """The innermost open paragraph whose number stands left of a column."""
        parts = [part for part, column in self.numbering.levels if column < indent]
        return ".".join([self.entry, *parts])

    def _more(self, line: str, place: str) -> None:
        if self.open is None:
            self.out.bad(place, "text that belongs to no paragraph")
        else:
            self.open.words.append(line)

    def _start(
        self,
        kind: ParagraphKind,
        codes: list[str],
        parents: list[str],
        text: str,
        place: str,
        note: _Note | None = None,
    ) -> None:
        self.finish()
        for code in codes:
            self.taken.take(code)
        self.open = _Open(kind, codes, parents, place, [text], note)

    def finish(self) -> None:
        """Keep the record that is open, now that its text is whole."""
        if self.open is None:
            return
        record, self.open = self.open, None
        text, note, kind = _joined(record.words), record.note, record.kind
        if note is not None and kind != "note_item":
            self._settle(record, note, text)
        freeing = note is not None and note.frees
        terms = terms_of(text) if note is not None else ()
        kind = or_definition(kind, terms, freeing=freeing)
        for code, parent in zip(record.codes, record.parents, strict=True):
            kept = ControlParagraph(LIST, code, parent, kind, text, record.place, frees=freeing, terms=terms)
            self.out.keep(kept)

    def _settle(self, record: _Open, note: _Note, text: str) -> None:
        """Only the whole text of a note says which paragraphs it speaks of, and whether it frees."""
        named = spoken_of(text, self.entry, "")
        record.parents = record.parents if named == [""] else named
        record.codes = [self.taken.note(parent) for parent in record.parents]
        for code in record.codes:
            self.taken.take(code)
        note.parents, note.codes, note.frees = record.parents, record.codes, record.kind == "note" and frees(text)


def _furniture(line: str) -> str:
    if not line.strip():
        return "blank"
    if _CONTINUED.match(line):
        return "a page's running title"
    if _HEADING.match(line):
        return "a heading of a category or group"
    return "a page number, or a raised figure set on its own line" if _FIGURE.match(line) else ""


def _joined(words: list[str]) -> str:
    text = ""
    for word in map(squeeze, words):
        broken = text.endswith("-") and word[:1].islower()
        text += word if broken or not text else f" {word}"
    return text
