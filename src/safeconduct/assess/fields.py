"""Questions about the application itself: a party's birth date that would settle a match, a quantity left out."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.assess.inputs import Inputs
from safeconduct.assess.matches import Screened, open_matches
from safeconduct.assess.model import Question
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.policy.pack import Pack, is_decisive
from safeconduct.screen.model import Match

DEFAULT_DAYS = 20


def field_questions(inputs: Inputs, pack: Pack) -> tuple[Question, ...]:
    """One question for each party with a match that cannot be told: what would settle it best."""
    accepted = frozenset(each.question for each in inputs.accepted)
    parties = {party.id: party for party in inputs.case_file.parties}
    found: dict[str, Question] = {}
    for screened in inputs.screened:
        for match in _undecided(inputs, screened):
            question = _which_is_it(parties[screened.party], match, pack, accepted)
            found.setdefault(question.id, question)
    return tuple(found[key] for key in sorted(found))


def _undecided(inputs: Inputs, screened: Screened) -> Iterator[Match]:
    for match in open_matches(screened, inputs.clearances):
        if match.answer == "cannot_tell":
            yield match


def _which_is_it(party: Party, match: Match, pack: Pack, accepted: frozenset[str]) -> Question:
    spec = pack.question("screening.alert")
    asks = match.asks[0] if match.asks else "identifier"
    identity = f"party.{asks}@{party.id}"
    return Question(
        id=identity,
        fact=f"party.{asks}",
        subject=f"party:{party.id}",
        text=Message(f"question.party.{asks}", {"party": party.name, "entry": f"{match.source} {match.entry}"}),
        decisive=spec is None or is_decisive(spec, {}),
        to="exporter",
        days=spec.days if spec else DEFAULT_DAYS,
        why=("screening",),
        citation=spec.cites if spec else "",
        accepted=identity in accepted,
    )
