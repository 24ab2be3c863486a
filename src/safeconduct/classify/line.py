"""One line of goods against the tests of every list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from safeconduct.classify.declared import declared_findings, untested
from safeconduct.classify.judge import judge
from safeconduct.classify.kind_found import BY_KIND, passed_over
from safeconduct.classify.label import with_label
from safeconduct.classify.model import (
    EntryResult,
    EntryTest,
    EntryTests,
    LineClassification,
    LineRating,
    Outside,
    Suggestion,
)
from safeconduct.classify.ratings import rated
from safeconduct.classify.relevance import Relevance, relevance_of
from safeconduct.core.dates import parse_partial
from safeconduct.core.fact import Fact
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.item import Item
from safeconduct.core.message import Message


def classify_line(
    item: Item,
    facts: Mapping[str, Fact],
    entry_tests: Sequence[EntryTests],
    on: dt.date,
    *,
    suggestions: tuple[Suggestion, ...] = (),
    ratings: Sequence[LineRating] = (),
) -> LineClassification:
    """Which entries catch ``item`` on that day, which a note frees, which cannot be told.

    ``facts`` are those of the line (and, harmlessly, of the case). Entries whose
    form or element is not met are ``outside``. ``ratings`` are what people found, as in ``rated``.
    """
    relevance = relevance_of(item, facts)
    entries: list[EntryResult] = []
    outside: list[Outside] = []
    findings: list[Finding] = []
    for tests in entry_tests:
        for entry in tests.entries:
            if not valid(entry, on):
                continue
            result, remarks = with_label(entry, judge(tests, entry, relevance, facts), facts)
            first = next((each for each in entries if each.list == tests.list and _goes_before(each, entry)), None)
            if first or result.status == "outside":
                outside.append(_outside(result, relevance, first))
            else:
                entries.append(result)
                findings.extend(remarks)
    by_people = list(rated(item.line, ratings, [*entries, *outside]))
    entries.extend(each for each in by_people if isinstance(each, EntryResult))
    outside.extend(each for each in by_people if isinstance(each, Outside))
    freed = [each for each in by_people if isinstance(each, EntryResult) and each.status == "freed"]
    reached = [(each.list, each.code) for each in entries if each not in freed]
    beside = [(each.list, each.code) for each in outside] + [(each.list, each.code) for each in freed]
    entries.extend(untested(item, reached, beside))
    shown, beyond = tuple(entries), tuple(outside)
    return LineClassification(
        line=item.line,
        entries=shown,
        outside=beyond,
        findings=(*findings, *passed_over(relevance, beyond, entry_tests), *declared_findings(item, shown, beyond)),
        suggestions=suggestions,
        hindsight=tuple(each.list for each in entry_tests if is_younger(each, on)),
    )


def _goes_before(result: EntryResult, entry: EntryTest) -> bool:
    return result.status == "caught" and result.code in entry.unless


def _outside(result: EntryResult, relevance: Relevance, first: EntryResult | None) -> Outside:
    """The shortest reason: another entry goes before, an element is not met, or the kind of goods."""
    if first:
        return Outside(
            result.list, result.code, Message("classify.outside.other_entry", {"code": first.code}), first.evidence
        )
    failing = next((each for each in result.elements if each.verdict is Verdict.NOT_MET), None)
    if failing:
        return Outside(result.list, result.code, failing.reason, failing.evidence)
    return Outside(result.list, result.code, Message(BY_KIND, {}), relevance.evidence)


def valid(entry: EntryTest, on: dt.date) -> bool:
    """Whether the entry applied on that day."""
    started = not entry.valid_from or parse_partial(entry.valid_from).first <= on
    return started and (not entry.valid_to or on <= parse_partial(entry.valid_to).last)


def is_younger(tests: EntryTests, on: dt.date) -> bool:
    """Whether the edition the tests were read against was published after that day."""
    return bool(tests.published) and parse_partial(tests.published).first > on
