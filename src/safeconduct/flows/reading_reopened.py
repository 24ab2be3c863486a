"""Why cases are open again, as their readers in the office may see it; an exporter is never told which list it was."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.access import Actor, Role
from safeconduct.core import canonical
from safeconduct.flows.rescreened import ListedEntry, Rescreened, TouchedParty
from safeconduct.flows.views import ReopenedView, TouchedView
from safeconduct.flows.wording import words
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.store.models import Case, EditionRow, Record

PUBLISHERS = {reader.key: reader.publisher for reader in CATALOGUE}


def reopened(actor: Actor, cases: Iterable[Case]) -> dict[int, ReopenedView]:
    """Of those cases that a list touched since their last decision, why, by the case's number."""
    wanted = {case.pk: case.reopened for case in cases if case.reopened}
    if actor.role is Role.EXPORTER or not wanted:
        return {}
    rows = Record.objects.filter(case__in=wanted, kind="rescreening", number__in=set(wanted.values()))
    found = {row.case_id: row for row in rows if wanted[row.case_id] == row.number}
    notes = {case: canonical.decode(row.body.encode(), Rescreened) for case, row in found.items()}
    days = _days(notes.values())
    return {case: _view(found[case], note, days) for case, note in notes.items()}


def _days(notes: Iterable[Rescreened]) -> dict[tuple[str, str], str]:
    hashes = {sha256 for note in notes for sha256 in (note.before, note.after) if sha256}
    rows = EditionRow.objects.filter(normalised__in=hashes).values_list("key", "normalised", "published", "obtained")
    return {(key, sha256): published or obtained for key, sha256, published, obtained in rows}


def _view(row: Record, note: Rescreened, days: dict[tuple[str, str], str]) -> ReopenedView:
    return ReopenedView(
        record=row.number,
        at=row.at,
        source=note.source,
        publisher=publisher(note.source),
        before=days.get((note.source, note.before), ""),
        after=days.get((note.source, note.after), ""),
        parties=tuple(_party(one) for one in note.parties),
        licence=note.licence,
        holders=note.holders,
        reasons=tuple(words(reason) for reason in note.reasons),
    )


def _party(one: TouchedParty) -> TouchedView:
    return TouchedView(one.party, one.name, _listed(one.found), _listed(one.gone), one.failure)


def _listed(entries: tuple[ListedEntry, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, publisher(one.source)) for one in entries)


def publisher(source: str) -> str:
    """Who publishes a list, by the list's key; a list of the State's own goes by its key."""
    return PUBLISHERS.get(source, source)
