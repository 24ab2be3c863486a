"""Working the starter cases through the real flows. Nothing here knows any of them: ``work.json`` says what to do."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from safeconduct.core import canonical
from safeconduct.core.errors import NeedsRelease, Refusal
from safeconduct.doors.cli.ready import STARTER
from safeconduct.doors.cli.telling import progress

if TYPE_CHECKING:
    from safeconduct.flows.clear_match import ClearMatch

WAIT_SECONDS = 300.0


class Worked(NamedTuple):
    """One starter case after its steps: reference, title, its last assessment judged again, and what each step gave."""

    case: str
    title: str
    reference: str
    assessment: dict[str, Any]
    same: bool
    steps: tuple[str, ...]


def work_starter_cases() -> Iterator[Worked]:
    """Submit all, let the worker screen them, then take each case through its steps."""
    todo = json.loads((STARTER / "cases" / "work.json").read_text(encoding="utf-8"))
    opened = [_Case(each) for each in todo]
    with progress("screening the starter cases") as step:
        for done, case in enumerate(opened):
            case.wait()
            step(done + 1, len(opened), "")
    for case in opened:
        yield case.work()


class _Case:
    """One starter case on its way."""

    def __init__(self, plan: dict[str, Any]) -> None:
        from safeconduct.flows.installation import here, utc_now
        from safeconduct.flows.people import actor_named
        from safeconduct.flows.submit_application import Submit, submit_application

        application = _application(plan)  # a release that changes a case works it anew, beside the old one
        self.plan, self.key = plan, f"starter/{plan['case']}/{canonical.sha256(application)[:12]}"
        self.officer, self.countersigner = actor_named("officer"), actor_named("countersigner")
        past = dt.timedelta(days=plan.get("days_ago", 0))
        self.then = here(clock=lambda: utc_now() - past)
        order = Submit(application=application, name=f"starter case {plan['case']}")
        self.reference = submit_application(self.officer, order, key=f"{self.key}/submit", at=self.then).case

    def wait(self) -> None:
        """Until every party is screened."""
        from safeconduct.flows.waiting import refuse_failed, wait_for

        if not wait_for(self.reference, WAIT_SECONDS):
            raise Refusal(
                "the screening is not finished", self.reference, "see whether the worker runs, then run again"
            )
        refuse_failed(self.reference)

    def work(self) -> Worked:
        """Assess, then each step with another assessment after it."""
        from safeconduct.flows.reading import assessment
        from safeconduct.flows.replay import replay

        found = self._assess("0", at=self.then)
        told = []
        for number, step in enumerate(self.plan["steps"], 1):
            told.append(self._step(step, f"{self.key}/step/{number}"))
            if not step.keys() & {"decide", "lapse"}:
                found = self._assess(str(number))
        shown = assessment(self.officer, found)
        try:
            same = replay(self.officer, found).same
        except NeedsRelease as older:  # worked by an earlier release: still the record, and it says by which
            same = True
            told.append(str(older))
        return Worked(
            self.plan["case"],
            self.plan["title"],
            self.reference,
            shown,
            same,
            tuple(each for each in told if each),
        )

    def _assess(self, number: str, **at: Any) -> str:
        from safeconduct.flows.assess_case import Assess, assess_case

        attempt = 0
        while True:
            key = f"{self.key}/assess/{number}.{attempt}"
            result = assess_case(self.officer, Assess(case=self.reference), key=key, **at)
            if not result.waiting:
                return result.assessment
            self.wait()
            attempt += 1

    def _step(self, step: dict[str, Any], key: str) -> str:
        """Do one step; what it gave, in words. A refusal is what the step shows, not an error."""
        try:
            return self._done(step, key)
        except Refusal as refusal:
            return f"{' '.join(map(str, step.values()))} refused: {refusal.what}"

    def _done(self, step: dict[str, Any], key: str) -> str:
        from safeconduct.flows.answer_question import Answer, answer_question
        from safeconduct.flows.lapse_question import Lapse, lapse_question
        from safeconduct.flows.record_decision import Decide, record_decision

        if "answer" in step:
            asked = step["answer"]
            order = Answer(case=self.reference, question=asked["question"], value=_value(asked["value"]), by="exporter")
            answer_question(self.officer, order, key=key)
            return ""
        if "clear" in step:
            return self._clear(step["clear"], key)
        if "lapse" in step:
            reasons = "No answer came until the lawful end."
            done = lapse_question(
                self.officer, Lapse(case=self.reference, ending=step["lapse"], reasons=reasons), key=key
            )
            return f"silence until the lawful end: {done.state.replace('_', ' ')}"
        decided = record_decision(
            self.countersigner,
            Decide(
                case=self.reference, decision=step["decide"], reasons=step.get("reasons", "Nothing stands against it.")
            ),
            key=key,
        )
        return f"decided: {decided.state}"

    def _clear(self, wanted: dict[str, str], key: str) -> str:
        """Clear every open match of the party named, each with the same grounds."""
        from safeconduct.flows.clear_match import ClearMatch, clear_match
        from safeconduct.flows.reading import assessment

        shown = assessment(self.officer, self.reference)
        party = next(each for each in shown["parties"] if each["party"] == wanted["party"])
        cleared = 0
        for match in party["matches"]:
            if match["answer"] != "different":
                order = ClearMatch(
                    case=self.reference,
                    party=party["id"],
                    source=match["source"],
                    entry=match["entry"],
                    grounds=wanted["grounds"],
                )
                done = clear_match(self.officer, order, key=f"{key}/{match['source']}/{match['entry']}")
                if done.second_person:
                    self._confirm(order, f"{key}/{match['source']}/{match['entry']}/second")
                cleared += 1
        if not cleared:
            raise Refusal("no open match to clear", f"{self.reference}, {wanted['party']}", "see its matches")
        return f"{wanted['party']}: {cleared} matches cleared with grounds"

    def _confirm(self, order: ClearMatch, key: str) -> None:
        """The second person whom the policy asks for."""
        from safeconduct.flows.confirm_clearance import ConfirmClearance, confirm_clearance

        second = ConfirmClearance(
            case=order.case, party=order.party, source=order.source, entry=order.entry, confirm=True
        )
        confirm_clearance(self.countersigner, second, key=key)


def _application(plan: dict[str, Any]) -> bytes:
    """The case's application, under the plan's own reference."""
    application = json.loads((STARTER / "cases" / f"{plan['application']}.json").read_text(encoding="utf-8"))
    return canonical.encode({**application, "reference": plan["reference"]})


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
