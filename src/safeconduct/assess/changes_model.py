"""What would change an outcome, as values."""

from __future__ import annotations

import msgspec

from safeconduct.core.fact import Value
from safeconduct.policy.outcome import Outcome


class Supposed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact of a set: what is known now (none: nothing) and what is supposed. ``sealed``: what is known rests on a
    sealed source."""

    fact: str
    subject: str
    now: Value | None
    to: Value
    sealed: bool = False


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that, all of them stated so, lead to ``outcome``, and no fewer of them do."""

    outcome: Outcome
    facts: tuple[Supposed, ...]


class Open(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An unknown fact: the outcomes it can lead to, alone or with others, strictest first; the fewest facts."""

    fact: str
    subject: str
    outcomes: tuple[Outcome, ...]
    facts: int


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What would change one line. Every set of up to ``searched_to`` facts is there; ``tried`` judgements were made."""

    line: int
    outcome: Outcome
    sets: tuple[Change, ...]
    unknowns: tuple[Open, ...]
    searched_to: int
    tried: int
