"""A listed party as a FollowTheMoney entity, in the JSON of OpenSanctions; and the ids by which entities are called.

An entity of a FollowTheMoney file keeps its own id. Any other is called ``<source>.<publisher's id>``. An id that
FollowTheMoney would not take (it allows letters, figures, ``-`` and ``.`` within) is written ``x-`` and its bytes in
hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from safeconduct.core import territory
from safeconduct.core.party import PartyKind
from safeconduct.sources.model import Listed, Relation, TerritoryLink

SCHEMAS: Mapping[PartyKind, str] = {
    "person": "Person", "company": "Company", "organization": "Organization", "public_body": "PublicBody",
    "vessel": "Vessel", "aircraft": "Airplane", "unknown": "LegalEntity",
}  # fmt: skip
FTM = "ftm-"
NOT_ITSELF = "linked, not itself listed"
_LEGAL = frozenset({"Person", "Company", "Organization", "PublicBody", "LegalEntity"})
_NAMES = {
    "primary": "name",
    "alias": "alias",
    "original_script": "alias",
    "weak_alias": "weakAlias",
    "former": "previousName",
}
# Kind of identifier → properties that may hold it, each with the schemas that have it, the first that fits.
_NUMBERS: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "passport": (("passportNumber", frozenset({"Person"})), ("idNumber", _LEGAL)),
    "national_id": (("idNumber", _LEGAL),),
    "registration": (),
    "tax": (("taxNumber", _LEGAL),),
    "lei": (("leiCode", _LEGAL),),
    "imo": (("imoNumber", frozenset({"Vessel", "Company", "Organization", "PublicBody"})), ("idNumber", _LEGAL)),
    "mmsi": (("mmsi", frozenset({"Vessel"})), ("idNumber", _LEGAL)),
    "bic": (("swiftBic", _LEGAL),),
    "email": (("email", _LEGAL),),
    "domain": (("website", _LEGAL),),
    "phone": (("phone", _LEGAL),),
    "other": (("idNumber", _LEGAL),),
}  # fmt: skip
_BY_SCHEMA = {
    "nationality": ("nationality", frozenset({"Person"})), "birth": ("birthCountry", frozenset({"Person"})),
    "registration": ("jurisdiction", _LEGAL - {"Person"}), "flag": ("flag", frozenset({"Vessel"})),
}  # fmt: skip
# What the other is to this one → property here, schema of the link, this one's role in it, the other's.
_LINKS = {
    "owns": ("ownershipOwner", "Ownership", "owner", "asset"),
    "owner": ("ownershipAsset", "Ownership", "asset", "owner"),
    "directs": ("directorshipDirector", "Directorship", "director", "organization"),
    "director": ("directorshipOrganization", "Directorship", "organization", "director"),
    "family": ("familyPerson", "Family", "person", "relative"),
    "associate": ("associates", "Associate", "person", "associate"),
    "member_of": ("membershipMember", "Membership", "member", "organization"),
    "member": ("membershipOrganization", "Membership", "organization", "member"),
    "employed_by": ("employers", "Employment", "employee", "employer"),
    "employs": ("employees", "Employment", "employer", "employee"),
    "represents": ("agencyClient", "Representation", "agent", "client"),
    "represented_by": ("agentRepresentation", "Representation", "client", "agent"),
    "successor": ("successors", "Succession", "predecessor", "successor"),
    "predecessor": ("predecessors", "Succession", "successor", "predecessor"),
}  # fmt: skip
_OTHER_LINK = ("unknownLinkTo", "UnknownLink", "subject", "object")
_TOPIC = re.compile(
    r"(?:sanction|export|debarment|crime|wanted|role|gov|fin|poi|corp|mare|reg|invest|asset|pol|mil|forced)(?:\.[a-z]+)*"
)
_SAFE = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?", re.ASCII)
_IN_HEX = re.compile(r"x-((?:[0-9a-f]{2})+)", re.ASCII)
OF_SOURCE = {
    "ofac-sdn": "sanction", "ofac-cons": "sanction", "un-sc": "sanction", "eu-fsf": "sanction", "uk-sl": "sanction",
    "uk-ofsi": "sanction", "bis-el": "export.control", "bis-dpl": "export.control", "bis-meu": "export.control",
    "us-csl": "export.control", "dhs-uflpa": "forced.labor",
}  # fmt: skip
SANCTIONS = frozenset(source for source, topic in OF_SOURCE.items() if topic == "sanction")
Entity = dict[str, Any]


def entity_id(source: str, entry: str) -> str:
    """What the entity is called, for as long as the publisher keeps its id."""
    return _safe(entry) if source.startswith(FTM) else f"{source}.{_safe(entry)}"


def entry_of(name: str, source: str) -> str | None:
    """The publisher's id where ``name`` may be that of an entity of ``source``, else None."""
    if source.startswith(FTM):
        return _plain(name)
    return _plain(name[len(source) + 1 :]) if name.startswith(f"{source}.") else None


def topics(listed: Listed, source: str) -> list[str]:
    """Topics in FollowTheMoney's words: those the file itself gives, else what the list stands for."""
    if NOT_ITSELF in listed.programmes:
        own = "sanction.linked" if OF_SOURCE.get(source) == "sanction" else ""
    else:
        own = OF_SOURCE.get(source, "" if source.startswith(FTM) else "poi")
    given = [text for text in listed.programmes if _TOPIC.fullmatch(text)]
    return list(dict.fromkeys(filter(None, [*given, own])))


