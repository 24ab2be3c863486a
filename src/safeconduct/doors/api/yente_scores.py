"""Our three answers on yente's scale from 0 to 1, and the parts of a comparison as its features.

Clients of yente take a score of 0.7 for a match and drop what is under 0.5. So *likely the same* lies from 0.7 up,
*cannot tell* between 0.5 and 0.7, *different* below; within each, our ranking orders.
"""

from __future__ import annotations

from typing import Any

from safeconduct.flows.wording import TEXTS
from safeconduct.screen.model import Match, Part

THRESHOLD, CUTOFF = 0.7, 0.5
_BANDS = {"likely_same": (7000, 3000), "cannot_tell": (5000, 1999), "different": (0, 4999)}  # of 10,000: start, width
_AGREES = frozenset({"same", "agree", "same_day", "primary", "original_script"})
_AGAINST = frozenset({"contradict", "different"})
_SILENT = frozenset({"not_stated", "not_listed", "not_comparable", "unreadable", "omitted", "differs"})
ALGORITHM = "safeconduct"
PART, FINDING = "screen.part.", "screen.finding."


def score_of(match: Match) -> float:
    """From 0 to 1, rounded to four places."""
    start, width = _BANDS[match.answer]
    return (start + width * max(0, min(match.score, 1000)) // 1000) / 10_000


def explanations(match: Match) -> dict[str, dict[str, Any]]:
    """The parts by name, numbered from the second of a name on; the reason and what to ask for come first."""
    asks = f" Ask for: {', '.join(match.asks).replace('_', ' ')}." if match.asks else ""
    detail = f"{match.answer.replace('_', ' ')}.{asks}"
    found: dict[str, dict[str, Any]] = {"answer": {"score": score_of(match), "detail": detail}}
    counts: dict[str, int] = {}
    for part in match.parts:
        counts[part.part] = counts.get(part.part, 0) + 1
        name = part.part if counts[part.part] == 1 else f"{part.part}_{counts[part.part]}"
        found[name] = _feature(part)
    return found


def _feature(part: Part) -> dict[str, Any]:
    label, finding = TEXTS.get(PART + part.part, part.part), TEXTS.get(FINDING + part.finding, part.finding)
    said = {"query": part.query or None, "candidate": part.listed or None}
    return {"score": _weight(part.finding), "detail": f"{label}: {finding}", **said}


def _weight(finding: str) -> float:
    if finding in _AGREES:
        return 1.0
    if finding in _AGAINST:
        return -1.0
    return 0.0 if finding in _SILENT else 0.5


def feature_docs() -> dict[str, dict[str, Any]]:
    """Every part there can be, in words."""
    names = sorted(key.removeprefix(PART) for key in TEXTS if key.startswith(PART))
    return {name: {"description": TEXTS[PART + name], "coefficient": 1.0, "url": "/api/docs"} for name in names}
