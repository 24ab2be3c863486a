"""Facts that the words of a datasheet suggest: proposals for a person, with the line they stand on.

A small table of English phrases and a guard against negation; no more is claimed for it. A proposal
is not a fact: nothing is rated by it unless somebody asks for a provisional rating of a raw datasheet.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.item import Item

PROPOSED = "proposed"  # who states a provisional fact: nobody did
MOST_LINES, MOST_CHARS = 5_000, 2_000

_PHRASES: dict[str, tuple[str, ...]] = {
    "item.carrier_class_ip": (
        r"carrier[- ](?:class|grade|backbone|network|link)s?",
        r"national(?:[- ]grade)? (?:ip )?backbone",
    ),
    "item.layer7_analysis": (r"layer[- ]?7\b", "application layer", "deep packet inspection"),
    "item.extracts_content_and_metadata": (
        r"extract\w* (?:\w+ ){0,3}(?:content|metadata)",
        r"(?:reconstruct|keep|store)\w* (?:\w+ ){0,3}(?:session|message)s?",
    ),
    "item.indexes_extracted_data": (r"\bindex(?:es|ed|ing)?\b",),
    "item.searches_hard_selectors": (
        r"hard[- ]selectors?",
        r"(?:search|quer)\w* (?:\w+ ){0,3}(?:tele)?phone numbers?",
        r"search\w* by (?:person|name)",
    ),
    "item.maps_relations": (
        r"link (?:view|analysis|chart)",
        "relational network",
        r"contact (?:graph|chain)s?",
        "who communicates with whom",
    ),
    "item.tracks_movement": (r"track\w* (?:\w+ ){0,3}(?:movements?|whereabouts|positions?)",),
    "item.handover_interface": ("handover interface", "etsi ts 101", r"3gpp ts 33\.108"),
    "item.air_interface_content": (
        r"(?:take|intercept|record)\w* (?:\w+ ){0,3}(?:speech|voice|calls?) (?:\w+ ){0,4}off the air",
    ),
    "item.air_interface_identifiers": ("imsi[- ]catchers?", r"(?:collect|captur)\w* (?:\w+ ){0,2}im[se]i"),
    "item.selective_jamming": (
        r"jam(?:s|ming)? (?:\w+ ){0,2}(?:selected|chosen|single) (?:phones|subscribers)",
        "selective jamming",
    ),
    "item.cryptanalytic": (r"\bdecrypts?\b", r"recovers? (?:\w+ ){0,2}(?:keys?|passwords?)", "brute[- ]force"),
    "item.extracts_raw_device_data": (
        "physical extraction",
        r"(?:image|read|dump)s? (?:\w+ ){0,2}(?:flash|nand|emmc|memory)",
    ),
    "item.defeats_device_lock": (
        r"(?:bypass|unlock|defeat)\w* (?:\w+ ){0,3}(?:lock|screen|passcode|pin)\b",
        r"(?:gets past|goes round) the lock",
    ),
    "item.surreptitious_interception": (
        r"(?:intercept|eavesdrop|listen)\w* (?:\w+ ){0,2}(?:unseen|covertly|unnoticed)",
    ),
}
_PATTERNS = {fact: re.compile("|".join(phrases)) for fact, phrases in _PHRASES.items()}
_NEGATION = re.compile(r"\b(?:no|not|never|without|neither|nor|cannot|can't|doesn't|isn't|excludes?|lacks?)\b")
_CLAUSE = re.compile(r"[.;:!?]| but ")


class Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``fact`` of a line may be ``value``, because ``words`` stand on ``line`` of its datasheet."""

    fact: str
    value: bool
    line: int
    words: str


class _Found(NamedTuple):
    negated: bool
    words: str


def proposals(item: Item) -> tuple[Proposal, ...]:
    """What the datasheet's words suggest, in the order of facts and lines; a negated phrase suggests *no*."""
    lines = item.datasheet.lines[:MOST_LINES] if item.datasheet else ()
    return tuple(
        Proposal(fact, not found.negated, number, found.words)
        for fact, pattern in _PATTERNS.items()
        for number, line in enumerate(lines, 1)
        for found in _matches(pattern, line)
    )


def provisional_facts(item: Item) -> dict[str, Fact]:
    """The proposals as facts, for a rating that is shown as provisional.

    Only *yes* is taken from a seller's words: what they deny stays unknown, and *conflicting* where
    they say both.
    """
    by_fact: dict[str, list[Proposal]] = {}
    for each in proposals(item):
        by_fact.setdefault(each.fact, []).append(each)
    return {fact: _fact(item, found) for fact, found in by_fact.items()}


def _matches(pattern: re.Pattern[str], line: str) -> list[_Found]:
    """At most one match of each clause."""
    found = []
    for clause in _CLAUSE.split(line[:MOST_CHARS].casefold()):
        match = pattern.search(clause)
        if match:
            found.append(_Found(bool(_NEGATION.search(clause)), match[0]))
    return found


def _fact(item: Item, found: list[Proposal]) -> Fact:
    title = item.datasheet.title if item.datasheet else ""
    evidence = tuple(
        Evidence(
            each.fact,
            "yes" if each.value else "no",
            Source("datasheet", ref=title, place=f"line {each.line}"),
            f"line:{item.line}",
            by=PROPOSED,
        )
        for each in found
    )
    if all(each.value for each in found):
        return Known(True, evidence)
    return Unknown("conflicting" if any(each.value for each in found) else "absent", evidence)
