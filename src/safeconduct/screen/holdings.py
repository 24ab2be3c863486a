"""What ties one party to another, as somebody states it, and how much of it is certain on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from safeconduct.core.dates import parse_partial
from safeconduct.core.evidence import Source

Kind = Literal["owner", "director", "parent", "family", "associate", "linked", "all_owners"]
Standing = Literal["listed", "perhaps", "unseen", "clear"]
CONTROL = ("director", "parent")
SYMMETRIC = ("family", "associate", "linked")
NOTHING, WHOLE = Fraction(0), Fraction(1)

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,12})?) ?(?:%|per ?cent)?"
_ABOVE = r"(?P<above>> ?|more than |over )"
_EXACT = re.compile(_NUMBER)
_BETWEEN = re.compile(rf"(?:{_ABOVE}|from |between )?{_NUMBER} ?(?:-|–|to|and|but not more than) ?{_NUMBER}")
_LEAST = re.compile(rf"(?:{_ABOVE}|(?:>=|≥|at least|from) ?){_NUMBER}")
_MOST = re.compile(rf"(?:(?P<below>< ?|less than |under )|(?:<=|≤|at most|up to|not more than) ?){_NUMBER}")
_LEAST_STEP = Decimal("0.000000000001")  # between *more than 50* and *50*: the finest figure that can be written


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A party as chains see it. ``standing``: *listed* (likely the same as a list entry, or one), *perhaps*
    (nobody has settled a match), *unseen* (not compared with today's lists), *clear*.

    Nobody owns a ``person``. ``listed_as`` names the list entries: source, entry and name.
    """

    id: str
    name: str
    standing: Standing = "unseen"
    person: bool = False
    listed_as: tuple[tuple[str, str, str], ...] = ()


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One statement: ``holder`` owns (directs, is the parent of …) ``held``, ids of parties.

    ``low`` and ``high`` are per cent as decimal texts. ``begins`` is the first day, ``ends`` the last, each a
    partial ISO date or empty. ``all_owners`` says that every owner of ``held`` is stated. ``sure`` is False where it
    is not settled that it speaks of these parties. ``id`` is where the statement can be looked up; ``by`` who made it.
    """

    what: Kind
    holder: str
    held: str
    source: Source
    id: str = ""
    low: str = "0"
    high: str = "100"
    begins: str = ""
    ends: str = ""
    by: str = ""
    sure: bool = True


class Bond(msgspec.Struct, frozen=True):
    """Everything that is stated of one holder, one party held, and one kind of tie, as it is on a day.

    ``low`` and ``high`` bound the share (0 to 1). ``certain``: the tie itself surely holds on that day.
    ``disputed``: the statements cannot all be right, so the bounds take in each of them.
    """

    what: Kind
    holder: str
    held: str
    low: Fraction
    high: Fraction
    certain: bool
    disputed: bool
    said: tuple[Holding, ...]


def share(text: str) -> tuple[str, str]:
    """A publisher's or officer's share as bounds in per cent: ``51``, ``51.5 %``, ``25-50``, ``more than 25``.

    What is not stated, or cannot be read, or lies outside 0 to 100, is unknown: ``("0", "100")``.
    """
    plain = " ".join(text.casefold().split())
    low, high = Decimal(0), Decimal(100)
    if found := _EXACT.fullmatch(plain):
        low = high = _decimal(found[1])
    elif found := _BETWEEN.fullmatch(plain):
        low, high = _decimal(found[2]), _decimal(found[3])
    elif found := _LEAST.fullmatch(plain):
        low = _decimal(found[2])
    elif found := _MOST.fullmatch(plain):
        high = _decimal(found[2])
        high -= _LEAST_STEP if found["below"] else 0
    if found and "above" in found.groupdict() and found["above"]:
        low += _LEAST_STEP
    return (_text(low), _text(high)) if 0 <= low <= high <= 100 else ("0", "100")


def rounded(low: str, high: str) -> tuple[str, str]:
    """The same bounds for people, at most four decimals: the lower rounded down, the higher up."""
    step = Decimal("0.0001")
    return _text(Decimal(low).quantize(step, ROUND_FLOOR)), _text(Decimal(high).quantize(step, ROUND_CEILING))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"


def bonds(holdings: Iterable[Holding], day: str) -> tuple[Bond, ...]:
    """Statements that may hold on ``day`` (ISO), joined where they speak of the same tie; in a fixed order.

    Several statements on one share narrow each other down; where they exclude each other, none is dropped.
    Who holds himself (a company its own shares) is left out: it makes nobody his owner.
    """
    found: dict[tuple[str, str, Kind], set[tuple[bytes, Holding]]] = {}
    for one in holdings:
        if one.holder != one.held and holds_on(one, day) is not False:
            found.setdefault((one.holder, one.held, one.what), set()).add((msgspec.json.encode(one), one))
    rows = sorted((key, tuple(one for _, one in sorted(said, key=_first))) for key, said in found.items())
    return tuple(_bond(*key, said, day) for key, said in rows)


def _first(pair: tuple[bytes, Holding]) -> bytes:
    return pair[0]


def holds_on(one: Holding, day: str) -> bool | None:
    """Whether a tie holds on a day; None where its own dates are too vague to tell, or it may be another's."""
    on = parse_partial(day).first
    if one.begins and parse_partial(one.begins).first > on:
        return False
    if one.ends and parse_partial(one.ends).last < on:
        return False
    vague = (one.begins and parse_partial(one.begins).last > on) or (one.ends and parse_partial(one.ends).first < on)
    return None if vague or not one.sure else True


def _bond(holder: str, held: str, what: Kind, said: tuple[Holding, ...], day: str) -> Bond:
    ranges = []
    for one in said:
        low, high = Fraction(one.low) / 100, Fraction(one.high) / 100
        ranges.append((low if holds_on(one, day) else NOTHING, high))
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    disputed = low > high
    if disputed:
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    certain = any(holds_on(one, day) for one in said)
    return Bond(what, holder, held, low, high, certain, disputed, said)
