"""One screening as it may be shown to a court: which editions and matcher, what was found, who decided what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from safeconduct.access import Action, Actor, Role, may
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal
from safeconduct.core.message import Message
from safeconduct.core.party import Party
from safeconduct.flows.casefile import ScreeningRecord
from safeconduct.flows.editions import read, watchlists
from safeconduct.flows.reading_lookups import NO_SCREENING, lookup, name_of, not_looked_for, number_of
from safeconduct.flows.reading_match import decided_of, edition_used
from safeconduct.flows.rescreening_chain import Chain
from safeconduct.flows.settled import Pair, settled, standing_of_match
from safeconduct.flows.wording import words
from safeconduct.flows.work import ask
from safeconduct.screen.model import EditionUsed, Match, Part
from safeconduct.screen.model import Screening as Observed
from safeconduct.sources.model import Edition
from safeconduct.store.models import Adjudication, Case, Record, Screening
from safeconduct.store.visible import case_facts, visible

Plain = dict[str, Any]
SHAPE = 1  # of the exported document; raised whenever a program that reads it would have to change


def screening_record(actor: Actor, name: str, *, export: bool = False) -> Plain:
    """The screening ``S-12`` as plain values, the same bytes as long as nothing is decided anew.

    To read it is enough to show it; to take it away (``export``) needs the permission to export the record of its
    case. A screening outside a case is for whoever asked for it, and for officers and auditors.
    """
    row = Screening.objects.filter(pk=number_of(name)).select_related("case").first()
    if row is not None and row.case is None:
        return _outside(actor, name)
    if row is None or row.case is None or actor.role is Role.EXPORTER or not _reads(actor, row.case):
        raise Refusal(NO_SCREENING, name[:60], "check its id, such as S-12")
    if export:
        ask(actor, Action.EXPORT_RECORD, row.case.reference)
    party = canonical.decode(row.party.encode(), Party)
    plain = _head(row.pk, row.state, row.asked, party) | {"case": row.case.reference, "marking": row.case.marking}
    document = Record.objects.filter(case=row.case, number=row.record, kind="screening").first()
    if document is None:
        return plain | {"editions": _editions(read(row.editions)), "failure": row.failure}
    observed = canonical.decode(document.body.encode(), ScreeningRecord).screening
    plain["record"] = {"number": document.number, "sha256": document.sha256, "at": document.at}
    return plain | _observed(actor, observed, row.case) | {"stands_at": _stands_at(row)}


def may_export(actor: Actor, reference: str) -> bool:
    """Whether the actor may take the records of this case away."""
    case = Case.objects.filter(reference=reference).first()
    return case is not None and may(actor, Action.EXPORT_RECORD, case_facts(case)).allowed


def screenings_of(actor: Actor, reference: str) -> dict[int, str]:
    """The names of a case's screenings by the number of the record that holds what was observed."""
    rows = Screening.objects.filter(case__in=visible(actor), case__reference=reference).exclude(record=0)
    return {record: name_of(pk) for pk, record in rows.values_list("pk", "record")}


def _reads(actor: Actor, case: Case) -> bool:
    return may(actor, Action.READ, case_facts(case)).allowed


def _outside(actor: Actor, name: str) -> Plain:
    found = lookup(actor, name)
    plain = _head(number_of(name), found.state, found.asked, found.party) | {"case": "", "asked_by": found.asked_by}
    if found.observed is None:
        return plain | {"editions": _editions(found.editions), "failure": found.failure}
    return plain | _observed(actor, found.observed, None)


def _head(number: int, state: str, asked: str, party: Party) -> Plain:
    return {
        "shape": SHAPE,
        "screening": name_of(number),
        "state": state,
        "asked": asked,
        "party": msgspec.to_builtins(party),
    }


def _observed(actor: Actor, observed: Observed, case: Case | None) -> Plain:
    rows = _decisions(observed)
    known = settled([observed])
    proposed = frozenset(
        (row.source, row.entry, row.fingerprint, row.entry_facts)
        for row in rows
        if row.state == Adjudication.State.PROPOSED and case is not None and row.case_id == case.pk
    )
    of_match: dict[Pair, list[Plain]] = {}
    for row in rows:
        pair = (row.source, row.entry, row.fingerprint, row.entry_facts)
        of_match.setdefault(pair, []).append(_decision(actor, row))
    return {
        "party_facts": observed.party,
        "matcher": observed.matcher,
        "considered": observed.considered,
        **not_looked_for(observed),
        "editions": _editions(observed.editions),
        "matches": [
            _match(match)
            | {
                "standing": standing_of_match(observed, match, known, proposed),
                "decisions": of_match.get((match.source, match.entry, observed.party, match.facts), []),
            }
            for match in observed.matches
        ],
    }


def _match(match: Match) -> Plain:
    plain: Plain = msgspec.to_builtins(match)
    return plain | {
        "reason": words(match.reason),
        "rule": match.reason.key.rpartition(".")[2],
        "place": match.place,
        "asks": list(match.asks),
        "parts": [_part(part) for part in match.parts],
    }


def _part(part: Part) -> Plain:
    return {
        "part": part.part,
        "finding": part.finding,
        "query": part.query,
        "listed": part.listed,
        "words": f"{words(Message(f'screen.part.{part.part}'))}: {words(Message(f'screen.finding.{part.finding}'))}",
    }


def _editions(used: Iterable[EditionUsed]) -> list[Plain]:
    return [_edition(edition_used(one.key, one.normalised), one) for one in used]


def _edition(edition: Edition | None, used: EditionUsed) -> Plain:
    if edition is None:
        return {"source": used.key, "sha256": used.normalised}
    return {
        "source": edition.key,
        "publisher": edition.publisher,
        "published": edition.published,
        "obtained": edition.obtained,
        "sha256": edition.normalised,
        "raw_sha256": list(edition.raw),
        "reader": edition.reader,
        "count": edition.count,
        "fictional": edition.fictional,
    }


def _stands_at(row: Screening) -> list[Plain]:
    """Later editions that it stands at as well: a rescreening found that they touch it in nothing."""
    if row.state != Screening.State.DONE or row.case is None or row.case.as_of:
        return []
    made = {one.key: one.normalised for one in read(row.editions)}
    now = Chain().lists(row.editions, row.pk, [one.key for one in watchlists()])
    later = [EditionUsed(key, sha256) for key, sha256 in sorted(now.items()) if made.get(key) != sha256]
    return _editions(later)


def _decisions(observed: Observed) -> list[Adjudication]:
    """What was decided on these very facts of the party and of entries that it resembled, in order."""
    wanted = {(match.source, match.entry, match.facts) for match in observed.matches}
    rows = Adjudication.objects.filter(fingerprint=observed.party).select_related("case").order_by("id")
    return [row for row in rows if (row.source, row.entry, row.entry_facts) in wanted]


def _decision(actor: Actor, row: Adjudication) -> Plain:
    """Who decided what and when; of a case that is not the reader's, that it was decided and when."""
    found = decided_of(actor, row)
    plain = {key: value for key, value in msgspec.to_builtins(found).items() if value not in ("", 0)}
    return {"answer": found.answer, "state": found.state, "at": found.at} | plain
