"""The seller's label claims a note; the note looks at what the item is specially designed for.

What a maker says its product is for frees nothing. Where a label names the purpose of a note that
does not apply, or that cannot be told, a finding says so and cites the line of the datasheet.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from safeconduct.classify.model import EntryResult, EntryTest, Note
from safeconduct.core.fact import Fact, Known
from safeconduct.core.finding import Finding, Verdict
from safeconduct.core.message import Message, Param

LABEL = "item.marketed_for"


def with_label(
    entry: EntryTest, result: EntryResult, facts: Mapping[str, Fact]
) -> tuple[EntryResult, tuple[Finding, ...]]:
    """``result`` naming the note its label claims in vain, and a finding for each such note."""
    label = facts.get(LABEL)
    if result.status not in ("caught", "cannot_tell") or not isinstance(label, Known):
        return result, ()
    words = set(label.value) if isinstance(label.value, tuple) else set()
    claimed = [
        (note, finding, tuple(sorted(words & set(note.label))))
        for note, finding in zip(entry.notes, result.notes, strict=True)
        if words & set(note.label) and finding.verdict is not Verdict.MET
    ]
    named = ", ".join(note.paragraph for note, _, _ in claimed)
    findings = tuple(_claimed_in_vain(result, note, finding, shared, label) for note, finding, shared in claimed)
    return msgspec.structs.replace(result, note=named), findings


def _claimed_in_vain(
    result: EntryResult, note: Note, finding: Finding, words: tuple[str, ...], label: Known
) -> Finding:
    """A rejected note cites the label, what the item is designed for, and the features that show it."""
    rejected = finding.verdict is Verdict.NOT_MET
    features = tuple(item for each in result.elements if each.verdict is Verdict.MET for item in each.evidence)
    params: dict[str, Param] = {"paragraph": note.paragraph, "label": words, "text": note.text["en"]}
    return Finding(
        rule=f"{result.list} {note.paragraph} label",
        verdict=finding.verdict,
        reason=Message("classify.label.rejected" if rejected else "classify.label.settles_nothing", params),
        citation=finding.citation,
        subject=finding.subject,
        evidence=tuple(dict.fromkeys((*label.evidence, *finding.evidence, *features))),
        missing=finding.missing,
        edition=finding.edition,
    )
