"""All that judging reads, as one document: with it, the pack and the entry tests, the same bytes come out for ever."""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.assess.argued import Argued
from safeconduct.assess.indicators import Series
from safeconduct.assess.matches import Screened, Settled
from safeconduct.assess.model import Override
from safeconduct.assess.ownership import Around
from safeconduct.classify.model import LineRating, Suggestion
from safeconduct.intake.model import CaseFile
from safeconduct.screen.model import Clearance, Confirmation


class EditionUsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An edition that an assessment rests on.

    ``basis`` says by which date it was chosen: *published*, or *obtained* where the publisher's
    date is unknown. ``hindsight`` marks an edition published after the day the assessment speaks of.
    """

    source: str
    publisher: str
    published: str
    obtained: str
    sha256: str
    basis: Literal["published", "obtained"] = "published"
    hindsight: bool = False
    fictional: bool = False


class PolicyUsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pack that was applied, and whether two people had put it in force."""

    name: str
    sha256: str
    in_force: bool


class Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named official accepts, with reasons, that a question stays unanswered."""

    question: str
    by: str
    reason: str
    at: str


class Suggested(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that search suggested for a line."""

    line: int
    found: Suggestion


class Inquiry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer asks for the fact that would settle a match: ``part`` as in ``Match.asks``, of the ``party`` (its id)
    with this ``fingerprint``. It is asked until it is answered: the party is then another."""

    party: str
    fingerprint: str
    part: str
    to: Literal["exporter", "authority"]


class Raised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that a person asked for, besides those that the policy asks for; ``subject`` as in ``Statement``."""

    fact: str
    subject: str
    by: str
    at: str


class Inputs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The recorded inputs of one assessment.

    ``on`` is the day it speaks of (ISO date). ``destination`` is the territory whose figures are
    used. ``screened`` and ``suggestions`` were observed and are facts from then on. ``tests``
    are the SHA-256 of the control-entry tests. ``around`` is what the register knew of who holds the parties.
    """

    case: str
    on: str
    case_file: CaseFile
    destination: str
    screened: tuple[Screened, ...]
    clearances: tuple[Clearance, ...]
    series: tuple[Series, ...]
    suggestions: tuple[Suggested, ...]
    tests: tuple[str, ...]
    policy: PolicyUsed
    editions: tuple[EditionUsed, ...]
    overrides: tuple[Override, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    around: Around | None = None
    raised: tuple[Raised, ...] = ()
    argued: tuple[Argued, ...] = ()
    rated: tuple[LineRating, ...] = ()


def settled_of(inputs: Inputs) -> Settled:
    """What people had decided about the matches."""
    return Settled(inputs.clearances, inputs.confirmations)


def destination_of(case_file: CaseFile) -> str:
    """The territory of the ultimate end-user, else the end-user, else the consignee; empty where none is stated."""
    for role in ("ultimate_end_user", "end_user", "consignee"):
        for party in case_file.parties:
            if role in party.roles and party.territory:
                return party.territory
    return ""
