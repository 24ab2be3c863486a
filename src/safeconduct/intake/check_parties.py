"""Parties of an application: ids, parents, dates and territories."""

from __future__ import annotations

import datetime as dt
import re

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.intake.model import CaseFile
from safeconduct.intake.refusing import refuse_bad_date, refuse_repeated, refuse_unknown_territory

IDENTIFIER_KINDS = (
    "passport", "national_id", "registration", "tax", "lei", "imo", "mmsi", "bic", "wallet", "email", "domain", "phone",
    "other",
)  # fmt: skip
NAME_CHARS = 384  # as screening has it; the longest name on real lists has 230
_ID = re.compile(r"[A-Za-z0-9_-]{1,20}", re.ASCII)


def check_parties(case: CaseFile, where: str) -> None:
    """Refuse ids that are malformed or doubled, parents that are missing or circular, impossible birth dates."""
    place = f"{where} → parties"
    refuse_repeated([party.id for party in case.parties], place, "the party id")
    submitted = dt.date.fromisoformat(case.submitted) if case.submitted else None
    for number, party in enumerate(case.parties, 1):
        check_party(party, f"{place} [{number}]", submitted)
    _check_parents(case.parties, place)


def check_party(party: Party, place: str, submitted: dt.date | None = None) -> None:
    """Refuse one party for itself, whatever others there are; ``submitted`` is the day by which it was born."""
    if not _ID.fullmatch(party.id):
        raise Refusal("not a party id", f"{place} → id", "use letters, figures, _ and - (at most 20)")
    _refuse_unreadable_name(party.name, f"{place} → name")
    for number, alias in enumerate(party.aliases, 1):
        _refuse_unreadable_name(alias, f"{place} → aliases [{number}]")
    refuse_repeated(list(party.roles), f"{place} → roles", "the role")
    refuse_unknown_territory(party.territory, f"{place} → territory")
    born = refuse_bad_date(party.born, f"{place} → born")
    if born and submitted and born.first > submitted:
        raise Refusal(f"born {party.born}, after the application", f"{place} → born", "correct the date")
    for number, identifier in enumerate(party.identifiers, 1):
        at = f"{place} → identifiers [{number}]"
        if identifier.kind not in IDENTIFIER_KINDS:
            raise Refusal(f"unknown kind {identifier.kind!r}", f"{at} → kind", f"one of {', '.join(IDENTIFIER_KINDS)}")
        if not identifier.value.strip():
            raise Refusal("an identifier without a value", f"{at} → value", "give the value, or remove the identifier")
        refuse_unknown_territory(identifier.territory, f"{at} → territory")


def _refuse_unreadable_name(name: str, place: str) -> None:
    """A name that no list can be searched for: blank, without letter or digit, or a text rather than a name."""
    if not any(char.isalnum() for char in name):
        raise Refusal(
            "no letter or digit in the name", place, "write the name, or leave the party out until it is known"
        )
    if len(name) > NAME_CHARS:
        raise Refusal(f"a name of {len(name)} characters", place, f"at most {NAME_CHARS} can be searched for")


def _check_parents(parties: tuple[Party, ...], place: str) -> None:
    parents = {party.id: party.part_of for party in parties}
    for number, party in enumerate(parties, 1):
        at = f"{place} [{number}] → part_of"
        if party.part_of and party.part_of not in parents:
            raise Refusal(f"no party has the id {party.part_of!r}", at, "add the parent, or correct the id")
        _refuse_circle(party, parents, at)


def _refuse_circle(party: Party, parents: dict[str, str], at: str) -> None:
    seen, parent = {party.id}, party.part_of
    while parent:
        if parent == party.id:
            what = "its own parent" if party.part_of == party.id else "its own parent by way of others"
            raise Refusal(f"the party {party.id!r} is {what}", at, "name the real parent, or leave the field out")
        if parent in seen:
            return  # a circle further up, reported at its own members
        seen.add(parent)
        parent = parents.get(parent, "")
