"""A kind of goods that a person found answers for entries to which the goods' own words point: that is said.

The finding decides, for words are weak (*a camera that is not thermal*), and a person may overlook what else a sheet
says. So whoever reads the rating sees the entries and the words, and can find the facts they ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.classify.model import EntryTest
from safeconduct.classify.relevance import Relevance
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.message import Message

RULE = "classify.kind_found"


def kind_found_against_words(relevance: Relevance, passed_over: Sequence[tuple[str, EntryTest]]) -> tuple[Finding, ...]:
    """One finding that names the entries ``passed_over`` (with their lists) to which a word points; none without."""
    words = [(list_, entry.code, relevance.sign_of(entry)) for list_, entry in passed_over]
    told = [f"{list_} {code} (“{word}”)" for list_, code, word in words if word]
    if not told:
        return ()
    return (
        Finding(
            rule=RULE,
            verdict=Verdict.MET,
            reason=Message("classify.kind_found", {"entries": ", ".join(told)}),
            citation=", ".join(f"{list_} {code}" for list_, code, word in words if word),
            subject=relevance.subject,
            evidence=relevance.evidence,
        ),
    )
