"""From what was observed of a match to its answer, again and again the same: pure over the recorded parts.

Observing (reading names, comparing words) depends on libraries and lists, and is recorded. Judging reads nothing
but the record, so that years later the same bytes come out under the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from safeconduct.core.errors import NeedsRelease
from safeconduct.core.message import Message
from safeconduct.screen import rules
from safeconduct.screen.model import Match, Screening

NAMES_DIFFER = "screen.reason.names_differ"
RANK = {"likely_same": 0, "cannot_tell": 1, "different": 2}
_RULES = re.compile(r"\brules/(\S+)")


def judged(match: Match) -> Match:
    """The match with answer, reason and score as the rules give them for its parts; questions only where it cannot
    be told. ValueError where the record holds no basis."""
    if match.basis is None:
        raise ValueError(f"{match.source} {match.entry}: recorded without its basis")
    found = {part.part: part.finding for part in match.parts}
    basis, names = match.basis, next(part for part in match.parts if part.part == "alias_quality")
    evidence = rules.Evidence(basis.mode, basis.level, names.finding == "weak_alias", basis.loose, found)
    rule, answer = rules.answer(evidence)
    if basis.level == "apart" and not evidence.says("identifier", "same"):
        rule, answer = NAMES_DIFFER.rpartition(".")[2], "different"
    return msgspec.structs.replace(
        match,
        answer=answer,
        score=rules.score(basis.points, match.parts),
        reason=Message(f"screen.reason.{rule}", {"query": names.query, "listed": names.listed}),
        asks=match.asks if answer == "cannot_tell" else (),
    )


def ranked(matches: Sequence[Match]) -> list[Match]:
    """All of them, namesakes explained, the likest first."""
    return sorted(_explained(matches), key=lambda one: (RANK[one.answer], -one.score, one.source, one.entry))


def judge_again(screening: Screening, where: str) -> Screening:
    """The screening with every match judged anew from its recorded parts.

    Raises ``NeedsRelease`` where it was judged by other rules than this release has, or before parts could be.
    """
    found = _RULES.search(screening.matcher)
    edition = found[1] if found else "none"
    if edition != rules.RULES_EDITION or any(match.basis is None for match in screening.matches):
        what = f"judged by rules {edition}, and these are {rules.RULES_EDITION}"
        raise NeedsRelease(what, where, f"use the release that has: {screening.matcher}")
    return msgspec.structs.replace(screening, matches=tuple(ranked([judged(match) for match in screening.matches])))


def _explained(matches: Sequence[Match]) -> list[Match]:
    """Namesakes of an entry that the party's facts fit: where a fact differs and none agrees, they are *different*.

    It can silence no party altogether, for the entry that fits stays an alert.
    """
    likely = (one for one in matches if one.answer == "likely_same")
    fits = min(likely, key=lambda one: (-one.score, one.source, one.entry), default=None)
    return [_namesake(match, fits) if fits and match.answer == "cannot_tell" else match for match in matches]


def _namesake(match: Match, fits: Match) -> Match:
    evidence = rules.Evidence("person", "", False, False, {part.part: part.finding for part in match.parts})
    if not evidence.against or evidence.for_it:
        return match
    params = {**match.reason.params, "source": fits.source, "entry": fits.entry}
    reason = Message("screen.reason.another_entry_fits", params)
    return msgspec.structs.replace(match, answer="different", reason=reason, asks=())
