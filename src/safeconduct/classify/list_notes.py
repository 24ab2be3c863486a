"""The notes and the meanings of terms that bear on one entry, as the text of a list states them.

A note is shown where it stands: on the entry, on what stands above it, or beneath it. A meaning is taken from there
first, and from elsewhere in the list only where the entry uses the term in single quotation marks, with which these
lists mark what they themselves explain; where several places elsewhere explain it in other words, all are shown. A
term in double quotation marks whose meaning the loaded text does not hold is named as such: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from safeconduct.classify.over_time import about
from safeconduct.sources.model import ControlParagraph, ParagraphKind

MOST_NOTES, MOST_MEANINGS = 40, 40
NOTES: tuple[ParagraphKind, ...] = ("note", "technical_note", "nota_bene", "related_controls", "definition")
_QUOTED = re.compile(r"(?P<double>[“\"][^“”\"\n]{2,70}[”\"])|(?P<single>(?<!\w)['‘][^'‘’\n]{2,70}['’](?!\w))")
_NOTHING = re.compile(r"(?:Related (?:Controls?|Definitions?): ?)?N/A\.?", re.IGNORECASE)


class NoteItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a note's list, by its code."""

    code: str
    text: str


class ListNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A note on ``on``. ``frees``: it says that something is not controlled. ``list`` is the edition's key and
    ``place`` where the text stands in the publisher's file."""

    list: str
    code: str
    on: str
    kind: ParagraphKind
    text: str
    items: tuple[NoteItem, ...]
    frees: bool
    place: str


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a list says that a term means, with the items of its list."""

    list: str
    term: str
    code: str
    text: str
    items: tuple[NoteItem, ...]
    place: str


class SaidOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Notes and meanings that bear on an entry, ``more`` of both left out; ``not_held`` are terms that the entry uses
    in double quotation marks and whose meaning the loaded texts do not hold."""

    notes: tuple[ListNote, ...] = ()
    definitions: tuple[Meaning, ...] = ()
    not_held: tuple[str, ...] = ()
    more: int = 0


def said_of(code: str, texts: Mapping[str, ControlParagraph], meanings: Mapping[str, tuple[str, ...]]) -> SaidOf:
    """What the list with these ``texts`` says about ``code``; ``meanings`` as in ``meanings_in``."""
    here = about(texts, code)
    notes = [one for one in here.values() if one.kind in NOTES and not _NOTHING.fullmatch(one.text)]
    notes.sort(key=lambda one: (one.code.count("."), one.code))
    double, single = _terms(here.values())
    defined = [(term, one) for one in here.values() for term in one.terms]
    near = {term.casefold() for term, _ in defined}
    for term in single:
        if term.casefold() not in near:
            stated = (texts[each] for each in meanings.get(term.casefold(), ()))
            defined += [(term, one) for one in {one.text: one for one in stated}.values()]
    known = {term.casefold() for term, _ in defined}
    shown = defined[:MOST_MEANINGS]
    return SaidOf(
        notes=tuple(_note(one, here) for one in notes[:MOST_NOTES]),
        definitions=tuple(_meaning(term, one, here if one.code in here else texts) for term, one in shown),
        not_held=tuple(term for term in double if not _stands_in(term, known)),
        more=max(0, len(notes) - MOST_NOTES) + max(0, len(defined) - MOST_MEANINGS),
    )


def meanings_in(texts: Mapping[str, ControlParagraph]) -> dict[str, tuple[str, ...]]:
    """The codes at which a list states the meaning of each term, by the term in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for code, record in texts.items():
        for term in record.terms:
            found[term.casefold()] = (*found.get(term.casefold(), ()), code)
    return found


def _terms(records: Iterable[ControlParagraph]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms in double and in single quotation marks, in order, as first written."""
    double: dict[str, str] = {}
    single: dict[str, str] = {}
    for record in records:
        if record.kind == "licence":
            continue
        for found in _QUOTED.finditer(record.text):
            word = found[0][1:-1].strip(" ,.;:")
            (double if found["double"] else single).setdefault(word.casefold(), word)
    return tuple(double.values()), tuple(single.values())


def _stands_in(term: str, known: set[str]) -> bool:
    """Whether the term, or its singular, has a meaning."""
    word = term.casefold()
    return word in known or word.removesuffix("s") in known or f"{word}s" in known


def _note(one: ControlParagraph, texts: Mapping[str, ControlParagraph]) -> ListNote:
    return ListNote(one.list, one.code, one.parent, one.kind, one.text, _items(one.code, texts), one.frees, one.place)


def _meaning(term: str, one: ControlParagraph, texts: Mapping[str, ControlParagraph]) -> Meaning:
    return Meaning(one.list, term, one.code, one.text, _items(one.code, texts), one.place)


def _items(code: str, texts: Mapping[str, ControlParagraph]) -> tuple[NoteItem, ...]:
    under = f"{code}."
    return tuple(
        NoteItem(each, record.text)
        for each, record in texts.items()
        if each.startswith(under) and record.kind == "note_item"
    )
