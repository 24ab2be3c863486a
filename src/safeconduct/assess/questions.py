"""From what is missing to what is asked: each gap one question, to somebody who can answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from safeconduct.assess.model import Question, Weighed
from safeconduct.assess.scenarios import Facts
from safeconduct.core.fact import FactType, Known, Unknown
from safeconduct.core.finding import Finding, Gap, Verdict
from safeconduct.core.message import Message
from safeconduct.policy.catalogue import Catalogue
from safeconduct.policy.pack import Pack, Rule, is_decisive

# Derived facts are answered through what they are derived from (docs/facts.md).
ANSWERED_THROUGH: Mapping[str, str] = {
    "user.incidents": "user.record_searched",
    "user.incidents_established": "user.record_searched",
    "user.incidents_of_state": "user.record_searched",
    "user.named": "party.end_user",
}
DEFAULT_DAYS = 20
_SETTLES: Mapping[str, str] = {field: fact for fact, field in ANSWERED_THROUGH.items() if field.startswith("party.")}


def asked_by_rule(rule: Rule, finding: Finding, facts: Facts) -> list[Gap]:
    """The gaps a rule asks for: its own when it cannot be told and says *ask*, and what it names, where unknown."""
    met, open_ = finding.verdict is Verdict.MET, finding.verdict is Verdict.CANNOT_TELL
    gaps = list(finding.missing) if open_ and rule.unknown == "ask" else []
    if met or (open_ and rule.unknown == "ask"):
        gaps += [gap for name in rule.asks if (gap := _unknown(name, facts, finding.subject))]
    return gaps


def _unknown(name: str, facts: Facts, subject: str) -> Gap | None:
    fact = facts.get(name, Unknown("absent"))
    if name in ANSWERED_THROUGH and isinstance(fact, Known) and fact.value is False:
        return Gap(name, "absent")  # nobody is named: known, and still to be asked for
    if isinstance(fact, Unknown):
        return Gap(name, fact.why, subject if name.startswith("item.") else "case")
    return None


def asked_by_scenario(weighed: Weighed) -> list[Gap]:
    """The facts that keep a scenario's two ends apart."""
    return list(weighed.finding.missing)


class Asking:
    """Collects the questions on one line, each once, with the rules that ask it.

    ``listing`` are the gaps that keep the control status open: ``item.listed`` is answered through them.
    ``decisive`` says of some facts what is known already of their being decisive here.
    """

    def __init__(
        self,
        pack: Pack,
        catalogue: Catalogue,
        facts: Facts,
        line: str,
        listing: tuple[Gap, ...] = (),
        accepted: Iterable[str] = (),
        decisive: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        self._catalogue, self._facts, self._line, self._listing = catalogue, facts, line, listing
        self._accepted = frozenset(accepted)
        self._asked = {each.fact: each for each in pack.questions}
        self._decisive = {
            each.fact: decisive[each.fact] if each.fact in decisive else is_decisive(each, facts, line)
            for each in pack.questions
        }
        self._found: dict[str, Question] = {}

    def ask_decisive(self) -> None:
        """Ask for every unknown fact that the policy calls decisive here, whether or not a rule turns on it."""
        for name, decisive in self._decisive.items():
            gap = _unknown(name, self._facts, self._line) if decisive else None
            if gap:
                self.ask(gap, "decisive")

    def ask(self, gap: Gap, why: str) -> None:
        """Ask for one gap on behalf of rule ``why``."""
        if gap.fact in ("item.listed", "item.caught_by"):
            for element in self._listing:
                self._add(element, "item.listed", why)
        elif not gap.fact.startswith("screening."):  # settled match by match, see ``fields``
            through = ANSWERED_THROUGH.get(gap.fact, gap.fact)
            self._add(Gap(through, gap.why, gap.subject), gap.fact if through.startswith("party.") else through, why)

    def ask_missing(self, finding: Finding) -> None:
        """Ask for what a complete application would say, in that finding's words unless the policy has its own."""
        for gap in finding.missing:
            self._add(gap, _SETTLES.get(gap.fact, gap.fact), finding.rule, finding.reason)

    def _add(self, gap: Gap, decided_by: str, why: str, words: Message | None = None) -> None:
        spec, own = self._asked.get(decided_by), self._asked.get(gap.fact)
        decisive = self._decisive.get(decided_by, False)
        worded = own or (spec if decided_by != "item.listed" else None)
        words = Message("policy.text", {"id": worded.fact}) if worded else words
        identity = identity_of(gap)
        before = self._found.get(identity)
        text = words or (before.text if before else self._plainly(gap.fact))
        days, citation = (spec.days, spec.cites) if spec else (DEFAULT_DAYS, "")
        to = _who(self._catalogue.get(gap.fact))
        accepted = identity in self._accepted
        asked = Question(identity, gap.fact, gap.subject, text, decisive, to, days, (why,), citation, accepted)
        self._found[identity] = joined(before, asked) if before else asked

    def _plainly(self, fact: str) -> Message:
        kind = self._catalogue.get(fact)
        return Message("question.fact", {"fact": fact, "means": kind.means if kind else fact})

    def questions(self) -> tuple[Question, ...]:
        """All questions, decisive ones first, then by name."""
        return tuple(sorted(self._found.values(), key=lambda each: (not each.decisive, each.id)))


def identity_of(gap: Gap) -> str:
    """``user.kind``, ``item.kind@line:1``, ``party.territory@P2``: the same however many ask for it."""
    return gap.fact if gap.subject == "case" else f"{gap.fact}@{gap.subject.removeprefix('party:')}"


def joined(before: Question, asked: Question) -> Question:
    """One question that two ask for, in the words of the later; decisive if it is so to either."""
    why = tuple(sorted({*before.why, *asked.why}))
    return msgspec.structs.replace(asked, decisive=before.decisive or asked.decisive, why=why)


def _who(kind: FactType | None) -> Literal["exporter", "authority"]:
    return "exporter" if kind is None or "exporter" in kind.may_state else "authority"
