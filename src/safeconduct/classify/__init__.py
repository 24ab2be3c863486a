"""Item → control entries: the paragraph that catches it, the note that frees it, or what is missing."""

from safeconduct.classify.entry_tests import read_entry_tests
from safeconduct.classify.facts import FACTS
from safeconduct.classify.facts_from_text import Proposal, proposals, proposals_of, proposals_of_pages
from safeconduct.classify.language import language_of
from safeconduct.classify.line import classify_line
from safeconduct.classify.listed import listed_facts
from safeconduct.classify.model import (
    EntryResult,
    EntryTest,
    EntryTests,
    LineClassification,
    LineRating,
    Outside,
    Suggestion,
)
from safeconduct.classify.provisional import (
    classify_provisionally,
    kinds_beside_each_other,
    provisional_facts,
)
from safeconduct.classify.suggesting import WordIndex, index_of, suggest
from safeconduct.classify.texts import TEXTS

__all__ = [
    "FACTS",
    "TEXTS",
    "EntryResult",
    "EntryTest",
    "EntryTests",
    "LineClassification",
    "LineRating",
    "Outside",
    "Proposal",
    "Suggestion",
    "WordIndex",
    "classify_line",
    "classify_provisionally",
    "index_of",
    "kinds_beside_each_other",
    "language_of",
    "listed_facts",
    "proposals",
    "proposals_of",
    "proposals_of_pages",
    "provisional_facts",
    "read_entry_tests",
    "suggest",
]
