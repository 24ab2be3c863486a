"""The UK's sanctions lists: the UK Sanctions List (XML and CSV) and OFSI's former consolidated list
(ConList, XML and CSV, 2022 format), each from its own columns or elements.

Both repeat a party once for each of its names; rows of one id are one entry. All dates are
day/month/year, with zeros or letters for a part that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from safeconduct.core.party import PartyKind
from safeconduct.sources.files import SourceFile, Table, squeeze, unsafe
from safeconduct.sources.model import LinkKind, NameKind
from safeconduct.sources.readers.draft import Draft, comma
from safeconduct.sources.readers.naming import link
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import single, slashed
from safeconduct.sources.xml_stream import children, elements, local, said

Row = Mapping[str, str]
_KINDS: Mapping[str, PartyKind] = {"individual": "person", "entity": "organization", "ship": "vessel"}
_NAME_KINDS: Mapping[str, NameKind] = {
    "primary name": "primary", "primary name variation": "alias", "alias": "alias", "aka": "alias", "fka": "former",
}  # fmt: skip
_WEAK = frozenset(("low quality", "low quality a.k.a", "weak", "low"))
_ITEM = re.compile(r"\s*(?:\(\d{1,2}\)|;|\|)\s*")
_ADDRESS = tuple(f"Address{number}" for number in range(1, 7))

UKSL_COLUMNS = ("Unique ID", "Name 6", "Name type")
OFSI_COLUMNS = ("Group ID", "Name 6", "Alias Type", "Group Type")

# Columns of the CSV editions → the names used here, which are those of ConList's XML.
_UKSL = {
    "Unique ID": "GroupID", "Name type": "AliasType", "Alias strength": "AliasQuality",
    "Name non-latin script": "NameNonLatinScript", "Regime Name": "RegimeName",
    "Individual, Entity, Ship": "GroupTypeDescription", "Designation Type": "GroupTypeDescription",
    "Address Postal Code": "PostCode", "Address Country": "Country", "Phone number": "PhoneNumber",
    "Website": "Website", "Email address": "EmailAddress", "Date Designated": "DateDesignated",
    "D.O.B": "Individual_DateOfBirth", "Nationality(/ies)": "Individual_Nationality",
    "National Identifier number": "Individual_NINumber", "Passport number": "Individual_PassportNumber",
    "Position": "Individual_Position", "Gender": "Individual_Gender", "Town of birth": "Individual_TownOfBirth",
    "Country of birth": "Individual_CountryOfBirth", "Business registration number (s)": "Entity_BusinessRegNumber",
    "Parent Company": "Entity_ParentCompany", "Parent company": "Entity_ParentCompany",
    "Subsidiaries": "Entity_Subsidiaries", "IMO number": "Ship_IMONumber",
    "Current owner/operator (s)": "Ship_CurrentOwners", "Current believed flag of ship": "Ship_Flag",
    "UN Reference Number": "UNRef", "Other Information": "OtherInformation",
    **{f"Address Line {number}": f"Address{number}" for number in range(1, 7)},
    **{f"Name {number}": f"Name{number}" for number in range(1, 7)},
}  # fmt: skip
_OFSI = {
    "Group ID": "GroupID", "Alias Type": "AliasType", "Alias Quality": "AliasQuality",
    "Name Non-Latin Script": "NameNonLatinScript", "Regime": "RegimeName", "Group Type": "GroupTypeDescription",
    "Post/Zip Code": "PostCode", "Country": "Country", "Listed On": "DateListed", "DOB": "Individual_DateOfBirth",
    "Nationality": "Individual_Nationality", "National Identification Number": "Individual_NINumber",
    "Passport Number": "Individual_PassportNumber", "Position": "Individual_Position",
    "Town of Birth": "Individual_TownOfBirth", "Country of Birth": "Individual_CountryOfBirth",
    "Other Information": "OtherInformation", "UK Sanctions List Date Designated": "DateDesignated",
    **{f"Address {number}": f"Address{number}" for number in range(1, 7)},
    **{f"Name {number}": f"Name{number}" for number in range(1, 7)},
}  # fmt: skip


def is_uksl_xml(head: str) -> str:
    """``list`` where the text begins the UK Sanctions List in XML."""
    return "list" if "<Designations" in head[:3000] and "<UniqueID>" in head else ""


def is_uksl_csv(head: str) -> str:
    """``list`` where the first or second line is the header of the UK Sanctions List."""
    return "list" if any("Unique ID" in line and "Name type" in line for line in head.splitlines()[:2]) else ""


def is_ofsi_xml(head: str) -> str:
    """``list`` where the text begins ConList in XML."""
    return "list" if "<ArrayOfFinancialSanctionsTarget" in head[:3000] else ""


def is_ofsi_csv(head: str) -> str:
    """``list`` where the first or second line is the header of ConList."""
    return "list" if any("Group ID" in line and "Alias Type" in line for line in head.splitlines()[:2]) else ""


def read_uksl_xml(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Each designation, once; published on ``DateGenerated``."""
    published = ""
    for _, element in elements(files["list"], frozenset(("DateGenerated", "Designation"))):
        if local(element.tag) == "DateGenerated":
            published = _date(squeeze(element.text))
            continue
        drafts: dict[str, Draft] = {}
        for row in _designation(element):
            _add(drafts, row, f"UniqueID {row['GroupID']}", out)
        _keep_all(drafts.values(), out)
    return published


