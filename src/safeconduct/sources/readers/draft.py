"""A listed party while its facts come in, from several rows or elements of a publisher's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from safeconduct.core.party import Identifier, PartyKind
from safeconduct.sources.files import squeeze
from safeconduct.sources.model import Listed, ListedName, NameKind, Relation, TerritoryLink

Sex = Literal["", "female", "male", "other"]
_SEXES: dict[str, Sex] = {"m": "male", "male": "male", "f": "female", "female": "female", "other": "other"}


@dataclass
class Draft:
    """Lists fill in the order of the file; ``listed`` drops what stands twice."""

    entry: str
    place: str
    kind: PartyKind = "unknown"
    names: list[ListedName] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    sex: Sex = ""
    territories: list[TerritoryLink] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    listed_on: str = ""
    ends_on: str = ""
    citations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def name(self, text: str, kind: NameKind, given: str = "", family: str = "") -> None:
        """A name, if there is one."""
        if squeeze(text):
            self.names.append(ListedName(squeeze(text), kind, given=squeeze(given), family=squeeze(family)))

    def gender(self, text: str) -> None:
        """The sex in a publisher's word, if it is one we know."""
        self.sex = self.sex or _SEXES.get(text.strip().lower(), "")

    def number(self, kind: str, value: str, territory: str = "") -> None:
        """An identifier, if there is one."""
        if squeeze(value):
            self.identifiers.append(Identifier(kind, squeeze(value), territory))

    def relate(self, kind: str, names: list[str]) -> None:
        """Links to parties the publisher names only."""
        self.relations += [Relation(kind, name=squeeze(name)) for name in names if squeeze(name)]

    def listed(self) -> Listed | None:
        """The record, primary name first; None where no name was given."""
        if not self.names:
            return None
        names = sorted(dict.fromkeys(self.names), key=lambda name: name.kind != "primary")
        return Listed(
            entry=self.entry,
            kind=self.kind,
            names=tuple(names),
            place=self.place,
            born=_once(self.born),
            birth_places=_once(self.birth_places),
            sex=self.sex,
            territories=tuple(dict.fromkeys(self.territories)),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            addresses=_once(self.addresses),
            programmes=_once(self.programmes),
            relations=tuple(dict.fromkeys(self.relations)),
            listed_on=self.listed_on,
            ends_on=self.ends_on,
            citation="; ".join(_once(self.citations)),
            remarks="; ".join(_once(self.remarks)),
        )


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(squeeze, texts))))


def comma(*parts: str) -> str:
    """The parts that are there, joined by commas."""
    return ", ".join(filter(None, map(squeeze, parts)))
