"""FollowTheMoney entities as JSON lines: any OpenSanctions file, or anybody's own.

A first pass gathers what belongs to somebody else (addresses, sanctions, documents, wallets,
links); a second makes a record of each party. Entities may also hold these nested.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from safeconduct.core import territory
from safeconduct.core.errors import Refusal
from safeconduct.core.party import PartyKind
from safeconduct.sources.files import SourceFile, refuse_size, squeeze, text_lines
from safeconduct.sources.model import LinkKind, NameKind, Relation
from safeconduct.sources.readers.draft import Draft, comma
from safeconduct.sources.readers.naming import link_code
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single

PARTIES: Mapping[str, PartyKind] = {
    "Person": "person", "Company": "company", "Organization": "organization", "LegalEntity": "unknown",
    "PublicBody": "public_body", "Vessel": "vessel", "Airplane": "aircraft",
}  # fmt: skip
# Links: schema → (property of the one, property of the other, what the other is to the one, and back).
_LINKS: Mapping[str, tuple[str, str, str, str]] = {
    "Ownership": ("owner", "asset", "owns", "owner"),
    "Directorship": ("director", "organization", "directs", "director"),
    "Family": ("person", "relative", "family", "family"),
    "Associate": ("person", "associate", "associate", "associate"),
    "Membership": ("member", "organization", "member_of", "member"),
    "Employment": ("employee", "employer", "employed_by", "employs"),
    "Representation": ("agent", "client", "represents", "represented_by"),
    "Succession": ("predecessor", "successor", "successor", "predecessor"),
    "UnknownLink": ("subject", "object", "linked_to", "linked_to"),
}
_AUXILIARY = {"Sanction": "entity", "Identification": "holder", "Passport": "holder", "CryptoWallet": "holder"}
_NAMES: tuple[tuple[str, NameKind], ...] = (
    ("name", "alias"), ("alias", "alias"), ("weakAlias", "weak_alias"), ("previousName", "former"),
    ("abbreviation", "weak_alias"),
)  # fmt: skip
_GIVEN, _FAMILY = ("firstName", "secondName", "middleName", "fatherName"), ("motherName", "lastName")
_TERRITORIES: tuple[tuple[str, LinkKind], ...] = (
    ("nationality", "nationality"), ("citizenship", "nationality"), ("country", "residence"),
    ("mainCountry", "registration"), ("jurisdiction", "registration"), ("birthCountry", "birth"), ("flag", "flag"),
)  # fmt: skip
NUMBERS = {
    "passportNumber": "passport", "idNumber": "national_id", "socialSecurityNumber": "national_id",
    "taxNumber": "tax", "innCode": "tax", "vatCode": "tax", "registrationNumber": "registration",
    "ogrnCode": "registration", "leiCode": "lei", "imoNumber": "imo", "mmsi": "mmsi", "swiftBic": "bic",
    "callSign": "other", "dunsCode": "other", "uniqueEntityId": "other", "permId": "other", "serialNumber": "other",
    "email": "email", "website": "domain", "phone": "phone",
}  # fmt: skip
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MAX_BRACKETS = 20_000
_MAX_NESTED = 10
Entity = dict[str, Any]


def is_ftm(head: str) -> str:
    """``list`` where the first line is an entity."""
    first = head.partition("\n")[0][:4000]
    marks = ('"schema"', '"properties"', '"id"')
    whole = first.lstrip().startswith("{") and all(mark in first for mark in marks[:1])
    return "list" if whole and (marks[1] in head and marks[2] in head) else ""


@dataclass
class _Context:
    """What the first pass found, by the id of the entity it belongs to."""

    captions: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, Entity] = field(default_factory=dict)
    of: dict[str, list[tuple[str, Entity]]] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    datasets: Counter[str] = field(default_factory=Counter)


def read_ftm(files: Mapping[str, SourceFile], out: Rows) -> str:
    """A record of each party, under ``ftm-<dataset>`` of the dataset most of them name."""
    file, context = files["list"], _Context()
    refuse_size(file)
    for _, entity in _entities(file, out):
        _gather(entity, context)
    for place, entity in _entities(file, None):
        schema = entity["schema"]
        if schema in PARTIES:
            _keep(entity, schema, place, context, out)
        elif schema in _AUXILIARY or schema in _LINKS or schema == "Address":
            out.skip(place, f"{schema}: folded into the party it belongs to")
        else:
            out.skip(place, f"{schema}: not a party")
    names = sorted(context.datasets.items(), key=lambda pair: (-pair[1], pair[0]))
    out.key = f"ftm-{names[0][0]}" if names else "ftm-unnamed"
    out.publisher = f"FollowTheMoney data set {names[0][0] if names else 'without a name'}"
    return ""


def _entities(file: SourceFile, out: Rows | None) -> Iterator[tuple[str, Entity]]:
    """Entities with their place; bad lines are reported to ``out``, or passed over where it is None."""
    last_bad = ""
    for number, line in text_lines(file):
        if not line.strip():
            continue
        last_bad = why = ""
        try:
            entity = _parse(line)
        except (ValueError, RecursionError) as error:
            why = f"not a FollowTheMoney entity: {str(error)[:100]}"
        if why:
            last_bad = f"line {number}"
            if out is not None:
                out.bad(last_bad, why)
            continue
        yield f"line {number}", entity
    if last_bad and out is not None:
        raise Refusal("the file ends in the middle of an entity", f"{file.name}, {last_bad}", "fetch it again")


def _parse(line: str) -> Entity:
    if line.count("[") + line.count("{") > _MAX_BRACKETS:
        raise ValueError("too many brackets")
    value = _JSON.decode(line)
    if not isinstance(value, dict) or not _is_entity(value):
        raise ValueError("no id, no schema, or properties that are no lists")
    if _SURROGATE.search(line):
        json.dumps(value, ensure_ascii=False).encode()  # a lone one cannot be encoded: UnicodeEncodeError
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


_JSON = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=str)


def _gather(entity: Entity, context: _Context, depth: int = 0) -> None:
    schema, entry = entity["schema"], entity["id"]
    if schema in PARTIES:
        context.captions[entry] = _caption(entity)
        names = entity.get("datasets")
        context.datasets.update(name for name in names if isinstance(name, str)) if isinstance(names, list) else None
    elif schema == "Address":
        context.addresses[entry] = entity
    elif schema in _AUXILIARY:
        for owner in _ids(entity, _AUXILIARY[schema]):
            context.of.setdefault(owner, []).append((schema, entity))
    elif schema in _LINKS:
        _link(entity, context)
    for value in (value for values in entity["properties"].values() for value in values):
        if depth < _MAX_NESTED and isinstance(value, dict) and _is_entity(value):
            if value["schema"] in _AUXILIARY:  # written inside its owner, it need not name him
                value["properties"].setdefault(_AUXILIARY[value["schema"]], [entry])
            _gather(value, context, depth + 1)


def _is_entity(value: dict[str, Any]) -> bool:
    properties = value.setdefault("properties", {})
    texts = all(isinstance(value.get(key), str) for key in ("id", "schema"))
    return texts and isinstance(properties, dict) and all(isinstance(values, list) for values in properties.values())


def _link(entity: Entity, context: _Context) -> None:
    one, other, what, back = _LINKS[entity["schema"]]
    share = _first(entity, "percentage")
    begins = min(filter(None, map(single, _texts(entity, "startDate"))), default="")
    ends = max(map(single, _texts(entity, "endDate")), default="")
    for left in _ids(entity, one):
        for right in _ids(entity, other):
            to_right = Relation(what, right, "", share, begins, ends)
            context.relations.setdefault(left, []).append(to_right)
            context.relations.setdefault(right, []).append(msgspec.structs.replace(to_right, kind=back, entry=left))


def _texts(entity: Entity, name: str) -> list[str]:
    values = entity["properties"].get(name)
    return [text for value in values if isinstance(value, str) and (text := squeeze(value))] if values else []


def _first(entity: Entity, name: str) -> str:
    return next(iter(_texts(entity, name)), "")


def _ids(entity: Entity, name: str) -> list[str]:
    values = entity["properties"].get(name, [])
    nested = [value["id"] for value in values if isinstance(value, dict) and isinstance(value.get("id"), str)]
    return [value for value in values if isinstance(value, str)] + nested


def _caption(entity: Entity) -> str:
    caption = entity.get("caption")
    if isinstance(caption, str) and squeeze(caption):
        return squeeze(caption)
    return _first(entity, "name") or " ".join(filter(None, _divided(entity)))


def _divided(entity: Entity) -> tuple[str, str]:
    """Given and family names, where the entity tells them apart."""
    given, family = (" ".join(filter(None, (_first(entity, key) for key in keys))) for keys in (_GIVEN, _FAMILY))
    return given, family


def _keep(entity: Entity, schema: str, place: str, context: _Context, out: Rows) -> None:
    draft = Draft(entity["id"], place, PARTIES[schema])
    caption, (given, family) = _caption(entity), _divided(entity)
    for name, kind in _NAMES:
        for text in _texts(entity, name):
            divided = (given, family) if _holds(text, given, family) else ("", "")
            draft.name(text, "primary" if text == caption and name == "name" else kind, *divided)
    if not any(name.kind == "primary" for name in draft.names):
        draft.name(caption, "primary", *((given, family) if _holds(caption, given, family) else ("", "")))
    _own(draft, entity, context)
    owned = context.of.get(draft.entry, [])
    for auxiliary, inner in owned:
        _fold(draft, auxiliary, inner)
    ends = [max(map(single, _texts(inner, "endDate")), default="") for kind, inner in owned if kind == "Sanction"]
    draft.ends_on = max(ends) if ends and all(ends) else ""
    for tie in context.relations.get(draft.entry, []):
        draft.relations.append(msgspec.structs.replace(tie, name=context.captions.get(tie.entry, "")))
    if entity.get("target") is False:
        draft.programmes.append("linked, not itself listed")
    record = draft.listed()
    if record is None:
        out.skip(place, f"{schema} without a name")
    else:
        out.keep(record)


def _holds(text: str, given: str, family: str) -> bool:
    """Whether the text is a name of these parts and of nothing else."""
    return bool(given and family) and sorted(text.casefold().split()) == sorted(f"{given} {family}".casefold().split())


def _own(draft: Draft, entity: Entity, context: _Context) -> None:
    draft.born += [single(text) for text in _texts(entity, "birthDate")]
    draft.birth_places += _texts(entity, "birthPlace")
    for text in _texts(entity, "gender"):
        draft.gender(text)
    for name, kind in _TERRITORIES:
        draft.territories += [link_code(kind, text) for text in _texts(entity, name)]
    for name, number in NUMBERS.items():
        for text in _texts(entity, name):
            draft.number(number, text)
    draft.addresses += _texts(entity, "address")
    for entry in _ids(entity, "addressEntity"):
        if entry in context.addresses:
            _address(draft, context.addresses[entry])
    draft.programmes += [*_texts(entity, "programId"), *_texts(entity, "program"), *_texts(entity, "topics")]
    draft.remarks += [*_texts(entity, "position"), *_texts(entity, "notes")]


def _address(draft: Draft, address: Entity) -> None:
    full = _first(address, "full")
    parts = (_first(address, name) for name in ("street", "city", "postalCode", "region"))
    draft.addresses.append(full or comma(*parts))
    draft.territories += [link_code("address", text) for text in _texts(address, "country")]


def _fold(draft: Draft, schema: str, entity: Entity) -> None:
    if schema == "CryptoWallet":
        for text in _texts(entity, "publicKey"):
            draft.number("wallet", text)
    elif schema == "Sanction":
        draft.programmes += [*_texts(entity, "program"), *_texts(entity, "programId")]
        draft.citations += [*_texts(entity, "authorityId"), *_texts(entity, "unscId")]
        begun = [single(text) for name in ("startDate", "listingDate") for text in _texts(entity, name)]
        draft.listed_on = min(filter(None, [draft.listed_on, *begun]), default="")
    else:
        place = territory.find(_first(entity, "country"))
        passport = schema == "Passport" or "passport" in _first(entity, "type").lower()
        for text in _texts(entity, "number"):
            draft.number("passport" if passport else "national_id", text, place)
