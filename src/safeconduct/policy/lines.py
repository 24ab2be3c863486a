"""Where each value of a TOML text stands: the parser of the standard library does not say.

The scan accepts every TOML text and some that are not; it finds places, and leaves syntax to
``tomllib``. It also refuses, before that parser is tried, nesting that would exhaust its stack.
"""

from __future__ import annotations

import re

from safeconduct.core.errors import Refusal

Path = tuple[str | int, ...]
MAX_DEPTH = 32

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'", re.DOTALL
)
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


class _Lost(Exception):
    """The text is not TOML from here on; the parser will say so better."""


def find_lines(text: str, where: str) -> dict[Path, int]:
    """Line number (from 1) of each key, table and array member; as far as the text is TOML.

    ``("rule", 0, "when", "all", 1)`` is the second member of the first rule's ``all``.
    Refused: anything nested deeper than ``MAX_DEPTH``.
    """
    scan = _Scan(text, where)
    try:
        scan.document()
    except _Lost:
        pass
    return scan.lines


class _Scan:
    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.at, self.line, self.counted = 0, 1, 0
        self.lines: dict[Path, int] = {}
        self.members: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)

    def header(self) -> Path:
        """``[a.b]`` or ``[[a.b]]``; a name that is an array means its latest member."""
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        path: Path = ()
        *outer, last = self.key()
        for name in outer:
            path = self.latest((*path, name))
            self.mark(path)
        path = (*path, last)
        if array:
            self.members[path] = self.members.get(path, -1) + 1
        self.expect("]]" if array else "]")
        path = self.latest(path)
        self.mark(path)
        return path

    def latest(self, path: Path) -> Path:
        return (*path, self.members[path]) if path in self.members else path

    def pair(self, table: Path) -> None:
        path = table
        for name in self.key():
            path = (*path, name)
            self.mark(path)
        self.expect("=")
        self.value(path)

    def value(self, path: Path) -> None:
        self.bound(path)
        self.skip(_SPACE)
        self.mark(path)
        start = self.text[self.at : self.at + 1]
        if start == "[":
            self.array(path)
        elif start == "{":
            self.inline_table(path)
        else:
            self.take(_TEXT if start in ('"', "'") else _BARE_VALUE)

    def array(self, path: Path) -> None:
        self.expect("[")
        number = 0
        while not self.closes("]"):
            self.value((*path, number))
            number += 1
            self.between("]")

    def inline_table(self, path: Path) -> None:
        self.expect("{")
        while not self.closes("}"):
            self.pair(path)
            self.between("}")

    def closes(self, bracket: str) -> bool:
        self.skip(_BLANK)
        if not self.text.startswith(bracket, self.at):
            return False
        self.at += 1
        return True

    def between(self, bracket: str) -> None:
        self.skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
        elif not self.text.startswith(bracket, self.at):
            raise _Lost

    def key(self) -> list[str]:
        names: list[str] = []
        while True:
            self.skip(_SPACE)
            quoted = self.text[self.at : self.at + 1] in ('"', "'")
            name = self.take(_TEXT if quoted else _BARE_KEY)
            names.append(name[1:-1] if quoted else name)
            if len(names) > MAX_DEPTH:
                self.refuse_depth()
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def bound(self, path: Path) -> None:
        if len(path) > MAX_DEPTH:
            self.refuse_depth()

    def refuse_depth(self) -> None:
        raise Refusal(f"nested deeper than {MAX_DEPTH}", f"{self.where}, line {self.current()}", "flatten it")

    def expect(self, mark: str) -> None:
        self.skip(_SPACE)
        if not self.text.startswith(mark, self.at):
            raise _Lost
        self.at += len(mark)

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _Lost
        self.at = found.end()
        return found.group()

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()

    def mark(self, path: Path) -> None:
        self.lines.setdefault(path, self.current())

    def current(self) -> int:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line
