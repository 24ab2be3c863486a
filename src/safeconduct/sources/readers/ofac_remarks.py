"""The remarks column of OFAC's lists: facts separated by semicolons, each led by a fixed phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from safeconduct.core import territory
from safeconduct.core.party import Identifier
from safeconduct.sources.model import NameKind, Relation, TerritoryLink
from safeconduct.sources.readers.naming import document_number, link
from safeconduct.sources.written_dates import possible

# The phrases that lead an identifier, by its kind.
_LEADS = {
    "wallet": (
        "Digital Currency Address -",
    ),
    "imo": (
        "Vessel Registration Identification IMO", "Identification Number IMO", "Company Number IMO",
    ),
    "mmsi": (
        "MMSI",
    ),
    "bic": (
        "SWIFT/BIC",
    ),
    "email": (
        "Email Address", "Email:",
    ),
    "domain": (
        "Website",
    ),
    "phone": (
        "Phone Number", "Phone No.", "Telephone No.", "Telephone Number:", "Telephone",
    ),
    "passport": (
        "Diplomatic Passport", "Passport", "Travel Document Number",
    ),
    "national_id": (
        "National ID No.", "National Foreign ID Number", "Personal ID Card", "Citizen's Card Number",
        "Tazkira National ID Card", "Stateless Person ID Card", "Turkish Identification Number", "Kenyan ID No.",
        "Cedula No.", "Cedula de Residencia", "D.N.I.", "SSN", "C.U.R.P. #", "C.U.R.P.", "Electoral Registry No.",
        "Residency Number", "Driver's License No.", "Birth Certificate Number", "Numero de Identidad",
        "Identification Number",
    ),
    "tax": (
        "NIT #", "RUC #", "RIF #", "R.F.C. #", "R.F.C.", "Tax ID No.", "V.A.T. Number", "US FEIN",
        "Italian Fiscal Code", "Fiscal Code", "Romanian Tax Registration",
    ),
    "registration": (
        "Registration Number", "Registration ID", "Registered Charity No.", "Government Gazette Number",
        "Folio Mercantil No.", "UK Company Number", "Company Number", "Matricula Mercantil No",
        "Commercial Registry Number", "Certificate of Incorporation Number", "C.R. No.",
        "Business Registration Number", "Business Registration Document #", "Business Number", "Trade License No.",
        "Public Registration Number", "Chamber of Commerce Number", "Dubai Chamber of Commerce Membership No.",
        "Central Registration System Number", "Enterprise Number", "Branch Unit Number", "Legal Entity Number",
        "File Number", "MSB Registration Number", "Aircraft Tail Number", "Previous Aircraft Tail Number",
    ),
    "other": (
        "D-U-N-S Number", "BIK (RU)", "LE Number", "Aircraft Manufacturer's Serial Number (MSN)",
        "Aircraft Construction Number (also called L/N or S/N or F/N)", "Aircraft Mode S Transponder Code",
    ),
}  # fmt: skip
# The longest first: "Company Number IMO" leads another kind than "Company Number".
_PHRASES = sorted(((lead, kind) for kind, leads in _LEADS.items() for lead in leads), key=lambda pair: -len(pair[0]))
_NUMBER = re.compile(r"(?P<value>[^()]*?)\s*(?:\((?P<place>[^()]*)\))?(?:,? (?:issued|expires|expired|Issue).*)?$")
_SENTENCE = re.compile(r" issued under | and [A-Z]")  # a remark about documents named elsewhere
_QUOTED = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.+)'$")
_SEXES: dict[str, Literal["female", "male"]] = {"male": "male", "female": "female"}
_ALIAS_KINDS: dict[str, NameKind] = {"a.k.a.": "weak_alias", "f.k.a.": "former", "n.k.a.": "weak_alias"}


@dataclass
class Facts:
    """What the remarks of one entry state; ``rest`` are the phrases with no place of their own."""

    names: list[tuple[str, NameKind]] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    sex: Literal["", "female", "male", "other"] = ""
    territories: list[TerritoryLink] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def kind_of(label: str) -> str:
    """The kind of identifier a label such as ``Tax ID No.`` leads, or ``""``."""
    return next((kind for lead, kind in _PHRASES if label.startswith(lead.rstrip(":"))), "")


def read_remarks(text: str) -> Facts:
    """The facts in a remarks column. A column without its final full stop was cut at 1,000 characters
    by the publisher; its last, broken phrase is kept as text only."""
    facts = Facts()
    if not text:
        return facts
    phrases = text.removesuffix(".").split("; ")
    broken = [] if text.endswith(".") or len(text) < 900 else [phrases.pop()]
    for phrase in phrases:
        bare = phrase.strip().removeprefix("alt. ")
        if not (_described(bare, facts) or _identified(bare, facts)):
            facts.rest.append(phrase.strip())
    facts.rest += broken
    return facts


def _described(phrase: str, facts: Facts) -> bool:
    if found := _QUOTED.match(phrase):
        facts.names.append((found[2], _ALIAS_KINDS[found[1]]))
        return True
    word, _, value = phrase.partition(" ")
    if word == "DOB" and (born := possible(value)):
        facts.born.append(born)
    elif word == "POB":
        facts.birth_places.append(value)
        _birth_country(value, facts)
    elif word in ("nationality", "citizen") and value != "None Identified":
        facts.territories.append(link("nationality", value))
    elif word == "Gender" and value.lower() in _SEXES:
        facts.sex = _SEXES[value.lower()]
    elif phrase.startswith("Linked To: "):
        facts.relations.append(Relation("linked_to", name=phrase.removeprefix("Linked To: ")))
    elif phrase.startswith(("Vessel Flag ", "Former Vessel Flag ", "Nationality of Registration ")):
        kind: Literal["flag", "registration"] = "flag" if "Flag" in phrase else "registration"
        facts.territories.append(link(kind, re.sub(r".*(?:Flag|Registration) ", "", phrase)))
        facts.rest += [phrase] if phrase.startswith("Former") else []
    else:
        return False
    return True


def _birth_country(place: str, facts: Facts) -> None:
    tail = place.rpartition(", ")[2]
    # "Korea, North" and "Congo, Democratic Republic of the" hold a comma of their own.
    for text in (", ".join(place.split(", ")[-2:]), tail):
        if territory.from_name(text):
            facts.territories.append(link("birth", text))
            return


def _identified(phrase: str, facts: Facts) -> bool:
    for lead, kind in _PHRASES:
        if phrase.startswith(lead + " ") or (lead.endswith(":") and phrase.startswith(lead)):
            return _number(kind, phrase.removeprefix(lead).strip(), facts)
    return False


def _number(kind: str, text: str, facts: Facts) -> bool:
    if kind == "wallet":
        text = text.partition(" ")[2] or text  # the currency's code comes first
    if kind == "phone":
        text = text.replace(")(", " ").strip("()")
    if kind == "imo":
        text = text.strip("()")
    found = _NUMBER.match(text)
    if not found or not found["value"] or _SENTENCE.search(text):
        return False
    if kind in ("passport", "national_id", "tax") and not any(map(str.isdigit, found["value"])):
        return False  # "Passport issued in Sarajevo" gives no number
    value = found["value"]
    if kind in ("passport", "national_id"):
        value = document_number(value)
        facts.rest += [] if value == found["value"] else [text]
    facts.identifiers.append(Identifier(kind, value, territory.from_name(found["place"] or "")))
    return True
