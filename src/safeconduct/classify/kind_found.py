"""A kind of goods that a person found answers for entries to which the goods' own words point: that is said.

The finding decides, for words are weak (*a camera that is not thermal*), and a person may overlook what else a sheet
says. So whoever reads the rating sees the entries and the words, and can find the facts they ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.classify.model import EntryTests, Outside
from safeconduct.classify.relevance import Relevance
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.message import Message

RULE = "classify.kind_found"
BY_KIND = "classify.outside.kind"
"""Why an entry is outside that only the kind of goods answers for."""


def passed_over(
    relevance: Relevance, outside: Sequence[Outside], entry_tests: Sequence[EntryTests]
) -> tuple[Finding, ...]:
    """One finding that names the entries outside by their kind to which a word points; none where no word does."""
    by_kind = {(each.list, each.code) for each in outside if each.why.key == BY_KIND}
    words = {
        f"{tests.list} {entry.code}": relevance.sign_of(entry)
        for tests in entry_tests
        for entry in tests.entries
        if (tests.list, entry.code) in by_kind
    }
    told = {entry: word for entry, word in words.items() if word}
    if not told:
        return ()
    named = ", ".join(f"{entry} (“{word}”)" for entry, word in told.items())
    return (
        Finding(
            rule=RULE,
            verdict=Verdict.MET,
            reason=Message("classify.kind_found", {"entries": named}),
            citation=", ".join(told),
            subject=relevance.subject,
            evidence=relevance.evidence,
        ),
    )
