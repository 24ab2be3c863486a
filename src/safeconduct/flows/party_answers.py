"""Answers about a party: a party named at last, or a field of one filled in."""

from __future__ import annotations

from typing import Any

import msgspec

from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party, Role
from safeconduct.intake.model import CaseFile
from safeconduct.intake.read import as_value

NAMES: dict[str, Role] = {
    "party.end_user": "end_user",
    "party.consignee": "consignee",
    "party.applicant": "applicant",
    "party.exporter": "exporter",
    "party.signatory": "signatory",
}
"""Questions that name a party for a role."""

FILLS = {
    "party.birth_date": "born",
    "party.born": "born",
    "party.birth_place": "birth_place",
    "party.nationality": "territory",
    "party.territory": "territory",
    "party.identifiers": "identifiers",
    "party.identifier": "identifiers",
    "party.address": "address",
    "party.sex": "sex",
    "party.kind": "kind",
}
"""Questions that fill in a field of a party."""

FULL_NAME = "party.name"
"""Asked of a party whose names tell too little to be looked for."""


def party_answer(file: CaseFile, question: str, subject: str, given: Any, where: str) -> Party:
    """The party as the answer makes it. A field that is stated already is not overwritten: ``Refusal``."""
    if role := NAMES.get(question):
        return _named(file, role, given, where)
    if question == FULL_NAME:
        return _also_called(_party(file, subject, where), given, where)
    field = FILLS.get(question)
    if field is None:
        raise Refusal("no such question about a party", where, "see the case's questions")
    party = _party(file, subject, where)
    if getattr(party, field) not in ("", (), "unknown"):
        raise Refusal(f"{party.name}: this is stated already", where, "state what differs as a fact of the case")
    return as_value({**msgspec.to_builtins(party), field: given}, Party, where)


def _also_called(party: Party, given: Any, where: str) -> Party:
    """The party under one more name: what was stated stays, and both are looked for."""
    name = " ".join(given.split()) if isinstance(given, str) else ""
    if not name or name in (party.name, *party.aliases):
        raise Refusal("no other name", where, f"give the full name of {party.name}, as its own papers do")
    return as_value({**msgspec.to_builtins(party), "aliases": [*party.aliases, name]}, Party, where)


def _named(file: CaseFile, role: Role, given: Any, where: str) -> Party:
    """A new party with the next free id, or one that is there already and takes the role as well."""
    plain = {"name": given} if isinstance(given, str) else given
    if not isinstance(plain, dict) or {"id", "roles"} & set(plain):
        raise Refusal("the answer is a name, or a party without id and roles", where, "give name, kind and territory")
    if not str(plain.get("name", "")).strip():
        raise Refusal("the party has no name", where, "name it as its own papers do")
    for party in file.parties:
        if role in party.roles:
            raise Refusal(f"{party.name} is named already", where, "an application with another party is a new one")
        if plain == {"name": party.name}:
            return msgspec.structs.replace(party, roles=(*party.roles, role))
    taken = {party.id for party in file.parties}
    free = next(f"P{number}" for number in range(1, len(taken) + 2) if f"P{number}" not in taken)
    return as_value({**plain, "id": free, "roles": [role]}, Party, where)


def _party(file: CaseFile, subject: str, where: str) -> Party:
    wanted = subject.removeprefix("party:")
    found = next((party for party in file.parties if party.id == wanted), None)
    if found is None:
        raise Refusal("of which party?", where, f"add @ and one of: {', '.join(party.id for party in file.parties)}")
    return found
