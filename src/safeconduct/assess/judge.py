"""Judging one case: pure over recorded inputs, the policy pack and the control-entry tests.

Nothing here reads a clock, a file or a database, so the same inputs give the same bytes for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from safeconduct.assess.fields import field_questions
from safeconduct.assess.indicators import indicator_facts
from safeconduct.assess.inputs import EditionUsed, Inputs, PolicyUsed, settled_of
from safeconduct.assess.line import LineJudgement, Policy, judge_line
from safeconduct.assess.matches import Screened, Settled, confirmed_matches, open_matches, screening_facts
from safeconduct.assess.model import LineOutcome, Question
from safeconduct.assess.ownership import ownership_facts
from safeconduct.assess.questions import joined
from safeconduct.classify import EntryTests, LineClassification, classify_line, listed_facts
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.fact import Fact, Unknown
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.item import Item
from safeconduct.core.message import Message
from safeconduct.intake import completeness, facts_of
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.outcome import Outcome, is_stricter, strictest
from safeconduct.policy.pack import Pack
from safeconduct.screen.model import Match

JUDGING = "3"  # raised whenever the same inputs may give other bytes


class Assessment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was found on one case on one day. ``inputs`` is the SHA-256 of the recorded inputs.

    ``open_matches`` are matches nobody has settled, ``confirmed_matches`` those that a person found to be the same,
    each as (party, source, entry).
    """

    judging: str
    case: str
    on: str
    outcome: Outcome
    lines: tuple[LineOutcome, ...]
    screened: tuple[Screened, ...]
    open_matches: tuple[tuple[str, str, str], ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    policy: PolicyUsed
    editions: tuple[EditionUsed, ...]
    inputs: str
    confirmed_matches: tuple[tuple[str, str, str], ...] = ()


class CaseInHand(NamedTuple):
    """One case with what its lines share: facts of other rooms, questions about parties, what is left out."""

    inputs: Inputs
    policy: Policy
    tests: Sequence[EntryTests]
    shared: dict[str, Fact]
    fields: tuple[Question, ...]
    complete: tuple[Finding, ...]


def judge(inputs: Inputs, pack: Pack, tests: Sequence[EntryTests], catalogue: Catalogue) -> Assessment:
    """Judge every line. A ``Refusal`` where pack or tests are not those the inputs name, or the case has no line."""
    case = in_hand(inputs, pack, tests, catalogue)
    judged = [_line(case, item) for item in inputs.case_file.lines]
    lines = tuple(outcome for outcome, _, _ in judged)
    return Assessment(
        judging=JUDGING,
        case=inputs.case,
        on=inputs.on,
        outcome=of_case(lines),
        lines=lines,
        screened=inputs.screened,
        open_matches=_named(inputs, open_matches),
        confirmed_matches=_named(inputs, confirmed_matches),
        findings=_findings(judged, case.complete),
        questions=_questions([judgement for _, judgement, _ in judged]),
        policy=inputs.policy,
        editions=inputs.editions,
        inputs=canonical.digest(inputs),
    )


def in_hand(inputs: Inputs, pack: Pack, tests: Sequence[EntryTests], catalogue: Catalogue) -> CaseInHand:
    """What judging each line begins with; a ``Refusal`` as for ``judge``."""
    _refuse_other(inputs, pack, tests)
    policy = Policy(pack, catalogue, inputs.overrides, tuple(each.question for each in inputs.accepted), inputs.argued)
    complete = completeness(inputs.case_file)
    return CaseInHand(inputs, policy, tests, shared_facts(inputs), field_questions(inputs, pack), complete)


def _refuse_other(inputs: Inputs, pack: Pack, tests: Sequence[EntryTests]) -> None:
    if pack.sha256 != inputs.policy.sha256:
        raise Refusal(f"the policy pack is not {inputs.policy.sha256[:12]}…", inputs.case, "give the recorded pack")
    if tuple(each.sha256 for each in tests) != inputs.tests:
        raise Refusal("the control-entry tests are not the recorded ones", inputs.case, "give the recorded tests")
    if not inputs.case_file.lines:
        raise Refusal("no goods to assess", inputs.case, "add a line of goods")


def shared_facts(inputs: Inputs) -> dict[str, Fact]:
    """Facts of the case that other rooms found: figures on the destination, the screening, who holds the parties."""
    screened = {each.party: each for each in inputs.screened}
    return {
        **indicator_facts(inputs.series, inputs.destination),
        **screening_facts(inputs.case_file.parties, screened, settled_of(inputs)),
        **ownership_facts(inputs.around, inputs.on),
    }


def _line(case: CaseInHand, item: Item) -> tuple[LineOutcome, LineJudgement, LineClassification]:
    subject = f"line:{item.line}"
    facts = {**facts_of(case.inputs.case_file, subject), **case.shared}
    suggestions = tuple(each.found for each in case.inputs.suggestions if each.line == item.line)
    day = dt.date.fromisoformat(case.inputs.on)
    found = classify_line(item, facts, case.tests, day, suggestions=suggestions, ratings=case.inputs.rated)
    facts |= listed_facts(found)
    listing = listing_of(found)
    missing = (*left_out(case.complete, subject), *raised(case, facts, subject))
    judged = judge_line(case.policy, facts, subject, listing, missing, case.fields)
    outcome = LineOutcome(
        line=item.line,
        outcome=answer_to(case.inputs.case_file.kind, judged, facts),
        entries=found.entries,
        suggestions=found.suggestions,
        floors=judged.floors,
        scenarios=judged.scenarios,
    )
    return outcome, judged, found


def left_out(complete: tuple[Finding, ...], line: str) -> tuple[Finding, ...]:
    """What the application lacks on the case, its parties and this line; other lines ask for themselves."""
    open_ = (each for each in complete if each.verdict is Verdict.CANNOT_TELL)
    return tuple(each for each in open_ if each.subject == line or not each.subject.startswith("line:"))


def raised(case: CaseInHand, facts: Mapping[str, Fact], line: str) -> Iterator[Finding]:
    """What a person asked for and is still unknown; decisive only where the policy says so of the fact."""
    for one in case.inputs.raised:
        kind, fact = case.policy.catalogue.get(one.fact), facts.get(one.fact, Unknown("absent"))
        if kind is not None and isinstance(fact, Unknown) and one.subject in ("case", line):
            reason = Message("question.fact", {"fact": one.fact, "means": kind.means})
            gap = Gap(one.fact, fact.why, one.subject)
            yield Finding("asked", Verdict.CANNOT_TELL, reason, "", one.subject, missing=(gap,))


def listing_of(found: LineClassification) -> tuple[Gap, ...]:
    """The facts that keep the control status open."""
    gaps = {gap for entry in found.entries if entry.status == "cannot_tell" for gap in entry.questions}
    return tuple(sorted(gaps, key=lambda gap: (gap.fact, gap.subject)))


def answer_to(kind: str, judged: LineJudgement, facts: dict[str, Fact]) -> Outcome:
    """An enquiry about goods that no entry catches is answered *not controlled*, or, where a licence would
    be referred or worse, with a catch-all notice; all else is answered as a licence is."""
    if kind not in ("classification_enquiry", "licence_needed"):
        return judged.outcome
    listed = facts["item.listed"]
    if isinstance(listed, Unknown) or listed.value is not False:
        return judged.outcome
    if judged.outcome is Outcome.REFER or is_stricter(judged.outcome, Outcome.REFER):
        return Outcome.CATCH_ALL_NOTICE
    return Outcome.NOT_CONTROLLED if judged.outcome is Outcome.NO_OBJECTION else judged.outcome


def of_case(lines: tuple[LineOutcome, ...]) -> Outcome:
    """The strictest line; among answers to enquiries a catch-all notice goes before *not controlled*."""
    outcomes = [line.outcome for line in lines]
    licensing = [each for each in outcomes if each not in (Outcome.NOT_CONTROLLED, Outcome.CATCH_ALL_NOTICE)]
    if Outcome.CATCH_ALL_NOTICE in outcomes:
        return Outcome.CATCH_ALL_NOTICE
    return strictest(licensing) if licensing else Outcome.NOT_CONTROLLED


def _named(inputs: Inputs, which: Callable[[Screened, Settled], Iterable[Match]]) -> tuple[tuple[str, str, str], ...]:
    settled = settled_of(inputs)
    return tuple((each.party, match.source, match.entry) for each in inputs.screened for match in which(each, settled))


def _findings(
    judged: list[tuple[LineOutcome, LineJudgement, LineClassification]], complete: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Every finding once, those on the case before those on a line; scenarios, rules, control entries, completeness."""
    found: list[Finding] = []
    same: dict[tuple[str, str], list[Finding]] = {}  # findings of one rule on one subject, which may repeat
    for outcome, judgement, classification in judged:
        entries = [each for entry in outcome.entries for each in (*entry.elements, *entry.notes)]
        for finding in (
            *(each.finding for each in judgement.scenarios),
            *judgement.findings,
            *entries,
            *classification.findings,
        ):
            before = same.setdefault((finding.subject, finding.rule), [])
            if finding not in before:
                before.append(finding)
                found.append(finding)
    return tuple(sorted((*found, *complete), key=lambda each: each.subject))


def _questions(judged: list[LineJudgement]) -> tuple[Question, ...]:
    """Questions of all lines; asked by several, a question is decisive if any line needs it."""
    found: dict[str, Question] = {}
    for question in (each for judgement in judged for each in judgement.questions):
        found[question.id] = joined(found.get(question.id, question), question)
    return tuple(sorted(found.values(), key=lambda each: (not each.decisive, each.id)))
