"""The EU's consolidated list of financial sanctions, in its own XML (1.1) and semicolon CSV (1.1).

In the CSV every row repeats the entity and holds one name, address, birth, citizenship or
document; rows of one ``Entity_LogicalId`` are one entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from safeconduct.core import territory
from safeconduct.core.party import PartyKind
from safeconduct.sources.files import SourceFile, Table, unsafe
from safeconduct.sources.model import LinkKind
from safeconduct.sources.readers.draft import Draft, comma
from safeconduct.sources.readers.naming import link_either
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import about, iso, single, slashed, span
from safeconduct.sources.xml_stream import children, elements, local

_NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_KINDS: Mapping[str, PartyKind] = {
    "person": "person", "P": "person", "enterprise": "organization", "entity": "organization", "E": "organization",
}  # fmt: skip
_PARTS = {"nameAlias": "NameAlias", "citizenship": "Citizenship", "address": "Address", "birthdate": "BirthDate",
          "identification": "Identification", "regulation": "Entity_Regulation"}  # fmt: skip
_LINKS: tuple[tuple[str, LinkKind], ...] = (
    ("Citizenship", "nationality"), ("Address", "address"), ("BirthDate", "birth"),
)  # fmt: skip
_NOWHERE = frozenset(("", "00", "UNKNOWN"))  # the list's own words for a country that is not known
# What the CSV calls otherwise than the XML does.
_OTHERWISE = {"BirthDate_DayOfMonth": "BirthDate_Day", "BirthDate_MonthOfYear": "BirthDate_Month",
              "Identification_IdentificationTypeCode": "Identification_TypeCode"}  # fmt: skip
_DOCUMENTS = {"passport": "passport", "id": "national_id", "regnumber": "registration", "fiscalcode": "tax",
              "taxid": "tax", "ssn": "national_id", "imo": "imo", "swiftbic": "bic", "bic": "bic"}  # fmt: skip


COLUMNS = ("fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")


def is_xml(head: str) -> str:
    """``list`` where the text begins the XML edition."""
    return "list" if _NAMESPACE in head[:3000] and "<export" in head[:3000] else ""


def is_csv(head: str) -> str:
    """``list`` where the header is that of the CSV edition."""
    first = head.partition("\n")[0]
    return "list" if "Entity_LogicalId;" in first and "NameAlias_WholeName" in first else ""


def read_xml(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Each entity; published on the root's ``generationDate``."""
    published = ""
    for root, element in elements(files["list"], frozenset(("sanctionEntity",))):
        published = published or single(root.get("generationDate", ""))
        draft = Draft(element.get("logicalId", ""), f"logicalId {element.get('logicalId')}")
        subject = next(iter(children(element, "subjectType")), None)
        draft.kind = _KINDS.get(subject.get("code", "") if subject is not None else "", "unknown")
        _entity(draft, element.get("euReferenceNumber", ""), element.get("designationDate", ""))
        draft.remarks += [child.text or "" for child in children(element, "remark")]
        for child in element:
            _part(draft, _row(child), child.get("strong", "true") != "false")
        _keep(draft, out)
    return published


