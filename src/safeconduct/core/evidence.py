"""Where a fact comes from: who says so, when, in which place, under which marking."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["high", "moderate", "low", "very_low"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How far a document carries what is taken from it, and why; set by the official who records it, never reckoned.

    ``reliability`` of the source, A (completely reliable) to F (cannot be judged), and ``credibility`` of what it says,
    1 (confirmed by others) to 6 (cannot be judged), are the two marks of the NATO system (AJP-2.1); neither follows
    from the other. ``level`` is what both come to here. ``why`` says so in words: a single source, indirect, old.
    """

    level: Level
    why: str
    reliability: Reliability = "F"
    credibility: Credibility = "6"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One source of a statement.

    ``kind``: application, datasheet, letter, list, indicator, court, un_body, ngo, media,
    embassy, other_state, research, inspection, rating, derived. ``date`` is ISO 8601, of the document.
    ``place`` is where in it (``line 7``, ``p. 3``). A ``sealed`` source, and every text taken
    from it, is shown to officers who may read closed reasons, and to nobody else. ``disclosable`` is what may be said
    of it to the applicant or a court instead; it is closed like the rest until somebody puts it into a letter.
    """

    kind: str
    ref: str = ""
    date: str = ""
    place: str = ""
    author: str = ""
    sealed: bool = False
    grade: Grade | None = None
    disclosable: str = ""


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fact as a finding cites it. ``value`` is a short text of what was stated.

    ``by`` is who stated it (``exporter``, ``officer``…): a claim and a finding are told apart.
    """

    fact: str
    value: str
    source: Source
    subject: str = "case"
    edition: str = ""
    by: str = ""
