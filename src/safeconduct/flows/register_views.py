"""What reading queries of the register return: plain values, made for showing."""

from __future__ import annotations

import msgspec

from safeconduct.core.evidence import Source
from safeconduct.core.finding import Finding
from safeconduct.core.party import Identifier, Party
from safeconduct.screen.holdings import Party as Held
from safeconduct.screen.holdings import Standing
from safeconduct.screen.ownership import Held as HeldBy
from safeconduct.screen.ownership_tree import Branch


class PartyRow(msgspec.Struct, frozen=True):
    """A party in a list. ``cases`` counts those its reader may read; ``noted``: it is in none, an officer named it.

    ``owned`` and ``controlled`` are verdicts on whether listed parties hold it."""

    id: str
    name: str
    kind: str
    territory: str
    cases: int
    noted: bool
    standing: Standing
    owned: str
    controlled: str
    merged: tuple[str, ...] = ()


class AppearanceView(msgspec.Struct, frozen=True):
    """A party of one case, as the case states it now, and why it stands under its entry."""

    entry: str
    case: str
    title: str
    organisation: str
    party: Party
    linked: str
    at: str
    alone: bool


class MatchView(msgspec.Struct, frozen=True):
    """A listed entry beside the party: ``answer`` is screening's (``likely_same``, ``cannot_tell``) or a person's
    (``confirmed``, ``cleared``). ``target``: it is listed for itself. ``case`` and ``party`` lead to where the two are
    side by side."""

    source: str
    entry: str
    name: str
    answer: str
    target: bool
    score: int
    case: str
    party: str


class TieView(msgspec.Struct, frozen=True):
    """One statement beside the party: ``other`` is who holds it (``above``) or is held by it.

    ``low`` and ``high`` are per cent, both empty where the tie is no share; ``listed`` the source and entry of an
    other that is on a list; ``holds``: it counts today. ``by`` is a person's name, or the publisher.
    """

    id: str
    what: str
    above: bool
    other: str
    other_id: str
    listed: tuple[str, str]
    low: str
    high: str
    begins: str
    ends: str
    source: Source
    by: str
    at: str
    holds: bool
    case: str = ""
    may_end: bool = False
    ended: str = ""


class MergeView(msgspec.Struct, frozen=True):
    """A merge that stands, or that was taken back; ``by`` and ``undone_by`` are names, ``""`` the machine."""

    one: str
    other: str
    reason: str
    by: str
    at: str
    undone: str
    undone_by: str
    undone_reason: str


class ProposalView(msgspec.Struct, frozen=True):
    """An entry that may be the same party: ``why`` are ``facts``, ``number``, ``name``; ``against`` what differs."""

    id: str
    name: str
    territory: str
    cases: int
    why: tuple[str, ...]
    against: tuple[str, ...]


class HeldNote(msgspec.Struct, frozen=True):
    """A party of a case in the register: its id there, and the listed parties that stand above it, by name.

    ``owned`` and ``controlled`` are verdicts; ``tied``: some listed party is on record above it, however far that goes.
    """

    id: str
    owned: str
    controlled: str
    tied: tuple[str, ...]


class RegisterPage(msgspec.Struct, frozen=True):
    """One party as its reader may see it. ``entries`` are the ids shown together under ``id``."""

    id: str
    entries: tuple[str, ...]
    party: Party
    names: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    noted: bool
    standing: Standing
    matches: tuple[MatchView, ...]
    appearances: tuple[AppearanceView, ...]
    ties: tuple[TieView, ...]
    merges: tuple[MergeView, ...]
    proposals: tuple[ProposalView, ...]
    parties: dict[str, Held]
    held: HeldBy
    tree: tuple[Branch, ...]
    findings: tuple[Finding, ...]
    may_keep: bool
