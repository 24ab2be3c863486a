"""What a recorded case would come to under another policy, and which rules make the difference; pure.

What the policy does not touch is taken from the record: which control entries catch the goods. So a hundred thousand
cases are judged anew in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from safeconduct.assess.alike import recorded
from safeconduct.assess.inputs import Inputs, PolicyUsed
from safeconduct.assess.judge import Assessment, CaseInHand, answer_to, in_hand, left_out, listing_of, of_case, raised
from safeconduct.assess.line import Judged, judge_line
from safeconduct.assess.model import LineOutcome
from safeconduct.classify import EntryTests, LineClassification, listed_facts
from safeconduct.classify.model import Outside
from safeconduct.core.finding import Verdict
from safeconduct.core.message import Message
from safeconduct.intake import facts_of
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.outcome import Outcome, is_stricter, strictest
from safeconduct.policy.pack import Pack

NOT_RECORDED = Message("classify.outside", {})  # the record holds what catches or frees, not what is far off
Met = frozenset[tuple[str, str]]


class Under(NamedTuple):
    """``met`` are the rules that are met, each with the line it is met on."""

    outcome: Outcome
    lines: tuple[LineOutcome, ...]
    met: Met


class Moved(msgspec.Struct, frozen=True):
    """One case under two packs. ``rules`` set the stricter of the two outcomes under one pack and not under the other;
    where there are none, those that set the less strict one. A question counts by its fact."""

    case: str
    old: Outcome
    new: Outcome
    rules: tuple[str, ...] = ()


def under(
    inputs: Inputs,
    old: Assessment,
    pack: Pack,
    tests: Sequence[EntryTests],
    catalogue: Catalogue,
    alike: frozenset[str] = frozenset(),
) -> Under:
    """The facts on record judged by ``pack``, a trial; ``old`` is the assessment made of them. Raises as ``judge``.

    ``alike`` names the rules and scenarios whose findings are taken from ``old`` (see ``alike.py``): only where
    ``inputs`` are the very ones that it was made of.
    """
    policy = PolicyUsed(pack.name, pack.sha256, False)
    case = in_hand(msgspec.structs.replace(inputs, policy=policy), pack, tests, catalogue)
    judged = [_line(case, line, recorded(old, line, alike)) for line in old.lines]
    lines = tuple(line for line, _ in judged)
    return Under(of_case(lines), lines, frozenset().union(*(met for _, met in judged)))


def _line(case: CaseInHand, old: LineOutcome, recorded: Judged) -> tuple[LineOutcome, Met]:
    subject = f"line:{old.line}"
    outside = tuple(Outside(each.list, "", NOT_RECORDED, ()) for each in case.tests)
    found = LineClassification(old.line, old.entries, outside, ())
    facts = {**facts_of(case.inputs.case_file, subject), **case.shared, **listed_facts(found)}
    missing = (*left_out(case.complete, subject), *raised(case, facts, subject))
    judged = judge_line(case.policy, facts, subject, listing_of(found), missing, case.fields, recorded)
    outcome = answer_to(case.inputs.case_file.kind, judged, facts)
    met = frozenset((each.rule, each.subject) for each in judged.findings if each.verdict is Verdict.MET)
    line = LineOutcome(old.line, outcome, old.entries, old.suggestions, judged.floors, judged.scenarios)
    return line, met


def met(found: Assessment) -> Met:
    """The rules that were met in a recorded assessment."""
    return frozenset((each.rule, each.subject) for each in found.findings if each.verdict is Verdict.MET)


def moved(old: Assessment, new: Under) -> Moved:
    """The case's outcome before and after, with the rules that changed it; none where it stays."""
    if old.outcome is new.outcome:
        return Moved(old.case, old.outcome, new.outcome)
    before, after = _setting(old.outcome, old.lines), _setting(new.outcome, new.lines)
    first, other = (before - after, after - before)
    if _is_stricter(new.outcome, old.outcome):
        first, other = other, first
    return Moved(old.case, old.outcome, new.outcome, tuple(sorted({by for by, _ in first or other})))


def _is_stricter(one: Outcome, other: Outcome) -> bool:
    """Of answers to enquiries too: a catch-all notice is the stricter."""
    try:
        return is_stricter(one, other)
    except ValueError:
        return one is Outcome.CATCH_ALL_NOTICE or other is Outcome.NOT_CONTROLLED


def _setting(outcome: Outcome, lines: tuple[LineOutcome, ...]) -> frozenset[tuple[str, Outcome]]:
    """The rules, scenarios and questions whose floor is the strictest of its line, on the lines that set the case's,
    each with that floor: a rule that was met before may ask for more now."""
    found: set[tuple[str, Outcome]] = set()
    for line in lines:
        if line.outcome is outcome and line.floors:
            worst = strictest(floor.outcome for floor in line.floors)
            found.update((floor.by.partition("@")[0], worst) for floor in line.floors if floor.outcome is worst)
    return frozenset(found)
