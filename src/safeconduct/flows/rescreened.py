"""The record ``rescreening``: which list touched parties of a case, and what it says now."""

from __future__ import annotations

import msgspec

from safeconduct.core.message import Message


class ListedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One listed party that alerts, or alerted: the source's key, the publisher's id, the name that matched."""

    source: str
    entry: str
    name: str
    answer: str


class TouchedParty(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A party on which the lists say something else than when it was screened. ``found``: alerts that nobody cleared
    and that were not there, or not with these facts; ``gone``: alerts that are no more. ``failure``: why it could not
    be looked at again."""

    party: str
    name: str
    found: tuple[ListedEntry, ...] = ()
    gone: tuple[ListedEntry, ...] = ()
    failure: str = ""


class Rescreened(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The record ``rescreening``: which list touched parties of the case (``before`` and ``after`` are hashes of its
    editions; all empty: everybody was looked at on whole lists). ``licence``: it reopened a licence. ``holders`` say
    who holds a party of the case and is listed; then no list need have changed, and ``rescreening`` is 0. ``cause``
    names what else touched it (a policy, newer figures, a finding about a party), and ``reasons`` say how."""

    rescreening: int
    source: str
    before: str
    after: str
    parties: tuple[TouchedParty, ...]
    licence: bool
    holders: tuple[str, ...] = ()
    cause: str = ""
    reasons: tuple[Message, ...] = ()
