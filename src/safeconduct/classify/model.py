"""What a control list is tested by, and what a test answers.

The tests of one list are data with a hash: for each entry its elements, each with its paragraph
and a condition on facts, and the notes that free. They describe in short words; the law's text
stands in the edition of the list they were read against.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.core.evidence import Evidence
from safeconduct.core.finding import Finding, Gap
from safeconduct.core.message import Message
from safeconduct.policy import Condition

Status = Literal["caught", "freed", "cannot_tell", "outside"]
Combine = Literal["all", "any"]
Said = Literal["caught", "freed", "outside"]


class Element(msgspec.Struct, frozen=True):
    """One thing an entry demands. ``text`` is by language."""

    paragraph: str
    when: Condition
    text: dict[str, str]


class Note(msgspec.Struct, frozen=True):
    """What a note frees. ``label`` are the words of ``item.marketed_for`` in which a seller claims it."""

    paragraph: str
    when: Condition
    text: dict[str, str]
    label: tuple[str, ...] = ()


class EntryTest(msgspec.Struct, frozen=True):
    """The test of one entry.

    ``form`` says in which form of supply (``item.function``) it can apply; ``kinds`` those of ``item.kind``
    for which its questions are worth asking, ``signs`` the words of a datasheet that make them so
    whatever kind is claimed; ``built_into`` the kinds that may have it built in, for which a sign makes them so even
    where somebody found the kind; ``unless`` the codes that go before it ("not specified in …").
    """

    code: str
    text: dict[str, str]
    form: Condition
    elements: tuple[Element, ...]
    notes: tuple[Note, ...] = ()
    combine: Combine = "all"
    kinds: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    built_into: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""


class EntryTests(msgspec.Struct, frozen=True):
    """The tests of one list, and the edition of the list they were read against.

    ``published`` is that edition's date (partial ISO); ``sha256`` that of this file's bytes.
    """

    list: str
    title: dict[str, str]
    citation: str
    publisher: str
    read_against: str
    published: str
    sha256: str
    entries: tuple[EntryTest, ...]


class EntryResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one entry says to one line.

    ``note`` is the note that frees; on an entry that is not freed, the note that the seller's
    label claims in vain. ``elements`` and ``notes`` hold a finding each; ``questions`` the facts
    that could still change the status, empty unless it is ``cannot_tell``.
    """

    list: str
    code: str
    status: Status
    paragraph: str
    note: str
    text: dict[str, str]
    elements: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    questions: tuple[Gap, ...]


class Outside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that does not reach the line, and the shortest reason for it."""

    list: str
    code: str
    why: Message
    evidence: tuple[Evidence, ...]


class Suggestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place in a list that shares words with the goods: to be read by a person, never a rating.

    ``score`` is an integer 0–1000 that ranks within one answer; ``words`` are what matched. ``same`` are other codes
    of the list under which the very same wording stands.
    """

    list: str
    code: str
    score: int
    words: tuple[str, ...]
    place: str
    same: tuple[str, ...] = ()


class LineRating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person found one entry to do with a line, on a day (ISO). ``record`` numbers the document of the case that
    holds the reasons, ``ref`` names it (``XX-2026-0001/7``)."""

    line: int
    list: str
    code: str
    rating: Said
    by: str
    role: str
    on: str
    record: int
    ref: str


class LineClassification(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line against every list. ``entries`` hold what is caught, freed or cannot be told, in
    the order of the lists; ``hindsight`` names lists whose edition is younger than the day asked for."""

    line: int
    entries: tuple[EntryResult, ...]
    outside: tuple[Outside, ...]
    findings: tuple[Finding, ...]
    suggestions: tuple[Suggestion, ...] = ()
    hindsight: tuple[str, ...] = ()
