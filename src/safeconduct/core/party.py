"""A party to a transaction, as somebody named it."""

from __future__ import annotations

from typing import Literal

import msgspec

PartyKind = Literal["person", "company", "organization", "public_body", "vessel", "aircraft", "unknown"]
Role = Literal[
    "applicant", "exporter", "consignee", "intermediate_consignee", "end_user", "ultimate_end_user",
    "broker", "signatory", "third_party",
]  # fmt: skip


class Identifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number or address that is meant to name one party only. ``kind``: passport, national_id,
    registration, tax, lei, imo, mmsi, bic, wallet, email, domain, phone, other."""

    kind: str
    value: str
    territory: str = ""


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One party. ``id`` is unique in the application; ``part_of`` names the parent's id.

    ``born`` is a partial ISO date; ``territory`` the seat or nationality (own key, see
    ``territory``). Empty means *not stated*, never *none*.
    """

    id: str
    name: str
    kind: PartyKind = "unknown"
    roles: tuple[Role, ...] = ()
    territory: str = ""
    aliases: tuple[str, ...] = ()
    born: str = ""
    birth_place: str = ""
    sex: Literal["", "female", "male", "other"] = ""
    identifiers: tuple[Identifier, ...] = ()
    address: str = ""
    part_of: str = ""