def entity(listed: Listed, source: str, published: str = "", obtained: str = "") -> Entity:
    """The entity without its neighbours. Dates of the edition are the last time it was seen and changed."""
    schema = SCHEMAS[listed.kind]
    return {
        "id": entity_id(source, listed.entry),
        "caption": listed.names[0].text,
        "schema": schema,
        "properties": _properties(listed, source, schema),
        "datasets": [source],
        "referents": [],
        "target": NOT_ITSELF not in listed.programmes,
        "first_seen": _moment(listed.listed_on),
        "last_seen": _moment(obtained),
        "last_change": _moment(published or obtained),
    }


def neighbours(listed: Listed, source: str, publisher: str) -> dict[str, list[Entity]]:
    """Entities around it, by the property that holds them: the listing itself, wallets, and links to other parties."""
    own = entity_id(source, listed.entry)
    found: dict[str, list[Entity]] = {"sanctions": [_sanction(listed, own, publisher)]}
    for number, one in enumerate(one for one in listed.identifiers if one.kind == "wallet"):
        wallet = {"publicKey": [one.value], "holder": [own]}
        found.setdefault("cryptoWallets", []).append(_small(f"{own}.wallet{number}", "CryptoWallet", one.value, wallet))
    for number, relation in enumerate(listed.relations):
        name, link = _link(relation, source, own, number)
        found.setdefault(name, []).append(link)
    return found


def _properties(listed: Listed, source: str, schema: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in listed.names:
        _put(found, _NAMES[name.kind], name.text)
    if schema == "Person":
        _person(found, listed)
    for link in listed.territories:
        _put(found, _territory_property(link, schema), _code(link))
    for identifier in listed.identifiers:
        if identifier.kind != "wallet":
            _put(found, _number_property(identifier.kind, schema), identifier.value)
    for text in listed.addresses:
        _put(found, "address", text)
    for text in topics(listed, source):
        _put(found, "topics", text)
    for text in _programmes(listed):
        _put(found, "program", text)
    _put(found, "notes", listed.remarks)
    return found


def _programmes(listed: Listed) -> list[str]:
    return [text for text in listed.programmes if not _TOPIC.fullmatch(text) and text != NOT_ITSELF]


def _person(found: dict[str, list[str]], listed: Listed) -> None:
    for name in listed.names:
        _put(found, "firstName", name.given)
        _put(found, "lastName", name.family)
    for date in listed.born:
        if "/" in date:  # a range, which no FollowTheMoney date can hold
            _put(found, "notes", f"Born between {date.replace('/', ' and ')}")
        else:
            _put(found, "birthDate", date)
    for place in listed.birth_places:
        _put(found, "birthPlace", place)
    _put(found, "gender", listed.sex)


def _put(found: dict[str, list[str]], name: str, value: str) -> None:
    if value and value not in found.setdefault(name, []):
        found[name].append(value)
    if not found.get(name):
        found.pop(name, None)


def _territory_property(link: TerritoryLink, schema: str) -> str:
    name, schemas = _BY_SCHEMA.get(link.kind, ("country", frozenset()))
    return name if schema in schemas else "country"


def _code(link: TerritoryLink) -> str:
    return territory.whole(link.key).lower() if link.key else link.text


def _number_property(kind: str, schema: str) -> str:
    fitting = (name for name, schemas in _NUMBERS.get(kind, ()) if schema in schemas)
    return next(fitting, "registrationNumber")


def _sanction(listed: Listed, own: str, publisher: str) -> Entity:
    values = {
        "entity": [own],
        "authority": [publisher],
        "program": _programmes(listed),
        "authorityId": [listed.citation],
        "listingDate": [listed.listed_on],
        "endDate": [listed.ends_on],
        "recordId": [listed.entry],
    }
    return _small(f"{own}.sanction", "Sanction", publisher, values)


def _link(relation: Relation, source: str, own: str, number: int) -> tuple[str, Entity]:
    name, schema, mine, others = _LINKS.get(relation.kind, _OTHER_LINK)
    other: str | Entity = entity_id(source, relation.entry) if relation.entry else ""
    if relation.name:
        other = _small(str(other) or f"{own}.named{number}", "LegalEntity", relation.name, {"name": [relation.name]})
    share = relation.share if schema == "Ownership" else ""
    values: dict[str, list[Any]] = {mine: [own], others: [other], "percentage": [share]}
    return name, _small(f"{own}.link{number}", schema, relation.kind.replace("_", " "), values)


def _small(name: str, schema: str, caption: str, properties: Mapping[str, Iterable[Any]]) -> Entity:
    """An entity that is only ever seen beside another."""
    kept = {key: values for key, given in properties.items() if (values := [value for value in given if value])}
    return {
        "id": name,
        "caption": caption or schema,
        "schema": schema,
        "properties": kept,
        "datasets": [],
        "referents": [],
        "target": False,
    }


def _moment(date: str) -> str | None:
    """A day as OpenSanctions writes times; None for a partial date."""
    return f"{date[:10]}T00:00:00" if len(date) >= 10 else None


def _safe(entry: str) -> str:
    if _SAFE.fullmatch(entry) and not _IN_HEX.fullmatch(entry):
        return entry
    return f"x-{entry.encode().hex()}"


def _plain(name: str) -> str:
    found = _IN_HEX.fullmatch(name)
    return bytes.fromhex(found[1]).decode("utf-8", "replace") if found else name
