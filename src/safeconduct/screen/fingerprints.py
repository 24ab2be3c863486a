"""What a party, and a listed party, is known by: the hash of the facts that are compared."""

from __future__ import annotations

import msgspec

from safeconduct.core import canonical
from safeconduct.core.party import Party
from safeconduct.screen.model import Clearance
from safeconduct.sources.model import Listed


def fingerprint(party: Party) -> str:
    """SHA-256 of what is compared of a party; its id, roles and place in the application do not count."""
    aliases = tuple(sorted(set(party.aliases)))
    numbers = sorted((one.kind, one.value, one.territory) for one in party.identifiers)
    return canonical.digest(
        (
            party.name,
            aliases,
            party.kind,
            party.territory,
            party.born,
            party.birth_place,
            party.sex,
            party.address,
            numbers,
        )
    )


def listed_fingerprint(listed: Listed) -> str:
    """SHA-256 of a listed party's facts; its place in the file, remarks, citation and dates of listing do not count."""
    return canonical.digest(
        msgspec.structs.replace(listed, place="", remarks="", citation="", listed_on="", ends_on="")
    )


def clearance_applies(clearance: Clearance, party: Party, listed: Listed) -> bool:
    """Whether "not the same" still holds: neither the party nor the listed one has changed since."""
    return (
        clearance.entry == listed.entry
        and clearance.party == fingerprint(party)
        and clearance.facts == listed_fingerprint(listed)
    )