def read_csv(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Rows gathered by entity; published on the ``fileGenerationDate`` of the first row."""
    drafts: dict[str, Draft] = {}
    published = ""
    for number, row in Table(files["list"], COLUMNS, ";"):
        why = _wrong(row)
        if row is None or why:
            out.bad(f"line {number}", why)
            continue
        published = published or _date(row["fileGenerationDate"])
        entry = row["Entity_LogicalId"].strip()
        draft = drafts.get(entry)
        if draft is None:
            draft = drafts[entry] = Draft(entry, f"line {number}", _KINDS.get(row["Entity_SubjectType"], "unknown"))
            _entity(draft, row.get("Entity_EU_ReferenceNumber", ""), row.get("Entity_DesignationDate", ""))
            draft.remarks.append(row.get("Entity_Remark", ""))
        _part(draft, row, strong=True)
    for draft in drafts.values():
        _keep(draft, out)
    return published


def _wrong(row: Mapping[str, str] | None) -> str:
    if row is None:
        return "not the columns of the header"
    return unsafe("\t".join(row.values())) or ("" if row["Entity_LogicalId"].strip() else "no Entity_LogicalId")


def _keep(draft: Draft, out: Rows) -> None:
    record = draft.listed() if draft.entry else None
    if record is None:
        out.bad(draft.place, "no logicalId or no name")
    else:
        out.keep(record)


def _row(child: Element) -> dict[str, str]:
    """A child's attributes under the names of the CSV's columns."""
    part = _PARTS.get(local(child.tag), "")
    row = {f"{part}_{name[:1].upper()}{name[1:]}": value for name, value in child.attrib.items()} if part else {}
    row = {_OTHERWISE.get(name, name): value for name, value in row.items()}
    return {name.replace("_Birthdate", "_BirthDate"): value for name, value in row.items()}


def _entity(draft: Draft, reference: str, designated: str) -> None:
    draft.citations.append(reference)
    draft.listed_on = _date(designated)


def _part(draft: Draft, row: Mapping[str, str], strong: bool) -> None:
    """Whatever of name, address, birth, citizenship, document and programme stands in a row."""
    given = comma(row.get("NameAlias_FirstName", ""), row.get("NameAlias_MiddleName", "")).replace(", ", " ")
    family = row.get("NameAlias_LastName", "")
    whole = row.get("NameAlias_WholeName", "") or f"{given} {family}"
    draft.name(whole, ("alias" if draft.names else "primary") if strong else "weak_alias", given, family)
    draft.gender(row.get("NameAlias_Gender", ""))
    draft.remarks.append(row.get("NameAlias_Function", ""))
    draft.programmes.append(row.get("Entity_Regulation_Programme", ""))
    draft.listed_on = draft.listed_on or _date(row.get("Entity_Regulation_PublicationDate", ""))
    _places(draft, row)
    _document(draft, row)


def _places(draft: Draft, row: Mapping[str, str]) -> None:
    for part, kind in _LINKS:
        code, text = row.get(f"{part}_CountryIso2Code", ""), row.get(f"{part}_CountryDescription", "")
        if code not in _NOWHERE or text not in _NOWHERE:
            draft.territories.append(link_either(kind, code, text))
    country = row.get("Address_CountryDescription", "").replace("UNKNOWN", "")
    lines = (row.get(f"Address_{name}", "") for name in ("Street", "PoBox", "Place", "City", "Region", "ZipCode"))
    draft.addresses.append(comma(*lines, country))
    names = (row.get(f"BirthDate_{name}", "") for name in ("Place", "City", "Region", "CountryDescription"))
    draft.birth_places.append(comma(*names).replace("UNKNOWN", ""))
    draft.born.append(_born(row))


def _born(row: Mapping[str, str]) -> str:
    if row.get("BirthDate_CalendarType", "GREGORIAN") not in ("", "GREGORIAN"):
        return ""
    exact = _date(row.get("BirthDate_BirthDate", ""))
    year, month, day = (row.get(f"BirthDate_{part}", "").strip() for part in ("Year", "Month", "Day"))
    if not exact and year.isdecimal() and year != "0":
        exact = iso(int(year), int(month) if month.isdecimal() else None, int(day) if day.isdecimal() else None)
    if exact:
        return about(int(exact[:4])) if row.get("BirthDate_Circa", "").lower() == "true" else exact
    return span(single(row.get("BirthDate_YearRangeFrom", "")), single(row.get("BirthDate_YearRangeTo", "")))


def _document(draft: Draft, row: Mapping[str, str]) -> None:
    kind = _DOCUMENTS.get(row.get("Identification_TypeCode", ""), "other")
    country = territory.find(row.get("Identification_CountryIso2Code", ""))
    draft.number(kind, row.get("Identification_LatinNumber", "") or row.get("Identification_Number", ""), country)


def _date(text: str) -> str:
    return single(text) or slashed(text, "dmy")
