"""Misuse scenarios that an adviser argued: picked from the library or written by himself, weighed by written anchors.

A person's scenario only raises: it sets a floor, read on the pack's grid at the upper ends of its ranges, since what
he cannot rule out counts. Severity is the worst of scale, scope and irremediability, never their mean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Literal

import msgspec

from safeconduct.assess.model import Floor, Range
from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known
from safeconduct.policy.pack import Pack

SEVERITY = {  # written anchors: scale, scope, irremediability (UNGP 14)
    "scale": (
        "an inconvenience",
        "a passing interference with private life",
        "private communications or movements are opened",
        "sources, contacts or a whole life are exposed, or people are singled out",
        "torture, disappearance, death, or detention for what somebody said or is",
    ),
    "scope": (
        "one person",
        "a few named persons",
        "some dozens, or all who deal with one person",
        "a group, a city, or the traffic of an operator",
        "a whole population, or a group because of what it is",
    ),
    "irremediability": (
        "made good at once",
        "made good with little effort",
        "made good in part, with time",
        "what was exposed cannot be hidden again",
        "nothing can bring it back: a life, a body, a community",
    ),
}
LIKELIHOOD = (
    "remote: nothing in this case points to it",
    "conceivable: nothing would stop it",
    "a real possibility, shown by facts of this case",
    "likely: established before, or repeated",
    "expected: it is what the user does",
)


class Lawful(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lawful use as it is argued (ICCPR 17, 2(3)); an empty text: no argument was made."""

    legality: str = ""
    necessity: str = ""
    proportionality: str = ""
    remedy: str = ""


class Argued(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One scenario, or (``plausible`` no) why none is. ``why`` may be disclosed, ``closed`` may not.

    ``picked`` names the entry of the library, empty where the adviser wrote it himself.
    """

    id: str
    subject: str
    plausible: bool
    picked: str
    right: str
    at_risk: str
    actor: Literal["violation", "abuse"]
    how: str
    scale: Range
    scope: Range
    irremediability: Range
    likelihood: Range
    confidence: Literal["high", "moderate", "low"]
    why: str
    closed: str
    lawful: Lawful
    reasons_for: str
    by: str
    at: str

    @property
    def severity(self) -> Range:
        """The worst of the three, at both ends."""
        parts = (self.scale, self.scope, self.irremediability)
        return Range(max(one.low for one in parts), max(one.high for one in parts))


class Picked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One scenario of the library, for some kinds of item."""

    id: str
    kinds: tuple[str, ...]
    right: str
    at_risk: str
    actor: Literal["violation", "abuse"]
    how: str


class _Library(msgspec.Struct, forbid_unknown_fields=True):
    scenario: tuple[Picked, ...]


def read_library(data: bytes, where: str) -> tuple[Picked, ...]:
    """The library; a ``Refusal`` where it cannot be read or names an id twice."""
    try:
        found = msgspec.convert(tomllib.loads(data.decode()), _Library).scenario
    except (ValueError, msgspec.ValidationError) as error:
        raise Refusal(f"it is no library of scenarios: {error}", where, "see the one that comes with it") from error
    if len({one.id for one in found}) != len(found):
        raise Refusal("an id stands twice", where, "give each scenario its own")
    return found


def floors(argued: Iterable[Argued], pack: Pack, line: str) -> list[Floor]:
    """What each scenario argued for the line sets."""
    own = (one for one in argued if one.plausible and one.subject in ("case", line))
    return [Floor(pack.grid.cell(one.severity.high, one.likelihood.high), one.id) for one in own]


def named(argued: Iterable[Argued], line: str, found: Fact) -> Fact:
    """``case.scenario_named``: an adviser named one, or recorded why none is plausible; else what was found."""
    for one in argued:
        if one.subject in ("case", line):
            source = Source("research", ref=one.id, date=one.at[:10], author=one.by)
            return Known(True, (Evidence("case.scenario_named", one.how or one.why, source, line),))
    return found
