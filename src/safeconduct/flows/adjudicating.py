"""What every decision about a match shares: the match as it stands, what was decided of it before, and the row kept."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from safeconduct.access import Actor
from safeconduct.access.model import OPEN_STATES
from safeconduct.core import canonical
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.flows.casefile import case_file
from safeconduct.flows.order import CaseOrder
from safeconduct.flows.party_answers import FILLS
from safeconduct.flows.requesting import live, observed
from safeconduct.flows.work import Work
from safeconduct.screen.model import Match, alert
from safeconduct.store.models import Adjudication, Case, Person, Record, Screening
from safeconduct.store.visible import visible

LONGEST = 10_000
IN_EFFECT = (Adjudication.State.PROPOSED, Adjudication.State.STANDING)


ASKABLE = ("birth_date", "birth_place", "territory", "identifier", "sex", "address")
"""Facts of a party that an answer can fill in, the most telling first."""
_OF_PERSONS = frozenset({"birth_date", "birth_place", "sex"})


class MatchOrder(CaseOrder, frozen=True, kw_only=True):
    """``party`` is the party's id in the application (or its name, where one party bears it); ``source`` and ``entry``
    name the listed one. ``party_facts`` and ``entry_facts`` are the fingerprints of both sides as they were shown:
    an order on facts that have changed since is refused; empty means *as they are now*."""

    party: str
    source: str
    entry: str
    party_facts: str = ""
    entry_facts: str = ""


class MatchDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The record ``adjudication``: what was decided of a match, besides a clearance.

    ``screening`` is the number of the record seen; ``of`` that of the decision which is confirmed, declined or
    withdrawn, 0 where it was taken in another case. ``asked`` names the fact that was asked for, ``to`` of whom.
    """

    answer: Literal["same", "ask", "confirmed", "declined", "withdrawn"]
    party: str
    name: str
    source: str
    entry: str
    listed: str
    screening: int
    reasons: str = ""
    asked: str = ""
    to: str = ""
    of: int = 0


class MatchDecided(msgspec.Struct, frozen=True):
    """The number of the record that holds it."""

    case: str
    record: int


class Seen(NamedTuple):
    """A match as it stands: the party as it was screened, its fingerprint, the match, and the row of the screening."""

    party: Party
    fingerprint: str
    match: Match
    row: Screening


def seen(work: Work, order: MatchOrder) -> Seen:
    """The match that the order is about, on the facts that were shown."""
    where = f"{order.case}, {order.party[:60]} / {order.source[:60]} {order.entry[:60]}"
    party, rows = party_named(work.case, order.party), live(work.case)
    found = observed(work.case).get(party.id)
    matches = found.matches if found else ()
    match = next((one for one in matches if (one.source, one.entry) == (order.source, order.entry)), None)
    if found is None or match is None:
        raise Refusal("no match of this party and entry", where, "see the case's parties for what was found")
    shown = (order.party_facts or found.party, order.entry_facts or match.facts)
    if shown != (found.party, match.facts):
        raise Refusal("the party or the listed entry has changed since it was shown", where, "look at the match again")
    row = rows[party.id]
    return Seen(canonical.decode(row.party.encode(), Party), found.party, match, row)


def undecided(work: Work, order: MatchOrder, *, any_answer: bool = False) -> Seen:
    """As ``seen``; a ``Refusal`` that says who decided what where somebody has, or where there is nothing to decide."""
    found = seen(work, order)
    before = standing_of(found, work.actor)
    where = f"{order.case}, {found.party.name} / {found.match.name}"
    if before is not None:
        raise Refusal(told(before, work.actor), where, "look at the match again; a decision can be withdrawn")
    if not any_answer and not alert(found.match):
        raise Refusal("no uncleared alert of this party and entry", where, "see the case's parties for what is open")
    return found


def standing_of(found: Seen, reader: Actor) -> Adjudication | None:
    """What is decided on these very facts of both sides, in this case or another; or what is proposed, in this one or
    another that the reader may read, so that no pair waits for two second persons."""
    rows = Adjudication.objects.filter(
        fingerprint=found.fingerprint,
        source=found.match.source,
        entry=found.match.entry,
        entry_facts=found.match.facts,
        state__in=IN_EFFECT,
    ).exclude(answer=Adjudication.Answer.ASK)
    standing = rows.filter(state=Adjudication.State.STANDING).order_by("-id").first()
    return standing or rows.filter(case__in=visible(reader)).order_by("-id").first()


