"""Facts that the words of a datasheet suggest: proposals for a person, each with its document, line and wording.

Tables of phrases (``phrases/``), with negation, what is only optional or planned, and what the goods act against.
A proposal is not a fact: nothing is rated by it unless somebody asks for a provisional rating of a raw datasheet.
Nothing is proposed where no words stand, and no silence is ever read as a *no*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from safeconduct.classify.language import is_foreign, is_read
from safeconduct.classify.phrases import Suggests, Table, table
from safeconduct.classify.sheet_text import Clause, clauses
from safeconduct.core.fact import Value
from safeconduct.core.item import Datasheet, Item

Says = Literal["yes", "no", "perhaps"]
OPENING = 4
"""Lines at the head of a sheet that may say what the product is."""
FEW_WORDS = 6
"""How far a weak denial (*no*, *without*) reaches."""

_BOUNDARY = re.compile(r"[:,(\[|]")
_ANOTHER = re.compile(r"\b(?:and|et|y|e|that|which|qui|que)\b")
_COLUMN = re.compile(
    r"\W*(?:[:|\t=]|\.{2,}|-{1,2}|–|—|\()\s*(?P<no>no|none|non|not?\s\w+|n/a|ninguno|aucune?|nein)?"
    r"(?P<perhaps>opt|option\w*|opcion\w*|en option|on request|sur demande|bajo pedido|planned|roadmap)?\s*[.)\]]?\s*$"
)


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``fact`` of a line of goods is ``value`` (of a set: has this member), or so ``words`` suggest.

    They stand in ``document`` from ``line`` to ``last``. ``says`` is *no* where the seller denies it, *perhaps* where
    it is optional, on request or planned.
    """

    fact: str
    value: Value
    says: Says
    document: str
    line: int
    last: int
    words: str
    page: int = 0

    @property
    def place(self) -> str:
        """``line 7``, or ``lines 7-8`` of words that were broken; of a document in pages ``p. 2, line 7``."""
        lines = f"line {self.line}" if self.line == self.last else f"lines {self.line}-{self.last}"
        return f"p. {self.page}, {lines}" if self.page else lines


def proposals(item: Item) -> tuple[Proposal, ...]:
    """What the words of the line's datasheet suggest, in the order of the sheet."""
    return proposals_of(item.datasheet) if item.datasheet else ()


def proposals_of(sheet: Datasheet) -> tuple[Proposal, ...]:
    """What one document suggests; nothing where it is in a language that is not read."""
    return _proposed(sheet.lines, sheet.title, 0) if is_read(sheet.lines) else ()


def proposals_of_pages(pages: Sequence[tuple[str, ...]], title: str) -> tuple[Proposal, ...]:
    """The same for a document in pages: each proposal bears its page, and its line is that of the page."""
    if not is_read([line for page in pages for line in page]):
        return ()
    return tuple(each for number, page in enumerate(pages, 1) for each in _proposed(page, title, number))


def _proposed(lines: tuple[str, ...], title: str, page: int) -> tuple[Proposal, ...]:
    sheet = Datasheet(title, lines)
    read = [each for each in clauses(lines) if not is_foreign(lines[each.places[0][0] - 1])]
    found = [each for clause in read for each in _of_clause(table(), table().suggests, clause, sheet, page)]
    told = {each.fact for each in found if each.says != "no"}
    if page <= 1:
        opening = [each for each in read if each.places[0][0] <= OPENING]
        found.extend(
            each for each in _of_openings(opening, sheet, page) if each.says == "yes" and each.fact not in told
        )
    return tuple(dict.fromkeys(sorted(found, key=lambda each: each.line)))


def _of_openings(opening: Sequence[Clause], sheet: Datasheet, page: int) -> Iterator[Proposal]:
    """What the product is by the first words that name it: one value of each fact, since what follows names parts."""
    named: set[str] = set()
    for clause in opening:
        first = sorted(
            ((match.start(), each) for each in table().openings if (match := each.pattern.search(clause.text))),
            key=lambda pair: pair[0],
        )
        for _, each in first:
            if each.fact not in named:
                named.add(each.fact)
                yield from _of_clause(table(), (each,), clause, sheet, page)


def _of_clause(
    words: Table, sought: Sequence[Suggests], clause: Clause, sheet: Datasheet, page: int
) -> Iterator[Proposal]:
    for each in sought:
        match = each.pattern.search(clause.text)
        if match and not _is_against(words, each, clause.text[: match.start()]):
            yield _proposal(words, each, clause, match, sheet, page)


def _is_against(words: Table, each: Suggests, before: str) -> bool:
    """Whether the goods detect, stop or protect from what the words name."""
    if each.fact in ("item.detects_interception", "item.uses_standard_cryptography_only", "item.function"):
        return False
    return any(len(before[found.end() :].split()) < FEW_WORDS for found in words.against.finditer(before))


def _proposal(
    words: Table, each: Suggests, clause: Clause, match: re.Match[str], sheet: Datasheet, page: int
) -> Proposal:
    first, last = clause.places[match.start()], clause.places[match.end() - 1]
    return Proposal(
        fact=each.fact,
        value=each.value,
        says=_says(words, clause, match),
        document=sheet.title,
        line=first[0],
        last=last[0],
        words=_wording(sheet.lines, first, last),
        page=page,
    )


def _wording(lines: Sequence[str], first: tuple[int, int], last: tuple[int, int]) -> str:
    """The words as they stand in the document, a space where a line ends."""
    if first[0] == last[0]:
        return lines[first[0] - 1][first[1] : last[1] + 1]
    between = (lines[number - 1].strip() for number in range(first[0] + 1, last[0]))
    return " ".join((lines[first[0] - 1][first[1] :].rstrip(), *between, lines[last[0] - 1][: last[1] + 1].lstrip()))


def _says(words: Table, clause: Clause, match: re.Match[str]) -> Says:
    before, after = clause.text[: match.start()], clause.text[match.end() :]
    column = _COLUMN.match(after)
    if (column and column["no"]) or _denied(words, before, match[0], after) or words.denies.search(clause.under):
        return "no"
    if (column and column["perhaps"]) or words.perhaps.search(clause.text) or words.perhaps.search(clause.under):
        return "perhaps"
    return "yes"


def _denied(words: Table, before: str, within: str, after: str) -> bool:
    inner = words.never_denies.sub(" ", within).partition(" ")[2]
    if words.denies.search(inner) or words.denies_near.search(inner):
        return True
    plain = words.never_denies.sub(" ", before)
    near = " ".join(_BOUNDARY.split(plain)[-1].split()[-FEW_WORDS:])
    following = " ".join(_BOUNDARY.split(after)[0].split()[:FEW_WORDS])
    if words.needless.search(f"{near} {following}"):
        return False
    if words.denies.search(plain.rpartition(":")[2]) or words.denies_near.search(near):
        return True
    return bool(words.denies_after.search(_ANOTHER.split(following)[0]))
