"""The catalogue of facts: what conditions may read, and the nearest right word for a wrong one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from rapidfuzz.distance import OSA

from safeconduct.core.fact import FactType

NONE = "none"  # in a set of words: the complete empty set
MAX_WHOLE = 1_000_000_000
_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,12})?", re.ASCII)


class Catalogue:
    """Facts by key, joined from the declarations of the rooms. ValueError where two share a key."""

    def __init__(self, facts: Iterable[FactType]) -> None:
        self._facts: dict[str, FactType] = {}
        for fact in facts:
            if fact.key in self._facts:
                raise ValueError(f"the fact {fact.key} is declared twice")
            self._facts[fact.key] = fact

    def get(self, key: str) -> FactType | None:
        return self._facts.get(key)

    def nearest(self, key: str) -> str:
        """The key most like ``key``; empty where none is alike."""
        return nearest(key, self._facts)

    def __contains__(self, key: object) -> bool:
        return key in self._facts

    def __iter__(self) -> Iterator[FactType]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)


def nearest(word: str, among: Iterable[str]) -> str:
    """The most similar of ``among`` (optimal string alignment: a swap is one slip), or empty when
    fewer than half of the letters agree. Equal candidates: the first in alphabetical order."""
    wanted = word[:100].casefold()
    alike = {each: OSA.normalized_similarity(wanted, each.casefold()) for each in sorted(among)}
    best = max(alike, key=alike.__getitem__, default="")
    return best if best and alike[best] >= 0.5 else ""


def is_decimal(value: object) -> TypeGuard[str]:
    """Whether ``value`` is a decimal text such as ``0.3``: no exponent, at most 12 digits on either side."""
    return isinstance(value, str) and _DECIMAL.fullmatch(value) is not None


def is_count(value: object) -> TypeGuard[int]:
    """Whether ``value`` is a whole number from 0 to a thousand million; yes and no are not numbers."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_WHOLE


def fits(fact: FactType, value: object) -> bool:
    """Whether ``value`` can be the value of ``fact``. A set may not hold ``none`` beside other words."""
    match fact.kind:
        case "flag":
            return isinstance(value, bool)
        case "word" | "level":
            return isinstance(value, str) and _is_word(fact, value)
        case "words":
            return isinstance(value, tuple) and _is_set(fact, value)
        case "number":
            return is_count(value)
        case "decimal":
            return is_decimal(value)
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case _:
            return False  # incidents are counted into other facts and never read by a condition


def _is_word(fact: FactType, value: str) -> bool:
    return value in fact.words if fact.words else bool(value.strip())


def _is_set(fact: FactType, value: tuple[object, ...]) -> bool:
    if NONE in value and any(word != NONE for word in value):
        return False
    return all(isinstance(word, str) and _is_word(fact, word) for word in value)


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
