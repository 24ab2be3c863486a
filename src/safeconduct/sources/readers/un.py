"""The UN Security Council's consolidated list in its own XML (``sc-sanctions.xsd``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element

from safeconduct.core.party import Identifier
from safeconduct.sources.files import SourceFile
from safeconduct.sources.model import Listed, ListedName, NameKind, TerritoryLink
from safeconduct.sources.readers.naming import document_number, link, written_names
from safeconduct.sources.rows import Rows
from safeconduct.sources.written_dates import about, possible, single, span
from safeconduct.sources.xml_stream import all_said, children, elements, said

_TAGS = frozenset(("INDIVIDUAL", "ENTITY"))
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITY: Mapping[str, NameKind] = {"Low": "weak_alias", "f.k.a.": "former"}
_NOTHING = frozenset(("", "na", "n/a", "none"))
_PASSPORT = re.compile("pass?e?port|pasaporte", re.IGNORECASE)
_SEXES: Mapping[str, Literal["female", "male"]] = {"Male": "male", "Female": "female"}


def is_un(head: str) -> str:
    """``list`` where the text begins such a file."""
    return "list" if "<CONSOLIDATED_LIST" in head[:2000] else ""


def read_un(files: Mapping[str, SourceFile], out: Rows) -> str:
    """Each person and entity; the date of publication is the root's ``dateGenerated``."""
    published = ""
    for root, element in elements(files["list"], _TAGS):
        published = published or single(root.get("dateGenerated", ""))
        entry = said(element, "DATAID")
        name = " ".join(filter(None, (said(element, tag) for tag in _NAMES)))
        if not entry.isdecimal() or not name:
            out.bad(f"{element.tag} {len(out) + 1}", "no DATAID or no name")
            continue
        out.keep(_entry(element, entry, name))
    return published


def _entry(element: Element, entry: str, name: str) -> Listed:
    person, prefix = element.tag == "INDIVIDUAL", element.tag
    born, unread = _born(element)
    places = [_place(place) for place in children(element, f"{prefix}_PLACE_OF_BIRTH")]
    addresses = [_place(place) for place in children(element, f"{prefix}_ADDRESS")]
    identifiers, documents = _documents(element)
    return Listed(
        entry=entry,
        kind="person" if person else "organization",
        names=tuple(dict.fromkeys(_names(element, name, prefix))),
        place=f"DATAID {entry}",
        born=tuple(dict.fromkeys(born)),
        birth_places=tuple(dict.fromkeys(text for text, _ in places if text)),
        sex=_SEXES.get(said(element, "GENDER"), ""),
        territories=_territories(element, places, addresses),
        identifiers=tuple(dict.fromkeys(identifiers)),
        addresses=tuple(dict.fromkeys(text for text, _ in addresses if text)),
        programmes=(said(element, "UN_LIST_TYPE"),),
        listed_on=single(said(element, "LISTED_ON")),
        citation=said(element, "REFERENCE_NUMBER"),
        remarks="; ".join(
            filter(None, [*all_said(element, "DESIGNATION", "VALUE"), *unread, *documents, said(element, "COMMENTS1")])
        ),
    )


def _names(element: Element, name: str, prefix: str) -> list[ListedName]:
    # Some entities give several names in one, parted by semicolons.
    texts = [part.strip() for part in name.split(";") if part.strip()]
    names = [ListedName(text, "alias" if number else "primary") for number, text in enumerate(texts)]
    if script := said(element, "NAME_ORIGINAL_SCRIPT"):
        names.append(ListedName(script, "original_script"))
    for alias in children(element, f"{prefix}_ALIAS"):
        text = said(alias, "ALIAS_NAME")
        if text.lower() not in _NOTHING:
            kind = _QUALITY.get(said(alias, "QUALITY"), "alias")
            names += [ListedName(one, kind) for one in written_names(text)]
    return names


def _born(element: Element) -> tuple[list[str], list[str]]:
    born, unread = [], []
    for date in children(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        found, note = _birth(date), said(date, "NOTE")
        if found:
            born.append(found)
        elif note:
            unread.append(f"born {note}")
    for alias in children(element, "INDIVIDUAL_ALIAS"):
        if found := possible(said(alias, "DATE_OF_BIRTH")):
            born.append(found)
    return born, unread


def _birth(date: Element) -> str:
    exact = single(said(date, "DATE")) or single(said(date, "YEAR"))
    if said(date, "TYPE_OF_DATE") == "APPROXIMATELY" and exact:
        return about(int(exact[:4]))
    if between := span(single(said(date, "FROM_YEAR")), single(said(date, "TO_YEAR"))):
        return between
    return exact or possible(said(date, "NOTE"))


def _place(place: Element) -> tuple[str, str]:
    country = said(place, "COUNTRY")
    parts = (said(place, tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"))
    return ", ".join(filter(None, (*parts, country))), country


def _territories(
    element: Element, places: list[tuple[str, str]], addresses: list[tuple[str, str]]
) -> tuple[TerritoryLink, ...]:
    links = [link("nationality", text) for text in all_said(element, "NATIONALITY", "VALUE") if _stated(text)]
    links += [link("birth", country) for _, country in places if _stated(country)]
    links += [link("address", country) for _, country in addresses if _stated(country)]
    return tuple(dict.fromkeys(links))


def _stated(text: str) -> bool:
    return text.lower() not in _NOTHING


def _documents(element: Element) -> tuple[list[Identifier], list[str]]:
    numbers, notes = [], []
    for document in children(element, "INDIVIDUAL_DOCUMENT"):
        number, note = said(document, "NUMBER"), said(document, "NOTE")
        kind = " ".join(filter(None, (said(document, "TYPE_OF_DOCUMENT"), said(document, "TYPE_OF_DOCUMENT2"))))
        issuer = said(document, "ISSUING_COUNTRY") or said(document, "COUNTRY_OF_ISSUE")
        if number and _stated(number):
            passport = _PASSPORT.search(f"{kind} {number}")
            key = link("address", issuer).key if issuer else ""
            bare = document_number(number)
            numbers.append(Identifier("passport" if passport else "national_id", bare, key))
            notes += [] if bare == number else [number]
        if note:
            notes.append(f"{kind}: {note}" if kind else note)
    return numbers, notes
