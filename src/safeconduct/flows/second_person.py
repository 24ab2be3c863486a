"""Whether the policy in force lets one person clear a match alone."""

from __future__ import annotations

from safeconduct.core.finding import Verdict
from safeconduct.core.party import Party
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.packs import in_force
from safeconduct.flows.second_assessment import about_assessments
from safeconduct.intake import facts_of
from safeconduct.intake.model import CaseFile
from safeconduct.policy import evaluate
from safeconduct.screen import match_facts
from safeconduct.screen.model import Match

NO_POLICY = "no policy is in force"


def demanded(file: CaseFile, party: Party, match: Match) -> tuple[str, ...]:
    """Ids of the policy's ``[[second_person]]`` that hold of the match, or of which that cannot be told.

    Of a case with several lines of goods it is enough that one holds on the facts of one line. Without a policy in
    force nobody has said that one person may.
    """
    force = in_force()
    if force is None:
        return (NO_POLICY,)
    of_match = match_facts(match, party)
    lines = [f"line:{item.line}" for item in file.lines] or ["case"]
    facts = [{**facts_of(file, line), **of_match} for line in lines]
    return tuple(
        rule.id
        for rule in pack_of(force.sha256).second_persons
        if not about_assessments(rule)
        and any(evaluate(rule.when, each).verdict is not Verdict.NOT_MET for each in facts)
    )
