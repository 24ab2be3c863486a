"""How many matches needed a person, day by day: what screening costs the people who look at it.

Counted over the cases that the reader may read, and over look-ups outside any case where he may read those: a number
tells nobody of a case that is closed to him. Whoever reads no case is shown no number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import msgspec

from safeconduct.access import Action, Actor, may, rules_for
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.settled import clearances
from safeconduct.flows.work import ask
from safeconduct.store.models import Clearance, Record, Screening
from safeconduct.store.visible import visible

DAYS = 30
MOST_SCREENINGS = 20_000

Pair = tuple[str, str, str, str]


class Day(msgspec.Struct, frozen=True):
    """One day in UTC: ``screened`` counts screenings of a party, ``alarms`` matches that needed a person."""

    day: str
    screened: int
    alarms: int


class Alarms(msgspec.Struct, frozen=True):
    """The last days, the oldest first. ``per_hundred`` is alarms for each hundred screenings of all days, with one
    decimal; empty where nothing was screened. ``cut`` is True where there were more screenings than are counted."""

    days: tuple[Day, ...]
    screened: int
    alarms: int
    per_hundred: str
    lookups: bool
    cut: bool


class _Matched(msgspec.Struct):
    source: str
    entry: str
    answer: str
    facts: str


class _Observed(msgspec.Struct):
    party: str
    matches: tuple[_Matched, ...] = ()


class _Kept(msgspec.Struct):
    screening: _Observed


def alarms(actor: Actor, at: Installation | None = None) -> Alarms | None:
    """Alarms of the last 30 days; None for whoever reads no case at all.

    A match needed a person where it alerts and nobody had cleared it, on the facts as they are on both sides, before.
    One that is seen again (another case, a newer list) counts once, on the day on which it was first seen.
    """
    ask(actor, Action.SEE_LISTS, None)
    if not _reads_cases(actor):
        return None
    at = at or here()
    first = (at.today() - dt.timedelta(days=DAYS - 1)).isoformat()
    seen = _seen(actor, first)
    cut = len(seen) > MOST_SCREENINGS
    seen = sorted(seen[:MOST_SCREENINGS], key=lambda one: one[0])
    cleared = _cleared({observed.party for _, observed in seen})
    screened: Counter[str] = Counter()
    found: Counter[str] = Counter()
    known: set[Pair] = set()
    for moment, observed in seen:
        screened[moment[:10]] += 1
        for pair in _alerts(observed):
            if pair not in known and not ("" < cleared.get(pair, "") < moment):
                found[moment[:10]] += 1
            known.add(pair)
    days = tuple(
        Day(day, screened[day], found[day])
        for day in ((at.today() - dt.timedelta(days=back)).isoformat() for back in range(DAYS - 1, -1, -1))
    )
    total, alarming = sum(day.screened for day in days), sum(day.alarms for day in days)
    per_hundred = _tenths(alarming * 1000, total) if total else ""
    return Alarms(days, total, alarming, per_hundred, may(actor, Action.READ_LOOKUPS).allowed, cut)


def _reads_cases(actor: Actor) -> bool:
    return bool(rules_for(actor, Action.READ))


def _tenths(part: int, whole: int) -> str:
    """``part`` of ``whole`` as a decimal with one place, rounded half up, without floats."""
    tenths = (2 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _seen(actor: Actor, first: str) -> list[tuple[str, _Observed]]:
    """Every screening since ``first`` that the actor may count, the newest first, no more than one over the bound."""
    rows = Record.objects.filter(kind="screening", at__gte=first, case__in=visible(actor)).order_by("-id")
    found = [
        (moment, msgspec.json.decode(body, type=_Kept).screening)
        for moment, body in rows.values_list("at", "body")[: MOST_SCREENINGS + 1]
    ]
    if may(actor, Action.READ_LOOKUPS).allowed:
        outside: Any = Screening.objects.filter(case=None, asked__gte=first).exclude(body="").order_by("-id")
        found += [
            (moment, msgspec.json.decode(body, type=_Observed))
            for moment, body in outside.values_list("asked", "body")[: MOST_SCREENINGS + 1]
        ]
    return sorted(found, key=lambda one: one[0], reverse=True)


def _alerts(observed: _Observed) -> list[Pair]:
    return [
        (observed.party, match.source, match.entry, match.facts)
        for match in observed.matches
        if match.answer in ("likely_same", "cannot_tell")
    ]


def _cleared(parties: set[str]) -> dict[Pair, str]:
    """When each pair was first cleared, of these parties, where that has not been withdrawn since."""
    standing = {(one.party, one.source, one.entry, one.facts) for one in clearances(frozenset(parties))}
    names = ("fingerprint", "source", "entry", "entry_facts", "case_id", "record")
    rows = [row for row in Clearance.objects.values_list(*names) if row[:4] in standing]
    kept = Record.objects.filter(case__in={row[4] for row in rows}, number__in={row[5] for row in rows})
    times = {(case, number): moment for case, number, moment in kept.values_list("case_id", "number", "at")}
    found: dict[Pair, str] = {}
    for party, source, entry, facts, case, number in rows:
        pair, moment = (party, source, entry, facts), times.get((case, number), "")
        found[pair] = min(found.get(pair, moment), moment)
    return found
