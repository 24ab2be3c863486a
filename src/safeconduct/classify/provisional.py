"""A rating by proposals alone: what the words point to is shown, and nothing is freed or put outside by them.

A seller's words cannot show that an entry does not reach the goods: what is denied, optional or passed over stays
unknown, and wherever a proposal would rule an entry out or free it, the fact is doubted and asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from safeconduct.classify.facts_from_text import Proposal, proposals
from safeconduct.classify.judge import judge
from safeconduct.classify.label import with_label
from safeconduct.classify.line import is_younger, valid
from safeconduct.classify.model import EntryResult, EntryTest, EntryTests, LineClassification, Suggestion
from safeconduct.classify.relevance import KIND, relevance_of
from safeconduct.core.evidence import Evidence, Source
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.item import Item

_WHAT_IT_IS = (KIND, "item.crime_control_kind")
PROPOSED = "proposed"  # who states a provisional fact: nobody did
SETS = frozenset(
    {
        "item.capability_flags",
        "item.specially_designed_for",
        "item.made_for",
        "item.marketed_for",
        "item.intrusion_role",
    }
    | {"item.extraction_limited_to", "item.reason_for", "item.camera_limited_to"}
    | {"item.crime_control_exception", "item.technology_stage"}
)
"""Facts that are sets: a datasheet shows some members, never all."""


def provisional_facts(item: Item, proposed: Iterable[Proposal] | None = None) -> dict[str, Fact]:
    """Proposals (those of the line's own datasheet, or of several documents) as facts of the line.

    Only *yes* is taken; what sellers deny or only offer stays unknown, and *conflicting* where places differ.
    """
    subject = f"line:{item.line}"
    by_fact: dict[str, list[Proposal]] = {}
    for each in proposals(item) if proposed is None else proposed:
        by_fact.setdefault(each.fact, []).append(each)
    return {fact: _fact(found, subject) for fact, found in by_fact.items()}


def kinds_beside_each_other(proposed: Iterable[Proposal]) -> dict[str, tuple[str, ...]]:
    """Of the facts that say what the goods are, those that a sheet gives several values to: it may sell several
    products, and each needs a line of its own to be rated."""
    said: dict[str, dict[str, None]] = {}
    for each in proposed:
        if each.says == "yes" and each.fact in _WHAT_IT_IS:
            said.setdefault(each.fact, {})[str(each.value)] = None
    return {fact: tuple(values) for fact, values in sorted(said.items()) if len(values) > 1}


def classify_provisionally(
    item: Item,
    facts: Mapping[str, Fact],
    entry_tests: Sequence[EntryTests],
    on: dt.date,
    *,
    suggestions: tuple[Suggestion, ...] = (),
) -> LineClassification:
    """Every entry that is valid on that day, *caught* or *cannot tell*: never freed, never outside."""
    entries: list[EntryResult] = []
    findings: list[Finding] = []
    for tests in entry_tests:
        for entry in (each for each in tests.entries if valid(each, on)):
            result, remarks = with_label(entry, _open(tests, entry, item, facts), facts)
            entries.append(result)
            findings.extend(remarks)
    return LineClassification(
        line=item.line,
        entries=tuple(entries),
        outside=(),
        findings=tuple(findings),
        suggestions=suggestions,
        hindsight=tuple(each.list for each in entry_tests if is_younger(each, on)),
    )


def _open(tests: EntryTests, entry: EntryTest, item: Item, facts: Mapping[str, Fact]) -> EntryResult:
    """The result with whatever rules the entry out, or frees it, doubted."""
    kind = facts.get(KIND)
    believed = dict(facts)
    if isinstance(kind, Known) and kind.value not in entry.kinds:
        believed[KIND] = _doubted(kind)
    while True:
        result = judge(tests, entry, relevance_of(item, believed), believed)
        doubts = _ruling_out(result) & {key for key, fact in believed.items() if isinstance(fact, Known)}
        if not doubts:
            return result
        believed |= {key: _doubted(believed[key]) for key in doubts}


def _ruling_out(result: EntryResult) -> set[str]:
    if result.status == "freed":
        findings = [each for each in result.notes if each.verdict is Verdict.MET]
    else:
        findings = [each for each in result.elements if each.verdict is Verdict.NOT_MET]
    return {each.fact for finding in findings for each in finding.evidence}


def _doubted(fact: Fact) -> Unknown:
    return Unknown("not_searched", fact.evidence)


def _fact(found: list[Proposal], subject: str) -> Fact:
    evidence = tuple(dict.fromkeys(_evidence(each, subject) for each in found))
    said = list(dict.fromkeys(each.value for each in found if each.says == "yes"))
    denied = {each.value for each in found if each.says == "no"}
    if denied.intersection(said) or (len(said) > 1 and found[0].fact not in SETS):
        return Unknown("conflicting", evidence)
    if not said:
        return Unknown("not_searched" if any(each.says == "perhaps" for each in found) else "absent", evidence)
    if found[0].fact in SETS:
        return Known(tuple(map(str, said)), evidence, complete=False)
    return Known(said[0], evidence)


def _evidence(each: Proposal, subject: str) -> Evidence:
    value = "yes" if each.value is True else str(each.value)
    told = {"yes": value, "no": "no" if each.value is True else f"not {value}", "perhaps": f"perhaps {value}"}[
        each.says
    ]
    return Evidence(each.fact, told, Source("datasheet", ref=each.document, place=each.place), subject, by=PROPOSED)
