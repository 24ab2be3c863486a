"""Questions about the application itself: a party's birth date that would settle a match, a quantity left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from safeconduct.assess.inputs import Inputs, settled_of
from safeconduct.assess.matches import Screened, open_matches
from safeconduct.assess.model import Question
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.policy.pack import Pack, is_decisive
from safeconduct.screen import fingerprint
from safeconduct.screen.model import Match, Screening

DEFAULT_DAYS = 20


def field_questions(inputs: Inputs, pack: Pack) -> tuple[Question, ...]:
    """What would settle each match that cannot be told best, whatever an officer asked for to settle one, and what a
    party that could not be looked for is called."""
    asking = _Asking(pack, frozenset(each.question for each in inputs.accepted))
    parties = {party.id: party for party in inputs.case_file.parties}
    found: dict[str, Question] = {}
    for inquiry in inputs.inquiries:
        party = parties.get(inquiry.party)
        if party is not None and fingerprint(party) == inquiry.fingerprint:
            question = asking.about(party, inquiry.part, inquiry.to)
            found.setdefault(question.id, question)
    for screened in inputs.screened:
        if screened.screening.names_weighed and not screened.screening.searched:
            question = asking.about(parties[screened.party], _lacking(screened.screening))
            found.setdefault(question.id, question)
        for match in _undecided(inputs, screened):
            part = match.asks[0] if match.asks else "identifier"
            question = asking.about(parties[screened.party], part)
            found.setdefault(question.id, question)
    return tuple(found[key] for key in sorted(found))


def _lacking(screening: Screening) -> str:
    """What a party that could not be looked for must be asked: what it is, where that would do, else its full name."""
    why = {one.why for one in screening.tells_too_little}
    return "kind" if why == {"kind_not_stated"} and not screening.unread else "name"


def _undecided(inputs: Inputs, screened: Screened) -> Iterator[Match]:
    for match in open_matches(screened, settled_of(inputs)):
        if match.answer == "cannot_tell":
            yield match


class _Asking(NamedTuple):
    pack: Pack
    accepted: frozenset[str]

    def about(self, party: Party, part: str, to: Literal["exporter", "authority"] = "exporter") -> Question:
        """The question, which says nothing of the list: who is asked would learn that somebody is looked for."""
        spec = self.pack.question("screening.alert")
        identity = f"party.{part}@{party.id}"
        return Question(
            id=identity,
            fact=f"party.{part}",
            subject=f"party:{party.id}",
            text=Message(f"question.party.{part}", {"party": party.name}),
            decisive=spec is None or is_decisive(spec, {}),
            to=to,
            days=spec.days if spec else DEFAULT_DAYS,
            why=("screening",),
            citation=spec.cites if spec else "",
            accepted=identity in self.accepted,
        )
