"""One entry against the facts of one line, in strong Kleene logic.

An entry catches when the form and every element are met and no note is. A note frees only what
it says: where a set of facts is not known to be complete, a note that rests on it cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.classify.model import Element, EntryResult, EntryTest, EntryTests, Note, Status
from safeconduct.classify.relevance import Relevance
from safeconduct.core.evidence import Evidence
from safeconduct.core.fact import Fact, Known, Unknown
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy import evaluate

Facts = Mapping[str, Fact]


def judge(tests: EntryTests, entry: EntryTest, relevance: Relevance, facts: Facts) -> EntryResult:
    """The result of ``entry``; ``outside`` where its form or an element is not met, or where the
    kind of goods makes its open questions idle (see ``Relevance``)."""
    subject = relevance.subject
    doubted = relevance.doubted(entry, facts)
    if doubted is not facts and any(
        evaluate(each.when, facts, subject).verdict is Verdict.NOT_MET for each in entry.elements
    ):
        facts = doubted
    form = _finding(tests, Element(entry.code, entry.form, entry.text), "element", facts, subject)
    reaches = form.verdict is not Verdict.NOT_MET  # else nothing more need be asked
    elements = (form, *(_finding(tests, each, "element", facts, subject) for each in entry.elements if reaches))
    whole = _wholly_known(facts) if entry.notes and reaches else {}
    notes = tuple(_finding(tests, each, "note", whole, subject) for each in entry.notes if reaches)
    body = _all([form.verdict, _combined(entry, elements[1:])]) if reaches else Verdict.NOT_MET
    freeing = _any([note.verdict for note in notes])
    status = _status(body, freeing)
    if body is Verdict.CANNOT_TELL and relevance.makes_idle(entry, elements[1:]):
        status = "outside"
    asks = status == "cannot_tell"
    return EntryResult(
        list=tests.list,
        code=entry.code,
        status=status,
        paragraph=entry.code,
        note=", ".join(note.rule.partition(" ")[2] for note in notes if note.verdict is Verdict.MET),
        text=entry.text,
        elements=elements,
        notes=notes,
        evidence=_evidence(status, elements, notes, relevance),
        questions=_questions(elements, notes, relevance.first_question(entry, elements[1:])) if asks else (),
    )


def _finding(tests: EntryTests, part: Element | Note, kind: str, facts: Facts, subject: str) -> Finding:
    found = evaluate(part.when, facts, subject)
    key = f"classify.{kind}.{found.verdict}"
    return Finding(
        rule=f"{tests.list} {part.paragraph}",
        verdict=found.verdict,
        reason=Message(key, {"paragraph": part.paragraph, "text": part.text["en"]}),
        citation=f"{tests.citation}, {part.paragraph}",
        subject=subject,
        evidence=found.evidence,
        missing=found.gaps,
        edition=tests.sha256,
    )


def _wholly_known(facts: Facts) -> dict[str, Fact]:
    """The facts without what is only a lower bound: *limited to* and *designed for* are about all of it."""
    return {
        key: Unknown("not_searched", fact.evidence) if isinstance(fact, Known) and not fact.complete else fact
        for key, fact in facts.items()
    }


def _combined(entry: EntryTest, elements: tuple[Finding, ...]) -> Verdict:
    verdicts = [each.verdict for each in elements]
    return _any(verdicts) if entry.combine == "any" else _all(verdicts)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    if Verdict.NOT_MET in found:
        return Verdict.NOT_MET
    return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in found else Verdict.MET


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    if Verdict.MET in found:
        return Verdict.MET
    return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in found else Verdict.NOT_MET


def _status(body: Verdict, freeing: Verdict) -> Status:
    if body is Verdict.NOT_MET:
        return "outside"
    if freeing is Verdict.MET:
        return "freed"
    return "caught" if body is Verdict.MET and freeing is Verdict.NOT_MET else "cannot_tell"


def _evidence(
    status: Status, elements: tuple[Finding, ...], notes: tuple[Finding, ...], relevance: Relevance
) -> tuple[Evidence, ...]:
    """What the status rests on: of a caught entry its elements and the notes that do not apply."""
    wanted = {
        "caught": [*(each for each in elements if each.verdict is Verdict.MET), *notes],
        "freed": [*elements, *(note for note in notes if note.verdict is Verdict.MET)],
        "cannot_tell": [each for each in elements if each.verdict is not Verdict.NOT_MET],
        "outside": [each for each in elements if each.verdict is Verdict.NOT_MET],
    }[status]
    found = dict.fromkeys(item for finding in wanted for item in finding.evidence)
    return tuple(found) or relevance.evidence


def _questions(elements: tuple[Finding, ...], notes: tuple[Finding, ...], first: tuple[Gap, ...]) -> tuple[Gap, ...]:
    return first or tuple(dict.fromkeys(gap for finding in (*elements, *notes) for gap in finding.missing))
