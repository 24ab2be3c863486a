"""Typed facts of a case: what is stated, by whom, and what follows when several speak.

A fact is ``Known`` or ``Unknown``; nothing else. ``Known(value, complete=False)`` is a lower
bound: a set that may have more members, a count that may be higher. "No incidents" is known
only when somebody says what was searched and when.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.core.evidence import Evidence, Source

Why = Literal["absent", "conflicting", "stale", "withheld", "not_searched"]
Kind = Literal["flag", "level", "word", "words", "number", "decimal", "date", "text", "incident"]
By = Literal["exporter", "officer", "adviser", "recipient", "system"]
Value = bool | int | str | tuple[str, ...]


class FactType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one fact is. ``words`` are the allowed values; of a *level* in rising order."""

    key: str
    kind: Kind
    may_state: tuple[By, ...]
    unknown_means: str
    means: str
    words: tuple[str, ...] = ()
    unit: str = ""
    subject: Literal["line", "case", "match"] = "case"


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="known"):
    """A fact that holds, with the evidence for it. Decimals are strings."""

    value: Value
    evidence: tuple[Evidence, ...]
    complete: bool = True


class Unknown(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="unknown"):
    """A fact nobody can state yet, and why. ``evidence`` holds the statements that conflict."""

    why: Why
    evidence: tuple[Evidence, ...] = ()


Fact = Known | Unknown


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One dated incident of misuse. ``of``: the unit itself, its parent, or the State."""

    date: str
    what: str
    basis: Literal["alleged", "reported", "multiple_sources", "un_finding", "court_established"]
    of: Literal["unit", "parent", "state", "supplier"] = "unit"


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody states a fact. ``subject`` is ``case`` or ``line:N``.

    ``searched`` (with ``source.date``) says what was looked through, where a set or count is
    claimed to be ``complete``.
    """

    fact: str
    value: bool | int | str | tuple[str, ...] | Incident
    by: By
    source: Source
    subject: str = "case"
    complete: bool = True
    searched: str = ""
