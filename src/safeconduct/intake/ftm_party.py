"""A party from a FollowTheMoney entity that somebody sends as an example of whom to look for.

An example may hold several values where a party has one. Only what all of them agree on is taken: a fact that may be
another's could clear the wrong one. What is not taken is told, and never makes anybody *different*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from safeconduct.core import territory
from safeconduct.core.errors import Refusal
from safeconduct.core.party import Party, PartyKind
from safeconduct.intake.party_words import birth_date, checked
from safeconduct.sources.readers.ftm import NUMBERS

KINDS: Mapping[str, PartyKind] = {
    "Person": "person", "Company": "company", "Organization": "organization", "PublicBody": "public_body",
    "LegalEntity": "unknown", "Thing": "unknown", "Vessel": "vessel", "Airplane": "aircraft",
}  # fmt: skip
_NAMES = ("name", "alias", "weakAlias", "previousName")
_PARTS = (("firstName", "givenName"), ("secondName", "middleName"), ("fatherName",), ("lastName",))
_TERRITORIES = ("nationality", "citizenship", "jurisdiction", "flag", "mainCountry", "country")
_NUMBERS = {**NUMBERS, "publicKey": "wallet"}
_SEXES = {"male": "male", "m": "male", "female": "female", "f": "female", "other": "other"}
Values = Mapping[str, list[str]]


class Example(msgspec.Struct, frozen=True):
    """``understood`` are the properties as they were read, ``unread`` what was not, each with its value."""

    schema: str
    party: Party
    understood: dict[str, list[str]]
    unread: tuple[str, ...]


def party_of_example(schema: str, properties: Mapping[str, Any], where: str) -> Example:
    """The party that the example describes; a ``Refusal`` where it is of no kind we screen, or nameless."""
    kind = KINDS.get(schema)
    if kind is None:
        raise Refusal(f"the schema {schema[:60]!r} is not screened", where, f"one of {', '.join(sorted(KINDS))}")
    reading = _Reading({name: _texts(values, f"{where} → {name}") for name, values in properties.items()})
    names = reading.names()
    if not names:
        raise Refusal("no name", f"{where} → name", "give at least one name to look for")
    plain = {
        "id": "P1",
        "name": names[0],
        "aliases": names[1:],
        "kind": kind,
        "born": reading.born(),
        "territory": reading.territory(),
        "birth_place": reading.one("birthPlace"),
        "address": reading.one("address"),
        "sex": _SEXES.get(reading.one("gender").casefold(), ""),
        "identifiers": reading.identifiers(),
    }
    party = checked(plain, where)
    return Example(schema, party, reading.understood, reading.unread())


def _texts(values: Any, where: str) -> list[str]:
    """A property's values: texts, or whole numbers as texts. A nested entity is a neighbour, and not compared."""
    given = values if isinstance(values, list) else [values]
    texts = []
    for value in given:
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            texts.append(" ".join(str(value).split()))
        elif value is not None and not isinstance(value, dict):
            raise Refusal("a value that is no text", where, "give texts, such as ['1975-04-21']")
    return list(dict.fromkeys(filter(None, texts)))


class _Reading:
    """Takes what it can from the values, and remembers what it took."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.understood: dict[str, list[str]] = {}

    def unread(self) -> tuple[str, ...]:
        """Each value that was not taken, with the property's name."""
        return tuple(
            f"{name}: {value}"
            for name, values in self._values.items()
            for value in values
            if not self.understood.get(name)
        )

    def names(self) -> list[str]:
        """The names, those put together of their parts the last."""
        found = [text for name in _NAMES for text in self._take(name)]
        parts = [[text for name in step for text in self._take(name)] for step in _PARTS]
        if not parts[0] or not parts[-1]:
            whole = [texts[0] for texts in parts if texts]
        else:
            whole = []
            found += [
                " ".join([first, *(texts[0] for texts in parts[1:-1] if texts), last])
                for first in parts[0]
                for last in parts[-1]
            ]
        return list(dict.fromkeys([*found, *([" ".join(whole)] if whole and not found else [])]))

    def born(self) -> str:
        """The most exact birth date, if the others contain it."""
        dates = []
        for text in self._values.get("birthDate", []):
            try:
                dates.append(birth_date(text, ""))
            except Refusal:
                return ""
        longest = max(dates, key=len, default="")
        if not dates or not all(longest.startswith(date) for date in dates):
            return ""
        self.understood["birthDate"] = [longest]
        return longest

    def territory(self) -> str:
        """The territory that the first stated of nationality, seat and country names, if it names one only."""
        for name in _TERRITORIES:
            keys = {territory.find(text[:200]) for text in self._values.get(name, [])}
            if len(keys) == 1 and "" not in keys:
                (key,) = keys
                self.understood[name] = [key.lower()]
                return key
            if keys:
                return ""
        return ""

    def one(self, name: str) -> str:
        """The value of a property that has one."""
        values = self._values.get(name, [])
        return self._take(name)[0] if len(values) == 1 else ""

    def identifiers(self) -> list[dict[str, str]]:
        """Every number of a kind we compare."""
        return [{"kind": kind, "value": value} for name, kind in _NUMBERS.items() for value in self._take(name)]

    def _take(self, name: str) -> list[str]:
        values: Iterable[str] = self._values.get(name, [])
        if found := list(values):
            self.understood[name] = found
        return found
