"""English for the reasons of this room; a door in another language brings its own."""

from __future__ import annotations

TEXTS = {
    "decide.no_such_move": "a case that is {state} cannot take the step {act}",
    "decide.nothing_decisive_unknown": "decisive questions are open: {questions}",
    "decide.something_decisive_unknown": "no decisive question is open, so there is nothing to ask",
    "decide.screening_pending": "the screening of its parties is not finished",
    "decide.screening_failed": "a party could not be screened",
    "decide.screening_older": "its parties were screened against lists that have newer editions: assess the case again",
    "decide.screening_none": "its parties were not screened",
    "decide.no_uncleared_alert": "alerts are not cleared: {alerts}",
    "decide.assessment_current": "there is no assessment of the case as it stands now: assess it again",
    "decide.outcome_allows": "the outcome is {outcome}",
    "decide.second_person": "outcome {outcome}: approval needs a countersigner who did not assess it, and reasons",
    "decide.second_person_listed": (
        "a person found a party to be on a list ({listed}): approval needs a countersigner who did not assess it, "
        "and reasons"
    ),
    "decide.two_assessors": "the policy asks for two assessments made apart ({rules}): they are not both in",
    "decide.reasons_given": "no reasons are given",
    "decide.something_found": "nothing was found that would reopen it",
    "decide.touched.denial": "Another State's denial about a party is on record ({finding}): {said} ({source}, {date})",
    "decide.touched.denial_sealed": (
        "Another State's denial about a party is on record ({finding}); its source is sealed"
    ),
    "decide.touched.finding": "A finding about a party is on record ({finding}): {said} ({source}, {date})",
    "decide.touched.finding_sealed": "A finding about a party is on record ({finding}); its source is sealed",
    "decide.touched.figures": "Newer figures on the destination are in use",
    "decide.touched.policy": "The policy {name} {sha256}… is in force",
    "decide.touched.outcome": "Judged today the outcome is {now}; it was {before}",
    "decide.touched.rule": "{rule} is met: {text}",
    "decide.lawful_end_reached": "the time to answer has not run out (due {due})",
}
