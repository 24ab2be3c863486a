"""Quantities that an entry turns on, as a clause of a datasheet gives them, in the unit of the fact."""

from __future__ import annotations

import re
from decimal import Decimal

from safeconduct.classify.clause_words import ClauseWords
from safeconduct.classify.phrase_search import Match
from safeconduct.core.fact import Value

_PER_FACT = {
    "item.frame_rate_hz": {
        "hz": "1",
        "fps": "1",
        "hertz": "1",
        "frames": "1",
        "images": "1",
        "i/s": "1",
        "cuadros": "1",
        "fotogramas": "1",
        "imagenes": "1",
    },
    "item.endurance_minutes": {
        **dict.fromkeys(("minutes", "minute", "mins", "min", "minutos"), "1"),
        **dict.fromkeys(("hours", "hour", "hrs", "hr", "h", "heures", "heure", "horas", "hora"), "60"),
    },
    "item.container_net_weight": {
        **dict.fromkeys(("grams", "gram", "g", "gr", "grammes", "gramos"), "1"),
        **dict.fromkeys(("kilograms", "kg"), "1000"),
        **dict.fromkeys(("ounces", "ounce", "oz"), "28.349523125"),
    },
    "item.adjusted_peak_performance": {
        **dict.fromkeys(("weighted teraflops", "wt"), "1"),
    },
    "item.flies_in_gusts": {
        **dict.fromkeys(("knots", "knot", "kts", "kt", "kn", "noeuds", "nudos"), "1"),
        **dict.fromkeys(("m/s", "mps"), "1.943844"),
        **dict.fromkeys(("km/h", "kmh", "kph"), "0.539957"),
        "mph": "0.868976",
    },
}
"""For each fact the units in which it is written, and how much of the fact's own unit each is."""

GUSTS = Decimal(25)
"""Knots of gusts from which an unmanned aircraft counts as designed to fly in them (9A012.a.1)."""

_QUANTITY = {
    fact: re.compile(
        rf"(?<![\w.,])(\d{{1,6}}(?:,\d{{3}})*(?:[.,]\d{{1,4}})?)\+?\s?-?({'|'.join(map(re.escape, units))})(?![^\W\d_])"
    )
    for fact, units in _PER_FACT.items()
}

_HOURS = re.compile(
    r"(?<![\w.,])(\d{1,3})\s?h(?:ours?|rs?|eures?|oras?)?\s?(?:(?:and|et|y)\s)?"
    r"(?:(\d{1,2})\s?m(?:in(?:ut[eo]s?)?)?\b|([0-5]\d)(?!\s?(?:[.,]?\d|[%°]|k?m\b|k?g\b)))"
)
"""*4 h 30 min*, and *4 h 30*, as it is written in French and Spanish."""
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def quantity_near(fact: str, clause: ClauseWords, match: Match) -> tuple[Value, Match] | None:
    """The value of ``fact`` in the clause and the words from what is measured to its quantity; of several the largest.

    *No* (a false value) where it falls short. A range (*20 to 40 minutes*) and a list give the largest: what the
    goods can do, not what they mostly do.
    """
    found = [
        (_number(each[1]) * Decimal(_PER_FACT[fact][each[2]]), each.start(1))
        for each in _QUANTITY[fact].finditer(clause.clause.text)
    ]
    if fact == "item.endurance_minutes":
        found += [
            (Decimal(each[1]) * 60 + Decimal(each[2] or each[3]), each.start(1))
            for each in _HOURS.finditer(clause.clause.text)
        ]
    if not found:
        return None
    largest, at = max(found)
    word = clause.head + next(number for number, (start, end) in enumerate(clause.spans) if start <= at < end)
    around = ((min(match[0][0], word), max(match[-1][1], word + 1)),)
    if fact == "item.flies_in_gusts":
        return largest >= GUSTS, around
    return (round(largest) if fact == "item.endurance_minutes" else _plain(largest)), around


def _number(written: str) -> Decimal:
    """*1,200* is twelve hundred; *85,05* as the French and Spanish write it is 85.05."""
    return Decimal(_THOUSANDS.sub("", written).replace(",", "."))


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")
