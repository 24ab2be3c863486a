"""A party from the words somebody typed: a row of a table, or the options of a command.

Dates and territories are taken as people write them where only one reading is possible; what could mean two things
is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from safeconduct.core import territory
from safeconduct.core.canonical import refuse_unsafe_text
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party
from safeconduct.intake.check_parties import IDENTIFIER_KINDS, check_party
from safeconduct.intake.limits import check_party_sizes
from safeconduct.intake.read import as_value
from safeconduct.sources.written_dates import iso, single

KINDS = {
    "": "unknown", "unknown": "unknown", "person": "person", "individual": "person", "company": "company",
    "organization": "organization", "organisation": "organization", "entity": "organization",
    "public_body": "public_body", "vessel": "vessel", "ship": "vessel", "aircraft": "aircraft", "airplane": "aircraft",
}  # fmt: skip
_SEXES = {"m": "male", "male": "male", "f": "female", "female": "female", "other": "other", "x": "other"}
_SEVERAL = re.compile(r"[;|\n]")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
FORMS = (
    "1975", "1975-03", "1975-03-12", "19750312", "1975.03.12", "1975/03/12", "12 Mar 1975", "Mar 1975",
    "March 12, 1975", "12.03.1975", "31/12/1975", "31-12-1975",
)  # fmt: skip
BIRTH_DATES = f"{'; '.join(FORMS)}; the last two where only one reading is possible"
_HOW = f"write YYYY, YYYY-MM or YYYY-MM-DD, or as in {BIRTH_DATES}; leave out a date that is not sure"


def party_in_words(words: Mapping[str, str], place: str) -> Party:
    """The party whose fields these are: ``name``, ``kind``, ``country``, ``born``, ``aliases`` and ``identifiers``
    (several, with ``;`` between), ``birth_place``, ``sex``, ``address``. A ``Refusal`` names the field."""
    said = {field: text.strip() for field, text in words.items() if text.strip()}
    refuse_unsafe_text(said, place)
    plain: dict[str, Any] = {"id": "P1", "name": said.get("name", "")}
    plain["kind"] = _one_of(KINDS, said.get("kind", ""), f"{place} → kind")
    plain["territory"] = _territory(said.get("country", ""), f"{place} → country")
    plain["born"] = birth_date(said.get("born", ""), f"{place} → born")
    plain["aliases"] = _several(said.get("aliases", ""))
    plain["identifiers"] = [
        _identifier(text, f"{place} → identifiers") for text in _several(said.get("identifiers", ""))
    ]
    plain["sex"] = _one_of({"": "", **_SEXES}, said.get("sex", ""), f"{place} → sex")
    plain["birth_place"], plain["address"] = said.get("birth_place", ""), said.get("address", "")
    return checked(plain, place)


def checked(plain: Mapping[str, Any], place: str) -> Party:
    """A party from plain values, held to the rules of every application."""
    party = as_value(plain, Party, place)
    check_party_sizes(party, place)
    check_party(party, place)
    return party


def birth_date(text: str, place: str) -> str:
    """A written date as a partial ISO date; a ``Refusal`` for one that cannot be read, or can be read twice."""
    if not text or single(text):
        return single(text)
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _real(iso(year, month, day), text, place)
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        raise Refusal(f"{text[:40]!r} is not a date", place, _HOW)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day_first = iso(year, second, first)
    month_first = day_first if found[2] == "." else iso(year, first, second)  # with dots the day always comes first
    if day_first and month_first and day_first != month_first:
        raise Refusal(f"{text!r} may be {day_first} or {month_first}", place, _HOW)
    return _real(day_first or month_first, text, place)


def _real(date: str, text: str, place: str) -> str:
    if not date:
        raise Refusal(f"{text[:40]!r} is not a date", place, _HOW)
    return date


def _one_of(known: Mapping[str, str], text: str, place: str) -> str:
    found = known.get(text.casefold().replace(" ", "_"))
    if found is None:
        raise Refusal(
            f"{text[:40]!r} is unknown", place, f"one of {', '.join(dict.fromkeys(filter(None, known.values())))}"
        )
    return found


def _territory(text: str, place: str) -> str:
    key = territory.find(text[:200]) if text else ""
    if text and not key and not territory.is_fictional(text):
        raise Refusal(f"{text[:40]!r} names no territory", place, "write a two-letter key or an English name")
    return key or text


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (part.strip() for part in _SEVERAL.split(text)))))


def _identifier(text: str, place: str) -> dict[str, str]:
    kind, colon, value = text.partition(":")
    if not colon or kind.strip().casefold() not in IDENTIFIER_KINDS:
        raise Refusal(
            f"{text[:40]!r} does not say what it is",
            place,
            f"write passport:AB123456; kinds: {', '.join(IDENTIFIER_KINDS)}",
        )
    return {"kind": kind.strip().casefold(), "value": value.strip()}
