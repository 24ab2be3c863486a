"""What screening says: parts that were compared, a match with its reasons, the whole screening."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.core.message import Message

Answer = Literal["likely_same", "cannot_tell", "different"]
Mode = Literal["person", "organization"]
Role = Literal["", "title", "patronymic", "particle", "legal", "generic", "trade", "place", "number"]


class Word(msgspec.Struct, frozen=True, array_like=True):
    """One word of a name. ``form`` is ``a-z0-9``; ``symbols`` are what the name library takes it for
    (two words that share one are spellings or short forms of one another); ``tag`` is ``g`` given, ``f`` family."""

    form: str
    role: Role = ""
    symbols: tuple[str, ...] = ()
    tag: Literal["", "g", "f"] = ""


class AnalysedName(msgspec.Struct, frozen=True, array_like=True):
    """One reading of one name. ``quality`` is the list's own kind of name (``primary``, ``weak_alias`` …)."""

    text: str
    mode: Mode
    words: tuple[Word, ...]
    quality: str = "primary"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that was compared, what was found, and the two values. Its text is ``screen.part.<part>.<finding>``."""

    part: str
    finding: str
    query: str = ""
    listed: str = ""


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How near the name was found to be, besides its parts: all that judging needs to come to the same answer again.

    ``level`` is *apart* where the name alone would trouble nobody; ``points`` are the name's own.
    """

    mode: Mode
    level: str
    points: int
    loose: bool = False


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One listed party beside the query.

    ``source`` is the edition's key, ``entry`` the publisher's id, ``place`` where it stands in the publisher's file.
    ``score`` (0–1000) ranks matches and decides nothing. ``asks`` are the parts that would settle
    *cannot tell*, the most telling first (``screen.ask.<part>``). ``facts`` is the fingerprint of the listed side,
    ``basis`` what the name was found to be.
    """

    source: str
    entry: str
    name: str
    answer: Answer
    score: int
    parts: tuple[Part, ...]
    reason: Message
    facts: str
    asks: tuple[str, ...] = ()
    place: str = ""
    basis: Basis | None = None


class EditionUsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An edition that was searched: the source's key and the SHA-256 of its normalised bytes."""

    key: str
    normalised: str


class TooLittle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that can hardly find anybody, and ``why`` (``screen.too_little.<why>``)."""

    name: str
    why: str


class Screening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One party on all editions given. ``party`` is its fingerprint; ``considered`` counts the listed parties whose
    names were compared; ``unread`` are aliases nobody can read, ``tells_too_little`` the names where none of them
    tells enough to be looked for (gaps, never a pass)."""

    party: str
    matches: tuple[Match, ...]
    considered: int
    editions: tuple[EditionUsed, ...]
    matcher: str
    unread: tuple[str, ...] = ()
    tells_too_little: tuple[TooLittle, ...] = ()

    @property
    def searched(self) -> bool:
        """Whether every name could be looked for: only then does it mean something that nobody is found."""
        return not self.unread and not self.tells_too_little

    @property
    def names_weighed(self) -> bool:
        """Whether it was looked at what the names tell; a record from before that is read and judged as it was."""
        return " telling/" in self.matcher


class Clearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody decided that the party is not the listed one. ``party`` and ``facts`` are the fingerprints of both
    sides as they were then; it holds while neither has changed."""

    source: str
    entry: str
    party: str
    facts: str


class Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody found that the party is the listed one; fingerprints as in ``Clearance``."""

    source: str
    entry: str
    party: str
    facts: str


_RANKS = {"likely_same": 4, "cannot_tell": 3, "not_searched": 2, "bad_row": 2, "different": 1, "none": 0}


def rank(answer: str, score: int = 0) -> int:
    """The answer first, then the score, as one number to sort by, the gravest highest; it decides nothing either."""
    return _RANKS[answer] * 10_000 + score


def alert(match: Match) -> bool:
    """Whether a person must look at the match before anything is approved."""
    return match.answer in ("likely_same", "cannot_tell")