def told(row: Adjudication, reader: Actor) -> str:
    """Who decided what and when; of a case that the reader may not read, only that it was decided."""
    what = {
        Adjudication.Answer.NOT_SAME: "that they are not the same",
        Adjudication.Answer.SAME: "that they are the same",
    }[Adjudication.Answer(row.answer)]
    if not visible(reader).filter(pk=row.case_id).exists():
        return f"it was decided on {row.at[:10]}, in a case that is not yours to read, {what}"
    verb = "proposed" if row.state == Adjudication.State.PROPOSED else "decided"
    return f"{name_of(row.author)} {verb} on {row.at[:10]} at {row.at[11:16]} UTC {what}: {reasons_of(row)}"


def name_of(author: str) -> str:
    """A person's name, or what stands in the record where that is no person."""
    return Person.objects.filter(name_id=author).values_list("name", flat=True).first() or author


def reasons_of(row: Adjudication) -> str:
    """The reasons that the record holds."""
    body = Record.objects.get(case_id=row.case_id, number=row.record).body
    document = msgspec.json.decode(body)
    return str(document.get("grounds") or document.get("reasons") or "")


def reasons(text: str) -> str:
    """Reasons as given, within bounds."""
    refuse_unsafe_text(text, "reasons")
    if len(text) > LONGEST:
        raise Refusal(f"{len(text)} characters", "reasons", f"give at most {LONGEST}")
    return text


def keep(
    work: Work, found: Seen, answer: Adjudication.Answer, record: int, *, proposed: bool = False, asked: str = ""
) -> Adjudication:
    """The row of a decision, and the case's inputs counted on; cases that share the party are judged anew as well."""
    row = Adjudication.objects.create(
        case=work.case,
        party_id=found.party.id,
        source=found.match.source,
        entry=found.match.entry,
        fingerprint=found.fingerprint,
        entry_facts=found.match.facts,
        answer=answer,
        asked=asked,
        state=Adjudication.State.PROPOSED if proposed else Adjudication.State.STANDING,
        author=work.actor.id,
        at=work.now,
        record=record,
    )
    changed(work, found.fingerprint)
    return row


def settle(work: Work, row: Adjudication, state: Adjudication.State, record: int) -> None:
    """What a second person, or the first in second thoughts, made of a decision."""
    row.state, row.second, row.second_at = state, work.actor.id, work.now
    row.second_case, row.second_record = work.case, record
    row.save()
    changed(work, row.fingerprint)


def changed(work: Work, fingerprint: str) -> None:
    """This case, and every other open one that has the same party, is to be assessed again."""
    work.case.inputs += 1
    work.case.save()
    states = [state.value for state in OPEN_STATES]
    rows = Screening.objects.filter(fingerprint=fingerprint, case__state__in=states).exclude(case=work.case)
    live_rows = rows.exclude(state=Screening.State.SUPERSEDED)
    for case in Case.objects.filter(pk__in=live_rows.values("case")).order_by("id"):
        case.inputs += 1
        case.save()


def decision(found: Seen, answer: Literal["same", "ask", "confirmed", "declined", "withdrawn"]) -> MatchDecision:
    """The document of a decision about this match; what is peculiar to it is put in by ``msgspec.structs.replace``."""
    match = found.match
    return MatchDecision(
        answer, found.party.id, found.party.name, match.source, match.entry, match.name, found.row.record
    )


def party_named(case: Case, said: str) -> Party:
    """The party of this id, or of this name where one bears it."""
    parties = case_file(case).parties
    found = [party for party in parties if party.id == said] or [party for party in parties if party.name == said]
    if len(found) != 1:
        raise Refusal("no such party, or several of this name", f"{case.reference}, {said[:60]}", "give the party's id")
    return found[0]


def unstated(party: Party) -> tuple[str, ...]:
    """What can be asked of a party: facts that it has not stated, and that its kind has."""
    person = party.kind in ("person", "unknown")
    return tuple(one for one in ASKABLE if (person or one not in _OF_PERSONS) and _open(party, one))


def _open(party: Party, part: str) -> bool:
    return getattr(party, FILLS[f"party.{part}"]) in ("", (), "unknown")
