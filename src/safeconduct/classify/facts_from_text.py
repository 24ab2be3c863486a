"""Facts that the words of a datasheet suggest: proposals for a person, each with its document, line and wording.

Tables of phrases (``phrases/``), with negation, what is only optional or planned, and what the goods act against.
A proposal is not a fact: nothing is rated by it unless somebody asks for a provisional rating of a raw datasheet.
Nothing is proposed where no words stand, and no silence is ever read as a *no*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from safeconduct.classify.clause_words import ClauseWords
from safeconduct.classify.implied import IMPLIED, NAMES, NARROWER
from safeconduct.classify.language import is_foreign, is_read, language_told, languages_in
from safeconduct.classify.measured import quantity_near
from safeconduct.classify.phrase_search import Match
from safeconduct.classify.phrases import LANGUAGES, Measures, Suggests, table
from safeconduct.classify.sheet_text import Clause, clauses
from safeconduct.core.fact import Value
from safeconduct.core.item import Datasheet, Item

Says = Literal["yes", "no", "perhaps"]
OPENING = 5
"""Lines with words at the head of a sheet that may say what the product is."""

FIRST_NAMED = ("item.kind", "item.function")
"""Facts of which the first that a sheet names holds: what follows are parts, accessories and uses."""

PLACES = 5
"""Places at which a sheet is shown to name kind or form; more tell a reader nothing."""

_THREATS: dict[str, frozenset[Value]] = {
    "item.kind": frozenset(
        ("mobile_interception", "intrusion_software", "jammer", "crowd_control", "torture_implement")
    ),
    "item.capability_flags": frozenset(("covert", "interruption", "device_control", "content_extraction", "location")),
}
_OPPOSED = frozenset(
    {"item.air_interface_content", "item.air_interface_identifiers", "item.selective_jamming", "item.intrusion_role"}
    | {"item.surreptitious_interception", "item.cryptanalytic", "item.defeats_device_lock", "item.riot_agent"}
    | {"item.extracts_raw_device_data", "item.extracts_content_and_metadata", "item.crime_control_kind"}
    | {"item.tracks_movement"}
)
"""What goods may detect, stop or protect from, so that such a word before it says that they do not do it."""


_TAKES = frozenset({"item.extracts_content_and_metadata", "item.air_interface_content"})


def _may_be_opposed(suggests: Suggests) -> bool:
    return suggests.fact in _OPPOSED or suggests.value in _THREATS.get(suggests.fact, ())


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``fact`` of a line of goods is ``value`` (of a set: has this member), or so ``words`` suggest.

    They stand in ``document`` from ``line`` to ``last``. ``says`` is *no* where the seller denies it, *perhaps* where
    it is optional, on request, planned or of the past.
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
    return _told(_proposed(sheet.lines, sheet.title, 0)) if is_read(sheet.lines) else ()


def proposals_of_pages(pages: Sequence[tuple[str, ...]], title: str) -> tuple[Proposal, ...]:
    """The same for a document in pages: each proposal bears its page, and its line is that of the page."""
    if not is_read([line for page in pages for line in page]):
        return ()
    return _told([each for number, page in enumerate(pages, 1) for each in _proposed(page, title, number)])


_Found = tuple[Suggests, Proposal]


def _told(found: Sequence[_Found]) -> tuple[Proposal, ...]:
    """Without what the kind of goods rules out, and what parts, accessories and uses are named after the goods."""
    found = [*found, *_named_by_deeds(found)]
    first: dict[str, Value] = {}
    for suggests, each in found:
        if each.says == "yes" and suggests.how == "states" and suggests.fact in FIRST_NAMED:
            first.setdefault(each.fact, each.value)
    told: list[Proposal] = []
    places = Counter[str]()
    for suggests, each in found:
        if _is_of(suggests, each, first) and places[each.fact] < PLACES:
            places[each.fact] += each.fact in FIRST_NAMED
            told.append(each)
            implied = IMPLIED.get((each.fact, each.value))
            if implied and not (each.says == "no" and each.fact in NARROWER):
                told.append(msgspec.structs.replace(each, fact=implied[0], value=implied[1]))
    return tuple(dict.fromkeys(sorted(told, key=lambda each: (each.page, each.line))))


def _named_by_deeds(found: Sequence[_Found]) -> Iterator[_Found]:
    """Kind and form by what the goods do, where no words name them."""
    named = {each.fact for suggests, each in found if each.says == "yes" and suggests.how == "states"}
    for suggests, each in found:
        if each.says == "yes" and suggests.how == "states" and not suggests.within:
            for fact, value in NAMES.get((each.fact, each.value), ()):
                if fact not in named:
                    yield Suggests(fact, value), msgspec.structs.replace(each, fact=fact, value=value)


def _is_of(suggests: Suggests, each: Proposal, first: Mapping[str, Value]) -> bool:
    """Whether the proposal fits goods of the kind and form in ``first``."""
    kind = str(first.get("item.kind", ""))
    if suggests.how != "states" and each.says != "no":
        return False
    if each.fact in FIRST_NAMED and each.says == "yes" and first[each.fact] != each.value:
        return False
    if each.says == "no" and (each.fact == "item.function" or first.get(each.fact) == each.value):
        return False  # of goods that the sheet names so, a part or an edition is not one
    form = first.get("item.function")
    if (each.fact, each.says) == ("item.function", "perhaps") and form == each.value:
        return False  # what is offered beside the goods is of their form, and no other
    if each.fact == "item.technology_stage" and form == "equipment":
        return False  # training and manuals beside a piece of equipment are not what is sold
    return each.fact not in table().beside.get(kind, ()) and (not suggests.within or kind in suggests.within)


def _proposed(lines: tuple[str, ...], title: str, page: int) -> list[_Found]:
    sheet = Datasheet(title, lines)
    languages = languages_in(lines)
    read = [
        ClauseWords(each, _languages_of(each, languages))
        for each in clauses(lines)
        if not is_foreign(lines[each.place(0)[0] - 1])
    ]
    found = [each for clause in read for each in _of_clause(clause, clause.found, sheet, page)]
    if page <= 1:
        head = _head_of(lines)
        told: dict[str, int] = {}
        for suggests, each in found:
            if each.says == "yes" and suggests.how == "states":
                told.setdefault(each.fact, each.line)
        opening = [each for each in read if each.clause.place(0)[0] <= head]
        weaker = [
            each
            for clause in opening
            for each in _of_clause(clause, table(clause.languages).openings.search(clause.words), sheet, page)
        ]
        found.extend(
            each for each in weaker if each[1].says == "yes" and each[1].line < told.get(each[1].fact, head + 1)
        )
    found.extend(each for clause in read for each in _measured(clause, sheet, page))
    return sorted(found, key=lambda each: each[1].line)


def _languages_of(clause: Clause, of_sheet: tuple[str, ...]) -> tuple[str, ...]:
    """By which tables a clause is read: that of its language where it tells it, else those of the sheet."""
    told = language_told(clause.text)
    if told in of_sheet:
        return (told,)
    return tuple(each for each in LANGUAGES if each in of_sheet or each == told)


def _head_of(lines: Sequence[str]) -> int:
    """The number of the last line of the opening."""
    worded = [number for number, line in enumerate(lines, 1) if line.strip()]
    return worded[min(OPENING, len(worded)) - 1] if worded else 0


def _of_clause(
    clause: ClauseWords, found: Mapping[Any, Sequence[Match]], sheet: Datasheet, page: int
) -> Iterator[_Found]:
    meant = {
        suggests: match
        for suggests, matches in found.items()
        if isinstance(suggests, Suggests)
        and (suggests.how != "denied" or clause.denies_at_all())
        and (match := _meant(clause, suggests, matches))
    }
    told = [
        (suggests, match, _proposal(clause, suggests, match, sheet, page))
        for suggests, match in sorted(meant.items(), key=lambda each: each[1][0][0])
        if suggests.fact not in FIRST_NAMED or not _is_after_another(suggests, match, meant)
    ]
    denied = {(each.fact, each.value): match for _, match, each in told if each.says == "no"}
    stated = [(suggests, match) for suggests, match, each in told if suggests.how == "states" and each.says == "yes"]
    for suggests, match, each in told:
        if suggests.how == "denied" and any(_is_within(suggests, match, *other) for other in stated):
            continue
        denial = denied.get((each.fact, each.value)) or denied.get(IMPLIED.get((each.fact, each.value), ("", "")))
        if each.says != "yes" or not denial or not clause.is_title(match, denial):
            yield suggests, each


def _is_within(wider: Suggests, match: Match, narrower: Suggests, words: Match) -> bool:
    """Whether the wider words are a part of those that state the fact, denial and all (*logs cannot be edited*)."""
    same = (wider.fact, wider.value) == (narrower.fact, narrower.value)
    return same and words[0][0] <= match[0][0] and match[-1][1] <= words[-1][1]


def _is_after_another(suggests: Suggests, match: Match, meant: Mapping[Suggests, Match]) -> bool:
    """Whether other words for the same fact begin before, or begin alike and are longer (*tablet program*)."""
    place = match[0][0], -match[-1][1]
    return any(other.fact == suggests.fact and (words[0][0], -words[-1][1]) < place for other, words in meant.items())


def _meant(clause: ClauseWords, suggests: Suggests, matches: Sequence[Match]) -> Match | None:
    """The first place in the clause whose words are not what the goods act against, nor stand in another sense."""
    return next(
        (
            each
            for each in matches
            if clause.is_here(each, whole=suggests.fact in FIRST_NAMED)
            and not (_may_be_opposed(suggests) and clause.is_opposed(each))
            and not clause.is_otherwise(suggests, each)
            and not clause.is_needless(each)
            and not (_is_of_taking(suggests) and clause.is_of_keeping(each) and clause.is_denied(each))
        ),
        None,
    )


def _is_of_taking(suggests: Suggests) -> bool:
    """Whether the fact is that data are taken: who stores none may take them all the same, and pass them on."""
    return suggests.fact in _TAKES or (suggests.fact, suggests.value) == ("item.capability_flags", "content_extraction")


def _measured(clause: ClauseWords, sheet: Datasheet, page: int) -> Iterator[_Found]:
    for measures, matches in clause.found.items():
        if not isinstance(measures, Measures):
            continue
        match = _meant(clause, Suggests(measures.fact, True), matches)
        if match and (quantity := quantity_near(measures.fact, clause, match)):
            value, around = quantity
            suggests = Suggests(measures.fact, value or True, how="states" if value else "contrary")
            yield suggests, _proposal(clause, suggests, around, sheet, page)


def _proposal(clause: ClauseWords, each: Suggests, match: Match, sheet: Datasheet, page: int) -> Proposal:
    start, end = clause.chars(match)
    first, last = clause.clause.place(start), clause.clause.place(end)
    return Proposal(
        fact=each.fact,
        value=each.value,
        says=_says(clause, each, match),
        document=sheet.title,
        line=first[0],
        last=last[0],
        words=_wording(sheet.lines, first, last),
        page=page,
    )


def _says(clause: ClauseWords, each: Suggests, match: Match) -> Says:
    if clause.is_denied(match):
        return "perhaps" if each.how == "contrary" else "no"
    if clause.is_offered(match):
        return "perhaps"
    return "no" if each.how == "contrary" else "yes"


def _wording(lines: Sequence[str], first: tuple[int, int], last: tuple[int, int]) -> str:
    """The words as they stand in the document, a space where a line ends."""
    if first[0] == last[0]:
        return lines[first[0] - 1][first[1] : last[1] + 1]
    between = (lines[number - 1].strip() for number in range(first[0] + 1, last[0]))
    return " ".join((lines[first[0] - 1][first[1] :].rstrip(), *between, lines[last[0] - 1][: last[1] + 1].lstrip()))
