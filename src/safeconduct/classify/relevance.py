"""Which entries are worth asking about, given the kind of goods.

A camera need not be asked whether it generates intrusion software. The kind of goods makes an
entry's open questions idle when it is another kind than the entry is about, none of the entry's
own elements is met, and the kind is no mere claim against the words of the datasheet. It never
overrules an element: an entry whose elements are met catches whatever kind is stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from safeconduct.classify.model import EntryTest
from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.item import Item

KIND = "item.kind"
CLAIMED = "item.crime_control_kind"
UNTOLD = "other"  # names no kind, so it rules none out
FINDERS = ("officer", "adviser")


class Relevance(msgspec.Struct, frozen=True):
    """What is known of the kind of one line: the fact, whether somebody found it, and the words at hand."""

    subject: str
    kind: Fact
    found: bool
    words: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.kind.evidence

    def makes_idle(self, entry: EntryTest, elements: tuple[Finding, ...]) -> bool:
        """Whether the kind of goods answers what the facts leave open."""
        if not isinstance(self.kind, Known) or self.kind.value in entry.kinds:
            return False
        if any(each.verdict is Verdict.MET for each in elements):
            return False
        if self.kind.value in entry.built_into and self.signs_of(entry):
            return False  # a router is a router, and may encrypt
        if self.found:  # that no kind fits rules out nothing that the words point to
            return self.kind.value != UNTOLD or not self.signs_of(entry)
        return self.kind.value != UNTOLD and bool(self.words) and not self.signs_of(entry)

    def doubted(self, entry: EntryTest, facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """The facts by which this entry may be ruled out: what kind of crime-control goods it is, where only the
        exporter says so and his own words are a sign of the entry, is in conflict and has to be asked."""
        claimed = facts.get(CLAIMED)
        if not isinstance(claimed, Known) or not claimed.evidence:
            return facts
        if any(each.by != "exporter" for each in claimed.evidence) or not self.signs_of(entry):
            return facts
        return {**facts, CLAIMED: Unknown("conflicting", claimed.evidence)}

    def signs_of(self, entry: EntryTest) -> bool:
        """Whether the name, description or datasheet uses a word that is a sign of the entry."""
        return bool(self.sign_of(entry))

    def sign_of(self, entry: EntryTest) -> str:
        """The first such word; or ``""``."""
        return next(
            (
                sign
                for sign in entry.signs
                if sign in self.words and re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", self.words)
            ),
            "",
        )  # the plain look goes before: most signs are not there, and it is many times cheaper

    def first_question(self, entry: EntryTest, elements: tuple[Finding, ...]) -> tuple[Gap, ...]:
        """The kind of goods alone, where finding it could make all other questions idle; else nothing."""
        if any(each.verdict is Verdict.MET for each in elements) or self.signs_of(entry):
            return ()
        if isinstance(self.kind, Unknown):
            return (Gap(KIND, self.kind.why, self.subject),)
        return () if self.kind.value in entry.kinds else (Gap(KIND, "not_searched", self.subject),)


def relevance_of(item: Item, facts: Mapping[str, Fact]) -> Relevance:
    """What the facts and the words of ``item`` say about its kind."""
    kind = facts.get(KIND, Unknown("absent"))
    found = any(each.by in FINDERS for each in kind.evidence)
    return Relevance(f"line:{item.line}", kind, found, words_of(item))


def words_of(item: Item) -> str:
    """Name, description and datasheet in one lower-case text; empty where there is no datasheet."""
    if item.datasheet is None or not item.datasheet.lines:
        return ""
    return "\n".join((item.name, item.description, *item.datasheet.lines)).casefold()
