"""What kind of note a text of a control list is, and which terms it gives a meaning.

A meaning counts only where the text says so in so many words: the term in quotation marks, then *means*, *refers to*,
*is defined as* and the like. Terms that a list only uses get none.
"""

from __future__ import annotations

import re

from safeconduct.sources.model import ParagraphKind

_QUOTED = r"(?:'[^'’\n]{2,70}?['’]|[‘’][^'’\n]{2,70}?['’]|[“”\"][^“”\"\n]{2,70}?[”\"])"
_OTHERS = rf"(?:(?:,| or| and|, or|, and|/) (?:an? |the )?{_QUOTED}){{0,4}}"
_MEANS = (
    r"(?:(?:[a-z]+ ){0,8}?means?\b|refers? to|consists? of|describes?|includes?|="
    # Not what is done with it: *are specified in*, *is determined by*.
    r"|(?:is|are) (?!not\b|only\b|subject\b|eligible\b|in accordance\b|(?!defined)[a-z]+ed\b))"
)
_BEFORE = (
    r"(?:^|(?<=[.;:)] )|(?<=, )|(?<=\d\. )|(?<=[Tt]he term )|(?<=[Tt]he terms )"
    r"|(?<=\b[Aa] )|(?<=\b[Aa]n )|(?<=\b[Tt]he ))"
)
_DEFINES = re.compile(rf"{_BEFORE}(?P<terms>{_QUOTED}{_OTHERS}),? (?:\([^)]{{1,60}}\) )?{_MEANS}")
_HEADS: tuple[tuple[ParagraphKind, re.Pattern[str]], ...] = (
    ("related_controls", re.compile(r"Related Controls?\b", re.IGNORECASE)),
    ("definition", re.compile(r"Related Definitions?\b", re.IGNORECASE)),
    ("technical_note", re.compile(r"Technicals? Notes?\b", re.IGNORECASE)),
    ("nota_bene", re.compile(r"N\. ?B\.|Nota Bene\b")),
)


def terms_of(text: str) -> tuple[str, ...]:
    """The terms that a text gives a meaning, in order, without their quotation marks."""
    found = (term for each in _DEFINES.finditer(text) for term in re.findall(_QUOTED, each["terms"]))
    return tuple(dict.fromkeys(term[1:-1].strip(" ,;") for term in found))


def kind_of(text: str, terms: tuple[str, ...], *, freeing: bool) -> ParagraphKind:
    """What kind of note it is: by the head it bears, else *definition* where it does nothing but give a meaning."""
    kind: ParagraphKind = next((kind for kind, head in _HEADS if head.match(text)), "note")
    return or_definition(kind, terms, freeing=freeing)


def or_definition(kind: ParagraphKind, terms: tuple[str, ...], *, freeing: bool) -> ParagraphKind:
    """The kind by its head, or *definition*, as in ``kind_of``."""
    return "definition" if terms and kind in ("note", "technical_note") and not freeing else kind