def read_ofsi_xml(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Targets gathered by ``GroupID``; the file states no date of its own."""
    drafts: dict[str, Draft] = {}
    for number, (_, element) in enumerate(elements(files["list"], frozenset(("FinancialSanctionsTarget",))), 1):
        row = {_upper(local(child.tag)): squeeze(child.text) for child in element}
        _add(drafts, row, f"target {number}", out)
    _keep_all(drafts.values(), out)
    return ""


def read_uksl_csv(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Rows gathered by ``Unique ID``; published on the report date in the first line."""
    return _read_csv(files["list"], _UKSL, UKSL_COLUMNS, out)


def read_ofsi_csv(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Rows gathered by ``Group ID``; published on the date in the first line."""
    return _read_csv(files["list"], _OFSI, OFSI_COLUMNS, out)


def _read_csv(file: SourceFile, names: Mapping[str, str], columns: tuple[str, ...], out: Rows) -> str:
    drafts: dict[str, Draft] = {}
    table = Table(file, columns, preface=lambda cells: not set(columns) & set(cells))
    for number, cells in table:
        if cells is None or (why := unsafe("\t".join(cells.values()))):
            out.bad(f"line {number}", "not the columns of the header" if cells is None else why)
            continue
        row = {names[column]: squeeze(text) for column, text in cells.items() if column in names and squeeze(text)}
        _add(drafts, row, f"line {number}", out)
    _keep_all(drafts.values(), out)
    return _date(re.sub(r"^.*?(?:Date|Updated):?,?\s*", "", table.preface))


def _upper(tag: str) -> str:
    return f"Name{tag[4:]}" if re.fullmatch(r"name\d", tag) else tag


def _designation(element: Element) -> Iterator[dict[str, str]]:
    """A designation as the rows its CSV would have: one for each name, then one for each further fact."""
    entry = said(element, "UniqueID")
    shared = {"GroupID": entry, "GroupTypeDescription": said(element, "IndividualEntityShip")}
    yield {
        **shared, "RegimeName": said(element, "RegimeName"), "DateDesignated": said(element, "DateDesignated"),
        "UNRef": said(element, "UNReferenceNumber"), "OtherInformation": said(element, "OtherInformation"),
    }  # fmt: skip
    for name in _all(element, "Names", "Name"):
        parts = {f"Name{number}": said(name, f"Name{number}") for number in range(1, 7)}
        quality = said(name, "AliasStrength")
        yield {**shared, **parts, "AliasType": said(name, "NameType"), "AliasQuality": quality}
    for tag, column in _INNER.items():
        for leaf in element.iter():
            if local(leaf.tag) == tag and squeeze(leaf.text):
                yield {**shared, column: squeeze(leaf.text)}
    for address in _all(element, "Addresses", "Address"):
        lines = {f"Address{number}": said(address, f"AddressLine{number}") for number in range(1, 7)}
        code, country = said(address, "AddressPostalCode"), said(address, "AddressCountry")
        yield {**shared, **lines, "PostCode": code, "Country": country}
    for place in (leaf for leaf in element.iter() if local(leaf.tag) == "Location"):
        town, country = said(place, "TownOfBirth"), said(place, "CountryOfBirth")
        yield {**shared, "Individual_TownOfBirth": town, "Individual_CountryOfBirth": country}


# Elements of a designation that stand for themselves, whatever encloses them.
_INNER = {
    "NameNonLatinScript": "NameNonLatinScript", "DOB": "Individual_DateOfBirth",
    "Nationality": "Individual_Nationality", "Position": "Individual_Position", "Gender": "Individual_Gender",
    "PassportNumber": "Individual_PassportNumber",
    "NationalIdentifierNumber": "Individual_NINumber", "BusinessRegistrationNumber": "Entity_BusinessRegNumber",
    "IMONumber": "Ship_IMONumber", "CurrentOwnerOperator": "Ship_CurrentOwners",
    "CurrentBelievedFlagOfShip": "Ship_Flag", "PhoneNumber": "PhoneNumber", "EmailAddress": "EmailAddress",
    "Website": "Website", "ParentCompany": "Entity_ParentCompany", "Subsidiary": "Entity_Subsidiaries",
}  # fmt: skip


def _all(element: Element, outer: str, inner: str) -> list[Element]:
    return [leaf for group in children(element, outer) for leaf in children(group, inner)]


def _add(drafts: dict[str, Draft], row: Row, place: str, out: Rows) -> None:
    entry = row.get("GroupID", "")
    if not entry:
        return out.bad(place, "no id")
    draft = drafts.setdefault(entry, Draft(entry, place))
    kind = row.get("GroupTypeDescription", "").lower()
    draft.kind = _KINDS.get(kind, draft.kind)
    _name(draft, row)
    _person(draft, row)
    _address(draft, row)
    _numbers(draft, row)
    draft.programmes.append(row.get("RegimeName", ""))
    draft.listed_on = draft.listed_on or _date(row.get("DateDesignated", "")) or _date(row.get("DateListed", ""))
    draft.citations += [row.get("UKSanctionsListRef", ""), row.get("UNRef", "")]
    draft.remarks += [row.get("Individual_Position", ""), row.get("OtherInformation", "")]
    return None


def _name(draft: Draft, row: Row) -> None:
    given = " ".join(filter(None, (row.get(f"Name{number}", "") for number in range(1, 6))))
    family = row.get("Name6", "")
    kind = _NAME_KINDS.get(row.get("AliasType", "").lower(), "alias")
    if row.get("AliasQuality", "").lower() in _WEAK:
        kind = "weak_alias"
    person = draft.kind == "person" and bool(given and family)
    draft.name(f"{given} {family}", kind, given if person else "", family if person else "")
    draft.name(row.get("NameNonLatinScript", ""), "original_script")


def _person(draft: Draft, row: Row) -> None:
    draft.born += [_date(text) for text in _items(row.get("Individual_DateOfBirth", ""))]
    draft.gender(row.get("Individual_Gender", ""))
    _territories(draft, "nationality", row.get("Individual_Nationality", ""))
    _territories(draft, "birth", row.get("Individual_CountryOfBirth", ""))
    draft.birth_places.append(comma(row.get("Individual_TownOfBirth", ""), row.get("Individual_CountryOfBirth", "")))


def _address(draft: Draft, row: Row) -> None:
    lines = (row.get(line, "") for line in _ADDRESS)
    draft.addresses.append(comma(*lines, row.get("PostCode", ""), row.get("Country", "")))
    _territories(draft, "address", row.get("Country", ""))
    _territories(draft, "flag", row.get("Ship_Flag", ""))


def _territories(draft: Draft, kind: LinkKind, text: str) -> None:
    draft.territories += [link(kind, item) for item in _items(text)]


def _numbers(draft: Draft, row: Row) -> None:
    for column, kind in (
        ("Individual_PassportNumber", "passport"), ("Individual_NINumber", "national_id"),
        ("Entity_BusinessRegNumber", "registration"), ("Ship_IMONumber", "imo"), ("PhoneNumber", "phone"),
        ("EmailAddress", "email"), ("Website", "domain"),
    ):  # fmt: skip
        for item in _items(row.get(column, "")):
            draft.number(kind, item)
    for column, relation in (
        ("Entity_ParentCompany", "parent"), ("Entity_Subsidiaries", "subsidiary"), ("Ship_CurrentOwners", "owner"),
    ):  # fmt: skip
        draft.relate(relation, _items(row.get(column, "")))


def _items(text: str) -> list[str]:
    return [item for item in _ITEM.split(text) if item]


def _date(text: str) -> str:
    parts = [part if part.isdecimal() else "0" for part in text.strip().split("/")]
    return single(text) or single(text.replace("-", " ")) or slashed("/".join(parts), "dmy")


def _keep_all(drafts: Iterable[Draft], out: Rows) -> None:
    for draft in drafts:
        record = draft.listed()
        if record is None:
            out.bad(draft.place, "no name")
        else:
            out.keep(record)
