"""What would change an outcome, for readers: as data, and as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from safeconduct.assess.changes_model import Change, Changes, Supposed
from safeconduct.core.fact import Value
from safeconduct.core.message import Message, Param

MOST_SHOWN = 12
MOST_OF_ONE = 2  # values of one fact, or of one set of facts, that are told in sentences


def plain(changes: Changes, *, closed: bool) -> dict[str, Any]:
    """One line as JSON shows it; sets that rest on a sealed source only for who may read it."""
    return {
        "line": changes.line,
        "outcome": changes.outcome.value,
        "searched_to": changes.searched_to,
        "tried": changes.tried,
        "sets": [
            {
                "outcome": each.outcome.value,
                "facts": [
                    {"fact": one.fact, "subject": one.subject, "now": one.now, "to": one.to} for one in each.facts
                ],
            }
            for each in _readable(changes.sets, closed=closed)
        ],
        "unknowns": [
            {
                "fact": each.fact,
                "subject": each.subject,
                "outcomes": [one.value for one in each.outcomes],
                "facts": each.facts,
            }
            for each in changes.unknowns
        ],
    }


def sentences(changes: Changes, *, closed: bool) -> Iterator[Message]:
    """The first of them as messages ``change.fact`` and ``change.facts``."""
    told: Counter[tuple[str, ...]] = Counter()
    for each in _readable(changes.sets, closed=closed):
        name = tuple(one.fact for one in each.facts)
        told[name] += 1
        if told[name] <= MOST_OF_ONE and sum(map(_within, told.values())) <= MOST_SHOWN:
            yield _sentence(each)


def _within(count: int) -> int:
    return min(count, MOST_OF_ONE)


def _sentence(change: Change) -> Message:
    if len(change.facts) == 1:
        (one,) = change.facts
        params: dict[str, Param] = {
            "fact": one.fact,
            "now": shown(one.now),
            "to": shown(one.to),
            "outcome": change.outcome.value,
        }
        return Message("change.fact", params)
    facts = tuple(f"{one.fact} were “{shown(one.to)}” instead of “{shown(one.now)}”" for one in change.facts)
    return Message("change.facts", {"facts": " and ".join(facts), "outcome": change.outcome.value})


def _readable(sets: Iterable[Change], *, closed: bool) -> Iterator[Change]:
    return (each for each in sets if closed or not any(_is_sealed(one) for one in each.facts))


def _is_sealed(one: Supposed) -> bool:
    return one.sealed


def shown(value: Value | None) -> str:
    """A value in a sentence."""
    if value is None:
        return "unknown"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
