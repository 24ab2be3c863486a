"""The text of a datasheet as its words are looked for: folded, broken lines joined; every letter keeps its place."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

MOST_LINES, MOST_CHARS = 5_000, 10_000
WRAPPED = 40
"""A line shorter than this is a line of its own, not one that was broken to fit the page."""

WORD = re.compile(r"[^\W_]+")
"""A word of a folded clause."""

_BULLET = re.compile(r"\s*(?:[-•*▪●◦–—·]|\d+[.)])\s")
_LISTED = re.compile(r"\s{2,}\S|\s*(?:[-•*▪●◦–—·|✓✔]|\d+[.)]|\(?[a-z]\))\s")
_ENDS = re.compile(r"[.;:!?|]\s*$")
_OPEN = re.compile(
    r"(?:,|\b(?:the|of|and|or|to|for|with|by|from|de|du|des|la|le|les|et|ou|pour|del|el|los|las|y|o|para|con))\s*$"
)
_HYPHEN = re.compile(r"\w-\s*$")
_CLAUSE = re.compile(
    r"[;!?]|\.(?=\s|$)|(?<!\w)(?:but|however|while|whereas|mais|cependant|tandis que|pero|sino|mientras que)(?!\w)"
)


_ANSWER = re.compile(
    r"[\"'\s»”’)]*(?:(?:a|r|answer|reponse|respuesta)\s?[.:)-]\s*)?(?:(?P<no>no|non)|yes|oui|si)(?=\s*(?:[.,;:!–—]|$))"
)
"""What follows a question that is answered with one word: *Does it record calls? No.*"""

_IS_IT = re.compile(r"\W*(?:[a-z]+\W\s+)?(?:is (?:it|this|that)|est[ -]ce|es) (?:an?|un|une|una) ")
"""*Is it a jammer? No.* denies the name of the goods, not what they do."""


class Run(msgspec.Struct, frozen=True):
    """Where the letters of one line stand in a text from ``start`` on: ``columns`` of them, or each in its own."""

    start: int
    line: int
    columns: tuple[int, ...] = ()


class Clause(msgspec.Struct, frozen=True):
    """A folded clause, which begins ``offset`` letters into the lines of ``runs``; ``under`` is its heading. A question
    that is answered *no* is ``negated``."""

    text: str
    runs: tuple[Run, ...]
    offset: int = 0
    under: str = ""
    negated: bool = False

    def place(self, letter: int) -> tuple[int, int]:
        """Line (from 1) and column of a letter of the text."""
        at = self.offset + letter
        run = self.runs[bisect_right(self.runs, at, key=lambda each: each.start) - 1]
        own = at - run.start
        return run.line, run.columns[own] if run.columns else own


def fold(text: str) -> str:
    """Small letters without accents; what it takes to find a word, whatever its language."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


def clauses(lines: Sequence[str]) -> Iterator[Clause]:
    """Every clause in the order of the sheet. ``under`` is the heading above it, until a line is left blank."""
    under, begun, heads = "", False, False
    groups = list(_wrapped(lines[:MOST_LINES]))
    for number, group in enumerate(groups):
        first = lines[group[0] - 1].strip()
        if not first:
            under = under if heads else ""
            continue
        text, runs = _joined(lines, group)
        yield from _split(text, runs, under, _next_text(lines, groups[number + 1 : number + 3]) if "?" in text else "")
        heads = len(group) == 1 and _is_heading(first, _next_worded(lines, group[0]), begun=begun)
        under = text.strip(" :") if heads else under
        begun = True


def _is_heading(line: str, following: str, *, begun: bool) -> bool:
    """A short line that ends in a colon, has two words and is not the title, or stands over bullets or a table."""
    if len(line) > 60 or _BULLET.match(line):
        return False
    words = len(line.split())
    is_over_list = words <= 8 and not line.endswith(".") and bool(_LISTED.match(following))
    return line.endswith(":") or (begun and (words <= 2 or is_over_list))


def _next_worded(lines: Sequence[str], number: int) -> str:
    return next((line for line in lines[number : number + 2] if line.strip()), "")


def _wrapped(lines: Sequence[str]) -> Iterator[list[int]]:
    """Numbers of lines that belong to one run of words."""
    group: list[int] = []
    for number, line in enumerate(lines, 1):
        if group and not _goes_on(lines[group[-1] - 1], line):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _goes_on(line: str, following: str) -> bool:
    start = following.lstrip()
    if len(line.strip()) < WRAPPED or not start or _ENDS.search(line) or _BULLET.match(following):
        return False
    return start[0].islower() or bool(_OPEN.search(line.casefold()))


def _joined(lines: Sequence[str], group: list[int]) -> tuple[str, tuple[Run, ...]]:
    text: list[str] = []
    runs: list[Run] = []
    start = 0
    for number in group:
        line = lines[number - 1][:MOST_CHARS]
        broken = number != group[-1] and _HYPHEN.search(line)
        kept = line.rstrip()[:-1] if broken else line + " "
        columns: tuple[int, ...] = ()
        if kept.isascii():
            folded = kept.lower()
        else:
            chars = [_folded(char) for char in kept]
            folded, columns = "".join(chars), tuple(at for at, char in enumerate(chars) for _ in char)
        text.append(folded)
        runs.append(Run(start, number, columns))
        start += len(folded)
    return "".join(text), tuple(runs)


def _next_text(lines: Sequence[str], groups: Sequence[list[int]]) -> str:
    return next((fold(lines[group[0] - 1].strip()) for group in groups if lines[group[0] - 1].strip()), "")


def _split(text: str, runs: tuple[Run, ...], under: str, following: str) -> Iterator[Clause]:
    """The clauses of a text. A question states nothing, unless *yes* or *no* answers it, in the text or in what is
    ``following``."""
    start = 0
    for end in [*(match.span() for match in _CLAUSE.finditer(text)), (len(text), len(text))]:
        answer = None
        if text[end[0] : end[1]] == "?":
            answer = _ANSWER.match(text, end[1]) or (not text[end[1] :].strip(" \"'»”") and _ANSWER.match(following))
        if answer and answer["no"] and _IS_IT.match(text[start : end[0]]):
            answer = None
        if text[start : end[0]].strip() and (answer or text[end[0] : end[1]] != "?"):
            yield Clause(text[start : end[0]], runs, start, under, bool(answer and answer["no"]))
        start = end[1]


@lru_cache(4096)
def _folded(char: str) -> str:
    if char.isascii():
        return char.lower()
    plain = unicodedata.normalize("NFKD", char)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold() or " "
