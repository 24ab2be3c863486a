"""Parties beside listed parties: who resembles whom, on which parts, and what would settle it."""

from safeconduct.screen.analyse import warm
from safeconduct.screen.matcher import (
    Matcher,
    build_index,
    clearance_applies,
    fingerprint,
    listed_fingerprint,
    matcher_edition,
)
from safeconduct.screen.model import Answer, Clearance, EditionUsed, Match, Part, Screening, alert
from safeconduct.screen.texts import TEXTS

__all__ = [
    "TEXTS",
    "Answer",
    "Clearance",
    "EditionUsed",
    "Match",
    "Matcher",
    "Part",
    "Screening",
    "alert",
    "build_index",
    "clearance_applies",
    "fingerprint",
    "listed_fingerprint",
    "matcher_edition",
    "warm",
]
