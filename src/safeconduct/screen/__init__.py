"""Parties beside listed parties: who resembles whom, on which parts, and what would settle it.

The matcher and its libraries are loaded when first asked for: whoever reads what was found needs neither.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from safeconduct.screen.facts import FACTS, match_facts
from safeconduct.screen.fingerprints import clearance_applies, fingerprint, listed_fingerprint
from safeconduct.screen.model import Answer, Clearance, Confirmation, EditionUsed, Match, Part, Screening, alert
from safeconduct.screen.texts import TEXTS

if TYPE_CHECKING:
    from safeconduct.screen.analyse import warm
    from safeconduct.screen.matcher import Matcher, build_index, matcher_edition

__all__ = [
    "FACTS",
    "TEXTS",
    "Answer",
    "Clearance",
    "Confirmation",
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
    "match_facts",
    "matcher_edition",
    "warm",
]
_WHEN_ASKED = {"Matcher": "matcher", "build_index": "matcher", "matcher_edition": "matcher", "warm": "analyse"}


def __getattr__(name: str) -> Any:
    if name not in _WHEN_ASKED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_WHEN_ASKED[name]}"), name)
