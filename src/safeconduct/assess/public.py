"""An assessment as the object that ``safeconduct assess --json`` prints, and that pages are made from.

The names of its keys are fixed. Closed text (sealed sources, and all that is taken from them) is
left out unless asked for: the field is then absent, not blanked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from safeconduct.assess.changes_model import Changes
from safeconduct.assess.changes_shown import plain, sentences
from safeconduct.assess.judge import Assessment
from safeconduct.assess.matches import Screened
from safeconduct.assess.model import LineOutcome, Question, Weighed
from safeconduct.classify import EntryResult
from safeconduct.core.evidence import Evidence
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.message import Message
from safeconduct.core.party import Party

Words = Callable[[Message], str]
Plain = dict[str, Any]


class Public:
    """Writes the parts of one assessment. ``words`` turns a message into the reader's language."""

    def __init__(self, words: Words, *, closed: bool) -> None:
        self._words, self._closed = words, closed

    def whole(
        self, assessment: Assessment, assessment_id: str, parties: Iterable[Party], changes: Iterable[Changes] = ()
    ) -> Plain:
        """The whole object; ``changes`` are what would change each line."""
        every = tuple(changes)
        names = {party.id: party.name for party in parties}
        return {
            "assessment_id": assessment_id,
            "case": assessment.case,
            "on": assessment.on,
            "outcome": assessment.outcome.value,
            "lines": [self.line(each, every) for each in assessment.lines],
            "parties": [self.party(each, names, assessment) for each in assessment.screened],
            "findings": [self.finding(each) for each in assessment.findings],
            "questions": [self.question(each) for each in assessment.questions],
            "would_change": [text for each in assessment.lines for text in self.would_change(each.line, every)],
            "changes": [plain(each, closed=self._closed) for each in every],
            "policy": msgspec.to_builtins(assessment.policy),
            "editions": [msgspec.to_builtins(each) for each in assessment.editions],
        }

    def would_change(self, line: int, changes: tuple[Changes, ...]) -> list[str]:
        """What would change one line, in sentences."""
        own = (each for each in changes if each.line == line)
        return [self._words(one) for each in own for one in sentences(each, closed=self._closed)]

    def line(self, line: LineOutcome, changes: tuple[Changes, ...] = ()) -> Plain:
        """One line of goods."""
        return {
            "line": line.line,
            "outcome": line.outcome.value,
            "entries": [self.entry(each) for each in line.entries],
            "suggestions": [msgspec.to_builtins(each) for each in line.suggestions],
            "because": [msgspec.to_builtins(each) for each in line.floors],
            "scenarios": [self.scenario(each) for each in line.scenarios if _conceivable(each)],
            "would_change": self.would_change(line.line, changes),
        }

    def entry(self, entry: EntryResult) -> Plain:
        """A control entry: what catches, what frees, and the evidence with its place in the datasheet."""
        return {
            "list": entry.list,
            "code": entry.code,
            "status": entry.status,
            "paragraph": entry.paragraph,
            "note": entry.note,
            "text": entry.text.get("en", ""),
            "evidence": self.evidence(entry.evidence),
            "asks": [gap.fact for gap in entry.questions],
            "conflicting": [gap.fact for gap in entry.questions if gap.why == "conflicting"],
        }

    def scenario(self, weighed: Weighed) -> Plain:
        """A misuse scenario that fits, or may fit, with the anchors that give its ranges."""
        return {
            "scenario": weighed.scenario,
            "text": self._words(weighed.finding.reason),
            "right": weighed.right,
            "actor": weighed.actor,
            "at_risk": weighed.at_risk,
            "severity": msgspec.to_builtins(weighed.severity),
            "likelihood": msgspec.to_builtins(weighed.likelihood),
            "anchors": [
                {
                    "dimension": each.dimension,
                    "level": each.level,
                    "verdict": each.verdict.value,
                    "text": self._words(Message("policy.text", {"id": each.text})),
                }
                for each in weighed.anchors
            ],
            "lower": weighed.lower.value,
            "upper": weighed.upper.value,
            "overrides": [msgspec.to_builtins(each) for each in weighed.overrides],
        }

    def party(self, screened: Screened, names: dict[str, str], assessment: Assessment) -> Plain:
        """A party with every match worth showing. ``open``: nobody has settled it yet; ``confirmed``: a person found it
        to be the same."""
        waiting, confirmed = set(assessment.open_matches), set(assessment.confirmed_matches)
        return {
            "party": names.get(screened.party, screened.party),
            "id": screened.party,
            "matches": [
                {
                    "source": match.source,
                    "entry": match.entry,
                    "name": match.name,
                    "answer": match.answer,
                    "score": match.score,
                    "reason": self._words(match.reason),
                    "asks": list(match.asks),
                    "open": (screened.party, match.source, match.entry) in waiting,
                    "confirmed": (screened.party, match.source, match.entry) in confirmed,
                    "parts": [
                        {"part": part.part, "finding": part.finding, "query": part.query, "listed": part.listed}
                        for part in match.parts
                    ],
                }
                for match in screened.screening.matches
            ],
        }

    def finding(self, finding: Finding) -> Plain:
        """One rule and what it found."""
        return {
            "rule": finding.rule,
            "verdict": finding.verdict.value,
            "reason": self._words(finding.reason),
            "citation": finding.citation,
            "subject": finding.subject,
            "evidence": self.evidence(finding.evidence),
            "missing": [{"fact": gap.fact, "why": gap.why, "subject": gap.subject} for gap in finding.missing],
        }

    def question(self, question: Question) -> Plain:
        """One question."""
        return {
            "id": question.id,
            "fact": question.fact,
            "subject": question.subject,
            "text": self._words(question.text),
            "decisive": question.decisive,
            "to": question.to,
            "days": question.days,
            "why": list(question.why),
            "accepted": question.accepted,
        }

    def evidence(self, evidence: Iterable[Evidence]) -> list[Plain]:
        """Evidence with its source; what comes from a sealed source only for who may read it."""
        return [msgspec.to_builtins(each) for each in evidence if self._closed or not each.source.sealed]


def _conceivable(weighed: Weighed) -> bool:
    return weighed.finding.verdict is not Verdict.NOT_MET
