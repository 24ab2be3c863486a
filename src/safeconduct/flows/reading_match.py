"""One match with all that was decided about it, what changed since, and who must agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from django.db.models import Q

from safeconduct.access import Actor, Role
from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.flows.adjudicating import IN_EFFECT, name_of, reasons_of, unstated
from safeconduct.flows.casefile import Cleared, ScreeningRecord, case_file
from safeconduct.flows.gathering import pack_of
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.listed_entries import kept_entry
from safeconduct.flows.packs import in_force
from safeconduct.flows.reading_documents import case_of
from safeconduct.flows.requesting import live
from safeconduct.flows.second_person import demanded
from safeconduct.flows.settled import proposals, settled, standing_of_match
from safeconduct.flows.views import MatchStanding
from safeconduct.screen.model import Match
from safeconduct.sources.model import Edition, Listed
from safeconduct.store.models import Adjudication, Case, EditionRow, Record, Screening
from safeconduct.store.visible import visible


class Decided(msgspec.Struct, frozen=True):
    """What one person decided about a match, and what a second did. ``case`` and the reasons are empty where the reader
    may not read the case it was decided in."""

    answer: str
    state: str
    author: str
    at: str
    case: str
    record: int
    reasons: str
    ground: str = ""
    asked: str = ""
    second: str = ""
    second_id: str = ""
    second_at: str = ""
    second_answer: str = ""
    second_reasons: str = ""
    author_id: str = ""


class Change(msgspec.Struct, frozen=True):
    """A fact that is another now, on the side of the ``party`` or of the ``listed`` entry."""

    side: str
    fact: str
    before: str
    now: str


class Reopened(msgspec.Struct, frozen=True):
    """A decision on other facts than those of now, and which they are."""

    decided: Decided
    changes: tuple[Change, ...]


class MatchView(msgspec.Struct, frozen=True):
    """All that a person needs who decides about one match.

    ``edition`` is None where the list's row is gone. ``listed`` is the whole entry, None where it cannot be read.
    ``history`` is what was decided of this very match, the newest first; ``reopened`` what was decided on other facts.
    ``second_person`` are the sentences of the policy by which two people clear it, ``asks`` what can be asked for.
    """

    screening: str
    party: Party
    party_facts: str
    match: Match
    standing: MatchStanding
    edition: Edition | None
    listed: Listed | None
    history: tuple[Decided, ...]
    reopened: Reopened | None
    second_person: tuple[str, ...]
    asks: tuple[str, ...]


def match_view(
    actor: Actor, reference: str, party: str, source: str, entry: str, *, at: Installation | None = None
) -> MatchView | None:
    """One match of a case with everything that was decided about it; None where there is no such match."""
    if actor.role is Role.EXPORTER:
        return None
    case, home = case_of(actor, reference), (at or here()).home
    row = live(case).get(party)
    if row is None or row.state != Screening.State.DONE:
        return None
    body = Record.objects.get(case=case, number=row.record).body
    record = canonical.decode(body.encode(), ScreeningRecord)
    screening = record.screening
    match = next((one for one in screening.matches if (one.source, one.entry) == (source, entry)), None)
    if match is None:
        return None
    rows = _decisions(case, party, screening.party, match)
    here_and_now = [one for one in rows if (one.fingerprint, one.entry_facts) == (screening.party, match.facts)]
    normalised = next((one.normalised for one in screening.editions if one.key == source), "")
    listed = kept_entry(home, normalised, entry)
    return MatchView(
        screening=f"S-{row.pk}",
        party=record.party,
        party_facts=screening.party,
        match=match,
        standing=standing_of_match(screening, match, settled([screening]), proposals(actor)),
        edition=edition_used(source, normalised),
        listed=listed,
        history=tuple(decided_of(actor, one) for one in here_and_now),
        reopened=_reopened(actor, rows, record.party, listed, (screening.party, match.facts), home),
        second_person=_sentences(case, record.party, match),
        asks=unstated(record.party),
    )


def edition_used(source: str, normalised: str) -> Edition | None:
    """The edition that was searched, with its dates."""
    row = EditionRow.objects.filter(key=source, normalised=normalised).first()
    return canonical.decode(row.document.encode(), Edition) if row else None


def _decisions(case: Case, party: str, fingerprint: str, match: Match) -> list[Adjudication]:
    """What was decided of this party and entry on whatever facts: in this case, or of a party of the same facts."""
    rows = Adjudication.objects.filter(source=match.source, entry=match.entry)
    return list(rows.filter(Q(case=case, party_id=party) | Q(fingerprint=fingerprint)).order_by("-id"))


def decided_of(actor: Actor, row: Adjudication) -> Decided:
    """A decision as the reader may see it."""
    case = visible(actor).filter(pk=row.case_id).first()
    second = _second(actor, row)
    document = Record.objects.get(case_id=row.case_id, number=row.record)
    ground = canonical.decode(document.body.encode(), Cleared).ground if document.kind == "clearance" else ""
    return Decided(
        answer=row.answer,
        state=row.state,
        author=name_of(row.author) if case else "",
        author_id=row.author if case else "",
        at=row.at,
        case=case.reference if case else "",
        record=row.record if case else 0,
        reasons=reasons_of(row) if case else "",
        ground=ground if case else "",
        asked=row.asked if case else "",
        **second,
    )


def _second(actor: Actor, row: Adjudication) -> dict[str, str]:
    case = visible(actor).filter(pk=row.second_case_id or 0).first()
    if not row.second or case is None:
        return {}
    body = msgspec.json.decode(Record.objects.get(case=case, number=row.second_record).body)
    return {
        "second": name_of(row.second),
        "second_id": row.second,
        "second_at": row.second_at,
        "second_answer": str(body.get("answer", "")),
        "second_reasons": str(body.get("reasons", "")),
    }


def _reopened(
    actor: Actor, rows: list[Adjudication], party: Party, listed: Listed | None, now: tuple[str, str], home: Path
) -> Reopened | None:
    """The newest decision on other facts that nobody withdrew, where none stands on the facts of now."""
    settled_rows = [one for one in rows if one.answer != Adjudication.Answer.ASK and one.state in IN_EFFECT]
    if any((one.fingerprint, one.entry_facts) == now for one in settled_rows) or not settled_rows:
        return None
    row = settled_rows[0]
    decided = decided_of(actor, row)
    if not decided.case:
        return Reopened(decided, ())
    before = _as_seen(row)
    changes = list(_changes("party", before.party, party)) if row.fingerprint != now[0] else []
    if row.entry_facts != now[1]:
        edition = next((one.normalised for one in before.screening.editions if one.key == row.source), "")
        old = kept_entry(home, edition, row.entry)
        changes += _changes("listed", old, listed) if old and listed else [Change("listed", "", "", "")]
    return Reopened(decided, tuple(changes))


def _as_seen(row: Adjudication) -> ScreeningRecord:
    document = msgspec.json.decode(Record.objects.get(case_id=row.case_id, number=row.record).body)
    seen = Record.objects.get(case_id=row.case_id, number=document["screening"])
    return canonical.decode(seen.body.encode(), ScreeningRecord)


# Not among what is compared: see ``screen.fingerprints``.
_NO_FACTS = frozenset({"id", "roles", "part_of", "place", "remarks", "citation", "listed_on", "ends_on"})


def _changes(side: str, before: Party | Listed, now: Party | Listed) -> Iterator[Change]:
    """Each fact that differs, both values as text."""
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(now)
    for fact in type(now).__struct_fields__:
        if fact not in _NO_FACTS and old.get(fact) != new.get(fact):
            yield Change(side, fact, _text(old.get(fact)), _text(new.get(fact)))


def _text(value: object) -> str:
    """A fact as text: lists member by member, tables as their values."""
    if isinstance(value, list | tuple):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return " ".join(_text(one) for key, one in value.items() if key not in ("given", "family"))
    return "" if value is None else str(value)


def _sentences(case: Case, party: Party, match: Match) -> tuple[str, ...]:
    rules = demanded(case_file(case), party, match)
    force = in_force()
    return tuple(pack_of(force.sha256).text(rule) for rule in rules) if force else rules
